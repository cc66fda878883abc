"""Reading a thing as it was known at an instant: from what was recorded until then, seen on the day of that instant."""

from typing import Any

import httpx2
import pytest

from tests.api.conftest import Desk
from tests.api.refusals import errors_of, problem
from tests.support.register import a_draft, an_order
from workflow.lifecycle.vocabulary import Role

NOON = "2022-12-20T12:00:00Z"


def known(desk: Desk, path: str, instant: str) -> httpx2.Response:
    return desk.get(path, params={"as_known_at": instant})


@pytest.fixture
def proposed(desk: Desk) -> dict[str, str]:
    """The paths of the things of a case that was swept day by day, up to a penalty proposed and adopted."""
    decision = desk.serve()
    for day in ("2022-11-19", "2022-12-12", "2022-12-18", "2022-12-20", "2023-02-10"):
        desk.clock.jump(day)
        taken = desk.sweep()
    desk.clock.jump("2023-03-01")
    found = {
        "cases": decision["case"]["id"],
        "decisions": decision["id"],
        "orders": decision["orders"][0]["id"],
        "penalty-clauses": decision["clauses"][0]["id"],
        "penalty-decisions": taken[-1]["subject"]["id"],
    }
    return {kind: f"/v1/{kind}/{id}" for kind, id in found.items()}


def test_an_order_as_known_before_its_expiry_was_recorded_is_in_force(desk: Desk, proposed: dict[str, str]) -> None:
    now = desk.get(proposed["orders"]).json()
    assert (now["state"], now["version"]) == ("expired", 6)
    answer = known(desk, proposed["orders"], "2022-12-20T11:59:59Z")
    before = answer.json()
    assert "etag" not in answer.headers
    assert (before["state"], before["version"], before["open_transitions"]) == ("in_force", 5, [])
    assert before["is_overdue"] is True
    assert [step["step"] for step in before["next_steps"]] == ["record_expiry", "propose_penalty"]
    at_noon = known(desk, proposed["orders"], NOON).json()
    assert (at_noon["state"], at_noon["version"]) == ("expired", 6)
    assert at_noon["exposure"] is None


def test_today_is_the_local_day_of_the_instant(desk: Desk, proposed: dict[str, str]) -> None:
    last_second, midnight = "2022-12-19T22:59:59Z", "2022-12-19T23:00:00Z"
    assert known(desk, proposed["orders"], last_second).json()["is_overdue"] is False
    assert known(desk, proposed["orders"], midnight).json()["is_overdue"] is True
    assert known(desk, proposed["orders"], "2022-12-20T00:00:00+01:00").json()["is_overdue"] is True


def test_exposure_grows_day_by_day_up_to_the_one_before_the_instant(desk: Desk, proposed: dict[str, str]) -> None:
    for instant, days in (("2022-12-22T12:00:00Z", 2), ("2023-02-09T12:00:00Z", 51), ("2023-02-15T12:00:00Z", 57)):
        for kind in ("orders", "penalty-clauses"):
            assert known(desk, proposed[kind], instant).json()["exposure"]["days_late"] == days


def test_at_this_instant_each_thing_is_as_it_is_but_for_what_can_be_pulled(
    desk: Desk, proposed: dict[str, str]
) -> None:
    for path in proposed.values():
        now = desk.get(path).json()
        assert known(desk, path, "2023-03-01T12:00:00Z").json() == now | {"open_transitions": [], "next_acts": []}


def test_what_did_not_exist_yet_is_not_found(desk: Desk, proposed: dict[str, str]) -> None:
    made = {"cases": "2022-06-02", "decisions": "2022-10-13", "orders": "2022-10-13", "penalty-clauses": "2022-10-13"}
    for kind, day in (made | {"penalty-decisions": "2023-02-10"}).items():
        problem(known(desk, proposed[kind], f"{day}T11:59:59.999999Z"), 404, "not_found")
        assert known(desk, proposed[kind], f"{day}T12:00:00Z").status_code == 200
        problem(known(desk, proposed[kind], "0001-01-01T00:00:00Z"), 404, "not_found")


def test_a_case_and_its_decision_as_they_were(desk: Desk, proposed: dict[str, str]) -> None:
    case = known(desk, proposed["cases"], "2022-10-12T12:00:00Z").json()
    assert (case["version"], case["decisions"], case["penalty_decisions"]) == (1, [], [])
    assert case["representatives"][0]["name"] == "A. Counsel"
    decision = known(desk, proposed["decisions"], "2022-10-18T12:00:00Z").json()
    assert (decision["state"], decision["served"]) == ("adopted", "0 of 1")
    assert [order["state"] for order in decision["orders"]] == ["pending"] * 3


def test_an_order_discarded_since_is_still_there_in_the_past(desk: Desk) -> None:
    decision = desk.draft()
    path = f"/v1/decisions/{decision['id']}"
    discarded = f"/v1/orders/{decision['orders'][2]['id']}"
    desk.clock.jump("2022-10-14")
    orders = [an_order(1, "answer_access_requests"), an_order(2, "delete_data")]
    clause: dict[str, Any] = a_draft()["clauses"][0] | {"covers": [1, 2]}
    data = a_draft(orders=orders, clauses=[clause])
    revised = desk.pull(path, "revise", Role.CASE_OFFICER, data=data)
    assert revised.status_code == 200, revised.text
    problem(desk.get(discarded), 404, "not_found")
    problem(known(desk, discarded, "2022-10-14T12:00:00Z"), 404, "not_found")
    assert known(desk, discarded, "2022-10-13T12:00:00Z").json()["kind"] == "cease_collection"


WRONG = [
    *("0", "1671537600", "2022-12-20", "2022-12-20T08:00:00", "2022-12-20 08:00:00Z", "2022-12-20T08:00Z", ""),
    *("2022-02-30T08:00:00Z", "2022-12-20T24:00:01Z", "2022-12-20T08:00:60Z", "0001-01-01T00:00:00+14:00", "now"),
    *("9999-12-31T23:59:59Z", "2023-03-01T12:00:00.000001Z", "٢٠٢٢-12-20T08:00:00Z"),
]


def test_an_instant_without_offset_a_future_one_or_a_number_is_refused(desk: Desk, proposed: dict[str, str]) -> None:
    for instant in WRONG:
        found = problem(known(desk, proposed["orders"], instant), 422, "invalid_request")
        assert set(errors_of(found)) == {"/query/as_known_at"}, instant


def test_a_plus_that_became_a_blank_is_named(desk: Desk, proposed: dict[str, str]) -> None:
    answer = desk.get(f"{proposed['orders']}?as_known_at=2022-12-20T08:00:00+01:00")
    assert "%2B" in errors_of(problem(answer, 422, "invalid_request"))["/query/as_known_at"]


def test_a_misspelt_name_is_no_reading_of_today(desk: Desk, proposed: dict[str, str]) -> None:
    for path in proposed.values():
        found = problem(desk.get(path, params={"as_know_at": NOON}), 422, "invalid_request")
        assert "did you mean as_known_at" in errors_of(found)["/query/as_know_at"]


def test_what_never_was_is_said_first(shared_desk: Desk) -> None:
    for kind in ("cases", "decisions", "orders", "penalty-clauses", "penalty-decisions"):
        for instant in (*WRONG, "2022-06-02T12:00:00Z"):
            problem(known(shared_desk, f"/v1/{kind}/nothing", instant), 404, "not_found")
    problem(known(shared_desk, "/v1/cases/authority", "2022-06-02T12:00:00Z"), 404, "not_found")
    for role, code in ((Role.COUNSEL, "not_found"), (Role.SCHEDULER, "role_not_permitted")):
        answer = shared_desk.get("/v1/orders/x", role, params={"as_known_at": "0"})
        problem(answer, 404 if role is Role.COUNSEL else 403, code)
