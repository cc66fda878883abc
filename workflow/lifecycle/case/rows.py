"""The machine of a case."""

from workflow.lifecycle.case.case import CaseClosed, CaseReopened, open_case
from workflow.lifecycle.case.contents import CaseContent
from workflow.lifecycle.case.guards import NOTHING_OPEN
from workflow.lifecycle.kernel.guards import NOT_BACKWARDS
from workflow.lifecycle.kernel.rules import HEAD, OFFICER, Row
from workflow.lifecycle.kernel.writing import Says
from workflow.lifecycle.vocabulary import CaseState, Role, Trigger

ROWS: tuple[Row, ...] = (
    Row(
        trigger=Trigger.OPEN,
        sources=(CaseState.ABSENT,),
        target=CaseState.OPEN,
        roles=OFFICER,
        label="Open a case",
        ground="GDPR art. 57(1)(a)",
        versioned=False,
        takes=CaseContent,
        act=open_case,
    ),
    Row(
        trigger=Trigger.CLOSE,
        sources=(CaseState.OPEN, CaseState.REOPENED),
        target=CaseState.CLOSED,
        roles=OFFICER,
        confirmed_by=HEAD,
        label="Close the case",
        ground="nothing in it is left to do",
        guards=(NOTHING_OPEN,),
        everywhere=True,
        act=Says(CaseClosed),
    ),
    Row(
        trigger=Trigger.REOPEN,
        sources=(CaseState.CLOSED,),
        target=CaseState.REOPENED,
        roles=frozenset({Role.HEAD_OF_ENFORCEMENT, Role.DECISION_MAKER}),
        label="Reopen the case",
        ground="GDPR art. 57(1)(a)",
        guards=(NOT_BACKWARDS,),
        act=Says(CaseReopened),
    ),
)
