"""The members of a request: naming each that cannot stand, by where it is."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from workflow.law.invalid import InvalidRequest, MemberError
from workflow.lifecycle.kernel.codec import unstructure


@contextmanager
def errors_below(at: str) -> Iterator[None]:
    """Name wrong members of the content by where they stand in the request."""
    try:
        yield
    except InvalidRequest as found:
        raise InvalidRequest(*(MemberError(at + error.path, error.problem) for error in found.errors)) from None


def refuse(faults: Iterable[MemberError]) -> None:
    """Raise InvalidRequest naming every fault at once, if there is one."""
    if errors := tuple(faults):
        raise InvalidRequest(*errors)


def check_assumed(assumed: Sequence[str], content: Any) -> None:
    """Raise InvalidRequest when what is said to be assumed names no member that was given."""
    if not assumed:
        return
    json = unstructure(content) if content is not None else {}
    refuse(
        MemberError(
            f"/assumed/{i}", f"{path!r} names no member given; write a path like served_on or hearing.waived_on"
        )
        for i, path in enumerate(assumed)
        if not _holds(json, path)
    )


def _holds(json: Any, path: str) -> bool:
    for key in path.split("."):
        if not isinstance(json, dict) or key not in json:
            return False
        json = json[key]
    return True
