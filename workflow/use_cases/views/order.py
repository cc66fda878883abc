"""An order as the API shows it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from workflow.law.days import day_before
from workflow.lifecycle.facts import CaseFacts, Clause, Decision, Order
from workflow.lifecycle.kernel.step import Step
from workflow.lifecycle.order.compliance_guards import holds_up
from workflow.lifecycle.order.unmet import spans
from workflow.lifecycle.penalty_clause import accrual
from workflow.lifecycle.reading.due import earliest_steps
from workflow.lifecycle.vocabulary import DaysAfter
from workflow.use_cases.views.order_parts import EndView, FindingView, PeriodView, SuspensionView, period_view
from workflow.use_cases.views.shared import (
    CaseRef,
    DecisionRef,
    MoneyView,
    NextStep,
    OpenTransition,
    PartyRef,
    PendingView,
    View,
    Viewer,
    next_step,
    open_transitions,
    pending_acts,
    rules_of,
)


class LimbView(View):
    """A head of the order, and the days on which it is presumed or found unmet."""

    n: int
    text: str
    unmet: list[dict[str, date]]
    met_on: date | None
    annulled_on: date | None


class AfterView(View):
    """An order that this one comes after."""

    order: str
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


class OrderView(View):
    """One duty of one addressee, its clock, its exposure, what comes next and what is open."""

    id: str
    number: str
    version: int
    case: CaseRef
    decision: DecisionRef
    addressee: PartyRef
    kind: str
    nature: str
    ground: str
    limbs: list[LimbView]
    after: list[AfterView]
    state: str
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
    unverified: list[str]


def order_view(
    case: CaseFacts, decision: Decision, order: Order, words: Mapping[int, Mapping[str, str]], viewer: Viewer
) -> OrderView:
    """Show an order as of the viewer's day; `words` are those of the acts proposed on it, by their number."""
    today = viewer.today(case)
    rules = rules_of(case, decision, today)
    clause = next((each for each in decision.clauses if order.n in each.covers), None)
    steps = earliest_steps(case, today) if viewer.is_inside else ()
    return OrderView(
        id=order.id,
        number=decision.number_of(order),
        version=case.versions[order.id],
        case=CaseRef.of(case),
        decision=DecisionRef.of(decision),
        addressee=PartyRef.of(case, order.addressee),
        kind=order.kind,
        nature=order.nature.value,
        ground=order.ground,
        limbs=[_limb(order, n, today) for n in range(len(order.limbs))],
        after=[
            AfterView(order=each.id, kind=each.kind, satisfied=not holds_up(each))
            for each in map(decision.order, order.after)
        ],
        state=order.state.value,
        is_overdue=is_overdue(order, today),
        complied_on=order.complied_on,
        undelivered=sum(letter.about == order.id for letter in case.dead_letters),
        findings=[FindingView.of(line, words) for line in order.findings],
        suspensions=[SuspensionView.of(stay) for stay in order.suspensions],
        ended=EndView.of(order),
        requests=dict(order.requests),
        premature_deletion_on=order.premature_deletion_on,
        period=period_view(order, rules),
        exposure=exposure(case, decision, clause, today) if clause is not None and viewer.is_inside else None,
        next_steps=[next_step(step) for step in steps if _concerns(step, order, clause)],
        pending_acts=pending_acts(case, order.subject, words),
        open_transitions=open_transitions(case, order.subject, viewer),
        unverified=list(rules.unverified),
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


def _concerns(step: Step, order: Order, clause: Clause | None) -> bool:
    return step.subject.id == order.id or (clause is not None and step.subject.id == clause.id)


def _limb(order: Order, index: int, today: date) -> LimbView:
    limb = order.limbs[index]
    unmet: list[dict[str, date]] = [
        {"from": span.first} if span.last is None else {"from": span.first, "to": span.last}
        for span in spans(order)
        if span.limb.n == limb.n and span.first <= today
    ]
    return LimbView(n=limb.n, text=limb.text, unmet=unmet, met_on=limb.met_on, annulled_on=limb.annulled_on)
