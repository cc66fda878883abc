"""The machine of a filing: a compliance report, observations on the grounds of a penalty, a request for time.

A filing stops no clock. A report is accepted or rejected with its assessment sheet, which is no acceptance of
compliance: that is an act on the order. Observations end with the reply to them, a request with the act it asks for or
its refusal. Counsel files by rows of its own.
"""

from collections.abc import Iterator

from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.filing.counsel_guards import ACTS_FOR_THE_PARTY, DATED_TODAY
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
    OUTCOME_IS,
    PARTY_WAS_HEARD,
    REPLIED_SINCE_RECEIVED,
)
from workflow.lifecycle.filing.requests_guards import ASKS_FOR_A_LATER_DAY, ASKS_FOR_A_LONGER_WINDOW, ORDER_RUNS
from workflow.lifecycle.kernel.guards import NOT_BACKWARDS
from workflow.lifecycle.kernel.rules import Guard, Row
from workflow.lifecycle.vocabulary import FilingOutcome, FilingState, Role, SubjectKind, Trigger

_OFFICER = frozenset({Role.CASE_OFFICER})
_HEAD = frozenset({Role.HEAD_OF_ENFORCEMENT})
_TAKES_IN = frozenset({Role.REGISTRAR, Role.CASE_OFFICER})
_HEARD = "right to be heard, Charter art. 41(2)(a)"
_ANSWERED = "good administration, Charter art. 41(2)(c)"
_COUNSEL = frozenset({Role.COUNSEL})
_OPEN = (FilingState.RECEIVED, FilingState.UNDER_ASSESSMENT)


def _by_counsel(row: Row) -> tuple[Row, Row]:
    """A row, and the same for counsel: of its own party, on the day itself, whatever a regime says of others."""
    guards = (ACTS_FOR_THE_PARTY, DATED_TODAY, *row.guards)
    return row, replace(row, roles=_COUNSEL, guards=guards, everywhere=True)


def _received(trigger: Trigger, on: SubjectKind, label: str, ground: str, *guards: Guard) -> tuple[Row, Row]:
    return _by_counsel(
        Row(
            trigger=trigger,
            source=FilingState.ABSENT,
            target=FilingState.RECEIVED,
            roles=_TAKES_IN,
            label=label,
            ground=ground,
            guards=guards,
            posted_on=on,
        )
    )


def _assessments() -> Iterator[Row]:
    for trigger, target, label in (
        (Trigger.ACCEPT, FilingState.ACCEPTED, "Accept the report"),
        (Trigger.ACCEPT_IN_PART, FilingState.PARTLY_ACCEPTED, "Accept the report in part"),
        (Trigger.REJECT, FilingState.REJECTED, "Reject the report"),
    ):
        yield Row(
            trigger=trigger,
            source=FilingState.UNDER_ASSESSMENT,
            target=target,
            roles=_OFFICER,
            confirmed_by=_HEAD,
            label=label,
            ground="operative part of the decision; GDPR art. 57(1)(a)",
            guards=(IS_REPORT, NOT_BACKWARDS, FINDINGS_COVER_CLAIMS),
        )


def _replies() -> Iterator[Row]:
    for source in _OPEN:
        for outcome in FilingOutcome:
            yield Row(
                trigger=Trigger.REPLY,
                source=source,
                target=FilingState(outcome.value),
                roles=frozenset({Role.CASE_OFFICER, Role.RAPPORTEUR}),
                label="Reply to the observations",
                ground=_HEARD,
                guards=(IS_OBSERVATIONS, REPLIED_SINCE_RECEIVED, OUTCOME_IS[outcome]),
            )


def _attachments() -> Iterator[Row]:
    for state in _OPEN:
        yield from _by_counsel(
            Row(
                trigger=Trigger.ATTACH,
                source=state,
                target=state,
                roles=_TAKES_IN,
                label="Attach a file",
                ground="the party's own evidence",
                guards=(CAME_WITH_OR_AFTER, NOT_ATTACHED_YET),
            )
        )


def _answers() -> Iterator[Row]:
    for source in _OPEN:
        for cause in (Trigger.EXTEND, Trigger.SUSPEND, Trigger.EXTEND_WINDOW):
            yield Row(
                trigger=Trigger.GRANT,
                source=source,
                target=FilingState.GRANTED,
                roles=frozenset(),
                label="Is granted",
                ground=_ANSWERED,
                effect_of=cause,
            )
        yield Row(
            trigger=Trigger.REFUSE,
            source=source,
            target=FilingState.REFUSED,
            roles=frozenset({Role.DECISION_MAKER}),
            label="Refuse the request",
            ground=_ANSWERED,
            guards=(IS_REQUEST, NOT_BACKWARDS),
        )


def _withdrawal(source: FilingState) -> Row:
    return Row(
        trigger=Trigger.WITHDRAW,
        source=source,
        target=FilingState.WITHDRAWN,
        roles=frozenset({Role.REGISTRAR}),
        label="Withdraw it for the party",
        ground="the party's own act",
        guards=(NOT_BACKWARDS,),
    )


ROWS: tuple[Row, ...] = (
    *_received(
        Trigger.RECORD_REPORT,
        SubjectKind.ORDER,
        "Record a compliance report",
        "operative part of the decision",
        ORDER_WAS_SERVED,
        CLAIMS_NAME_LIMBS,
    ),
    *_received(
        Trigger.RECORD_OBSERVATIONS,
        SubjectKind.PENALTY_DECISION,
        "Record observations",
        _HEARD,
        GROUNDS_WERE_NOTIFIED,
        PARTY_WAS_HEARD,
    ),
    *_received(
        Trigger.RECORD_REQUEST,
        SubjectKind.ORDER,
        "Record a request for an extension or a suspension",
        _ANSWERED,
        ORDER_WAS_SERVED,
        ORDER_RUNS,
        ASKS_FOR_A_LATER_DAY,
    ),
    *_received(
        Trigger.RECORD_REQUEST,
        SubjectKind.PENALTY_DECISION,
        "Record a request for a longer window",
        _HEARD,
        GROUNDS_WERE_NOTIFIED,
        PARTY_WAS_HEARD,
        ASKS_FOR_A_LONGER_WINDOW,
    ),
    Row(
        trigger=Trigger.ASSESS,
        source=FilingState.RECEIVED,
        target=FilingState.UNDER_ASSESSMENT,
        roles=_OFFICER,
        label="Begin the assessment",
        ground="GDPR art. 57(1)(a)",
        guards=(NOT_BACKWARDS,),
    ),
    *_attachments(),
    *_assessments(),
    *_replies(),
    *_answers(),
    *_by_counsel(_withdrawal(FilingState.RECEIVED)),
    _withdrawal(FilingState.UNDER_ASSESSMENT),
)
