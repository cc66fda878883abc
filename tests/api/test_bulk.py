"""Many triggers at once: each item answers for itself, in its place."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.api.conftest import Desk, Roles
from tests.api.refusals import everything, nothing_written, problem
from tests.support.register import a_draft, an_order
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.order.clock_guards import PERIOD_OVER
from workflow.lifecycle.vocabulary import Role

OFFICER, HEAD, SCHEDULER = Role.CASE_OFFICER, Role.HEAD_OF_ENFORCEMENT, Role.SCHEDULER
NOWHERE = "7b2f0e1c-0000-5000-8000-000000000000"


def item(id: str, trigger: str, kind: str = "order", **members: Any) -> dict[str, Any]:
    return {"subject": {"kind": kind, "id": id}, "trigger": trigger, **members}


def pull_many(desk: Desk, items: list[dict[str, Any]], role: Roles) -> list[dict[str, Any]]:
    answer = desk.post("/v1/transitions", {"items": items}, role)
    assert answer.status_code in (200, 202), answer.text
    results: list[dict[str, Any]] = answer.json()["results"]
    assert [each["index"] for each in results] == list(range(len(items)))
    assert [each["subject"]["kind"] for each in results] == [each["subject"]["kind"] for each in items]
    return results


def outcomes(results: list[dict[str, Any]]) -> list[str]:
    return [each["problem"]["code"] if each["problem"] else each["outcome"] for each in results]


def expiry_of(order: str) -> str:
    return f"order/{order}/record_expiry/2022-12-19/1"


def test_each_item_answers_for_itself_in_order(desk: Desk) -> None:
    one, two, three = [each["id"] for each in desk.serve()["orders"]]
    desk.clock.jump("2022-12-20")
    items = [
        item(three, "record_expiry", version=2),
        item(NOWHERE, "record_expiry", version=2),
        item(two, "accept_compliance", version=2, data={"complied_on": "2022-12-01"}),
        item(one, "record_expiry", version=1),
        item(one, "record_expiry"),
        item(one, "record_expriy", version=2),
        item(one, "remind", version=2),
        item(one, "accept_compliance", version=2, data={"complied_on": 0}),
        item(one, "record_expiry", version=2),
        item(two, "record_expiry", version=2),
        item(two, "record_expiry", version=3),
        item(one, "x", kind="endpoint", version=2),
    ]
    results = pull_many(desk, items, OFFICER)
    assert outcomes(results) == [
        "done",
        "not_found",
        "guard_refused",
        "version_conflict",
        "version_missing",
        "unknown_trigger",
        "role_not_permitted",
        "invalid_request",
        "done",
        "done",
        "illegal_transition",
        "not_found",
    ]
    assert results[0]["version"] == 3
    assert results[3]["problem"]["changes"][0]["type"] == "order.entered_into_force"
    assert results[7]["problem"]["errors"][0]["path"] == "/data/complied_on"
    case = desk.get("/v1/cases").json()["items"][0]["id"]
    journal = desk.get(f"/v1/cases/{case}/journal").json()["items"]
    assert [each["events"] for each in results if each["outcome"] == "done"] == [[e["id"]] for e in journal[-3:]]


def test_a_second_item_on_a_subject_names_the_version_the_first_will_leave(desk: Desk) -> None:
    decision = desk.draft()["id"]
    revise = item(decision, "revise", "decision", data=a_draft(language="en"))
    items = [revise | {"version": 1}, revise | {"version": 1}, item(decision, "submit", "decision", version=2)]
    assert outcomes(pull_many(desk, items, OFFICER)) == ["done", "version_conflict", "done"]
    assert desk.get(f"/v1/decisions/{decision}").json()["version"] == 3


def test_a_conflict_on_what_a_later_item_discards_is_still_an_answer(desk: Desk) -> None:
    decision = desk.draft()
    order = decision["orders"][2]["id"]
    smaller = a_draft(orders=[an_order(1, "delete_data")], clauses=[])
    items = [
        item(order, "accept_compliance", version=7, data={"complied_on": "2022-10-01"}),
        item(decision["id"], "revise", "decision", version=1, data=smaller),
        item(order, "accept_compliance", version=2, data={"complied_on": "2022-10-01"}),
    ]
    assert outcomes(pull_many(desk, items, OFFICER)) == ["version_conflict", "done", "not_found"]


@pytest.mark.parametrize("count", [1, 500])
def test_1_to_500_items_are_taken(desk: Desk, count: int) -> None:
    answer = pull_many(desk, [item(NOWHERE, "remind", step="x")] * count, SCHEDULER)
    assert outcomes(answer) == ["not_found"] * count


@pytest.mark.parametrize("count", [0, 501])
def test_none_or_501_items_are_too_few_or_too_many(desk: Desk, count: int) -> None:
    items = [item(NOWHERE, "remind", step="x")] * count
    found = problem(desk.post("/v1/transitions", {"items": items}, SCHEDULER), 422, "invalid_request")
    assert found["errors"][0]["path"] == "/items"


@pytest.mark.parametrize(
    ("members", "path"),
    [
        ({"versoin": 2}, "/items/1/versoin"),
        ({"version": 10**30}, "/items/1/version"),
        ({"version": "2"}, "/items/1/version"),
        ({"step": "x\x00"}, "/items/1/step"),
        ({"subject": {"kind": "fine", "id": "x"}}, "/items/1/subject/kind"),
    ],
)
def test_an_item_that_cannot_be_read_refuses_the_whole_and_is_named(
    desk: Desk, members: dict[str, Any], path: str
) -> None:
    order = desk.serve()["orders"][2]["id"]
    good = item(order, "accept_compliance", version=2, data={"complied_on": "2022-10-19"})
    desk.key(OFFICER)
    with nothing_written(desk):
        answer = desk.post("/v1/transitions", {"items": [good, good | members]}, OFFICER)
    assert path in {error["path"] for error in problem(answer, 422, "invalid_request")["errors"]}


def test_who_may_pull_no_trigger_at_all_is_refused_whole(desk: Desk) -> None:
    order = desk.serve()["orders"][2]["id"]
    for role in (Role.AUDITOR, Role.ADMINISTRATOR):
        body = {"items": [item(order, "remind", version=2)]}
        problem(desk.post("/v1/transitions", body, role), 403, "role_not_permitted")


def test_a_step_posted_twice_is_done_once_and_names_its_event(desk: Desk) -> None:
    order = desk.serve()["orders"][0]["id"]
    desk.clock.jump("2022-12-20")
    step = item(order, "record_expiry", step=expiry_of(order))
    first, second = pull_many(desk, [step, step], SCHEDULER)
    with nothing_written(desk):
        (third,) = pull_many(desk, [step], SCHEDULER)
        alone = desk.post(f"/v1/orders/{order}/transitions", {k: step[k] for k in ("trigger", "step")}, SCHEDULER)
    assert [first["outcome"], second["outcome"], third["outcome"]] == ["done", "already_done", "already_done"]
    assert first["events"] == second["events"] == third["events"]
    assert (alone.status_code, alone.json()["state"]) == (200, "expired")


def test_a_penalty_proposed_twice_is_answered_with_the_same_child(desk: Desk) -> None:
    clause = desk.serve()["clauses"][0]["id"]
    desk.clock.jump("2023-02-10")
    key = f"penalty_clause/{clause}/propose_penalty/2022-12-20/1"
    step = item(clause, "propose_penalty", "penalty_clause", step=key)
    answer = desk.post("/v1/transitions", {"items": [step, step]}, SCHEDULER).json()["results"]
    assert [each["outcome"] for each in answer] == ["done", "already_done"]
    assert answer[0]["subject"] == answer[1]["subject"]
    assert answer[0]["subject"]["kind"] == "penalty_decision"


def test_a_step_that_is_not_due_is_told_the_new_date(desk: Desk) -> None:
    one, two, _ = [each["id"] for each in desk.serve()["orders"]]
    desk.clock.jump("2022-12-19")
    desk.key(SCHEDULER)
    remind = f"order/{one}/remind/2022-12-19/"
    items = [
        item(one, "record_expiry", step=expiry_of(one)),
        item(one, "remind", step=f"{remind}1"),
        item(two, "record_expiry", step="order/x/record_expiry/2022-12-01/1"),
    ]
    with nothing_written(desk):
        results = pull_many(desk, items, SCHEDULER)
    assert outcomes(results) == ["not_due"] * 3
    desk.clock.jump("2022-12-20")
    (wrong,) = pull_many(desk, [item(two, "record_expiry", step=expiry_of(one))], SCHEDULER)
    assert wrong["problem"]["due_on"] == "2022-12-20"
    assert wrong["problem"]["code"] == "not_due"


@pytest.fixture
def stubborn_guard() -> Iterator[None]:
    """A guard that refuses what the due list offers: a defect, planted."""
    check = PERIOD_OVER.state
    no = Denial(detail="No.", reference="a defect", satisfied_by="nothing")
    object.__setattr__(PERIOD_OVER, "state", lambda _: no)
    yield
    object.__setattr__(PERIOD_OVER, "state", check)


def test_a_step_that_a_guard_refuses_is_put_to_sleep_and_the_others_go_on(desk: Desk, stubborn_guard: None) -> None:
    orders = [each["id"] for each in desk.serve()["orders"]]
    desk.clock.jump("2022-12-20")
    assert len(desk.get("/v1/due").json()["items"]) == 3
    desk.key(SCHEDULER)
    before = everything(desk)
    results = pull_many(desk, [item(orders[0], "record_expiry", step=expiry_of(orders[0]))], SCHEDULER)
    assert outcomes(results) == ["guard_refused"]
    after = everything(desk)
    assert {name for name in after if after[name] != before[name]} == {"timers"}
    due = {each["subject"]["id"] for each in desk.get("/v1/due").json()["items"]}
    assert due == set(orders[1:])


def test_an_officer_whom_a_guard_refuses_puts_nothing_to_sleep(desk: Desk, stubborn_guard: None) -> None:
    order = desk.serve()["orders"][0]["id"]
    desk.clock.jump("2022-12-20")
    desk.key(OFFICER)
    with nothing_written(desk):
        assert outcomes(pull_many(desk, [item(order, "record_expiry", version=2)], OFFICER)) == ["guard_refused"]
