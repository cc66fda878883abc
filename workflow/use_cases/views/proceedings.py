"""The life of an adopted act after its adoption as the API shows it: attempts, appeals, rulings, finality.

For a corrective decision and for a penalty decision alike.
"""

from datetime import date

from workflow.law.regime import Regime
from workflow.lifecycle.facts import AdoptedAct, CaseFacts
from workflow.lifecycle.proceedings.finality import finality_step
from workflow.lifecycle.proceedings.windows import window_end
from workflow.lifecycle.vocabulary import ItemKind, RulingOutcome, ServiceChannel, ServiceFailure
from workflow.use_cases.views.shared import MoneyView, View, shown


class ServiceAttemptView(View):
    """An attempt at service that failed."""

    addressee: int
    attempted_on: date
    channel: ServiceChannel
    outcome: ServiceFailure


class AppealView(View):
    """An appeal; `in_time` is computed from the service as it is known now."""

    n: int
    addressee: int
    lodged_on: date
    court: str
    in_time: bool | None
    open: bool


class RulingItemView(View):
    """What a court did with one item."""

    item: ItemKind
    number: int | None
    limb: int | None
    outcome: RulingOutcome
    amount: MoneyView | None


class RulingView(View):
    """A ruling in an appeal."""

    n: int
    appeal: int
    ruled_on: date
    court: str
    final: bool
    items: list[RulingItemView]


def appeals_of(case: CaseFacts, act: AdoptedAct, rules: Regime) -> list[AppealView]:
    """The appeals against an act, in time or late by what is known now."""
    found = []
    for appeal in act.appeals:
        service = act.service_on(appeal.addressee)
        last_day = window_end(case, service, rules) if service is not None else None
        found.append(shown(AppealView, appeal, in_time=None if last_day is None else appeal.lodged_on <= last_day))
    return found


def finality_due(case: CaseFacts, act: AdoptedAct, rules: Regime) -> date | None:
    """The day on which finality is proposed, None when it was, or cannot be yet."""
    step = finality_step(case, act, rules)
    return step.due_on if step is not None else None
