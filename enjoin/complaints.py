"""What may keep a command from its database, said in one sentence; anything else is a defect and shows as one."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic.util import CommandError
from sqlalchemy import make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError

from workflow.store.busy import StoreBusy
from workflow.store.database import make_engine
from workflow.store.sealed import KeysRefused

WRONG_SETTING, AWAY = 2, 1
_MEANT = "this is no address of a database, such as sqlite:///enjoin.db or postgresql://host/name"


class Complaint(Exception):
    """A command came to nothing: its text is one sentence, `code` what the process exits with."""

    def __init__(self, sentence: str, code: int) -> None:
        super().__init__(sentence)
        self.code = code


@contextmanager
def complaining(database_url: str) -> Iterator[None]:
    """Raise Complaint for an address that names no database, and for a database that cannot be used now."""
    url = _read(database_url)
    try:
        yield
    except CommandError as error:
        raise Complaint(f"the database {shown(url)} is not of this version: {_line(error)}", AWAY) from error
    except KeysRefused as refused:
        raise Complaint(f"the keys of secrets: {refused}", WRONG_SETTING) from None
    except (SQLAlchemyError, StoreBusy) as error:
        raise Complaint(f"the database {shown(url)} cannot be used: {_line(error)}", AWAY) from error


def shown(url: URL) -> str:
    """The address of a database without its password, and without what stands after the question mark."""
    return url.set(query={}).render_as_string(hide_password=True)


def file_of(database_url: str) -> str | None:
    """The file of a SQLite database; None for another kind."""
    url = _read(database_url)
    return url.database if url.get_backend_name() == "sqlite" else None


def _read(database_url: str) -> URL:
    try:
        url = make_url(database_url)
    except (ArgumentError, ValueError):  # the second one for a port that is no number
        raise Complaint(f"ENJOIN_DATABASE_URL: {_MEANT}", WRONG_SETTING) from None
    try:
        make_engine(url).dispose()  # it connects to nothing yet
    except (ArgumentError, ValueError) as error:
        raise Complaint(f"ENJOIN_DATABASE_URL: {error}", WRONG_SETTING) from None
    except ModuleNotFoundError:
        raise Complaint("PostgreSQL needs its driver: pip install 'enjoin[postgres]'", WRONG_SETTING) from None
    return url


def _line(error: Exception) -> str:
    """What the driver said first; what it adds are hints and further attempts."""
    said = str(error.orig) if isinstance(error, DBAPIError) else str(error)
    return said.splitlines()[0]
