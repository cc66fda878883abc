"""Files under their hashes: kept whole or not at all, wherever it stops."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pytest

from workflow.store.files import HEAD, Files, NoRoom

CHUNKS = [b"%PDF", b"", b"x" * 10_000, b"end"]
WHOLE = b"".join(CHUNKS)
HASH = sha256(WHOLE).hexdigest()


def names(folder: Path) -> list[str]:
    return sorted(each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file())


def taken(files: Files) -> str:
    incoming = files.incoming()
    for chunk in CHUNKS:
        incoming.take(chunk)
    assert (incoming.size, incoming.head) == (len(WHOLE), WHOLE[:HEAD])
    kept = incoming.keep()
    incoming.drop()
    assert kept.size == len(WHOLE)
    return kept.sha256


def test_a_file_lies_under_its_hash_once_for_its_owner_alone(tmp_path: Path) -> None:
    files = Files(tmp_path / "deep" / "files")
    assert taken(files) == taken(files) == HASH
    assert names(files.folder) == [f"{HASH[:2]}/{HASH}"]
    assert (files.folder / HASH[:2] / HASH).stat().st_mode & 0o077 == 0
    assert files.folder.stat().st_mode & 0o077 == 0
    assert (files.has(HASH), files.read(HASH), b"".join(files.pieces(HASH))) == (True, WHOLE, WHOLE)
    assert files.flaw(HASH, len(WHOLE)) is None


def test_what_stops_half_way_has_no_hash_for_a_name(tmp_path: Path) -> None:
    files = Files(tmp_path)
    dropped, killed = files.incoming(), files.incoming()
    for each in (dropped, killed):
        each.take(WHOLE[:100])
    dropped.drop()
    dropped.drop()
    (left,) = names(tmp_path)
    assert left.startswith("incoming-")
    killed._stream.close()  # as the end of the process does
    assert taken(files) == HASH
    assert files.flaw(HASH, len(WHOLE)) is None


def test_a_damaged_file_is_whole_again_when_it_is_sent_again(tmp_path: Path) -> None:
    files = Files(tmp_path)
    place = tmp_path / HASH[:2] / HASH
    taken(files)
    place.write_bytes(WHOLE[:-1] + b"?")
    assert files.flaw(HASH, len(WHOLE)) == "its contents are others: the hash is not theirs"
    place.write_bytes(b"")
    assert files.flaw(HASH, len(WHOLE)) == "it has 0 bytes, not 10,007"
    place.unlink()
    assert (files.flaw(HASH, len(WHOLE)), files.has(HASH)) == ("it is not there", False)
    place.mkdir()
    assert files.flaw(HASH, len(WHOLE)) == "it cannot be read: Is a directory"
    place.rmdir()
    taken(files)
    assert files.flaw(HASH, len(WHOLE)) is None


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """Let no file of this process grow longer, as a full disk does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("size", [5_000, 200_000])
def test_nothing_is_kept_of_a_file_there_is_no_room_for(tmp_path: Path, size: int) -> None:
    incoming = Files(tmp_path).incoming()
    with room_for(1_000):
        with pytest.raises(NoRoom):  # noqa: PT012, which of the two finds out is the buffer's affair
            incoming.take(b"x" * size)
            incoming.keep()
        incoming.drop()
    assert names(tmp_path) == []


@pytest.mark.parametrize("name", ["", "..", "../" * 20, HASH[:-1], HASH.upper(), HASH[:-1] + "/", HASH + "\n"])
def test_nothing_but_a_hash_leads_to_a_file(tmp_path: Path, name: str) -> None:
    for ask in (Files(tmp_path).has, Files(tmp_path).read, lambda each: Files(tmp_path).flaw(each, 1)):
        with pytest.raises(ValueError, match="is no SHA-256"):
            ask(name)
