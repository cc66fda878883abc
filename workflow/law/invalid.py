"""What a request that cannot be read answers: every member that is wrong, and the way out."""

from typing import NamedTuple


class MemberError(NamedTuple):
    """One wrong member: its JSON pointer (`/already_liquidated/1/to`) and a sentence with the way out."""

    path: str
    problem: str


class InvalidRequest(Exception):
    """The request cannot be read."""

    def __init__(self, *errors: MemberError) -> None:
        super().__init__("; ".join(f"{error.path or '/'}: {error.problem}" for error in errors))
        self.errors: tuple[MemberError, ...] = errors


def invalid(path: str, problem: str) -> InvalidRequest:
    """Build the refusal of one member."""
    return InvalidRequest(MemberError(path, problem))
