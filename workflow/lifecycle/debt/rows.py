"""The machine of a debt: a fine, a penalty, interest. Its rows by topic, in the order of a life."""

from workflow.lifecycle.debt.collection_guards import WAS
from workflow.lifecycle.debt.collection_rows import COLLECTION
from workflow.lifecycle.debt.days import OPEN
from workflow.lifecycle.debt.guards import (
    AFTER_IT_AROSE,
    DUE_AT_FINALITY,
    DUE_AT_ONCE,
    DUE_BEFORE,
    DUE_BY_COURT,
    GIVEN_UP,
    INTEREST_ACCRUED,
    NOTHING_OWED,
    PAID_ABOVE,
    PAID_EXACTLY,
    PAID_SOMETHING,
)
from workflow.lifecycle.debt.payments_guards import LEAVES_SOMETHING, PAYMENT_FITS, PAYS_ALL, REFUND_FITS, REFUNDS_ALL
from workflow.lifecycle.kernel.rules import Guard, Row
from workflow.lifecycle.vocabulary import DebtState, Role, SubjectKind, Trigger

_FINANCE = frozenset({Role.FINANCE_OFFICER})
_NOBODY: frozenset[Role] = frozenset()


def _arises(cause: Trigger, target: DebtState, *guards: Guard) -> Row:
    return Row(
        trigger=Trigger.ARISE,
        source=DebtState.ABSENT,
        target=target,
        roles=_NOBODY,
        label="Arises",
        ground="what an adopted act fixes is owed from its service on",
        guards=guards,
        effect_of=cause,
    )


def _paid(source: DebtState, target: DebtState, *guards: Guard) -> Row:
    return Row(
        trigger=Trigger.RECORD_PAYMENT,
        source=source,
        target=target,
        roles=_FINANCE,
        label="Record a payment",
        ground="a debt ends when it is paid",
        guards=(AFTER_IT_AROSE, PAYMENT_FITS, *guards),
    )


def _adjusted(source: DebtState, target: DebtState, *guards: Guard) -> Row:
    return Row(
        trigger=Trigger.ADJUST,
        source=source,
        target=target,
        roles=_NOBODY,
        label="The act it arose from fixes another sum",
        ground="what a ruling or a withdrawal takes away is not owed",
        guards=guards,
        effect_of=Trigger.ADJUST,
    )


_BEGINNINGS = (
    Row(
        trigger=Trigger.ARISE,
        source=DebtState.ABSENT,
        target=DebtState.DUE,
        roles=_FINANCE,
        label="Charge interest",
        ground="interest from default on",
        guards=(INTEREST_ACCRUED,),
        posted_on=SubjectKind.DEBT,
    ),
    *(
        row
        for cause in (Trigger.RECORD_SERVICE, Trigger.RECORD_RULING)
        for row in (_arises(cause, DebtState.DUE, DUE_AT_ONCE), _arises(cause, DebtState.PENDING))
    ),
    *(
        row
        for target, paid in ((DebtState.PARTLY_PAID, (PAID_SOMETHING,)), (DebtState.DUE, ()))
        for row in (
            Row(
                trigger=Trigger.FALL_DUE,
                source=DebtState.PENDING,
                target=target,
                roles=frozenset({Role.REGISTRAR}),
                label="Record the court's decision that makes it due",
                ground="a court decides what is due",
                guards=(DUE_BY_COURT, AFTER_IT_AROSE, *paid),
            ),
            Row(
                trigger=Trigger.FALL_DUE,
                source=DebtState.PENDING,
                target=target,
                roles=_NOBODY,
                label="Falls due",
                ground="the act it arose from is final",
                guards=(DUE_AT_FINALITY, *paid),
                effect_of=Trigger.RECORD_FINALITY,
            ),
        )
    ),
    Row(
        trigger=Trigger.FALL_DUE,
        source=DebtState.SUSPENDED,
        target=DebtState.SUSPENDED,
        roles=_NOBODY,
        label="Falls due while collection is suspended",
        ground="the act it arose from is final",
        guards=(DUE_AT_FINALITY, WAS[DebtState.PENDING]),
        effect_of=Trigger.RECORD_FINALITY,
    ),
)
_PAYMENTS = (
    *(_paid(source, DebtState.PAID, PAYS_ALL) for source in OPEN),
    _paid(DebtState.DUE, DebtState.PARTLY_PAID, LEAVES_SOMETHING),
    *(_paid(source, source) for source in OPEN),
)
_REFUNDS = tuple(
    Row(
        trigger=Trigger.RECORD_REFUND,
        source=DebtState.REFUND_DUE,
        target=target,
        roles=_FINANCE,
        label="Record a refund",
        ground="what was paid above the debt is paid back",
        guards=(AFTER_IT_AROSE, REFUND_FITS, *guards),
    )
    for target, guards in ((DebtState.REFUNDED, (REFUNDS_ALL,)), (DebtState.REFUND_DUE, ()))
)
_ADJUSTMENTS = (
    *(
        row
        for source in (*OPEN, *GIVEN_UP)
        for row in (
            _adjusted(source, DebtState.CANCELLED, NOTHING_OWED),
            _adjusted(source, DebtState.REFUND_DUE, PAID_ABOVE),
            _adjusted(source, DebtState.PAID, PAID_EXACTLY),
            _adjusted(source, source),
        )
    ),
    *(
        row
        for source in (DebtState.PAID, DebtState.REFUND_DUE, DebtState.REFUNDED)
        for row in (
            _adjusted(source, DebtState.REFUND_DUE, PAID_ABOVE),
            _adjusted(source, DebtState.PAID, PAID_EXACTLY),
            _adjusted(source, DebtState.PARTLY_PAID, PAID_SOMETHING),
            _adjusted(source, DebtState.DUE),
        )
        if not (source is DebtState.PAID and row.target in (DebtState.PAID, DebtState.DUE))
    ),
    _adjusted(DebtState.CANCELLED, DebtState.DUE, DUE_AT_ONCE),
    _adjusted(DebtState.CANCELLED, DebtState.DUE, DUE_BEFORE),
    _adjusted(DebtState.CANCELLED, DebtState.PENDING),
)

ROWS: tuple[Row, ...] = (*_BEGINNINGS, *_PAYMENTS, *COLLECTION, *_REFUNDS, *_ADJUSTMENTS)
