"""How columns are made: names of constraints, enums by value, instants in UTC.

SQLModel stores a bare enum by its Python name and without a check; here each is stored by value and the database
refuses any other, but where the list of words grows. An instant is SQLModel's own aware UTC column, a legal date a
plain date, a sum a whole number of minor units beside its currency.
"""

from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlmodel import SQLModel

# Set before any table is made: a constraint without a name cannot be changed by a migration later.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

METADATA = SQLModel.metadata

WORD_LENGTH = 64
"""Room for words still to come: a longer word would be another change of the table."""

OPEN_WORD = sa.String(WORD_LENGTH)
"""The type of a column that holds a word of a list that grows, as types of events and triggers do.

It has no check: each new word would have SQLite build the table anew, the append-only journal too. `verify` names a
word that is unknown.
"""


def str_enum(words: type[StrEnum], name: str) -> Any:
    """Make the type of a column that holds one of a closed list of words by value. `name` is the column's."""
    return sa.Enum(
        words,
        name=name,
        native_enum=False,
        length=WORD_LENGTH,
        create_constraint=True,
        values_callable=lambda members: [member.value for member in members],
    )


def partial_index(name: str, *columns: str, where: str) -> sa.Index:
    """An index over the rows for which a condition holds, on both databases."""
    return sa.Index(name, *columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def table(name: str) -> sa.Table:
    """The Core table of a SQLModel class: what loops over many rows use."""
    return METADATA.tables[name]
