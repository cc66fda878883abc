"""A multipart/form-data body (RFC 7578) read part by part as it comes; nothing of it is held but the piece in hand."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field

from fastapi import Request
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import ClientDisconnect

from workflow.law.invalid import InvalidRequest, invalid

MEDIA_TYPE = "multipart/form-data"
AT_ONCE = 1 << 16
"""How much of the body is parsed in one go, however much the server hands over."""
_AS_IT_IS = frozenset({"", "7bit", "8bit", "binary"})


@dataclass(frozen=True, slots=True)
class PartBegins:
    """A part begins: its name in the form, what the sender calls the file if it is one, and its declared type."""

    name: str
    filename: str | None
    media_type: str


@dataclass(frozen=True, slots=True)
class Piece:
    """The next bytes of the part that began last."""

    data: bytes


@dataclass(frozen=True, slots=True)
class PartEnds:
    """The part that began last is whole."""


Happening = PartBegins | Piece | PartEnds


def boundary_of(request: Request) -> bytes:
    """The line that parts the parts; InvalidRequest for a body that is declared as anything else."""
    declared = request.headers.get("content-type", "")
    media_type, options = parse_options_header(declared)
    if media_type.decode("latin-1") != MEDIA_TYPE or not options.get(b"boundary"):
        raise invalid("/header/content-type", f"{MEDIA_TYPE} with its boundary, not {declared[:60]!r}")
    return options[b"boundary"]


async def parts(request: Request, boundary: bytes) -> AsyncIterator[Happening]:
    """What happens in the body, in order; InvalidRequest once it is not what it should be, or ends too early."""
    reader = _Reader(boundary)
    try:
        async for chunk in request.stream():
            for start in range(0, len(chunk), AT_ONCE):
                for happening in reader.take(chunk[start : start + AT_ONCE]):
                    yield happening
    except ClientDisconnect:
        raise invalid("/", "the whole body; the connection ended before it did") from None
    if not reader.ended:
        raise _broken("it ends before its last boundary")


@dataclass(slots=True)
class _Headers:
    """The headers of a part, while they come."""

    found: dict[str, bytes] = field(default_factory=dict)
    name: bytes = b""
    value: bytes = b""

    def end(self) -> None:
        name = self.name.decode("latin-1").lower()
        if name in self.found:
            raise _broken(f"a part has the header {name} twice")
        self.found[name] = self.value
        self.name = self.value = b""


class _Reader:
    """The parser calls back; what it called for is handed out after each piece."""

    def __init__(self, boundary: bytes) -> None:
        self.ended = False
        self._headers = _Headers()
        self._happened: list[Happening] = []
        try:
            self._parser = MultipartParser(
                boundary,
                {
                    "on_part_begin": self._begin,
                    "on_header_field": self._header_field,
                    "on_header_value": self._header_value,
                    "on_header_end": lambda: self._headers.end(),
                    "on_headers_finished": self._headers_finished,
                    "on_part_data": self._data,
                    "on_part_end": lambda: self._happened.append(PartEnds()),
                    "on_end": self._end,
                },
            )
        except FormParserError as error:
            raise invalid("/header/content-type", f"a boundary of at most 70 characters: {error}") from None

    def take(self, chunk: bytes) -> Iterator[Happening]:
        """Read the next bytes of the body."""
        if self.ended:  # what follows the last boundary is nobody's (RFC 2046)
            return iter(())
        try:
            self._parser.write(chunk)
        except FormParserError as error:
            raise _broken(str(error)[:200]) from None
        happened, self._happened = self._happened, []
        return iter(happened)

    def _begin(self) -> None:
        self._headers = _Headers()

    def _header_field(self, data: bytes, start: int, end: int) -> None:
        self._headers.name += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._headers.value += data[start:end]

    def _headers_finished(self) -> None:
        self._happened.append(_part(self._headers.found))

    def _data(self, data: bytes, start: int, end: int) -> None:
        self._happened.append(Piece(data[start:end]))

    def _end(self) -> None:
        self.ended = True


def _part(headers: dict[str, bytes]) -> PartBegins:
    """A part by its headers; InvalidRequest for one without a name, or whose bytes stand for others."""
    disposition, options = parse_options_header(headers.get("content-disposition"))
    if disposition != b"form-data" or b"name" not in options:
        raise _broken("a part has no Content-Disposition: form-data with a name")
    name = _words(options[b"name"])
    if headers.get("content-transfer-encoding", b"").strip().lower().decode("latin-1") not in _AS_IT_IS:
        raise invalid(f"/{name}", "the bytes as they are, without a Content-Transfer-Encoding")
    media_type = headers.get("content-type", b"").decode("latin-1").partition(";")[0].strip().lower()
    filename = options.get(b"filename")
    # Browsers and curl write a quotation mark in a name so (WHATWG HTML, multipart/form-data encoding).
    return PartBegins(name, None if filename is None else _words(filename).replace("%22", '"'), media_type)


def _words(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        raise _broken("a name in it is not UTF-8") from None


def _broken(why: str) -> InvalidRequest:
    return invalid("/", f"{MEDIA_TYPE} as RFC 7578 has it: {why}")
