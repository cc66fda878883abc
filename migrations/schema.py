"""The schema the code expects, and how Alembic compares and writes it down."""

from typing import Any

import sqlalchemy as sa
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

import workflow.store.tables  # noqa: F401  registers every table
from workflow.store.columns import METADATA

__all__ = ["METADATA", "compare_options"]


def compare_options() -> dict[str, Any]:
    """The options under which migrations are written, run and checked."""
    return {"render_as_batch": True, "compare_type": True, "render_item": _render}


def _render(kind: str, item: object, _context: Any) -> str | bool:
    """Write SQLModel's own types as SQLAlchemy's, so that a migration stands on its own."""
    if kind == "type" and isinstance(item, UTCDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, AutoString):
        return "sa.String()"
    if kind == "type" and isinstance(item, sa.Enum):
        words = ", ".join(repr(word) for word in item.enums)
        return f"sa.Enum({words}, name={item.name!r}, native_enum=False, length={item.length}, create_constraint=True)"
    return False
