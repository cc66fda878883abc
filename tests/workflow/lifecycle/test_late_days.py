"""The days late of a clause are those a reader counts one by one, whatever was found, stayed, lifted or annulled."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from workflow.law.money import Money
from workflow.law.regime import regime
from workflow.lifecycle.facts import CaseFacts, Clause, Decision, Grace, Limb, Order, Spell, Suspension
from workflow.lifecycle.order.unmet import spans
from workflow.lifecycle.penalty_clause.accrual import lateness, statement
from workflow.lifecycle.vocabulary import (
    AccruesFrom,
    CaseState,
    DecisionState,
    Nature,
    OrderState,
    Retroactivity,
    SuspensionEffect,
    SuspensionScope,
)

DAY_ZERO = date(2023, 1, 1)
LENGTH = 40
DAYS = st.integers(0, LENGTH - 1).map(lambda n: DAY_ZERO + timedelta(days=n))
MAYBE = st.none() | DAYS
ENDS = st.none() | st.sampled_from(Retroactivity)
EVERY = [DAY_ZERO + timedelta(days=n) for n in range(LENGTH)]


@st.composite
def limbs(draw: st.DrawFn, n: int) -> Limb:
    """A limb with spells one after the other, the last maybe open, or with none."""
    days = sorted(draw(st.sets(DAYS, max_size=5)))
    marks: list[date | None] = [draw(st.sampled_from([None, days[0]])), *days[1:]] if days else []
    pairs = [Spell(marks[i], marks[i + 1] if i + 1 < len(marks) else None) for i in range(0, len(marks), 2)]
    return Limb(n, "", tuple(pairs), annulled_on=draw(st.sampled_from([None, None, None, DAY_ZERO])))


@st.composite
def stays(draw: st.DrawFn, scope: SuspensionScope, numbers: tuple[int, ...] = ()) -> tuple[Suspension, ...]:
    """Stays, the last maybe open, of the whole or of one limb."""
    found: list[Suspension] = []
    for limb in (None, *numbers):
        edges = sorted(draw(st.sets(DAYS, max_size=4)))
        for first, last in [*pairwise(edges)][::2]:
            effect = draw(st.sampled_from(SuspensionEffect))
            found.append(Suspension(len(found) + 1, scope, effect, first, last - timedelta(days=1), limb))
        if len(edges) % 2:
            found.append(Suspension(len(found) + 1, scope, SuspensionEffect.NO_ACCRUAL, edges[-1], None, limb))
    return tuple(draw(st.permutations(found)))


@st.composite
def orders(draw: st.DrawFn, n: int) -> Order:
    """An order in any shape a life can leave it in."""
    last_day = draw(DAYS)
    ended_as = draw(ENDS)
    grace = draw(st.none() | st.tuples(DAYS, DAYS))
    return Order(
        id=f"order {n}",
        n=n,
        addressee=1,
        kind="cease_collection",
        ground="",
        nature=Nature.CONTINUOUS,
        limbs=(draw(limbs(1)), draw(limbs(2))),
        state=OrderState.EXPIRED,
        starts_on=DAY_ZERO,
        last_day=last_day,
        first_late_day=last_day + timedelta(days=1),
        suspensions=draw(stays(SuspensionScope.ORDER, (1, 2))),
        ended_on=draw(DAYS) if ended_as is not None else None,
        ended_as=ended_as,
        annulled_on=draw(st.sampled_from([None, None, None, DAY_ZERO])),
        graces=(Grace(min(grace), max(grace)),) if grace is not None else (),
    )


@st.composite
def clauses(draw: st.DrawFn) -> Clause:
    """A clause over two orders."""
    ended_as = draw(ENDS)
    return Clause(
        id="clause",
        n=1,
        addressee=1,
        covers=(1, 2),
        rate=Money(100, "EUR"),
        per="P1D",
        assess_after="P10D",
        accrues_from=draw(st.sampled_from(AccruesFrom)),
        accrues_from_on=draw(MAYBE),
        accrual_started_on=draw(MAYBE),
        suspensions=draw(stays(SuspensionScope.CLAUSE)),
        ended_on=draw(DAYS) if ended_as is not None else None,
        ended_as=ended_as,
        annulled_on=draw(st.sampled_from([None, None, None, DAY_ZERO])),
    )


@st.composite
def decisions(draw: st.DrawFn) -> Decision:
    """A decision with both."""
    return Decision(
        id="decision",
        n=1,
        reference="D",
        language="fr",
        addressees=(1,),
        state=DecisionState.ADOPTED,
        drafters=(),
        final_on=draw(MAYBE),
        orders=(draw(orders(1)), draw(orders(2))),
        clauses=(draw(clauses()),),
    )


def counted(decision: Decision) -> set[date]:
    """The late days of the clause, asked of each day by itself."""
    (clause,) = decision.clauses
    return {
        day for day in EVERY if clause_counts(decision, clause, day) and any(unmet(o, day) for o in decision.orders)
    }


def clause_counts(decision: Decision, clause: Clause, day: date) -> bool:
    if clause.annulled_on is not None or gone(clause, day) or stayed(clause.suspensions, None, day):
        return False
    match clause.accrues_from:
        case AccruesFrom.AFTER_FINALITY:
            return decision.final_on is not None and day > decision.final_on
        case AccruesFrom.LATER_ACT:
            return clause.accrual_started_on is not None and day >= clause.accrual_started_on
        case _:
            return clause.accrues_from_on is None or day >= clause.accrues_from_on


def unmet(order: Order, day: date) -> bool:
    assert order.first_late_day is not None
    if order.annulled_on is not None or gone(order, day) or day < order.first_late_day:
        return False
    if any(grace.from_ <= day <= grace.to for grace in order.graces):
        return False
    return any(
        limb.annulled_on is None
        and not stayed(order.suspensions, limb.n, day)
        and any((s.from_ is None or s.from_ <= day) and (s.met_on is None or day < s.met_on) for s in limb.unmet)
        for limb in order.limbs
    )


def gone(thing: Order | Clause, day: date) -> bool:
    if thing.ended_as is Retroactivity.EX_TUNC:
        return True
    return thing.ended_on is not None and day >= thing.ended_on


def stayed(suspensions: tuple[Suspension, ...], limb: int | None, day: date) -> bool:
    return any(
        each.from_ <= day
        and (each.to is None or day <= each.to)
        and each.limb in (None, limb)
        and each.effect is not SuspensionEffect.COLLECTION_ONLY
        for each in suspensions
    )


def computed(decision: Decision) -> set[date]:
    """The late days as the spans have them."""
    case = CaseFacts("case", "C", "fr-cnil", DAY_ZERO, CaseState.OPEN, (), decisions=(decision,))
    late = lateness(case, decision, decision.clauses[0])
    found = {day for day in EVERY if any(s.first <= day and (s.last is None or day <= s.last) for s in late.spans)}
    assert late.start == min((span.first for span in late.spans), default=None)
    assert all(span.last is None or span.first <= span.last for span in late.spans)
    return found


@given(decision=decisions())
@settings(max_examples=200)
def test_days_late_are_those_counted_one_by_one(decision: Decision) -> None:
    assert computed(decision) == counted(decision)


@given(decision=decisions(), last=DAYS)
@settings(max_examples=100)
def test_the_statement_bills_each_of_them_once(decision: Decision, last: date) -> None:
    case = CaseFacts("case", "C", "fr-cnil", DAY_ZERO, CaseState.OPEN, (), decisions=(decision,))
    (clause,) = decision.clauses
    stated = statement(case, lateness(case, decision, clause), clause, last, regime("fr-cnil"))
    late = [day for day in counted(decision) if day <= last]
    assert (stated["result"]["units"] if stated is not None else 0) == len(late)


@given(decision=decisions(), data=st.data())
@settings(max_examples=100)
def test_the_order_in_which_facts_came_does_not_matter(decision: Decision, data: Any) -> None:
    mixed = tuple(
        replace(
            order,
            suspensions=tuple(data.draw(st.permutations(order.suspensions))),
            limbs=tuple(
                replace(limb, spells=tuple(data.draw(st.permutations(limb.spells)))) for limb in reversed(order.limbs)
            ),
        )
        for order in decision.orders
    )
    assert computed(replace(decision, orders=tuple(reversed(mixed)))) == computed(decision)


@given(decision=decisions(), first=DAYS, length=st.integers(0, 10))
@settings(max_examples=100)
def test_a_stay_of_everything_takes_its_days_and_no_other(decision: Decision, first: date, length: int) -> None:
    last = first + timedelta(days=length)
    stay = Suspension(99, SuspensionScope.CLAUSE, SuspensionEffect.NO_ACCRUAL, first, last)
    clause = replace(decision.clauses[0], suspensions=(*decision.clauses[0].suspensions, stay))
    taken = {day for day in EVERY if first <= day <= last}
    assert computed(replace(decision, clauses=(clause,))) == computed(decision) - taken
    orders_stayed = tuple(replace(each, suspensions=(*each.suspensions, stay)) for each in decision.orders)
    assert computed(replace(decision, orders=orders_stayed)) == computed(decision) - taken


@given(order=orders(1))
@settings(max_examples=100)
def test_the_days_of_an_order_are_the_union_over_its_limbs(order: Order) -> None:
    def days(held: Order) -> set[date]:
        return {d for d in EVERY if any(s.first <= d and (s.last is None or d <= s.last) for s in spans(held))}

    alone = [replace(order, limbs=(limb,)) for limb in order.limbs]
    assert days(order) == days(alone[0]) | days(alone[1])
    assert days(order) == {day for day in EVERY if unmet(order, day)}
