"""What every command with a database begins with: the settings, and one sentence when the database is not to be had."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from enjoin.stop import stop

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from enjoin.database import Database
    from enjoin.settings import Settings

FAILED, REFUSED = 1, 2


def settings() -> "Settings":
    """The settings of the environment; ends the command with a sentence for a wrong one."""
    from enjoin.settings import SettingsRefused, read_settings

    try:
        return read_settings()
    except SettingsRefused as refused:
        stop(str(refused), REFUSED)


@contextmanager
def complaints(database_url: str) -> Iterator[None]:
    """Say in one line that the database is not to be had."""
    from enjoin.complaints import Complaint, complaining

    try:
        with complaining(database_url):
            yield
    except Complaint as complaint:
        stop(str(complaint), complaint.code)


def refuse_missing_file(url: str) -> None:
    """SQLite makes a file that is not there, and an empty one has nothing to look at."""
    from enjoin.complaints import file_of

    path = file_of(url)
    if path is not None and not Path(path).exists():
        stop(f"there is no database {path}: `enjoin migrate` makes it, ENJOIN_DATABASE_URL names another", REFUSED)


@contextmanager
def only_read(url: str) -> Iterator["Engine"]:
    """The engine of a database that is only looked at: one that is not there or not up to date is left as it is."""
    from enjoin.complaints import shown
    from migrations.run import NotUpToDate, check_revision
    from workflow.store.database import make_engine

    refuse_missing_file(url)
    engine = make_engine(url)
    try:
        check_revision(engine)
        yield engine
    except NotUpToDate as why:
        stop(f"the database {shown(engine.url)} is {why}; `enjoin migrate` brings it up to date", FAILED)
    finally:
        engine.dispose()


@contextmanager
def writing(found: "Settings") -> Iterator["Database"]:
    """The database of the settings, up to date, with a writer: for commands that need no API, which is slow to load."""
    from enjoin.clocks import RealClock
    from enjoin.database import opened

    with complaints(found.database_url), opened(found.database_url, RealClock(), found.keys) as database:
        yield database
