"""What a request that cannot be read answers: every member that is wrong, and the way out."""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import NamedTuple

_COMPARED = 40
"""How much of an unknown name is compared: the work grows with its length, which the sender chooses."""


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


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that a misspelt one may mean; None if none is near."""
    near = get_close_matches(name[:_COMPARED], list(known), n=1)
    return near[0] if near else None
