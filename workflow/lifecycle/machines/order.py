"""The machine of an order, for every kind."""

from workflow.lifecycle.guards.compliance import (
    COMPLIED_ON_IS_PAST,
    COMPLIED_ON_SINCE_SERVICE,
    PERIOD_OVER,
    PREREQUISITES_MET,
)
from workflow.lifecycle.machines import order_endings, order_stays
from workflow.lifecycle.rules import Row, Table
from workflow.lifecycle.vocabulary import OrderState, Role, SubjectKind, Trigger

_OFFICER = frozenset({Role.CASE_OFFICER})
_HEAD = frozenset({Role.HEAD_OF_ENFORCEMENT})

ORDER = Table(
    SubjectKind.ORDER,
    (
        Row(
            trigger=Trigger.ENTER_INTO_FORCE,
            source=OrderState.PENDING,
            target=OrderState.IN_FORCE,
            roles=frozenset(),
            label="Enters into force",
            ground="service of the decision on the addressee",
            effect_of=Trigger.RECORD_SERVICE,
        ),
        Row(
            trigger=Trigger.REMIND,
            source=OrderState.IN_FORCE,
            target=OrderState.IN_FORCE,
            roles=frozenset({Role.SCHEDULER}),
            label="Remind of the last day",
            ground="a courtesy of the authority",
            step=True,
        ),
        Row(
            trigger=Trigger.RECORD_EXPIRY,
            source=OrderState.IN_FORCE,
            target=OrderState.EXPIRED,
            roles=frozenset({Role.SCHEDULER, Role.CASE_OFFICER}),
            label="Record that the period expired",
            ground="a fact of the calendar; no finding",
            guards=(PERIOD_OVER,),
            step=True,
        ),
        Row(
            trigger=Trigger.ACCEPT_COMPLIANCE,
            source=OrderState.IN_FORCE,
            target=OrderState.COMPLIED,
            roles=_OFFICER,
            confirmed_by=_HEAD,
            label="Accept compliance",
            ground="operative part of the decision",
            guards=(PREREQUISITES_MET, COMPLIED_ON_IS_PAST, COMPLIED_ON_SINCE_SERVICE),
        ),
        Row(
            trigger=Trigger.ACCEPT_COMPLIANCE,
            source=OrderState.EXPIRED,
            target=OrderState.COMPLIED,
            roles=_OFFICER,
            confirmed_by=_HEAD,
            label="Accept compliance",
            ground="operative part of the decision",
            guards=(PREREQUISITES_MET, COMPLIED_ON_IS_PAST, COMPLIED_ON_SINCE_SERVICE),
        ),
        *order_stays.ROWS,
        *order_endings.ROWS,
    ),
)
