"""The machine of an access request under an order to answer them.

They come in thousands, so what only writes down that the respondent dealt with one is an act of one officer. A second
person is needed where the authority takes the respondent's side against the person who asked: it holds a refusal good,
ends a dispute, or sets a request aside.
"""

from collections.abc import Iterator

from workflow.lifecycle.access_request.guards import (
    AFTER_WHAT_IS_KNOWN,
    DAY_IS_POSSIBLE,
    EXTENDED_BEFORE,
    ORDER_TAKES_REQUESTS,
    RECEIVED_ON_IS_PAST,
    REFERENCE_IS_A_PSEUDONYM,
    REFERENCE_IS_NEW,
    TOLD_IN_TIME,
)
from workflow.lifecycle.kernel.rules import Row
from workflow.lifecycle.vocabulary import AccessRequestState, Role, SubjectKind, Trigger

_S = AccessRequestState
_OFFICER = frozenset({Role.CASE_OFFICER})
_CLERKS = frozenset({Role.CASE_OFFICER, Role.REGISTRAR})
_HEAD = frozenset({Role.HEAD_OF_ENFORCEMENT})

_WORKED_ON = (_S.RECEIVED, _S.IN_PROGRESS, _S.EXTENDED)
_DEALT_WITH = (_S.ANSWERED, _S.REFUSED, _S.NO_DATA_HELD)


def _identity() -> Iterator[Row]:
    for source in _WORKED_ON:
        yield Row(
            trigger=Trigger.ASK_IDENTITY,
            source=source,
            target=_S.IDENTITY_CHECK,
            roles=_CLERKS,
            label="Record that the person was asked who they are",
            ground="GDPR art. 12(6)",
            guards=(AFTER_WHAT_IS_KNOWN,),
        )
    for target, guards in (
        (_S.EXTENDED, (AFTER_WHAT_IS_KNOWN, EXTENDED_BEFORE)),
        (_S.IN_PROGRESS, (AFTER_WHAT_IS_KNOWN,)),
    ):
        yield Row(
            trigger=Trigger.RECORD_IDENTITY,
            source=_S.IDENTITY_CHECK,
            target=target,
            roles=_CLERKS,
            label="Record that the person said who they are",
            ground="GDPR art. 12(6)",
            guards=(AFTER_WHAT_IS_KNOWN, *guards),
        )


def _extensions() -> Iterator[Row]:
    for source in (_S.RECEIVED, _S.IN_PROGRESS):
        yield Row(
            trigger=Trigger.EXTEND,
            source=source,
            target=_S.EXTENDED,
            roles=_CLERKS,
            label="Record that the respondent took more time",
            ground="GDPR art. 12(3), third sentence",
            guards=(DAY_IS_POSSIBLE, TOLD_IN_TIME),
        )


def _outcomes() -> Iterator[Row]:
    for trigger, target, label, ground in (
        (Trigger.RECORD_ANSWER, _S.ANSWERED, "Record the answer", "GDPR art. 15"),
        (Trigger.RECORD_REFUSAL, _S.REFUSED, "Record a refusal", "GDPR art. 12(4)"),
        (Trigger.RECORD_NO_DATA, _S.NO_DATA_HELD, "Record that no data are held", "GDPR art. 15(1)"),
    ):
        for source in (*_WORKED_ON, _S.IDENTITY_CHECK, _S.DISPUTED):
            yield Row(
                trigger=trigger,
                source=source,
                target=target,
                roles=_CLERKS,
                label=label,
                ground=ground,
                guards=(DAY_IS_POSSIBLE,),
            )


def _disputes() -> Iterator[Row]:
    for source in (*_DEALT_WITH, _S.VERIFIED):
        yield Row(
            trigger=Trigger.DISPUTE,
            source=source,
            target=_S.DISPUTED,
            roles=_CLERKS,
            label="Record that the person disputes it",
            ground="GDPR art. 77",
            guards=(DAY_IS_POSSIBLE,),
        )


def _verifications() -> Iterator[Row]:
    for source in (*_DEALT_WITH, _S.DISPUTED):
        against_the_person = source in (_S.REFUSED, _S.DISPUTED)
        yield Row(
            trigger=Trigger.VERIFY,
            source=source,
            target=_S.VERIFIED,
            roles=_OFFICER,
            confirmed_by=_HEAD if against_the_person else frozenset(),
            label="Verify that it was dealt with as it should be",
            ground="GDPR art. 57(1)(a), 57(1)(f)",
            guards=(AFTER_WHAT_IS_KNOWN,),
        )


def _set_aside() -> Iterator[Row]:
    for source in (*_WORKED_ON, _S.IDENTITY_CHECK, *_DEALT_WITH, _S.DISPUTED):
        yield Row(
            trigger=Trigger.SET_ASIDE,
            source=source,
            target=_S.SET_ASIDE,
            roles=_OFFICER,
            confirmed_by=_HEAD,
            label="Set the request aside",
            ground="it is no request under this order",
            guards=(AFTER_WHAT_IS_KNOWN,),
        )


ROWS: tuple[Row, ...] = (
    Row(
        trigger=Trigger.REGISTER_REQUEST,
        source=_S.ABSENT,
        target=_S.RECEIVED,
        roles=_CLERKS,
        label="Register an access request",
        ground="GDPR art. 15",
        guards=(ORDER_TAKES_REQUESTS, REFERENCE_IS_A_PSEUDONYM, REFERENCE_IS_NEW, RECEIVED_ON_IS_PAST),
        posted_on=SubjectKind.ORDER,
        versioned=False,
    ),
    Row(
        trigger=Trigger.BEGIN,
        source=_S.RECEIVED,
        target=_S.IN_PROGRESS,
        roles=_CLERKS,
        label="Record that the respondent works on it",
        ground="GDPR art. 12(3)",
        guards=(AFTER_WHAT_IS_KNOWN,),
    ),
    *_identity(),
    *_extensions(),
    *_outcomes(),
    *_disputes(),
    *_verifications(),
    *_set_aside(),
    Row(
        trigger=Trigger.CLOSE,
        source=_S.VERIFIED,
        target=_S.CLOSED,
        roles=_CLERKS,
        label="Close the request",
        ground="GDPR art. 57(1)(f)",
        guards=(AFTER_WHAT_IS_KNOWN,),
        everywhere=True,
    ),
)
