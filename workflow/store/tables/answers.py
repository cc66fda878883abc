"""What was answered to writes that came with a key of their own, so that the same one again gets the same answer."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from workflow.store.columns import table


class FirstAnswerRow(SQLModel, table=True):
    """The outcome of a write, as JSON, by the digest of account and key; `request` is the digest of what was asked.

    `at` is the register's instant of the write, `made_at` the machine's.
    """

    __tablename__ = "first_answers"

    id: str = Field(primary_key=True)
    request: str
    outcome: str
    at: datetime
    made_at: datetime = Field(index=True)


first_answers = table("first_answers")
