"""What a draft must be before it is submitted."""

from typing import Any

from workflow.law.duration import read_duration
from workflow.law.invalid import InvalidRequest
from workflow.law.rate_limit import exceeds
from workflow.lifecycle.decision.contents import DraftContent
from workflow.lifecycle.facts import Decision
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import Guard, Situation
from workflow.lifecycle.order.unmet import Span
from workflow.lifecycle.penalty_clause.accrual import Lateness, statement
from workflow.lifecycle.vocabulary import DecisionState


def _clauses_within_limit(at: Situation[Decision, Any]) -> Denial | None:
    limit = at.regime.clause.max_rate
    if limit is None:
        return None
    for clause in at.thing.clauses:
        if clause.rate.currency == limit.money.currency and exceeds(clause.rate, clause.per, limit):
            most = f"{limit.money.currency} {limit.money.amount} per {limit.per}"
            return Denial(
                detail=f"Clause {clause.n} asks for {clause.rate.currency} {clause.rate.amount} per {clause.per}; "
                f"{at.regime.id} allows at most {most}.",
                reference=limit.ref,
                satisfied_by=f"revise clause {clause.n} to a rate of at most {most}",
                who=("case_officer",),
            )
    return None


def _clauses_in_currency(at: Situation[Decision, Any]) -> Denial | None:
    for clause in at.thing.clauses:
        if clause.rate.currency != at.regime.currency:
            return Denial(
                detail=f"Clause {clause.n} is in {clause.rate.currency}; {at.regime.id} imposes {at.regime.currency}.",
                reference=f"regime {at.regime.pin}, currency",
                satisfied_by=f"revise clause {clause.n} to {at.regime.currency}",
                who=("case_officer",),
            )
    return None


def _clauses_computable(at: Situation[Decision, Any]) -> Denial | None:
    """Try each clause on one late day: what cannot be computed then could never be proposed."""
    day = at.effective_on
    for clause in at.thing.clauses:
        late = Lateness(
            day, day, tuple(Span(order, order.limbs[0], day, None) for order in at.thing.covered_by(clause))
        )
        try:
            statement(at.case, late, clause, day, at.regime)
        except InvalidRequest as refused:
            why = "; ".join(f"{error.path.removeprefix('/')}: {error.problem}" for error in refused.errors)
            return Denial(
                detail=f"No penalty can be computed under clause {clause.n}: {why}.",
                reference=f"regime {at.regime.pin}, clause",
                satisfied_by=f"revise clause {clause.n}, or take it out",
                who=("case_officer",),
            )
    return None


def _one_clause_an_order(at: Situation[Decision, Any]) -> Denial | None:
    """Two penalties on one order would add up past the limit of the regime, and count a day twice."""
    covered: dict[int, int] = {}
    for clause in at.thing.clauses:
        for n in clause.covers:
            if (other := covered.setdefault(n, clause.n)) != clause.n:
                return Denial(
                    detail=f"Clauses {other} and {clause.n} both cover order {n}; a day of delay is penalised once.",
                    reference="one penalty clause an order",
                    satisfied_by=f"revise the clauses so that order {n} stands under one of them",
                    who=("case_officer",),
                )
    return None


def _clauses_may_attach(at: Situation[Decision, Any]) -> Denial | None:
    """No penalty may hang on an order whose legal basis the regime excludes."""
    for clause in at.thing.clauses:
        for order in at.thing.covered_by(clause):
            excluded = at.regime.clause.refusal_of(order.ground)
            if excluded is not None:
                return Denial(
                    detail=f"Clause {clause.n} covers order {order.n}, which rests on {order.ground}; under "
                    f"{at.regime.pin} no penalty may attach to that.",
                    reference=excluded.ref,
                    satisfied_by=f"revise clause {clause.n} without order {order.n}, or take it out",
                    who=("case_officer",),
                )
    return None


def _clauses_in_known_units(at: Situation[Decision, Any]) -> Denial | None:
    """No penalty by a unit that the regime does not know; a regime that names no unit has none to compare with."""
    known = at.regime.clause.units
    for clause in at.thing.clauses:
        unit = _unit(clause.per)
        if known and unit not in known:
            what = unit.replace("_", " ")
            most = ", ".join(known).replace("_", " ")
            return Denial(
                detail=f"Clause {clause.n} is per {clause.per}, a penalty by {what}; {at.regime.pin} knows {most}.",
                reference=at.regime.clause.cited["units"].ref,
                satisfied_by=f"revise clause {clause.n} to one of: {most}",
                who=("case_officer",),
            )
    return None


def _unit(per: str) -> str:
    """The unit of a clause as regimes name it; years are counted in months."""
    if not per.startswith("P"):
        return per
    length = read_duration(per)
    if length.all_months:
        return "months"
    return "weeks" if length.weeks and not length.days else "days"


def _reference_free(at: Situation[Any, DraftContent]) -> Denial | None:
    """Orders go by the reference of their decision and their number: two of one name could not be told apart."""
    for decision in at.case.decisions:
        other = decision.id != at.command.subject.id and decision.state is not DecisionState.WITHDRAWN
        if other and decision.reference == at.content.reference:
            return Denial(
                detail=f"Decision {decision.reference} stands in this case already; it is {decision.state.value}.",
                reference="a reference names one decision of a case",
                satisfied_by="revise that decision while it is a draft; withdraw it, and its reference is free again; "
                "or give this one another reference",
                who=("case_officer",),
            )
    return None


REFERENCE_FREE = Guard("reference_free", content=_reference_free)
CLAUSES_COMPUTABLE = Guard("clauses_computable", state=_clauses_computable)
CLAUSES_MAY_ATTACH = Guard("clauses_may_attach", state=_clauses_may_attach)
CLAUSES_WITHIN_LIMIT = Guard("clauses_within_limit", state=_clauses_within_limit)
CLAUSES_IN_CURRENCY = Guard("clauses_in_currency", state=_clauses_in_currency)
CLAUSES_IN_KNOWN_UNITS = Guard("clauses_in_known_units", state=_clauses_in_known_units)
ONE_CLAUSE_AN_ORDER = Guard("one_clause_an_order", state=_one_clause_an_order)
