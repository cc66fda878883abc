"""An order and its clause through their whole life, as people with roles live it over the API."""

from typing import Any

import httpx2
import pytest

from tests.api.conftest import Desk
from tests.api.refusals import problem
from tests.support.orders import LIMBS
from tests.support.register import a_clause, an_order
from workflow.lifecycle.vocabulary import Role

OFFICER, HEAD, REGISTRAR, DECIDER = (
    Role.CASE_OFFICER,
    Role.HEAD_OF_ENFORCEMENT,
    Role.REGISTRAR,
    Role.DECISION_MAKER,
)
SHEET = {"claimed": "stopped", "evidence": "two visits", "method": "on site", "finding": "not stopped\nnot at all"}


@pytest.fixture
def served(desk: Desk) -> dict[str, Any]:
    order = an_order(1, "cease_collection", nature="continuous", limbs=LIMBS)
    return desk.serve(orders=[order], clauses=[a_clause(covers=[1], rate="50000.00")])


def done(answer: httpx2.Response) -> dict[str, Any]:
    assert answer.status_code in (200, 202), answer.text
    shown: dict[str, Any] = answer.json()
    return shown


def judge(desk: Desk, order: str, trigger: str, **data: Any) -> dict[str, Any]:
    """An officer proposes, the head confirms."""
    done(desk.pull(order, trigger, OFFICER, data=data))
    return done(desk.pull(order, "confirm", HEAD))


def test_the_whole_life_of_an_order(desk: Desk, served: dict[str, Any]) -> None:
    order = f"/v1/orders/{served['orders'][0]['id']}"
    desk.clock.jump("2022-12-01")
    shown = done(desk.pull(order, "extend", DECIDER, data={"last_day": "2022-12-31"}))
    assert (shown["state"], shown["period"]["last_day"], shown["period"]["given_on"]) == (
        "in_force",
        "2022-12-31",
        "2022-12-01",
    )
    assert shown["period"]["explanation"][-1]["before"] == "2022-12-19"
    desk.clock.jump("2023-01-10")
    desk.sweep()
    found = {"limbs": [{"n": 1, "from": "2023-01-05"}], "findings": [{"limb": 1, **SHEET}]}
    shown = done(desk.pull(order, "establish_non_compliance", OFFICER, data=found))
    assert (shown["findings"], shown["pending_acts"][0]["data"]) == ([], found)
    shown = done(desk.pull(order, "confirm", HEAD))
    assert (shown["state"], shown["is_overdue"]) == ("non_compliant", True)
    assert shown["findings"] == [{"limb": 1, **SHEET}]
    assert shown["limbs"][0]["unmet"] == [{"from": "2023-01-05"}]
    stay = {"scope": "order", "effect": "no_accrual", "from": "2023-01-10"}
    shown = done(desk.pull(order, "suspend", REGISTRAR, data=stay))
    assert (shown["state"], shown["is_overdue"], shown["next_steps"]) == ("suspended", False, [])
    desk.clock.jump("2023-01-20")
    # The days of the stay are not exposed: 1 to 9 January are, and no other.
    assert desk.get(order).json()["exposure"]["days_late"] == 9
    shown = done(desk.pull(order, "resume", REGISTRAR, data={"resumed_on": "2023-01-15"}))
    assert (shown["state"], shown["exposure"]["days_late"]) == ("non_compliant", 14)
    assert shown["suspensions"] == [
        {"n": 1, "scope": "order", "effect": "no_accrual", "from": "2023-01-10", "to": "2023-01-14", "limb": None}
    ]
    judge(desk, order, "accept_limb", limb=2, met_on="2023-01-16")
    shown = judge(desk, order, "accept_compliance", complied_on="2023-01-18")
    assert (shown["state"], shown["is_overdue"], shown["complied_on"]) == ("complied", False, "2023-01-18")
    assert [limb["met_on"] for limb in shown["limbs"]] == ["2023-01-18", "2023-01-16", "2023-01-18"]
    desk.clock.jump("2023-02-01")
    shown = judge(desk, order, "record_relapse", relapsed_on="2023-01-25", limbs=[3])
    assert (shown["state"], shown["is_overdue"], shown["complied_on"]) == ("non_compliant", True, None)
    assert shown["limbs"][2]["unmet"] == [
        {"from": "2023-01-01", "to": "2023-01-09"},
        {"from": "2023-01-15", "to": "2023-01-17"},
        {"from": "2023-01-25"},
    ]
    judge(desk, order, "accept_compliance", complied_on="2023-01-30")
    shown = done(desk.pull(order, "close", DECIDER))
    assert (shown["state"], shown["ended"]["closed_on"], shown["ended"]["on"]) == ("closed", "2023-02-01", None)
    # 9 days before the stay, 3 after it, 5 of the relapse.
    assert (shown["exposure"]["days_late"], shown["exposure"]["amount"]["amount"]) == (17, "850000.00")


def test_the_clause_changes_stands_still_and_is_lifted(desk: Desk, served: dict[str, Any]) -> None:
    clause = f"/v1/penalty-clauses/{served['clauses'][0]['id']}"
    desk.clock.jump("2023-01-10")
    rate = {"amount": "80000.00", "currency": "EUR"}
    shown = done(desk.pull(clause, "change_rate", DECIDER, data={"rate": rate, "from": "2023-01-20"}))
    assert shown["rate_changes"] == [{"from": "2023-01-20", "rate": rate}]
    stay = {"scope": "clause", "effect": "no_accrual", "from": "2023-01-10"}
    shown = done(desk.pull(clause, "suspend", REGISTRAR, data=stay))
    assert (shown["state"], len(shown["suspensions"])) == ("suspended", 1)
    desk.clock.jump("2023-01-18")
    done(desk.pull(clause, "resume", REGISTRAR, data={"resumed_on": "2023-01-18"}))
    desk.clock.jump("2023-01-22")
    shown = done(desk.pull(clause, "lift", DECIDER, data={"effect": "ex_nunc"}))
    assert shown["state"] == "lifted"
    assert shown["ended"] == {"on": "2023-01-22", "effect": "ex_nunc", "annulled_on": None, "closed_on": None}
    # 20 December to 9 January and 18 to 19 January at 50,000, 20 and 21 January at 80,000.
    assert (shown["exposure"]["days_late"], shown["exposure"]["amount"]["amount"]) == (25, "1310000.00")


@pytest.mark.parametrize(
    ("trigger", "role", "data", "path"),
    [
        ("suspend", REGISTRAR, {"scope": "order", "from": "2022-11-01"}, "/data/effect"),
        ("suspend", REGISTRAR, {"scope": "all", "effect": "no_accrual", "from": "2022-11-01"}, "/data/scope"),
        ("extend", DECIDER, {}, "/data/last_day"),
        ("lift", DECIDER, {"effect": "sometime"}, "/data/effect"),
        ("establish_non_compliance", OFFICER, {"limbs": [{"n": "1"}], "findings": []}, "/data/limbs/0/n"),
        ("record_relapse", OFFICER, {"relapsed_on": 0, "limbs": [1]}, "/data/relapsed_on"),
        ("accept_limb", OFFICER, {"limb": 1, "met_on": "2022-11-01", "why": "x"}, "/data/why"),
    ],
)
def test_wrong_members_are_named(shared_desk: Desk, trigger: str, role: Role, data: dict[str, Any], path: str) -> None:
    order = shared_desk.serve(in_case=f"LIFE-{trigger}{path}".replace("_", "-"))["orders"][0]
    answer = shared_desk.pull(f"/v1/orders/{order['id']}", trigger, role, data=data)
    refused = problem(answer, 422, "invalid_request")
    assert path in [error["path"] for error in refused["errors"]]


def test_who_may_not_is_told_who_may(desk: Desk, served: dict[str, Any]) -> None:
    order = f"/v1/orders/{served['orders'][0]['id']}"
    for trigger, data in (("lift", {"effect": "ex_nunc"}), ("extend", {"last_day": "2023-06-30"}), ("close", {})):
        refused = problem(desk.pull(order, trigger, OFFICER, data=data), 403, "role_not_permitted")
        assert refused["roles"] == ["decision_maker"]
    problem(desk.pull(order, "reinstate", DECIDER), 422, "unknown_trigger")
