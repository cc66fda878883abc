"""Days compared outside the guards, on the day on which the two are the same."""

from datetime import date

import pytest

from tests.support.orders import extend, late, resume, suspend, under_order
from tests.support.penalties import adopted_penalty, notified, proposed
from tests.support.register import DECIDER, OFFICER, REGISTRAR, Register, a_clause, an_order, drafted, served
from tests.workflow.lifecycle.test_access_requests import asked, with_one
from tests.workflow.lifecycle.test_access_requests import subject as request_of
from tests.workflow.lifecycle.test_correction import correct
from tests.workflow.lifecycle.test_debt_interest import in_default
from tests.workflow.lifecycle.test_filings import report
from tests.workflow.lifecycle.test_finality import finality
from tests.workflow.lifecycle.test_proceedings import one, ruling
from workflow.law.regime import regime
from workflow.lifecycle.debt.interest import Interest, NoInterest, charge
from workflow.lifecycle.decision.operative import read_order
from workflow.lifecycle.door.due import earliest_steps
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.refusals import GuardRefused
from workflow.lifecycle.kernel.tree import with_penalty
from workflow.lifecycle.penalty_clause.accrual import Lateness, lateness
from workflow.lifecycle.penalty_decision.sums import statement_now
from workflow.lifecycle.reading.deadlines import DeadlineKind, deadlines
from workflow.lifecycle.reading.review import Doubt, review
from workflow.lifecycle.reading.simulate import Hypothesis, simulate
from workflow.lifecycle.reading.task import TaskKind
from workflow.lifecycle.reading.tasks import tasks
from workflow.lifecycle.vocabulary import OrderState, SubjectKind, Trigger


def day(text: str) -> date:
    return date.fromisoformat(text)


def alone(on: str = "2022-12-20") -> Register:
    """One order, served on 19 October 2022 and last to be met on 19 December, and no clause."""
    register = served(orders=[an_order(1, "cease_collection")], clauses=[]).on(on)
    register.sweep()
    return register


class TestCorrectedService:
    """Service moves by a day; what was recorded before stands or falls."""

    def test_reminders_of_a_last_day_that_stays_are_not_sent_again(self) -> None:
        order = an_order(1, "cease_collection", roll="next_working_day")
        register = served(orders=[order], clauses=[]).on("2022-12-12")
        register.sweep()
        sent = register.held(1).reminded
        assert sent
        correct(register, served_on="2022-10-18")  # 18 December is a Sunday
        assert register.held(1).last_day == day("2022-12-19")
        assert register.held(1).reminded == sent

    @pytest.mark.parametrize(("served_on", "last_day"), [("2022-10-20", "2022-12-20"), ("2022-10-21", "2022-12-21")])
    def test_an_expiry_recorded_on_the_new_last_day_or_before_falls_away(self, served_on: str, last_day: str) -> None:
        register = alone()
        _, moved = correct(register, served_on=served_on)
        assert moved.data["superseded"] == {"expiry_recorded_on": "2022-12-20", "by": None}
        order = register.held(1)
        assert (order.last_day, order.state, order.expiry_recorded_on) == (day(last_day), OrderState.IN_FORCE, None)

    def test_an_expiry_moves_once_the_new_last_day_is_over(self) -> None:
        register = alone().on("2022-12-21")
        _, moved = correct(register, served_on="2022-10-20")
        assert moved.data["superseded"] == {"expiry_recorded_on": "2022-12-20", "by": "2022-12-21"}
        assert register.held(1).state is OrderState.EXPIRED

    @pytest.mark.parametrize(("today", "before"), [("2022-12-20", OrderState.IN_FORCE), ("2022-12-21", None)])
    def test_a_suspended_order_goes_back_to_a_period_that_still_runs(
        self, today: str, before: OrderState | None
    ) -> None:
        register = alone()
        suspend(register, "2022-12-20")
        _, moved = correct(register.on(today), served_on="2022-10-20")
        assert moved.data.get("before") == before

    def test_days_late_before_time_was_given_stay_where_the_service_is_corrected_to_that_day(self) -> None:
        register = alone("2022-12-21")
        extend(register, "2022-12-30")
        given = register.held(1).graces[0].from_
        correct(register.on("2022-12-28"), served_on="2022-10-20")
        # By the corrected service the first late day is 21 December, the day on which the time was given.
        assert given == day("2022-12-21")
        assert register.held(1).first_late_day == day("2022-12-31")

    def test_a_window_that_ends_on_the_day_of_finality_undoes_it(self) -> None:
        register = one(fine=None, clauses=[]).on("2023-01-10")
        finality(register, "2022-12-21")
        service = {"served_on": "2022-10-20"}  # its window ends on 21 December
        correct(register, **service)
        assert register.case.decisions[0].final_on is None


class TestLateDays:
    """One late day, and spans that meet a slice in one day."""

    def test_a_single_late_day_counts(self) -> None:
        register = under_order().on("2023-01-10")
        register.sweep()
        register.comply(1, "2022-12-21")
        assert late(register, "2023-01-09") == [("2022-12-20", "2022-12-20")]

    def test_days_of_a_span_are_told_by_their_edges(self) -> None:
        register = under_order().on("2023-01-10")
        register.sweep()
        register.comply(1, "2022-12-25")
        decision = register.case.decisions[0]
        found: Lateness = lateness(register.case, decision, decision.clauses[0])  # 20 to 24 December
        last = day("2022-12-24")
        assert [found.lasts_after(each) for each in (day("2022-12-23"), last, day("2022-12-25"))] == [
            True,
            False,
            False,
        ]
        assert [found.holds_late_days(each, day("2023-01-31")) for each in (last, day("2022-12-25"))] == [True, False]
        assert [found.holds_late_days(day("2022-12-01"), day(f"2022-12-{n}")) for n in (19, 20)] == [False, True]

    def test_one_day_that_is_free_between_two_slices_is_proposed(self) -> None:
        register = under_order({"assess_after": "P10D", "assess_every": "P7D"}).on("2023-01-20")
        register.sweep()
        penalties = register.case.penalty_decisions
        moved = replace(penalties[1], from_=day("2022-12-31"))
        assert (penalties[0].to, penalties[1].from_) == (day("2022-12-29"), day("2022-12-30"))
        case = with_penalty(register.case, moved)
        decision = case.decisions[0]
        found = lateness(case, decision, decision.clauses[0])
        assert (found.unfixed, found.until) == (day("2022-12-30"), day("2022-12-30"))

    def test_a_slice_due_in_a_suspension_that_ends_on_the_first_free_day_is_not_left_out(self) -> None:
        orders = [an_order(1, "cease_collection"), an_order(2, "cease_collection")]
        clause = a_clause(covers=[1, 2], assess_after="P7D", assess_every="P7D")
        register = served(orders=orders, clauses=[clause], assumed=[]).on("2023-01-10")
        register.sweep()
        suspend(register, "2023-01-10", n=1)
        register.on("2023-01-21")
        resume(register, "2023-01-21", n=1)
        register.propose("2023-01-19")
        (step,) = [each for each in earliest_steps(register.case, register.today) if each.subject == register.clause()]
        assert step.due_on == day("2023-01-21")

    def test_what_time_was_given_is_named_in_the_statement(self) -> None:
        register = under_order().on("2022-12-01")
        extend(register, "2022-12-30")
        register.on("2023-02-21").sweep()
        receipt = statement_now(register.case, register.case.penalty_decisions[0]).receipt
        assert receipt is not None
        assert receipt["request"]["extended_to"] == "2022-12-30"

    def test_a_sum_begins_on_the_last_day_of_its_slice_where_the_limb_is_unmet_from_then(self) -> None:
        register = proposed()
        penalty = register.held_penalty()
        found = lateness(register.case, register.case.decisions[0], register.case.decisions[0].clauses[0])
        assert (found.start, penalty.to) == (day("2022-12-20"), day("2023-02-09"))
        tail = replace(penalty, from_=day("2022-12-01"), to=day("2022-12-20"))
        assert statement_now(with_penalty(register.case, tail), tail).first == day("2022-12-20")
        register.on("2023-02-20").comply(1, "2023-01-01")
        head = replace(penalty, from_=day("2022-12-31"), to=day("2023-02-09"))
        assert statement_now(with_penalty(register.case, head), head).first == day("2022-12-31")

    def test_days_another_decision_has_the_better_right_to_move_the_first_day(self) -> None:
        register = adopted_penalty()
        older = register.held_penalty()
        newer = replace(older, id="newer", n=2, adopted_on=None)
        for from_, to, first in (
            ("2022-12-20", "2022-12-20", "2022-12-21"),
            ("2022-12-31", "2023-01-05", "2022-12-20"),
        ):
            taken = replace(older, from_=day(from_), to=day(to))
            case = replace(register.case, penalty_decisions=(taken, newer))
            assert statement_now(case, newer).first == day(first)

    def test_a_decision_that_begins_on_the_last_day_of_a_slice_takes_that_day(self) -> None:
        register = adopted_penalty()
        older = register.held_penalty()
        newer = replace(older, id="newer", n=2, adopted_on=None)
        taken = replace(older, from_=newer.to, to=newer.to)
        case = replace(register.case, penalty_decisions=(taken, newer))
        assert statement_now(case, newer).sum.units == newer.units - 1


class TestSuspension:
    """An order goes on."""

    def test_an_order_that_goes_on_on_its_last_day_is_in_force(self) -> None:
        register = alone()
        assert register.held(1).state is OrderState.EXPIRED
        suspend(register, "2022-12-19", effect="period_stops")
        resume(register.on("2023-01-10"), "2023-01-10")
        assert (register.held(1).state, register.held(1).last_day) == (OrderState.IN_FORCE, day("2023-01-10"))


class TestReading:
    """What is shown on the last day itself."""

    def test_a_report_is_not_urgent_before_the_last_day_is_over(self) -> None:
        register = served().on("2022-12-19")
        report(register)
        (task,) = [each for each in tasks(register.case, register.today) if each.kind is TaskKind.ASSESS]
        assert not task.urgent
        (task,) = [each for each in tasks(register.case, day("2022-12-20")) if each.kind is TaskKind.ASSESS]
        assert task.urgent

    def test_requests_are_pursued_after_the_last_day_of_the_order(self) -> None:
        register = with_one().on("2022-12-19")
        asked(register, "R-2", "2022-12-10")
        case = replace(register.case, requests=())

        def pursued(on: str) -> list[TaskKind]:
            return [each.kind for each in tasks(case, day(on)) if each.kind is TaskKind.PURSUE_REQUESTS]

        assert pursued("2022-12-19") == []
        assert pursued("2022-12-20") == [TaskKind.PURSUE_REQUESTS]

    @pytest.mark.parametrize(("met_on", "stands"), [("2022-12-18", False), ("2022-12-19", False), ("2022-12-20", True)])
    def test_a_last_day_stands_for_nothing_once_the_duty_was_met_by_then(self, met_on: str, stands: bool) -> None:
        register = alone("2023-01-10")
        register.comply(1, met_on)
        (found,) = [
            each
            for each in deadlines(register.case, {1}, {register.order(1).id})
            if each.kind is DeadlineKind.COMPLIANCE
        ]
        assert found.stands is stands

    @pytest.mark.parametrize(("ended", "stands"), [("2023-03-01", False), ("2023-03-02", False), ("2023-03-03", True)])
    def test_a_window_stands_for_nothing_once_the_penalty_ended_by_then(self, ended: str, stands: bool) -> None:
        register = notified()
        register.on(ended).move(DECIDER, Trigger.CLOSE_WITHOUT_PENALTY, {"reasons": "met", "days": "released"})
        (found,) = [
            each
            for each in deadlines(register.case, {1}, {register.penalty().id})
            if each.kind is DeadlineKind.OBSERVATIONS
        ]
        assert found.stands is stands

    def test_an_expiry_recorded_on_what_is_now_the_last_day_is_listed(self) -> None:
        register = alone()
        order, decision = register.held(1), register.case.decisions[0]
        for last_day, listed in (("2022-12-19", 0), ("2022-12-20", 1), ("2022-12-21", 1)):
            moved = replace(decision, orders=(replace(order, last_day=day(last_day)),))
            found = review(replace(register.case, decisions=(moved,)), register.today)
            assert len([each for each in found if each.doubt is Doubt.EXPIRY]) == listed

    @pytest.mark.parametrize(
        ("from_", "ruled_on", "asked_for"),
        [
            ("2022-11-30", "2023-03-01", False),
            ("2022-12-01", "2023-03-01", True),
            ("2022-12-02", "2023-03-01", True),
            ("2023-02-28", "2023-03-01", True),
            ("2023-03-01", "2023-03-01", False),
        ],
    )
    def test_a_suspension_during_an_appeal_is_to_be_ended_after_the_ruling(
        self, from_: str, ruled_on: str, asked_for: bool
    ) -> None:
        register = one(fine=None)
        register.pull(
            REGISTRAR,
            "record_appeal",
            register.decision(),
            {"addressee": 1, "lodged_on": "2022-12-01", "court": "Conseil d'Etat"},
        )
        register.on("2023-03-02")
        data = {"scope": "clause", "effect": "no_accrual", "from": from_}
        register.pull(REGISTRAR, "suspend", register.clause(), data)
        ruling(register, {"item": "order", "number": 1, "outcome": "upheld"}, ruled_on=ruled_on)
        found = [each for each in tasks(register.case, register.today) if each.kind is TaskKind.RESUME]
        assert bool(found) is asked_for

    def test_proof_due_on_the_last_day_raises_no_question(self) -> None:
        def asks(evidence_by: str) -> bool:
            register = drafted(orders=[an_order(1, "cease_collection", evidence_by=evidence_by)], clauses=[])
            found = read_order(register.held(1), day("2022-10-19"), regime("fr-cnil"))
            return any("before the last day" in question for question in found.questions)

        assert [asks(each) for each in ("2022-12-18", "2022-12-19", "2022-12-20")] == [True, False, False]

    def test_an_act_on_the_first_day_of_a_simulation_is_done(self) -> None:
        register = alone("2022-12-20")
        lift = Hypothesis(
            on=register.today,
            to=register.order(1),
            kind=SubjectKind.ORDER,
            trigger=Trigger.RECORD_LAPSE,
            content=None,
        )
        assert [each.refused for each in simulate(register.case, register.today, day("2022-12-21"), [lift])] == [None]


class TestRequestsAndInterest:
    """Days said of a request, and days of interest."""

    def test_a_day_before_the_receipt_is_said_to_be_before_it(self) -> None:
        register = with_one()
        with pytest.raises(GuardRefused) as refused:
            register.pull(
                OFFICER,
                Trigger.RECORD_ANSWER,
                request_of(register),
                {"answered_on": "2022-10-02"},
                effective_on=day("2022-10-02"),
            )
        assert "before 2022-10-03" in refused.value.detail

    def test_interest_of_a_single_day_is_charged(self) -> None:
        register = in_default()
        debt = register.debt()
        assert debt.due_by is not None
        first = date.fromordinal(debt.due_by.toordinal() + 1)
        found = charge(register.case, debt, first, register.rules)
        assert isinstance(found, Interest)
        assert (found.from_, found.to) == (first, first)
        none = charge(register.case, debt, debt.due_by, register.rules)
        assert isinstance(none, NoInterest)
        assert none.detail.endswith(f"the last day of payment is {debt.due_by}.")
