"""When the database could not be written now, but may be in a moment."""

import sqlite3

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

_PASSING_SQLITE = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN})


class StoreBusy(Exception):
    """Nothing was written, for no fault of the command: a lock was held too long or the database is away. Try again.

    One doubt remains when the connection was lost during the commit itself: then it may have been written after all.
    """


def passes(why: BaseException) -> bool:
    """Whether an error may be gone with the next try."""
    if isinstance(why, NoConnectionFree):
        return True
    if not isinstance(why, DBAPIError):
        return False
    if isinstance(why.orig, sqlite3.Error):
        # The driver calls a missing table by the same name as a lock that is held; the code tells them apart.
        code = getattr(why.orig, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
        return code & 0xFF in _PASSING_SQLITE
    return why.connection_invalidated or isinstance(why, OperationalError | InterfaceError)
