"""The machine of a filing: a compliance report on an order, or observations on the grounds of a penalty.

A filing stops no clock. A report is accepted or rejected with its assessment sheet, which is no acceptance of
compliance: that is an act on the order. Observations end with the reply to them.
"""

from collections.abc import Iterator

from workflow.lifecycle.guards.filing import (
    CAME_WITH_OR_AFTER,
    CLAIMS_NAME_LIMBS,
    FINDINGS_COVER_CLAIMS,
    GROUNDS_WERE_NOTIFIED,
    IS_OBSERVATIONS,
    IS_REPORT,
    NOT_ATTACHED_YET,
    ORDER_WAS_SERVED,
    OUTCOME_IS,
    PARTY_WAS_HEARD,
    REPLIED_SINCE_RECEIVED,
)
from workflow.lifecycle.rules import Row, Table
from workflow.lifecycle.vocabulary import FilingOutcome, FilingState, Role, SubjectKind, Trigger

_OFFICER = frozenset({Role.CASE_OFFICER})
_HEAD = frozenset({Role.HEAD_OF_ENFORCEMENT})
_TAKES_IN = frozenset({Role.REGISTRAR, Role.CASE_OFFICER})
_OPEN = (FilingState.RECEIVED, FilingState.UNDER_ASSESSMENT)


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
            guards=(IS_REPORT, FINDINGS_COVER_CLAIMS),
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
                ground="right to be heard, Charter art. 41(2)(a)",
                guards=(IS_OBSERVATIONS, REPLIED_SINCE_RECEIVED, OUTCOME_IS[outcome]),
            )


def _attachments() -> Iterator[Row]:
    for state in _OPEN:
        yield Row(
            trigger=Trigger.ATTACH,
            source=state,
            target=state,
            roles=_TAKES_IN,
            label="Attach a file",
            ground="the party's own evidence",
            guards=(CAME_WITH_OR_AFTER, NOT_ATTACHED_YET),
        )


def _withdrawals() -> Iterator[Row]:
    for source in _OPEN:
        yield Row(
            trigger=Trigger.WITHDRAW,
            source=source,
            target=FilingState.WITHDRAWN,
            roles=frozenset({Role.REGISTRAR}),
            label="Record that the party withdrew it",
            ground="the party's own act",
        )


FILING = Table(
    SubjectKind.FILING,
    (
        Row(
            trigger=Trigger.RECORD_REPORT,
            source=FilingState.ABSENT,
            target=FilingState.RECEIVED,
            roles=_TAKES_IN,
            label="Record a compliance report",
            ground="operative part of the decision",
            guards=(ORDER_WAS_SERVED, CLAIMS_NAME_LIMBS),
            posted_on=SubjectKind.ORDER,
        ),
        Row(
            trigger=Trigger.RECORD_OBSERVATIONS,
            source=FilingState.ABSENT,
            target=FilingState.RECEIVED,
            roles=_TAKES_IN,
            label="Record observations",
            ground="right to be heard, Charter art. 41(2)(a)",
            guards=(GROUNDS_WERE_NOTIFIED, PARTY_WAS_HEARD),
            posted_on=SubjectKind.PENALTY_DECISION,
        ),
        Row(
            trigger=Trigger.ASSESS,
            source=FilingState.RECEIVED,
            target=FilingState.UNDER_ASSESSMENT,
            roles=_OFFICER,
            label="Begin the assessment",
            ground="GDPR art. 57(1)(a)",
        ),
        *_attachments(),
        *_assessments(),
        *_replies(),
        *_withdrawals(),
    ),
)
