"""An order as the API shows it: its limbs, its clock, its stays, what was found, what has accrued, how it ended."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Annotated, Any

from pydantic import Field

from workflow.law.days import day_before, end_of_day
from workflow.law.explanation import entry
from workflow.law.regime import Regime
from workflow.lifecycle.door.due import step_of
from workflow.lifecycle.facts import CaseFacts, Clause, Decision, Finding, Limb, Order
from workflow.lifecycle.order.compliance_guards import holds_up
from workflow.lifecycle.order.period import deadline_receipt
from workflow.lifecycle.order.unmet import spans
from workflow.lifecycle.penalty_clause import accrual
from workflow.lifecycle.vocabulary import (
    DaysAfter,
    Nature,
    OrderState,
    PeriodFrom,
    Retroactivity,
    SuspensionEffect,
    SuspensionScope,
)
from workflow.use_cases.views.pending import PendingView
from workflow.use_cases.views.shared import (
    CaseRef,
    DecisionRef,
    MoneyView,
    NextStep,
    PartyRef,
    View,
    Viewer,
    explanation,
    next_step,
    rules_of,
    shown,
)
from workflow.use_cases.views.thing import NextAct, OpenTransition, ThingView, show_thing, shows


class GraceView(View):
    """Time given when days were late already: on none of these days is anything late."""

    from_: Annotated[date, Field(serialization_alias="from")]
    to: date


class PeriodView(View):
    """The clock of the order; `last_day` still counts, and ends at `ends_at`.

    `given_on` is the day on which a last day other than that of the period was given, by an extension or the end of a
    stay; `graces` are the times given after days were late.
    """

    duration: Annotated[str | None, Field(validation_alias="period")]
    from_: Annotated[PeriodFrom, Field(validation_alias="period_from", serialization_alias="from")]
    comply_by_fixed: date | None
    evidence_by: date | None
    starts_on: date | None
    last_day: date | None
    first_late_day: date | None
    extended_to: date | None
    given_on: Annotated[date | None, Field(validation_alias="clock_set_on")]
    graces: list[GraceView]
    lapses_on: date | None
    ends_at: str | None
    explanation: list[dict[str, Any]]


class SuspensionView(View):
    """A stay: of what, with what effect on days, from when to when; it runs while `to` is null."""

    n: int
    scope: SuspensionScope
    effect: SuspensionEffect
    from_: Annotated[date, Field(serialization_alias="from")]
    to: date | None
    limb: int | None


class FindingView(View):
    """A line of the assessment sheet, the latest on its limb: the reasons of the act that made it.

    A member is empty where nothing was said, or where it was erased.
    """

    limb: int
    claimed: str
    evidence: str
    method: str
    finding: str

    @classmethod
    def of(cls, line: Finding, words: Mapping[int, Mapping[str, str]]) -> "FindingView":
        """Show a line with its words, as `words_of_acts` finds them."""
        said = words.get(line.act, {})
        members = ("claimed", "evidence", "method", "finding")
        return cls(limb=line.limb, **{name: said.get(f"findings/{line.place}/{name}", "") for name in members})


class EndView(View):
    """How it ended: `on` is the first day that no longer counts, `effect` whether the days before do.

    What was annulled never counted; `annulled_on` is gone when the annulment was reversed.
    """

    on: Annotated[date | None, Field(validation_alias="ended_on")]
    effect: Annotated[Retroactivity | None, Field(validation_alias="ended_as")]
    annulled_on: date | None
    closed_on: date | None

    @classmethod
    def of(cls, thing: Order | Clause) -> "EndView | None":
        """Show the end; None while there is none."""
        closed_on = thing.closed_on if isinstance(thing, Order) else None
        if (thing.ended_on, thing.annulled_on, closed_on) == (None, None, None):
            return None
        return shown(cls, thing, closed_on=closed_on)


class LimbView(View):
    """A head of the order, and the days on which it is presumed or found unmet."""

    n: int
    text: str
    unmet: list[dict[str, date]]
    met_on: date | None
    annulled_on: date | None


class AfterView(View):
    """An order that this one comes after."""

    order: Annotated[str, Field(validation_alias="id")]
    kind: str
    satisfied: bool


class ExposureView(View):
    """What has accrued under a clause up to the last day that is over.

    It is not owed until a decision fixes it, but where the law itself forfeits each late day.
    """

    of: str
    clause: str
    as_of: date
    days_late: int
    amount: MoneyView
    owed: bool


@shows(Order, PeriodView, EndView, unshown="n lapses_on roll reminded expiry_recorded_on before annulled_in acted_on")
class OrderView(ThingView):
    """One duty of one addressee, its clock, its exposure, what comes next and what is open."""

    number: str
    version: int
    case: CaseRef
    decision: DecisionRef
    addressee: PartyRef
    kind: str
    nature: Nature
    ground: str
    limbs: list[LimbView]
    after: list[AfterView]
    state: OrderState
    is_overdue: bool
    complied_on: date | None
    findings: list[FindingView]
    suspensions: list[SuspensionView]
    ended: EndView | None
    requests: dict[str, int]
    premature_deletion_on: date | None
    undelivered: int
    period: PeriodView
    exposure: ExposureView | None
    next_steps: list[NextStep]
    pending_acts: list[PendingView]
    open_transitions: list[OpenTransition]
    next_acts: list[NextAct]
    unverified: list[str]


def order_view(
    case: CaseFacts, decision: Decision, order: Order, words: Mapping[int, Mapping[str, str]], viewer: Viewer
) -> OrderView:
    """Show an order as of the viewer's day; `words` are those of the acts proposed on it, by their number."""
    today = viewer.today(case)
    rules = rules_of(case, decision, today)
    clause = next((each for each in decision.clauses if order.n in each.covers), None)
    concerned = [order.subject] if clause is None else [order.subject, clause.subject]
    steps = [step_of(case, each, today) for each in concerned] if viewer.is_inside else []
    return show_thing(
        OrderView,
        case,
        order.subject,
        viewer,
        number=decision.number_of(order),
        decision=decision,
        addressee=case.party(order.addressee),
        limbs=[_limb(order, limb, today) for limb in order.limbs],
        after=[shown(AfterView, each, satisfied=not holds_up(each)) for each in map(decision.order, order.after)],
        is_overdue=is_overdue(order, today),
        findings=[FindingView.of(line, words) for line in order.findings],
        ended=EndView.of(order),
        undelivered=sum(letter.about == order.id for letter in case.dead_letters),
        period=shown(PeriodView, order, ends_at=_ends_at(order, rules), explanation=_reasons(order, rules)),
        exposure=exposure(case, decision, clause, today) if clause is not None and viewer.is_inside else None,
        next_steps=[next_step(step) for step in steps if step is not None],
        unverified=rules.unverified,
    )


def is_overdue(order: Order, today: date) -> bool:
    """Whether the last day is over on this day and a limb is unmet on it, whatever the state says.

    Days of a stay are not late, nor those for which time was given.
    """
    return any(span.first <= today and (span.last is None or today <= span.last) for span in spans(order))


def exposure(case: CaseFacts, decision: Decision, clause: Clause, today: date) -> ExposureView | None:
    """What has accrued under a clause up to yesterday and no decision has fixed; None while no day is late.

    A proposal reserves its days, but fixes nothing: they stay exposed until it is adopted. Days that were released
    are exposed no more.
    """
    as_of = day_before(today)
    rules = rules_of(case, decision, today)
    fixed = tuple(each for each in case.penalty_decisions if each.adopted_on or each.days_after is DaysAfter.RELEASED)
    decided = replace(case, penalty_decisions=fixed)
    late = accrual.lateness(decided, decision, clause)
    stated = accrual.statement(decided, late, clause, as_of, rules)
    if stated is None:
        return None
    return ExposureView(
        of="clause",
        clause=clause.id,
        as_of=as_of,
        days_late=stated["result"]["units"],
        amount=MoneyView(amount=stated["result"]["amount"], currency=clause.rate.currency),
        owed=rules.clause.accrual == "forfeited",
    )


def _limb(order: Order, limb: Limb, today: date) -> LimbView:
    unmet: list[dict[str, date]] = [
        {"from": span.first} if span.last is None else {"from": span.first, "to": span.last}
        for span in spans(order)
        if span.limb.n == limb.n and span.first <= today
    ]
    return shown(LimbView, limb, unmet=unmet)


def _ends_at(order: Order, rules: Regime) -> str | None:
    if order.last_day is None:
        return None
    return end_of_day(order.last_day, rules.timezone).isoformat().replace("+00:00", "Z")


def _reasons(order: Order, rules: Regime) -> list[dict[str, Any]]:
    """The steps of the period's computation; then that another last day was given, where one was."""
    steps: list[dict[str, Any]] = []
    computed: str | None = None
    if order.starts_on is not None and order.period is not None:
        result = deadline_receipt(order, order.starts_on, rules)["result"]
        steps, computed = explanation(result), result["last_day"]
    if order.clock_set_on is not None and order.last_day is not None:
        said = f"another last day was given on {order.clock_set_on}"
        steps.append(entry(said, "extension, or end of a stay", computed, order.last_day.isoformat()))
    return steps
