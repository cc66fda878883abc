"""What a draft must be before it is submitted, and still on the day it is adopted."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.support.refused import Refused, refused_by
from tests.support.register import (
    DECIDER,
    FINE,
    OFFICER,
    a_clause,
    a_draft,
    adopted,
    an_order,
    drafted,
    opened,
    submitted,
)
from workflow.law.invalid import InvalidRequest
from workflow.law.regime import Regime, regime
from workflow.lifecycle.kernel import kind as kinds
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.kernel.refusals import GuardRefused
from workflow.lifecycle.vocabulary import DecisionState, SubjectKind, Trigger


def submit_refused(guard: str, case: dict[str, Any] | None = None, **members: Any) -> Refused:
    register = drafted(case, **members)
    with refused_by(guard) as said:
        register.pull(OFFICER, Trigger.SUBMIT, register.decision())
    assert said.facts["who"] == ["case_officer"]
    assert said.facts["open"] == ["revise"]
    return said


def test_a_clause_may_ask_for_the_limit_and_not_for_a_cent_more() -> None:
    assert submitted().case.decisions[0].state is DecisionState.IN_REVIEW
    said = submit_refused("clauses_within_limit", clauses=[a_clause(rate="100000.01")])
    assert said.facts["reference"] == "LIL art. 20 IV"
    assert "EUR 100000.01 per P1D" in said.detail
    assert "at most EUR 100000" in said.detail


def test_the_limit_is_not_escaped_by_a_longer_unit() -> None:
    assert submitted(clauses=[a_clause(rate="700000.00", per="P7D")])
    submit_refused("clauses_within_limit", clauses=[a_clause(rate="700000.01", per="P7D")])


@pytest.mark.parametrize(
    ("per", "named"),
    [("P1W", "weeks"), ("P1M", "months"), ("P1Y", "months"), ("P1W2D", "days")],
)
def test_a_clause_is_in_a_unit_the_regime_knows(per: str, named: str) -> None:
    if named == "days":
        assert submitted(clauses=[a_clause(rate="100000.00", per=per)])
        return
    said = submit_refused("clauses_in_known_units", clauses=[a_clause(rate="1000.00", per=per)])
    assert said.detail == f"Clause 1 is per {per}, a penalty by {named}; fr-cnil@1 knows days."
    assert said.facts["reference"] == "LIL art. 20 IV: a day of delay"


def test_a_clause_is_in_the_currency_of_the_regime() -> None:
    said = submit_refused("clauses_in_currency", clauses=[a_clause(currency="USD")])
    assert said.detail == "Clause 1 is in USD; fr-cnil imposes EUR."
    assert said.facts["satisfied_by"] == "revise clause 1 to EUR"


@pytest.mark.parametrize(("day", "allowed"), [("2024-06-17", True), ("2024-06-18", False)])
def test_norway_attaches_no_penalty_to_an_urgent_order_since_june_2024(day: str, allowed: bool) -> None:
    register = opened(regime="no-datatilsynet").on(day)
    orders = [an_order(1, "limit_processing", ground="GDPR art. 66(1)")]
    clauses = [a_clause(covers=[1], rate="1000000.00", currency="NOK")]
    register.pull(OFFICER, Trigger.DRAFT, data=a_draft(orders=orders, clauses=clauses, fine=None))
    if allowed:
        register.pull(OFFICER, Trigger.SUBMIT, register.decision())
        return
    with refused_by("clauses_may_attach") as said:
        register.pull(OFFICER, Trigger.SUBMIT, register.decision())
    assert "under no-datatilsynet@2 no penalty may attach" in said.detail
    assert "PVN-2023-31" in said.facts["reference"]


@pytest.mark.parametrize("start", ["dispatch", "finality", "publication"])
@pytest.mark.parametrize("period", ["P2M", None])
def test_the_clock_of_an_order_may_hang_on_another_event_than_service(start: str, period: str | None) -> None:
    assert submitted(orders=[an_order(1, "delete_data", period=period, period_from=start)], clauses=[])


def test_a_fixed_last_day_needs_no_event() -> None:
    orders = [an_order(1, "delete_data", period=None, comply_by_fixed="2022-12-31", period_from="finality")]
    assert submitted(orders=orders, clauses=[])


@pytest.mark.parametrize("start", ["after_finality", "later_act"])
def test_a_clause_may_accrue_from_a_later_event(start: str) -> None:
    assert submitted(clauses=[a_clause(accrues_from=start)])


@pytest.mark.parametrize(
    ("case", "clause", "why"),
    [
        ({"regime": "ie-dpc"}, {"rate": "10.00"}, "has no penalty that accrues"),
        ({"regime": "nl-ap"}, {"rate": "10.00"}, "demands an amount above which nothing more falls due"),
        ({"regime": "de-federal"}, {"rate": "10.00"}, "one sum for each threat"),
    ],
)
def test_a_clause_that_could_never_be_computed_is_refused(
    case: dict[str, Any], clause: dict[str, Any], why: str
) -> None:
    said = submit_refused("clauses_computable", case, clauses=[a_clause(**clause)])
    assert said.detail.startswith("No penalty can be computed under clause 1: ")
    assert why in said.detail
    assert said.facts["satisfied_by"] == "revise clause 1, or take it out"


def test_what_the_regime_demands_makes_the_clause_computable() -> None:
    assert submitted({"regime": "nl-ap"}, clauses=[a_clause(rate="10.00", cap={"amount": "5000.00"})])


def test_the_limit_in_force_on_the_day_of_adoption_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the limit had been a cent lower until 17 October 2022."""
    register = submitted().on("2022-10-25")

    def as_in_force(name: str, on: date | None = None) -> Regime:
        rules = regime(name, on)
        limit = rules.clause.max_rate
        assert limit is not None
        if on is None or on > date(2022, 10, 17):
            return rules
        lower = replace(limit, money=replace(limit.money, minor=limit.money.minor - 1))
        return replace(rules, clause=replace(rules.clause, max_rate=lower))

    monkeypatch.setattr(kinds, "regime", as_in_force)
    with refused_by("clauses_within_limit"):
        register.pull(DECIDER, Trigger.ADOPT, register.decision(), effective_on=date(2022, 10, 17))
    register.pull(DECIDER, Trigger.ADOPT, register.decision(), effective_on=date(2022, 10, 18))


@pytest.mark.parametrize(
    ("draft", "path"),
    [
        ({"clauses": [a_clause(covers=[4])]}, "/clauses/0/covers/0"),
        ({"clauses": [a_clause(rate="0.00")]}, "/clauses/0/rate"),
        ({"clauses": [a_clause(per="PT12H")]}, "/clauses/0/per"),
        ({"clauses": [a_clause(accrues_from="fixed_date")]}, "/clauses/0/accrues_from_on"),
        ({"clauses": [a_clause(accrues_from_on="2023-01-01")]}, "/clauses/0/accrues_from_on"),
        ({"orders": [an_order(1, "delete_data", after=[1])], "clauses": []}, "/orders/0/after"),
        ({"orders": [an_order(1, "delete_data", after=[2])], "clauses": []}, "/orders/0/after/0"),
        ({"orders": [an_order(1, "delete_data", comply_by_fixed="2022-12-31")], "clauses": []}, "/comply_by_fixed"),
        ({"orders": [an_order(1, "delete_data", addressee=2)], "clauses": []}, "/orders/0/addressee"),
        ({"addressees": [1, 2]}, "/addressees/1"),
        ({"orders": [], "clauses": [], "fine": None}, "/orders"),
        ({"assumed": ["hearing.waived_on"]}, "/assumed/0"),
    ],
)
def test_a_draft_that_contradicts_itself_is_never_made(draft: dict[str, Any], path: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        drafted(**draft)
    assert any(path in error.path for error in refused.value.errors), refused.value


def test_every_fault_of_a_draft_is_named_at_once() -> None:
    with pytest.raises(InvalidRequest) as refused:
        drafted(**a_draft(addressees=[7], clauses=[a_clause(covers=[9], rate="0.00")]))
    assert len(refused.value.errors) >= 6


def test_a_fine_alone_is_a_decision() -> None:
    assert adopted(orders=[], clauses=[], fine=FINE).case.decisions[0].fine is not None


def test_an_order_stands_under_one_clause() -> None:
    clauses = [a_clause(n=1, covers=[1, 2]), a_clause(n=2, covers=[2, 3])]
    said = submit_refused("one_clause_an_order", clauses=clauses)
    assert "Clauses 1 and 2 both cover order 2" in said.detail
    assert submitted(clauses=[a_clause(n=1, covers=[1, 2]), a_clause(n=2, covers=[3])])


def test_many_orders_that_come_after_each_other_are_looked_at_once() -> None:
    orders = [an_order(n, "delete_data", after=list(range(max(1, n - 100), n))) for n in range(1, 201)]
    assert len(drafted(orders=orders, clauses=[]).case.decisions[0].orders) == 200
    orders[0]["after"] = [200]
    with pytest.raises(InvalidRequest) as refused:
        drafted(orders=orders, clauses=[])
    assert "wait for each other" in str(refused.value)


def test_a_reference_names_one_decision_of_a_case() -> None:
    register = drafted()
    with pytest.raises(GuardRefused, match="Decision SAN-2022-019 stands in this case already; it is draft") as refused:
        register.pull(OFFICER, Trigger.DRAFT, data=a_draft())
    assert refused.value.facts["guard"] == "reference_free"
    register.pull(OFFICER, Trigger.DRAFT, data=a_draft(reference="SAN-2022-020"))
    second = Subject(SubjectKind.DECISION, register.case.decisions[1].id)
    with pytest.raises(GuardRefused, match="SAN-2022-019 stands"):
        register.pull(OFFICER, Trigger.REVISE, second, a_draft())
    register.pull(OFFICER, Trigger.REVISE, register.decision(), a_draft(language="en"))
