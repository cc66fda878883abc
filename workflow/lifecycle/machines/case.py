"""The machine of a case."""

from workflow.lifecycle.rules import Row, Table
from workflow.lifecycle.vocabulary import CaseState, Role, SubjectKind, Trigger

CASE = Table(
    SubjectKind.CASE,
    (
        Row(
            trigger=Trigger.OPEN,
            source=CaseState.ABSENT,
            target=CaseState.OPEN,
            roles=frozenset({Role.CASE_OFFICER}),
            label="Open a case",
            ground="GDPR art. 57(1)(a)",
            versioned=False,
        ),
    ),
)
