"""The tables as SQLModel classes: the schema, and nothing that happens to it.

Each module also names its tables as Core tables in lower case, which is what the store reads and writes with.
"""

from workflow.store.tables import access, answers, current, imports, journal, outbox, regimes, timers

__all__ = ["access", "answers", "current", "imports", "journal", "outbox", "regimes", "timers"]
