"""What lies in the folder of files and no event names: uploads that stopped half way, or that the door refused."""

import re
from collections.abc import Iterator, Set
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from secrets import token_hex

YOUNGEST = timedelta(days=1)
"""No orphan is removed before: until then its event may still be on its way."""

_KEPT = re.compile(r"[0-9a-f]{2}/[0-9a-f]{64}")
_PASSING = re.compile(r"(incoming|swept)-\w+")


@dataclass(frozen=True, slots=True)
class Orphan:
    """A file that no event names. `ours` is false for one that was never put here by an upload: it is left alone."""

    path: Path
    size: int
    since: datetime
    ours: bool


def orphans(folder: Path, named: Set[str]) -> Iterator[Orphan]:
    """What lies in the folder beside the files of these hashes, by name."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_dir() or (_KEPT.fullmatch(name) and path.name in named):
            continue
        with suppress(FileNotFoundError):  # it has just been kept, or dropped
            found = path.lstat()
            since = datetime.fromtimestamp(found.st_mtime, UTC)
            yield Orphan(path, found.st_size, since, bool(_KEPT.fullmatch(name) or _PASSING.fullmatch(name)))


def sweep(folder: Path, orphan: Orphan, now: datetime) -> bool:
    """Remove an orphan that is old enough; whether it was removed.

    The same file may be sent again at this moment, and its event follow. So it is taken aside first: one that turns out
    to be young is what was just sent, and goes back.
    """
    if not orphan.ours or not is_old(orphan.since, now):
        return False
    aside = folder / f"swept-{token_hex(8)}"
    try:
        orphan.path.rename(aside)
    except FileNotFoundError:
        return False
    if not is_old(datetime.fromtimestamp(aside.lstat().st_mtime, UTC), now):
        aside.rename(orphan.path)
        return False
    aside.unlink()
    return True


def is_old(since: datetime, now: datetime) -> bool:
    """Whether nothing that is still on its way could have been there since then."""
    return now - since > YOUNGEST
