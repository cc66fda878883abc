"""The life of an adopted act after its adoption as the API shows it: attempts, appeals, rulings, finality.

For a corrective decision and for a penalty decision alike.
"""

from datetime import date

from workflow.law.regime import Regime
from workflow.lifecycle.facts import AdoptedAct, CaseFacts, RulingItem
from workflow.lifecycle.proceedings.finality import finality_step
from workflow.lifecycle.proceedings.windows import window_end
from workflow.use_cases.views.shared import MoneyView, View


class ServiceAttemptView(View):
    """An attempt at service that failed."""

    addressee: int
    attempted_on: date
    channel: str
    outcome: str


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

    item: str
    number: int | None
    limb: int | None
    outcome: str
    amount: MoneyView | None


class RulingView(View):
    """A ruling in an appeal."""

    n: int
    appeal: int
    ruled_on: date
    court: str
    final: bool
    items: list[RulingItemView]


def attempts_of(act: AdoptedAct) -> list[ServiceAttemptView]:
    """The attempts at service that failed."""
    return [
        ServiceAttemptView(
            addressee=each.addressee,
            attempted_on=each.attempted_on,
            channel=each.channel.value,
            outcome=each.outcome.value,
        )
        for each in act.attempts
    ]


def appeals_of(case: CaseFacts, act: AdoptedAct, rules: Regime) -> list[AppealView]:
    """The appeals against an act, in time or late by what is known now."""
    shown = []
    for appeal in act.appeals:
        service = act.service_on(appeal.addressee)
        last_day = window_end(case, service, rules) if service is not None else None
        shown.append(
            AppealView(
                n=appeal.n,
                addressee=appeal.addressee,
                lodged_on=appeal.lodged_on,
                court=appeal.court,
                in_time=None if last_day is None else appeal.lodged_on <= last_day,
                open=appeal.open,
            )
        )
    return shown


def rulings_of(act: AdoptedAct) -> list[RulingView]:
    """What courts made of an act."""
    return [
        RulingView(
            n=ruling.n,
            appeal=ruling.appeal,
            ruled_on=ruling.ruled_on,
            court=ruling.court,
            final=ruling.final,
            items=[_item(each) for each in ruling.items],
        )
        for ruling in act.rulings
    ]


def finality_due(case: CaseFacts, act: AdoptedAct, rules: Regime) -> date | None:
    """The day on which finality is proposed, None when it was, or cannot be yet."""
    step = finality_step(case, act, rules)
    return step.due_on if step is not None else None


def _item(item: RulingItem) -> RulingItemView:
    return RulingItemView(
        item=item.item.value,
        number=item.number,
        limb=item.limb,
        outcome=item.outcome.value,
        amount=None if item.amount is None else MoneyView.of(item.amount),
    )
