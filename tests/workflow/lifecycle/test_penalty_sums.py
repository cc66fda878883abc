"""A correction touches a penalty decision: it goes no further before a person says what becomes of its sum."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.support.penalties import (
    MEMBERS,
    Penalties,
    adopted_penalty,
    deliberated,
    notified,
    proposed,
    taken_up,
)
from tests.support.refused import refused_by
from tests.support.register import DECIDER, HEAD, OFFICER
from workflow.lifecycle.door.evolve import fold
from workflow.lifecycle.door.openings import open_triggers
from workflow.lifecycle.facts import Limb, Spell
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.kernel.refusals import IllegalTransition
from workflow.lifecycle.kernel.tree import with_order, with_penalty
from workflow.lifecycle.penalty_clause.basis import basis_gone
from workflow.lifecycle.penalty_decision.correction import PenaltyReduced, PenaltySumReplaced
from workflow.lifecycle.penalty_decision.sums import Changed, changes, outdated, statement_now
from workflow.lifecycle.reading.review import Doubt, review
from workflow.lifecycle.vocabulary import (
    ClauseState,
    OrderState,
    PenaltyDecisionState,
    Retroactivity,
    SubjectKind,
    Trigger,
)

WHY = {"reasons": "the body's reasons"}


def met_from(register: Penalties, day: str | None) -> None:
    """As if the order had been found met from this day; None as if that were taken back."""
    (decision,) = register.case.decisions
    order = decision.order(1)
    spells = () if day is None else (Spell(met_on=date.fromisoformat(day)),)
    limbs = (Limb(1, order.limbs[0].text, spells),)
    register.facts = with_order(register.case, decision, replace(order, limbs=limbs))


def late_from(register: Penalties, served_on: str, first: str) -> None:
    """As if service were corrected to another day."""
    (decision,) = register.case.decisions
    day = date.fromisoformat(first)
    changed = replace(
        decision.order(1),
        starts_on=date.fromisoformat(served_on),
        last_day=date.fromordinal(day.toordinal() - 1),
        first_late_day=day,
    )
    register.facts = with_order(register.case, decision, changed)


def pull_next(register: Penalties) -> None:
    """The next act on the penalty towards its adoption."""
    match register.held_penalty().state:
        case PenaltyDecisionState.PROPOSED:
            register.take_up()
        case PenaltyDecisionState.DRAFT:
            register.notify()
        case PenaltyDecisionState.GROUNDS_NOTIFIED:
            register.on("2023-04-13").deliberate()
        case _:
            register.adopt()


@pytest.mark.parametrize("make", [proposed, taken_up, notified, deliberated])
def test_an_outdated_sum_goes_no_further(make: Callable[[], Penalties]) -> None:
    register = make()
    met_from(register, "2023-02-03")
    with refused_by("sum_still_holds") as said:
        pull_next(register)
    assert said.detail == (
        "The facts changed since this sum was stated: 2022-12-20 to 2023-02-09 was 52 units, EUR 5200000.00, and is "
        "45 units, EUR 4500000.00 now."
    )
    for way in ("replace_sum", "confirm_sum", "withdraw"):
        assert way in said.facts["satisfied_by"]


def test_the_review_list_of_clearview_served_a_week_later() -> None:
    register = adopted_penalty()
    assert review(register.case, register.today) == []
    late_from(register, "2022-10-26", "2022-12-27")
    expiry, sum_ = review(register.case, register.today)
    assert (expiry.doubt, sum_.doubt) == (Doubt.EXPIRY, Doubt.SUM)
    assert sum_.why == (
        "Penalty decision 1 states 52 units, EUR 5200000.00, for 2022-12-20 to 2023-02-09; the facts as they are give "
        "45 units, EUR 4500000.00."
    )
    assert Changed("served_on", "2022-10-19", "2022-10-26") in sum_.changed
    assert Changed("units", 52, 45) in sum_.changed
    assert [way.trigger for way in sum_.ways_out] == [Trigger.REPLACE_SUM, Trigger.CONFIRM_SUM, Trigger.WITHDRAW]


def test_a_draft_is_stated_anew_from_its_first_late_day() -> None:
    register = taken_up()
    late_from(register, "2022-10-26", "2022-12-27")
    (event,) = register.move(OFFICER, Trigger.REPLACE_SUM)
    assert event.type == PenaltySumReplaced.type
    assert event.data["replaces"] == {"units": 52, "amount": {"amount": "5200000.00", "currency": "EUR"}}
    assert register.slices() == [("2022-12-27", "2023-02-09", 45, "4500000.00")]
    register.notify()
    late_from(register, "2022-10-19", "2022-12-20")
    assert outdated(register.case, register.held_penalty()) is None
    register.propose()
    assert register.slices()[1][:3] == ("2022-12-20", "2022-12-26", 7)


def test_who_states_a_draft_anew_drafted_it() -> None:
    register = proposed()
    met_from(register, "2023-02-03")
    register.move(OFFICER, Trigger.REPLACE_SUM)
    assert register.held_penalty().drafters == ("scheduler", "officer")
    register.take_up()


def test_while_the_party_is_heard_a_lower_sum_replaces_a_higher_one_does_not() -> None:
    register = notified()
    met_from(register, "2023-02-03")
    register.move(DECIDER, Trigger.REPLACE_SUM, WHY)
    assert register.held_penalty().state is PenaltyDecisionState.GROUNDS_NOTIFIED
    assert register.held_penalty().amount.amount == "4500000.00"
    assert register.held_penalty().drafters == ("scheduler", "officer")
    register.on("2023-04-13").deliberate()
    register.adopt()
    assert register.held_penalty().owed == register.held_penalty().amount


def test_a_higher_sum_goes_back_to_the_notice() -> None:
    register = proposed()
    met_from(register, "2023-02-03")
    register.move(OFFICER, Trigger.REPLACE_SUM)
    register.take_up()
    register.on("2023-02-15").notify()
    met_from(register, None)
    with refused_by("not_above_notified") as said:
        register.move(DECIDER, Trigger.REPLACE_SUM, WHY)
    assert said.detail == "The sum would be EUR 5200000.00; the party was heard on EUR 4500000.00."
    assert [entry.doubt for entry in review(register.case, register.today)] == [Doubt.SUM, Doubt.GROUNDS]
    register.move(HEAD, Trigger.RETURN_TO_DRAFT)
    register.move(OFFICER, Trigger.REPLACE_SUM)
    register.notify()
    register.on("2023-04-13").deliberate()
    register.adopt()
    assert register.held_penalty().amount.amount == "5200000.00"


@pytest.mark.parametrize("make", [proposed, taken_up, notified, deliberated, adopted_penalty])
def test_a_confirmed_sum_holds_until_the_facts_change_again(make: Callable[[], Penalties]) -> None:
    register = make()
    with refused_by("sum_is_outdated"):
        register.move(DECIDER, Trigger.CONFIRM_SUM, WHY)
    met_from(register, "2023-02-03")
    state = register.held_penalty().state
    (event,) = register.move(DECIDER, Trigger.CONFIRM_SUM, WHY)
    assert event.data == {"against": {"units": 45, "amount": {"amount": "4500000.00", "currency": "EUR"}}}
    assert (register.held_penalty().state, register.held_penalty().sum_confirmed_on) == (state, register.today)
    assert outdated(register.case, register.held_penalty()) is None
    if state is not PenaltyDecisionState.ADOPTED:
        pull_next(register)
    met_from(register, "2023-02-02")
    assert outdated(register.case, register.held_penalty()) is not None
    met_from(register, None)
    assert outdated(register.case, register.held_penalty()) is None


def test_an_adopted_sum_is_replaced_only_by_a_lower_one() -> None:
    register = adopted_penalty()
    with refused_by("sum_is_outdated"):
        register.move(DECIDER, Trigger.REPLACE_SUM, WHY)
    met_from(register, "2023-02-03")
    (event,) = register.move(DECIDER, Trigger.REPLACE_SUM, WHY)[:1]
    assert event.type == PenaltyReduced.type
    penalty = register.held_penalty()
    assert (penalty.state, penalty.owed) == (PenaltyDecisionState.REDUCED, penalty.amount)
    assert penalty.amount.amount == "4500000.00"
    met_from(register, None)
    with refused_by("only_downwards") as said:
        register.move(DECIDER, Trigger.REPLACE_SUM, WHY)
    assert said.facts["satisfied_by"] == "withdraw and propose the days again"
    (entry,) = review(register.case, register.today)
    assert [way.trigger for way in entry.ways_out] == [Trigger.CONFIRM_SUM, Trigger.WITHDRAW]


def test_a_correction_above_what_was_left_to_pay_changes_nothing_owed() -> None:
    register = deliberated()
    article = "Decree 2019-536 art. 44"
    amount = {"amount": "3000000.00", "currency": "EUR"}
    register.adopt(data={"reduction": {"amount": amount, "article": article}, **WHY})
    met_from(register, "2023-02-03")
    with refused_by("only_downwards") as said:
        register.move(DECIDER, Trigger.REPLACE_SUM, WHY)
    assert said.facts["satisfied_by"].startswith("confirm_sum")
    met_from(register, "2023-01-09")
    register.move(DECIDER, Trigger.REPLACE_SUM, WHY)
    penalty = register.held_penalty()
    assert penalty.owed is not None
    assert (penalty.units, penalty.owed.amount) == (20, "2000000.00")


def test_with_no_day_left_there_is_nothing_to_state_anew() -> None:
    register = taken_up()
    met_from(register, "2022-12-20")
    with refused_by("something_is_left"):
        register.move(OFFICER, Trigger.REPLACE_SUM)
    now = statement_now(register.case, register.held_penalty())
    assert (now.sum.units, now.sum.amount.amount, now.receipt) == (0, "0.00", None)
    assert changes(register.held_penalty(), now) != []


def test_what_rested_on_an_annulled_clause_is_void() -> None:
    makers: list[Callable[[], Penalties]] = [proposed, taken_up, notified, deliberated, adopted_penalty]
    for make in makers:
        register = make()
        decision, clause = next(register.case.clauses())
        gone = replace(clause, state=ClauseState.ANNULLED, ended_as=Retroactivity.EX_TUNC)
        register.facts = replace(register.case, decisions=(replace(decision, clauses=(gone,)),))
        (entry,) = review(register.case, register.today)
        assert [way.trigger for way in entry.ways_out] == [Trigger.DECLARE_VOID, Trigger.WITHDRAW]
        with refused_by("basis_stands") as said:
            register.move(DECIDER, Trigger.CONFIRM_SUM, WHY)
        assert said.facts["satisfied_by"].startswith("declare_void")
        on = Subject(SubjectKind.PENALTY_DECISION, register.held_penalty().id)
        assert not {"confirm_sum", "replace_sum"} & {*open_triggers(register.case, on, DECIDER, register.today)}
        (event,) = register.move(DECIDER, Trigger.DECLARE_VOID, WHY)[:1]
        assert event.data == {"because": "penalty clause 1 is annulled"}
        assert register.held_penalty().state is PenaltyDecisionState.VOID
        assert review(register.case, register.today) == []


def test_the_basis_falls_with_the_last_order_and_not_with_one_lifted_from_now_on() -> None:
    register = taken_up()
    (decision,) = register.case.decisions
    order = decision.order(1)
    for changed, gone in (
        (replace(order, state=OrderState.LIFTED, ended_on=register.today, ended_as=Retroactivity.EX_NUNC), None),
        (
            replace(order, state=OrderState.LIFTED, ended_on=register.today, ended_as=Retroactivity.EX_TUNC),
            "order 1 under clause 1 fell away from the beginning",
        ),
        (
            replace(order, limbs=(Limb(1, "cease", annulled_on=register.today),)),
            "order 1 under clause 1 fell away from the beginning",
        ),
    ):
        assert basis_gone(with_order(register.case, decision, changed), register.held_penalty()) == gone
    ex_tunc = replace(decision, withdrawn_as=Retroactivity.EX_TUNC)
    withdrawn = replace(register.case, decisions=(ex_tunc,))
    assert basis_gone(withdrawn, register.held_penalty()) == "decision SAN-2022-019 is adopted"


def test_of_two_about_the_same_days_the_adopted_one_has_the_better_right() -> None:
    """A court may bring an annulled decision back after its days were proposed again."""
    register = adopted_penalty()
    annulled = replace(register.held_penalty(), state=PenaltyDecisionState.ANNULLED)
    register.facts = with_penalty(register.case, annulled)
    register.propose("2023-02-19")
    register.facts = with_penalty(register.case, replace(annulled, state=PenaltyDecisionState.ADOPTED))
    first, second = register.case.penalty_decisions
    assert outdated(register.case, first) is None
    now = outdated(register.case, second)
    assert now is not None
    assert now.sum.units == 10
    assert {each.fact for each in changes(second, now)} == {"already_liquidated"}
    with refused_by("sum_still_holds"):
        register.take_up()
    register.move(OFFICER, Trigger.REPLACE_SUM)
    assert register.held_penalty().units == 10


def test_the_cap_holds_over_what_is_fixed_whatever_was_proposed_first() -> None:
    register = adopted_penalty(cap={"amount": "5200000.00"})
    late_from(register, "2022-10-12", "2022-12-13")
    register.propose("2022-12-19")
    assert register.slices()[1] == ("2022-12-13", "2022-12-19", 7, "700000.00")
    register.take_up()
    register.notify()
    register.on("2023-05-20").deliberate(*MEMBERS)
    with refused_by("not_above_cap") as said:
        register.adopt()
    assert said.detail == (
        "The cap of clause 1 is EUR 5200000.00, and other decisions fixed EUR 5200000.00 of it; EUR 700000.00 would "
        "pass it."
    )
    first = register.case.penalty_decisions[0]
    assert [entry.subject.id for entry in review(register.case, register.today) if entry.doubt is Doubt.SUM] == [
        first.id
    ]


def test_so_does_a_cap_of_units() -> None:
    register = adopted_penalty(cap={"units": 52})
    late_from(register, "2022-10-12", "2022-12-13")
    register.propose("2022-12-19")
    register.take_up()
    register.notify()
    register.on("2023-05-20").deliberate(*MEMBERS)
    with refused_by("not_above_cap") as said:
        register.adopt()
    assert said.detail == "The cap of clause 1 is 52 units, and other decisions fixed 52 of them; 7 more would pass it."


def test_nothing_is_settled_once_it_is_over() -> None:
    register = taken_up()
    register.move(DECIDER, Trigger.WITHDRAW, WHY)
    met_from(register, "2023-02-03")
    assert outdated(register.case, register.held_penalty()) is None
    with pytest.raises(IllegalTransition):
        register.move(DECIDER, Trigger.CONFIRM_SUM, WHY)


def test_in_abeyance_it_is_resumed_first() -> None:
    register = notified()
    register.move(HEAD, Trigger.PUT_IN_ABEYANCE)
    met_from(register, "2023-02-03")
    entry = review(register.case, register.today)[0]
    assert [way.trigger for way in entry.ways_out] == [Trigger.RESUME, Trigger.WITHDRAW]


def test_the_events_give_the_facts() -> None:
    register = adopted_penalty()
    register.comply(1, "2023-02-03")
    register.move(DECIDER, Trigger.REPLACE_SUM, WHY)
    assert fold(None, register.events) == register.case
    assert register.held_penalty().units == 45
