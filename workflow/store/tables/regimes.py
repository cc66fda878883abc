"""The texts of the regimes that were relied on."""

from sqlalchemy import Text
from sqlmodel import Field, SQLModel

from workflow.store.columns import table


class RegimeText(SQLModel, table=True):
    """The file of a regime as it was when an event used it, under the digest that stands in the event."""

    __tablename__ = "regime_texts"

    sha256: str = Field(primary_key=True)
    id: str
    version: int
    text: str = Field(sa_type=Text)


regime_texts = table("regime_texts")
