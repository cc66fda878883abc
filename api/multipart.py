"""A multipart/form-data body (RFC 7578) read part by part as it comes; nothing of it is held but the piece in hand."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

from fastapi import Request
from multipart import MultipartError, MultipartSegment, PushMultipartParser, parse_options_header
from starlette.requests import ClientDisconnect

from workflow.law.invalid import InvalidRequest, invalid

MEDIA_TYPE = "multipart/form-data"
AT_ONCE = 1 << 16
"""How much of the body is parsed in one go, however much the server hands over."""
_AS_IT_IS = frozenset({"", "7bit", "8bit", "binary"})
_NO_NAME = "a part has no Content-Disposition: form-data with a name"
_SENTENCES = {
    "Segment header failed to decode": "a name in it is not UTF-8",
    "Missing Content-Disposition segment header": _NO_NAME,
    "Invalid Content-Disposition segment header: Wrong type": _NO_NAME,
    "Invalid Content-Disposition segment header: Missing name option": _NO_NAME,
}
"""Our sentences for errors of the parser; the others are shown in its own words."""


@dataclass(frozen=True, slots=True)
class PartBegins:
    """A part begins: its name in the form, what the sender calls the file if it is one, and its declared type."""

    name: str
    filename: str | None
    media_type: str


def boundary_of(request: Request) -> bytes:
    """The line that parts the parts; InvalidRequest for a body that is declared as anything else."""
    declared = request.headers.get("content-type", "")
    media_type, options = parse_options_header(declared)
    if media_type != MEDIA_TYPE or not options.get("boundary"):
        raise invalid("/header/content-type", f"{MEDIA_TYPE} with its boundary, not {declared[:60]!r}")
    boundary: str = options["boundary"]
    return boundary.encode("latin-1")


async def parts(request: Request, boundary: bytes) -> AsyncIterator[PartBegins | bytes | None]:
    """Each part of the body: its beginning, its bytes piece by piece, and None at its end.

    InvalidRequest once the body is not what it should be, or ends too early.
    """
    try:
        parser = PushMultipartParser(boundary, strict=True)
    except MultipartError as error:
        raise invalid("/header/content-type", f"a boundary of at most 70 characters: {error}") from None
    try:
        async for chunk in request.stream():
            for start in range(0, len(chunk), AT_ONCE):
                for event in _parsed(parser, chunk[start : start + AT_ONCE]):
                    yield event
    except ClientDisconnect:
        raise invalid("/", "the whole body; the connection ended before it did") from None
    if not _is_complete(parser):
        raise _broken("it ends before its last boundary")


def _parsed(parser: PushMultipartParser, chunk: bytes) -> Iterator[PartBegins | bytes | None]:
    try:
        for event in parser.parse(chunk):
            yield _part(event) if isinstance(event, MultipartSegment) else event
    except MultipartError as error:
        # A strict parser refuses bytes after the last boundary; RFC 2046 has them ignored.
        if not _is_complete(parser):
            raise _broken(_SENTENCES.get(error.args[0], error.args[0])) from None


def _is_complete(parser: PushMultipartParser) -> bool:
    """Close the parser; true if the last boundary has come."""
    try:
        parser.close()
    except MultipartError:
        return False
    return True


def _part(segment: MultipartSegment) -> PartBegins:
    """A part by its headers; InvalidRequest for a header that stands twice, or bytes that stand for others."""
    names = [name for name, _ in segment.headerlist]
    for name in names:
        if names.count(name) > 1:
            raise _broken(f"a part has the header {name.lower()} twice")
    if segment.header("Content-Transfer-Encoding", "").strip().lower() not in _AS_IT_IS:
        raise invalid(f"/{segment.name}", "the bytes as they are, without a Content-Transfer-Encoding")
    return PartBegins(segment.name, segment.filename, segment.content_type or "")


def _broken(why: str) -> InvalidRequest:
    return invalid("/", f"{MEDIA_TYPE} as RFC 7578 has it: {why}")
