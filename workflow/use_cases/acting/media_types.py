"""Which files are taken in: a list of kinds, each known by its declared type, the end of its name and its first bytes.

Nothing that runs or draws itself in a browser is on it: no program, no script, no page, no drawing. What lies inside an
archive or a document is not looked at.
"""

import codecs
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from workflow.law.invalid import invalid

_PAGES = re.compile(rb"<\s*(!doctype|html|head|body|svg|script|iframe)\b", re.IGNORECASE)
_HEADER = re.compile(rb"(From |[!-9;-~]+:)")
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class _Kind:
    endings: tuple[str, ...]
    begins: Callable[[bytes], bool]


def _with(*first: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(first)


def _text(head: bytes) -> bool:
    """Words: no byte of zero, no program for a shell, no page or drawing."""
    plain = head.decode("utf-16", "ignore").encode() if head.startswith(_UTF_16) else head
    plain = plain.removeprefix(codecs.BOM_UTF8)
    return b"\0" not in plain and not plain.startswith((b"#!", b"%PDF-")) and _PAGES.search(plain) is None


def _json(head: bytes) -> bool:
    return _text(head) and head.removeprefix(codecs.BOM_UTF8).lstrip()[:1] in b'{["-0123456789tfn'


def _message(head: bytes) -> bool:
    """A letter by e-mail begins with a header; its parts, which may be pages, are never shown here."""
    return b"\0" not in head and _HEADER.match(head) is not None


_ZIP = _with(b"PK\3\4", b"PK\5\6")
_OFFICE = "application/vnd.openxmlformats-officedocument"
_KINDS: Mapping[str, _Kind] = {
    "application/pdf": _Kind((".pdf",), _with(b"%PDF-")),
    "image/png": _Kind((".png",), _with(b"\x89PNG\r\n\x1a\n")),
    "image/jpeg": _Kind((".jpg", ".jpeg"), _with(b"\xff\xd8\xff")),
    "text/plain": _Kind((".txt", ".log"), _text),
    "text/csv": _Kind((".csv",), _text),
    "application/json": _Kind((".json",), _json),
    f"{_OFFICE}.wordprocessingml.document": _Kind((".docx",), _ZIP),
    f"{_OFFICE}.spreadsheetml.sheet": _Kind((".xlsx",), _ZIP),
    "application/zip": _Kind((".zip",), _ZIP),
    "message/rfc822": _Kind((".eml",), _message),
}

MEDIA_TYPES = tuple(_KINDS)
"""What a file may be declared as."""


def ending_of(media_type: str) -> str:
    """How the name of such a file ends."""
    return _KINDS[media_type].endings[0]


def check_declared(media_type: str, name: str, type_at: str, name_at: str) -> None:
    """Raise InvalidRequest unless files of this type are taken in, and a name says the same where it is opened."""
    if media_type not in MEDIA_TYPES:
        raise invalid(type_at, f"{', '.join(MEDIA_TYPES)}; not {media_type[:60]!r}")
    endings = _KINDS[media_type].endings
    if not name.lower().endswith(endings):
        raise invalid(name_at, f"a name that ends in {' or '.join(endings)}, as the file is declared as {media_type}")


def check_contents(media_type: str, head: bytes, at: str) -> None:
    """Raise InvalidRequest for a file that is empty, or does not begin as one of its type does."""
    if not head:
        raise invalid(at, "a file; there is nothing in it")
    if not _KINDS[media_type].begins(head):
        raise invalid(at, f"a file that begins as {media_type} does; this one is something else")
