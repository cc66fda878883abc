"""The lines of imports that were done: what tells a line imported already from a new one."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from workflow.store.columns import table


class ImportedLine(SQLModel, table=True):
    """A line of an import and the day its act stood on; `marker` is the digest of the line."""

    __tablename__ = "imported_lines"

    marker: str = Field(primary_key=True)
    case: str = Field(index=True)
    on: date
    imported_at: datetime


imported_lines = table("imported_lines")
