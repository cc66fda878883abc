"""What the second person says: which of the acts proposed on a thing."""

from dataclasses import dataclass

from workflow.lifecycle.vocabulary import SubjectKind, Trigger


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmationContent:
    """`confirm` and `decline`: the number of the act; it may be left out while a single one waits."""

    act: int | None = None


_IN_A_CASE = [kind for kind in SubjectKind if kind not in (SubjectKind.ACCOUNT, SubjectKind.KEY, SubjectKind.ENDPOINT)]

CONTENT: dict[tuple[SubjectKind, Trigger], type[ConfirmationContent]] = {
    (kind, trigger): ConfirmationContent for kind in _IN_A_CASE for trigger in (Trigger.CONFIRM, Trigger.DECLINE)
}
