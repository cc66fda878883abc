"""Rows of the machine of a debt: collecting it, giving it time, and giving it up."""

from workflow.lifecycle.debt.collection_guards import (
    AFTER_THE_STAY_BEGAN,
    COLLECTION_ALONE,
    IN_DEFAULT,
    LATER_DAY,
    PARTS_FIT,
    PARTY_ABROAD,
    SECURITY_FITS,
    TIME_IS_OVER,
    WAS,
)
from workflow.lifecycle.debt.guards import PAID_SOMETHING
from workflow.lifecycle.kernel.guards import NOT_BACKWARDS
from workflow.lifecycle.kernel.rules import Guard, Row
from workflow.lifecycle.vocabulary import DebtState, Role, Trigger

_FINANCE = frozenset({Role.FINANCE_OFFICER})
_HEAD = frozenset({Role.HEAD_OF_ENFORCEMENT})
_STAYS = frozenset({Role.REGISTRAR, Role.DECISION_MAKER})
_SCHEDULER = frozenset({Role.SCHEDULER})

_CLAIMED = (DebtState.DUE, DebtState.PARTLY_PAID)
_AGREED = (DebtState.DEFERRED, DebtState.INSTALMENTS)
_PURSUED = (DebtState.HANDED_OVER, DebtState.SECURED, DebtState.UNCOLLECTABLE_ABROAD)


def _rows(
    trigger: Trigger,
    sources: tuple[DebtState, ...],
    target: DebtState | None,
    label: str,
    ground: str,
    *guards: Guard,
    roles: frozenset[Role] = _FINANCE,
    confirmed_by: frozenset[Role] = frozenset(),
) -> tuple[Row, ...]:
    """A row from each of these states; to the same state where no target is given."""
    return tuple(
        Row(
            trigger=trigger,
            source=source,
            target=target or source,
            roles=roles,
            label=label,
            ground=ground,
            guards=guards,
            confirmed_by=confirmed_by,
            step=roles == _SCHEDULER,
        )
        for source in sources
    )


_STEPS = (
    *_rows(
        Trigger.PAYMENT_OVERDUE,
        (*_CLAIMED, DebtState.HANDED_OVER, *_AGREED),
        None,
        "Note that payment is overdue",
        "a fact of the calendar; the day after the last day of payment",
        IN_DEFAULT,
        roles=_SCHEDULER,
    ),
    *_rows(
        Trigger.LIMITATION_NEAR,
        (*_CLAIMED, *_AGREED, *_PURSUED, DebtState.SUSPENDED),
        None,
        "Warn that the limitation is near",
        "a claim is lost when its time is over",
        roles=_SCHEDULER,
    ),
)
_DEFAULTS = tuple(
    row
    for target, guards in ((DebtState.PARTLY_PAID, (PAID_SOMETHING,)), (DebtState.DUE, ()))
    for row in (
        *_rows(
            Trigger.RECORD_DEFAULT,
            _AGREED,
            target,
            "Record that the agreed day was missed",
            "what was agreed ends when it is not kept",
            NOT_BACKWARDS,
            IN_DEFAULT,
            *guards,
        ),
        *_rows(
            Trigger.RECORD_DEFAULT,
            (DebtState.SECURED,),
            target,
            "Record that the security fell away",
            "without security the debt is collected",
            NOT_BACKWARDS,
            *guards,
        ),
    )
)
_RESUMPTIONS = tuple(
    row
    for target, was in WAS.items()
    for row in _rows(
        Trigger.RESUME,
        (DebtState.SUSPENDED,),
        target,
        "Resume collection",
        "the stay of collection is over",
        AFTER_THE_STAY_BEGAN,
        was,
        roles=_STAYS,
    )
)

COLLECTION = (
    *_STEPS,
    *_rows(
        Trigger.HAND_OVER,
        (*_CLAIMED, *_AGREED, DebtState.SECURED, DebtState.UNCOLLECTABLE_ABROAD),
        DebtState.HANDED_OVER,
        "Hand over for collection",
        "who collects is the regime's to say",
        NOT_BACKWARDS,
    ),
    *_rows(
        Trigger.DEFER,
        (*_CLAIMED, *_AGREED, DebtState.HANDED_OVER),
        DebtState.DEFERRED,
        "Defer payment",
        "time may be given to who cannot pay at once",
        NOT_BACKWARDS,
        LATER_DAY,
    ),
    *_rows(
        Trigger.AGREE_INSTALMENTS,
        (*_CLAIMED, *_AGREED, DebtState.HANDED_OVER),
        DebtState.INSTALMENTS,
        "Agree on instalments",
        "time may be given to who cannot pay at once",
        NOT_BACKWARDS,
        PARTS_FIT,
    ),
    *_DEFAULTS,
    *_rows(
        Trigger.RECORD_SECURITY,
        (*_CLAIMED, *_AGREED, DebtState.HANDED_OVER),
        DebtState.SECURED,
        "Record a security",
        "a secured debt is not collected while its act is contested",
        NOT_BACKWARDS,
        SECURITY_FITS,
    ),
    *_rows(
        Trigger.SUSPEND,
        (DebtState.PENDING, *_CLAIMED, DebtState.HANDED_OVER, *_AGREED, DebtState.SECURED),
        DebtState.SUSPENDED,
        "Suspend collection",
        "a stay of collection; no day is dropped",
        NOT_BACKWARDS,
        COLLECTION_ALONE,
        roles=_STAYS,
    ),
    *_RESUMPTIONS,
    *_rows(
        Trigger.RECORD_UNCOLLECTABLE,
        (*_CLAIMED, *_AGREED, DebtState.HANDED_OVER),
        DebtState.UNCOLLECTABLE_ABROAD,
        "Record that it cannot be collected abroad",
        "no means to collect where the debtor is; the debt stands",
        NOT_BACKWARDS,
        PARTY_ABROAD,
    ),
    *_rows(
        Trigger.WRITE_OFF,
        (*_CLAIMED, *_AGREED, *_PURSUED),
        DebtState.WRITTEN_OFF,
        "Write off",
        "a claim is given up with reasons, by two people",
        NOT_BACKWARDS,
        confirmed_by=_HEAD,
    ),
    *_rows(
        Trigger.RECORD_TIME_BAR,
        (*_CLAIMED, *_AGREED, *_PURSUED),
        DebtState.TIME_BARRED,
        "Record that it is time-barred",
        "limitation of the claim",
        NOT_BACKWARDS,
        TIME_IS_OVER,
        confirmed_by=_HEAD,
    ),
)
