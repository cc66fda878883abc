"""The files beside the journal, each under its own SHA-256: what an event names was kept before the event was.

A file is written under a passing name, brought to the disk and then given its own. Whatever stops half way leaves a
file that no event names, which harms nobody (`orphans` finds it); nothing here is ever deleted or written over with
something else.
"""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

_AT_ONCE = 1 << 18
HEAD = 4096
"""How much of the beginning of a file is looked at to see what it is."""


_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class NoRoom(Exception):
    """There is no room for the file; nothing of it is kept."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that is kept: only `Incoming.keep` makes one, so whoever holds it knows that the file is there."""

    sha256: str
    size: int


class Incoming:
    """A file on its way in, hashed and counted while it comes. Ends with `keep` or `drop`."""

    def __init__(self, folder: Path) -> None:
        with _room():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            descriptor, name = tempfile.mkstemp(prefix="incoming-", dir=folder)
        self._folder, self._path = folder, Path(name)
        self._stream: BinaryIO = os.fdopen(descriptor, "wb")
        self._hash = sha256()
        self.size = 0
        self.head = b""

    def take(self, chunk: bytes) -> None:
        """Write down the next bytes; NoRoom when the disk is full."""
        with _room():
            self._stream.write(chunk)
        self._hash.update(chunk)
        self.size += len(chunk)
        self.head += chunk[: HEAD - len(self.head)]

    @property
    def sha256(self) -> str:
        """The hash of what has come."""
        return self._hash.hexdigest()

    def keep(self) -> Kept:
        """Bring it to the disk, and give it the name it stays under; NoRoom when the disk is full."""
        kept = Kept(self.sha256, self.size)
        path = _place(self._folder, kept.sha256)
        with _room():
            self._stream.flush()
            os.fsync(self._stream.fileno())
            self._stream.close()
            path.parent.mkdir(mode=0o700, exist_ok=True)
            self._path.replace(path)  # one that is there has these bytes, or was damaged
        for folder in (path.parent, self._folder):
            _to_disk(folder)
        return kept

    def drop(self) -> None:
        """Forget it; nothing happens to one that was kept."""
        with suppress(OSError):  # closing writes what is left, and a full disk takes none of it
            self._stream.close()
        self._path.unlink(missing_ok=True)


class Files:
    """The folder of the files. It is made when the first one comes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def incoming(self) -> Incoming:
        """Begin to take a file in."""
        return Incoming(self.folder)

    def has(self, sha256: str) -> bool:
        """Whether there is a file under this hash, whatever is in it."""
        return _place(self.folder, sha256).is_file()

    def read(self, sha256: str) -> bytes:
        """All of a file, as it is now; FileNotFoundError when it is not there."""
        return _place(self.folder, sha256).read_bytes()

    def pieces(self, sha256: str) -> Iterator[bytes]:
        """A file piece by piece, as it is now; FileNotFoundError when it is not there."""
        with _place(self.folder, sha256).open("rb") as stream:
            while piece := stream.read(_AT_ONCE):
                yield piece

    def flaw(self, digest: str, size: int) -> str | None:
        """What is wrong with a kept file, None when it is as it came."""
        found, length = sha256(), 0
        try:
            for piece in self.pieces(digest):
                found.update(piece)
                length += len(piece)
        except FileNotFoundError:
            return "it is not there"
        except OSError as why:
            return f"it cannot be read: {why.strerror}"
        if length != size:
            return f"it has {length:,} bytes, not {size:,}"
        return None if found.hexdigest() == digest else "its contents are others: the hash is not theirs"


@contextmanager
def _room() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise NoRoom(error.strerror) from error
        raise


def _place(folder: Path, sha256: str) -> Path:
    """Where a file lies. The name comes from a hash alone, never from what somebody called the file."""
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise ValueError(f"{sha256[:70]!r} is no SHA-256")
    return folder / sha256[:2] / sha256


def _to_disk(folder: Path) -> None:
    """Have the names in a folder survive a loss of power."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
