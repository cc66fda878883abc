"""What can be found wrong with a journal."""

from dataclasses import dataclass
from enum import StrEnum


class Flaw(StrEnum):
    """Kinds of fault."""

    CHANGED_ROW = "changed_row"
    CHANGED_COLUMN = "changed_column"
    UNREADABLE = "unreadable"
    UNKNOWN_WORD = "unknown_word"
    CHANGED_TEXT = "changed_text"
    GAP = "gap"
    BROKEN_CHAIN = "broken_chain"
    CUT_TAIL = "cut_tail"
    NO_HEAD = "no_head"
    MISSING_CASE = "missing_case"
    UNREGISTERED_CASE = "unregistered_case"
    REWRITTEN = "rewritten"
    REPEATED_STEP = "repeated_step"
    STRAY_TEXT = "stray_text"
    OTHER_FACTS = "other_facts"
    OTHER_ROWS = "other_rows"
    DAMAGED_FILE = "damaged_file"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong: in which case, at which event (None: in the case as a whole), what, and a sentence."""

    case: str
    seq: int | None
    flaw: Flaw
    detail: str

    def __str__(self) -> str:
        return f"case {self.case}{'' if self.seq is None else f', event {self.seq}'}: {self.flaw}: {self.detail}"
