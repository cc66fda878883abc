"""The machine of an access request under an order to answer them.

They come in thousands, so what only writes down that the respondent dealt with one is an act of one officer. A second
person is needed where the authority takes the respondent's side against the person who asked: it holds a refusal good,
ends a dispute, or sets a request aside.
"""

from typing import Any

from workflow.lifecycle.access_request.contents import (
    AnswerContent,
    DisputeContent,
    ExtensionNoticeContent,
    NoDataContent,
    RefusalContent,
    RequestContent,
    SetAsideContent,
)
from workflow.lifecycle.access_request.guards import (
    AFTER_WHAT_IS_KNOWN,
    DAY_IS_POSSIBLE,
    ORDER_TAKES_REQUESTS,
    RECEIVED_ON_IS_PAST,
    REFERENCE_IS_A_PSEUDONYM,
    REFERENCE_IS_NEW,
    TOLD_IN_TIME,
)
from workflow.lifecycle.access_request.request import (
    OfRequest,
    RequestAnswered,
    RequestBegun,
    RequestClosed,
    RequestDisputed,
    RequestIdentityAsked,
    RequestIdentityKnown,
    RequestNoDataHeld,
    RequestRefused,
    RequestSetAside,
    RequestVerified,
    extend,
    moved,
    register,
)
from workflow.lifecycle.facts import AccessRequest
from workflow.lifecycle.kernel.rules import HEAD, OFFICER, Chosen, Row, Situation
from workflow.lifecycle.vocabulary import AccessRequestState, Role, SubjectKind, Trigger

_S = AccessRequestState
_CLERKS = frozenset({Role.CASE_OFFICER, Role.REGISTRAR})

_WORKED_ON = (_S.RECEIVED, _S.IN_PROGRESS, _S.EXTENDED)
_DEALT_WITH = (_S.ANSWERED, _S.REFUSED, _S.NO_DATA_HELD)


def _as_before(at: Situation[AccessRequest, None]) -> AccessRequestState:
    """In progress again, or with the period extended where it was."""
    return _S.IN_PROGRESS if at.thing.extended_on is None else _S.EXTENDED


def _outcome(
    trigger: Trigger, target: AccessRequestState, label: str, ground: str, takes: type[Any], said: type[OfRequest]
) -> Row:
    return Row(
        trigger=trigger,
        sources=(*_WORKED_ON, _S.IDENTITY_CHECK, _S.DISPUTED),
        target=target,
        roles=_CLERKS,
        label=label,
        ground=ground,
        guards=(DAY_IS_POSSIBLE,),
        takes=takes,
        act=moved(said),
    )


def _verification(sources: tuple[AccessRequestState, ...], confirmed_by: frozenset[Role]) -> Row:
    return Row(
        trigger=Trigger.VERIFY,
        sources=sources,
        target=_S.VERIFIED,
        roles=OFFICER,
        confirmed_by=confirmed_by,
        label="Verify that it was dealt with as it should be",
        ground="GDPR art. 57(1)(a), 57(1)(f)",
        guards=(AFTER_WHAT_IS_KNOWN,),
        act=moved(RequestVerified),
    )


ROWS: tuple[Row, ...] = (
    Row(
        trigger=Trigger.REGISTER_REQUEST,
        sources=(_S.ABSENT,),
        target=_S.RECEIVED,
        roles=_CLERKS,
        label="Register an access request",
        ground="GDPR art. 15",
        guards=(ORDER_TAKES_REQUESTS, REFERENCE_IS_A_PSEUDONYM, REFERENCE_IS_NEW, RECEIVED_ON_IS_PAST),
        parent_kind=SubjectKind.ORDER,
        versioned=False,
        takes=RequestContent,
        act=register,
    ),
    Row(
        trigger=Trigger.BEGIN,
        sources=(_S.RECEIVED,),
        target=_S.IN_PROGRESS,
        roles=_CLERKS,
        label="Record that the respondent works on it",
        ground="GDPR art. 12(3)",
        guards=(AFTER_WHAT_IS_KNOWN,),
        act=moved(RequestBegun),
    ),
    Row(
        trigger=Trigger.ASK_IDENTITY,
        sources=_WORKED_ON,
        target=_S.IDENTITY_CHECK,
        roles=_CLERKS,
        label="Record that the person was asked who they are",
        ground="GDPR art. 12(6)",
        guards=(AFTER_WHAT_IS_KNOWN,),
        act=moved(RequestIdentityAsked),
    ),
    Row(
        trigger=Trigger.RECORD_IDENTITY,
        sources=(_S.IDENTITY_CHECK,),
        target=Chosen((_S.EXTENDED, _S.IN_PROGRESS), _as_before),
        roles=_CLERKS,
        label="Record that the person said who they are",
        ground="GDPR art. 12(6)",
        guards=(AFTER_WHAT_IS_KNOWN,),
        act=moved(RequestIdentityKnown),
    ),
    Row(
        trigger=Trigger.EXTEND,
        sources=(_S.RECEIVED, _S.IN_PROGRESS),
        target=_S.EXTENDED,
        roles=_CLERKS,
        label="Record that the respondent took more time",
        ground="GDPR art. 12(3), third sentence",
        guards=(DAY_IS_POSSIBLE, TOLD_IN_TIME),
        takes=ExtensionNoticeContent,
        act=extend,
    ),
    _outcome(Trigger.RECORD_ANSWER, _S.ANSWERED, "Record the answer", "GDPR art. 15", AnswerContent, RequestAnswered),
    _outcome(Trigger.RECORD_REFUSAL, _S.REFUSED, "Record a refusal", "GDPR art. 12(4)", RefusalContent, RequestRefused),
    _outcome(
        Trigger.RECORD_NO_DATA,
        _S.NO_DATA_HELD,
        "Record that no data are held",
        "GDPR art. 15(1)",
        NoDataContent,
        RequestNoDataHeld,
    ),
    Row(
        trigger=Trigger.DISPUTE,
        sources=(*_DEALT_WITH, _S.VERIFIED),
        target=_S.DISPUTED,
        roles=_CLERKS,
        label="Record that the person disputes it",
        ground="GDPR art. 77",
        guards=(DAY_IS_POSSIBLE,),
        takes=DisputeContent,
        act=moved(RequestDisputed),
    ),
    _verification((_S.ANSWERED, _S.NO_DATA_HELD), frozenset()),
    _verification((_S.REFUSED, _S.DISPUTED), HEAD),
    Row(
        trigger=Trigger.SET_ASIDE,
        sources=(*_WORKED_ON, _S.IDENTITY_CHECK, *_DEALT_WITH, _S.DISPUTED),
        target=_S.SET_ASIDE,
        roles=OFFICER,
        confirmed_by=HEAD,
        label="Set the request aside",
        ground="it is no request under this order",
        guards=(AFTER_WHAT_IS_KNOWN,),
        takes=SetAsideContent,
        act=moved(RequestSetAside),
    ),
    Row(
        trigger=Trigger.CLOSE,
        sources=(_S.VERIFIED,),
        target=_S.CLOSED,
        roles=_CLERKS,
        label="Close the request",
        ground="GDPR art. 57(1)(f)",
        guards=(AFTER_WHAT_IS_KNOWN,),
        everywhere=True,
        act=moved(RequestClosed),
    ),
)
