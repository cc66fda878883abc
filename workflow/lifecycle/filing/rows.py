"""The machine of a filing: a compliance report, observations on the grounds of a penalty, a request for time.

A filing stops no clock. A report is accepted or rejected with its assessment sheet, which is no acceptance of
compliance: that is an act on the order. Observations end with the reply to them, a request with the act it asks for or
its refusal. Counsel files by rows of its own.
"""

from typing import Any

from workflow.lifecycle.facts import Filing
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.filing.contents import (
    AssessmentContent,
    AttachmentContent,
    ObservationsContent,
    RefusalContent,
    ReplyContent,
    ReportContent,
    RequestContent,
    TimeRequestContent,
)
from workflow.lifecycle.filing.counsel_guards import ACTS_FOR_THE_PARTY, DATED_TODAY
from workflow.lifecycle.filing.filing import (
    Assessed,
    FilingAccepted,
    FilingPartlyAccepted,
    FilingRejected,
    FilingReplied,
    FilingUnderAssessment,
    FilingWithdrawn,
    attach,
    concluded,
    record_observations,
    record_report,
)
from workflow.lifecycle.filing.guards import (
    CAME_WITH_OR_AFTER,
    CLAIMS_NAME_LIMBS,
    FINDINGS_COVER_CLAIMS,
    GROUNDS_WERE_NOTIFIED,
    IS_OBSERVATIONS,
    IS_REPORT,
    IS_REQUEST,
    NOT_ATTACHED_YET,
    ORDER_WAS_SERVED,
    PARTY_WAS_HEARD,
    REPLIED_SINCE_RECEIVED,
)
from workflow.lifecycle.filing.requests import FilingRefused, record_request, record_window_request
from workflow.lifecycle.filing.requests_guards import ASKS_FOR_A_LATER_DAY, ASKS_FOR_A_LONGER_WINDOW, ORDER_RUNS
from workflow.lifecycle.kernel.guards import NOT_BACKWARDS
from workflow.lifecycle.kernel.rules import (
    DECIDER,
    HEAD,
    OFFICER,
    REGISTRAR,
    SAME,
    Act,
    Chosen,
    Guard,
    Row,
    Situation,
    effect,
)
from workflow.lifecycle.kernel.writing import Says
from workflow.lifecycle.vocabulary import FilingState, Role, SubjectKind, Trigger

_TAKES_IN = frozenset({Role.REGISTRAR, Role.CASE_OFFICER})
_HEARD = "right to be heard, Charter art. 41(2)(a)"
_ANSWERED = "good administration, Charter art. 41(2)(c)"
_OPEN = (FilingState.RECEIVED, FilingState.UNDER_ASSESSMENT)
_ASSESSED = (FilingState.ACCEPTED, FilingState.PARTLY_ACCEPTED, FilingState.REJECTED)


def _of_counsel(row: Row) -> Row:
    """The same for counsel: of its own party, on the day itself, whatever a regime says of others."""
    guards = (ACTS_FOR_THE_PARTY, DATED_TODAY, *row.guards)
    return replace(row, roles=frozenset({Role.COUNSEL}), guards=guards, everywhere=True)


def _received(
    trigger: Trigger, on: SubjectKind, label: str, ground: str, takes: type[Any], act: Act, *guards: Guard
) -> tuple[Row, Row]:
    row = Row(
        trigger=trigger,
        sources=(FilingState.ABSENT,),
        target=FilingState.RECEIVED,
        roles=_TAKES_IN,
        label=label,
        ground=ground,
        guards=guards,
        parent_kind=on,
        takes=takes,
        act=act,
    )
    return row, _of_counsel(row)


def _assessment(trigger: Trigger, label: str, assessed: type[Assessed]) -> Row:
    return Row(
        trigger=trigger,
        sources=(FilingState.UNDER_ASSESSMENT,),
        target=assessed.outcome,
        roles=OFFICER,
        confirmed_by=HEAD,
        label=label,
        ground="operative part of the decision; GDPR art. 57(1)(a)",
        guards=(IS_REPORT, NOT_BACKWARDS, FINDINGS_COVER_CLAIMS),
        takes=AssessmentContent,
        act=concluded(assessed),
    )


def _as_replied(at: Situation[Filing, ReplyContent]) -> FilingState:
    return FilingState(at.content.outcome.value)


_ATTACHMENT = Row(
    trigger=Trigger.ATTACH,
    sources=_OPEN,
    target=SAME,
    roles=_TAKES_IN,
    label="Attach a file",
    ground="the party's own evidence",
    guards=(CAME_WITH_OR_AFTER, NOT_ATTACHED_YET),
    takes=AttachmentContent,
    act=attach,
)
_WITHDRAWAL = Row(
    trigger=Trigger.WITHDRAW,
    sources=_OPEN,
    target=FilingState.WITHDRAWN,
    roles=REGISTRAR,
    label="Withdraw it for the party",
    ground="the party's own act",
    guards=(NOT_BACKWARDS,),
    act=Says(FilingWithdrawn),
)

ROWS: tuple[Row, ...] = (
    *_received(
        Trigger.RECORD_REPORT,
        SubjectKind.ORDER,
        "Record a compliance report",
        "operative part of the decision",
        ReportContent,
        record_report,
        ORDER_WAS_SERVED,
        CLAIMS_NAME_LIMBS,
    ),
    *_received(
        Trigger.RECORD_OBSERVATIONS,
        SubjectKind.PENALTY_DECISION,
        "Record observations",
        _HEARD,
        ObservationsContent,
        record_observations,
        GROUNDS_WERE_NOTIFIED,
        PARTY_WAS_HEARD,
    ),
    *_received(
        Trigger.RECORD_REQUEST,
        SubjectKind.ORDER,
        "Record a request for an extension or a suspension",
        _ANSWERED,
        RequestContent,
        record_request,
        ORDER_WAS_SERVED,
        ORDER_RUNS,
        ASKS_FOR_A_LATER_DAY,
    ),
    *_received(
        Trigger.RECORD_REQUEST,
        SubjectKind.PENALTY_DECISION,
        "Record a request for a longer window",
        _HEARD,
        TimeRequestContent,
        record_window_request,
        GROUNDS_WERE_NOTIFIED,
        PARTY_WAS_HEARD,
        ASKS_FOR_A_LONGER_WINDOW,
    ),
    Row(
        trigger=Trigger.ASSESS,
        sources=(FilingState.RECEIVED,),
        target=FilingState.UNDER_ASSESSMENT,
        roles=OFFICER,
        label="Begin the assessment",
        ground="GDPR art. 57(1)(a)",
        guards=(NOT_BACKWARDS,),
        act=Says(FilingUnderAssessment),
    ),
    _ATTACHMENT,
    _of_counsel(_ATTACHMENT),
    _assessment(Trigger.ACCEPT, "Accept the report", FilingAccepted),
    _assessment(Trigger.ACCEPT_IN_PART, "Accept the report in part", FilingPartlyAccepted),
    _assessment(Trigger.REJECT, "Reject the report", FilingRejected),
    Row(
        trigger=Trigger.REPLY,
        sources=_OPEN,
        target=Chosen(_ASSESSED, _as_replied),
        roles=frozenset({Role.CASE_OFFICER, Role.RAPPORTEUR}),
        label="Reply to the observations",
        ground=_HEARD,
        guards=(IS_OBSERVATIONS, REPLIED_SINCE_RECEIVED),
        takes=ReplyContent,
        act=Says(FilingReplied),
    ),
    *(
        effect(
            cause,
            trigger=Trigger.GRANT,
            sources=_OPEN,
            target=FilingState.GRANTED,
            label="Is granted",
            ground=_ANSWERED,
        )
        for cause in (Trigger.EXTEND, Trigger.SUSPEND, Trigger.EXTEND_WINDOW)
    ),
    Row(
        trigger=Trigger.REFUSE,
        sources=_OPEN,
        target=FilingState.REFUSED,
        roles=DECIDER,
        label="Refuse the request",
        ground=_ANSWERED,
        guards=(IS_REQUEST, NOT_BACKWARDS),
        takes=RefusalContent,
        act=Says(FilingRefused),
    ),
    _WITHDRAWAL,
    replace(_of_counsel(_WITHDRAWAL), sources=(FilingState.RECEIVED,)),
)
