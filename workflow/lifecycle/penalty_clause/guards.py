"""When a clause can be changed: for the future only, within the regime's limit."""

from typing import Any

from workflow.law.rate_limit import exceeds
from workflow.lifecycle.facts import Clause
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import Guard, Situation
from workflow.lifecycle.kernel.suspension import SuspensionContent, overlaps
from workflow.lifecycle.penalty_clause.contents import AccrualContent, RateContent
from workflow.lifecycle.vocabulary import AccruesFrom, SuspensionEffect, SuspensionScope

_FUTURE = "a rate is changed for the future only"


def _adopted(at: Situation[Clause, Any]) -> Denial | None:
    """Before its decision is adopted a clause is a draft: it is revised. It is changed from then on."""
    decision, _ = at.case.clause(at.thing.id)
    if decision.adopted_on is not None and at.effective_on >= decision.adopted_on:
        return None
    if decision.adopted_on is not None:
        return Denial(
            detail=f"The act is dated {at.effective_on}; the decision, in which this clause stands, was adopted on "
            f"{decision.adopted_on}.",
            reference="what was adopted is changed after that",
            satisfied_by=f"a date not before {decision.adopted_on}",
        )
    return Denial(
        detail=f"The decision {decision.reference}, in which this clause stands, is not adopted.",
        reference="a draft is revised; what was adopted is changed by an act of its own",
        satisfied_by="revise the draft",
        who=("case_officer",),
    )


def _rate_can_change(at: Situation[Clause, RateContent]) -> Denial | None:
    clause, content = at.thing, at.content
    if content.rate.currency != clause.rate.currency:
        return Denial(
            detail=f"The clause is in {clause.rate.currency}, the new rate in {content.rate.currency}.",
            reference="one currency a clause",
            satisfied_by=f"a rate in {clause.rate.currency}",
        )
    if content.rate.minor == 0:
        return Denial(
            detail="A rate is above zero.",
            reference=_FUTURE,
            satisfied_by="a sum above zero; to end the clause, lift it",
        )
    limit = at.regime.clause.max_rate
    if limit is not None and exceeds(content.rate, clause.per, limit):
        most = f"{limit.money.currency} {limit.money.amount} per {limit.per}"
        return Denial(
            detail=f"The new rate is {content.rate.currency} {content.rate.amount} per {clause.per}; {at.regime.id} "
            f"allows at most {most}.",
            reference=limit.ref,
            satisfied_by=f"a rate of at most {most}",
        )
    return _from_too_early(at, clause, content)


def _from_too_early(at: Situation[Clause, RateContent], clause: Clause, content: RateContent) -> Denial | None:
    fixed = [penalty.to for penalty in at.case.penalties_of(clause.id) if penalty.holds_days]
    taken = [("the day of this act", at.effective_on)]
    taken += [("the last day a penalty decision is about", max(fixed))] if fixed else []
    taken += [("the day of the change before", clause.rates[-1].from_)] if clause.rates else []
    what, day = max(taken, key=lambda each: each[1])
    if content.from_ > day:
        return None
    return Denial(
        detail=f"The new rate would hold from {content.from_}, not after {day}, {what}.",
        reference=_FUTURE,
        satisfied_by=f"a day after {day}",
    )


def _waits_for_an_act(at: Situation[Clause, Any]) -> Denial | None:
    if at.thing.accrues_from is AccruesFrom.LATER_ACT:
        return None
    return Denial(
        detail=f"The clause accrues from {at.thing.accrues_from}; no later act is waited for.",
        reference="operative part of the decision, penalty clause",
        satisfied_by="nothing: what it accrues from is settled",
    )


def _waits_still(at: Situation[Clause, Any]) -> Denial | None:
    if at.thing.accrual_started_on is None:
        return None
    return Denial(
        detail=f"The penalty accrues from {at.thing.accrual_started_on}; that was settled by an earlier act.",
        reference="accrual begins once",
        satisfied_by="nothing: the day stands",
    )


def _accrual_can_start(at: Situation[Clause, AccrualContent]) -> Denial | None:
    content = at.content
    if content.from_ >= at.effective_on:
        return None
    return Denial(
        detail=f"The penalty would accrue from {content.from_}, before {at.effective_on}, the day of this act.",
        reference="a threat runs from when it is made",
        satisfied_by=f"a day not before {at.effective_on}",
    )


def _clause_can_be_suspended(at: Situation[Clause, SuspensionContent]) -> Denial | None:
    content = at.content
    if content.scope is not SuspensionScope.CLAUSE or content.limb is not None:
        return Denial(
            detail=f"A suspension of scope {content.scope} is not one of a clause."
            if content.scope is not SuspensionScope.CLAUSE
            else f"The suspension is of the clause, yet names limb {content.limb}.",
            reference="a suspension names its scope and its effect",
            satisfied_by="scope clause without a limb; an order and its limbs are suspended on the order",
        )
    if content.effect is not SuspensionEffect.NO_ACCRUAL:
        return Denial(
            detail=f"A clause has no period and collects nothing, so {content.effect} can do nothing to it.",
            reference="a suspension names its scope and its effect",
            satisfied_by="no_accrual; to move a last day suspend the order, to stop collection the debt",
        )
    return overlaps(at.thing.suspensions, content)


ADOPTED = Guard("adopted", state=_adopted)
RATE_CAN_CHANGE = Guard("rate_can_change", content=_rate_can_change)
ACCRUAL_CAN_START = Guard("accrual_can_start", nature=_waits_for_an_act, state=_waits_still, content=_accrual_can_start)
CLAUSE_CAN_BE_SUSPENDED = Guard("clause_can_be_suspended", content=_clause_can_be_suspended)
