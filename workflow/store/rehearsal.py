"""A writer that commits nothing: use cases run as they would, on the database as it is, and are undone."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from workflow.store.unit_of_work import UnitOfWork
from workflow.store.writer import Item, Writer

C = TypeVar("C")
A = TypeVar("A")
R = TypeVar("R")


class Rehearsal(Writer):
    """Each run is a transaction of its own, rolled back before its answer is given."""

    def run(self, use_case: Callable[[UnitOfWork, C, A], R], command: C, actor: A) -> R:
        """Run a use case to the end, undo all it wrote, and answer what it answered or raise what it raised."""
        item = Item(use_case, command, actor, Future())
        with self.engine.connect() as connection:
            transaction = connection.begin()
            try:
                ((outcome, raised),) = self._run_in(connection, [item])
            finally:
                transaction.rollback()
        if raised is not None:
            raise raised
        answer: Any = outcome
        found: R = answer
        return found
