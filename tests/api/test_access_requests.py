"""Access requests over the API: one by one, in bulk, from a file; counted by their order; proved by the journal."""

from typing import Any

import httpx2
import pytest

from tests.api.conftest import Desk, Roles
from tests.api.refusals import errors_of, nothing_written, problem, refused
from workflow.lifecycle.vocabulary import Role
from workflow.store.verify import verify

OFFICER, HEAD, REGISTRAR = Role.CASE_OFFICER, Role.HEAD_OF_ENFORCEMENT, Role.REGISTRAR
HEADER = "reference,received_on"


def order_of(desk: Desk, case: str) -> str:
    """The id of an order to answer access requests, in force since 19 October 2022; it is 2 November."""
    decision = desk.serve(in_case=case)
    desk.clock.jump("2022-11-02")
    id: str = decision["orders"][0]["id"]
    return id


def register(desk: Desk, order: str, reference: str = "R-1", on: str = "2022-10-03") -> dict[str, Any]:
    body = {"trigger": "register_request", "data": {"reference": reference, "received_on": on}}
    answer = desk.post(f"/v1/orders/{order}/transitions", body, REGISTRAR)
    assert answer.status_code in (200, 202), answer.text
    made: dict[str, Any] = answer.json()
    return made


def send(desk: Desk, order: str, lines: list[str], role: Roles = OFFICER, **query: Any) -> httpx2.Response:
    """Send a file of requests."""
    return desk.client.post(
        f"/v1/orders/{order}/access-requests",
        content="\n".join([HEADER, *lines]),
        headers=desk.key(role) | {"content-type": "text/csv; charset=utf-8"},
        params=query,
    )


def counts(desk: Desk, order: str) -> dict[str, int]:
    found: dict[str, int] = desk.get(f"/v1/orders/{order}").json()["requests"]
    return found


def whole(desk: Desk) -> None:
    """The journal proves every row."""
    with desk.writer.engine.connect() as connection:
        assert verify(connection) == []


def test_a_request_from_its_registration_to_its_end(shared_desk: Desk) -> None:
    order = order_of(shared_desk, "ASK-1")
    made = register(shared_desk, order)
    path = f"/v1/access-requests/{made['id']}"
    assert made["version"] == 1
    assert (made["state"], made["statutory_by"], made["ordered_by"]) == ("received", "2022-11-03", "2022-12-19")
    assert any("one month" in str(step) for step in made["explanation"])
    assert not made["is_overdue"]
    shared_desk.clock.jump("2022-11-04")
    assert shared_desk.get(path).json()["is_overdue"]
    case = made["case"]["id"]
    (task,) = shared_desk.get(f"/v1/cases/{case}/tasks").json()["items"]
    assert (task["task"], task["subject"]["id"]) == ("pursue_requests", order)
    compliance = {"trigger": "accept_compliance", "data": {"complied_on": "2022-11-02"}}
    version = shared_desk.get(f"/v1/orders/{order}").json()["version"]
    found = refused(
        shared_desk, f"/v1/orders/{order}/transitions", compliance, OFFICER, version, status=409, code="guard_refused"
    )
    assert found["detail"] == "1 access request under order 1 is not verified: 1 received."
    extended = shared_desk.pull(path, "extend", REGISTRAR, data={"told_on": "2022-11-03"}).json()
    assert (extended["state"], extended["statutory_by"]) == ("extended", "2023-01-03")
    assert any("three months" in str(step) for step in extended["explanation"])
    answered = shared_desk.pull(path, "record_answer", REGISTRAR, data={"answered_on": "2022-11-04"}).json()
    assert answered["state"] == "answered"
    assert counts(shared_desk, order) == {"answered": 1}
    assert shared_desk.pull(path, "verify", OFFICER).json()["state"] == "verified"
    assert shared_desk.pull(path, "close", REGISTRAR).json()["state"] == "closed"
    assert counts(shared_desk, order) == {"closed": 1}
    assert shared_desk.accept_compliance(f"/v1/orders/{order}", "2022-11-04").json()["state"] == "complied"
    journal = shared_desk.get(f"/v1/cases/{case}/journal").json()["items"]
    assert {each["audience"] for each in journal if each["type"].startswith("access_request.")} == {"internal"}
    known = shared_desk.get(path, params={"as_known_at": "2022-11-02T13:00:00Z"}).json()
    assert known["state"] == "received"
    whole(shared_desk)


def test_a_refusal_is_held_good_by_two_persons(shared_desk: Desk) -> None:
    path = f"/v1/access-requests/{register(shared_desk, order_of(shared_desk, 'ASK-2'))['id']}"
    data = {"refused_on": "2022-10-20", "ground": "GDPR art. 12(5)(b)"}
    assert shared_desk.pull(path, "record_refusal", OFFICER, data=data).json()["state"] == "refused"
    proposed = shared_desk.pull(path, "verify", OFFICER).json()
    assert (proposed["state"], proposed["pending_acts"][0]["trigger"]) == ("refused", "verify")
    assert shared_desk.pull(path, "confirm", HEAD).json()["state"] == "verified"
    whole(shared_desk)


def test_a_reference_is_registered_once_under_an_order(shared_desk: Desk) -> None:
    order = order_of(shared_desk, "ASK-3")
    register(shared_desk, order)
    body = {"trigger": "register_request", "data": {"reference": "R-1", "received_on": "2022-10-04"}}
    path = f"/v1/orders/{order}/transitions"
    found = refused(shared_desk, path, body, OFFICER, status=409, code="guard_refused")
    assert found["guard"] == "reference_is_new"
    assert "received on 2022-10-03, now received" in found["detail"]
    item = {"subject": {"kind": "order", "id": order}, "trigger": "register_request"}
    items = [{**item, "data": {"reference": f"R-{n}", "received_on": "2022-10-04"}} for n in (2, 2, 3, 1)]
    results = shared_desk.post("/v1/transitions", {"items": items}, OFFICER).json()["results"]
    assert [each["outcome"] for each in results] == ["done", "refused", "done", "refused"]
    assert counts(shared_desk, order) == {"received": 3}
    whole(shared_desk)


@pytest.mark.parametrize("reference", ["Jean Dupont", "é1", 7, None, ["R-1"], "R-1\x00"])
def test_what_is_no_reference_is_refused_and_nobody_else_with_it(shared_desk: Desk, reference: Any) -> None:
    order = order_of(shared_desk, f"ASK-{len(shared_desk.get('/v1/cases?limit=500').json()['items'])}-BAD")
    item = {"subject": {"kind": "order", "id": order}, "trigger": "register_request"}
    dated = {"received_on": "2022-10-04"}
    bad = [{**item, "data": {"reference": reference, **dated}}, {**item, "subject": {"kind": "order", "id": "x"}}]
    good = {**item, "data": {"reference": "R-9", **dated}}
    results = shared_desk.post("/v1/transitions", {"items": [*bad, good]}, OFFICER).json()["results"]
    assert [each["outcome"] for each in results] == ["refused", "refused", "done"]


def test_five_hundred_requests_move_at_once(desk: Desk) -> None:
    order = order_of(desk, "ASK-4")
    lines = [f"R-{n},2022-10-03" for n in range(500)]
    assert send(desk, order, lines).json()["counts"] == {"done": 500}
    ids = [each["id"] for each in desk.get(f"/v1/access-requests?order={order}&limit=500").json()["items"]]
    step = {"trigger": "record_answer", "data": {"answered_on": "2022-11-01"}}
    items = [{"subject": {"kind": "access_request", "id": id}, "version": 1, **step} for id in ids]
    results = desk.post("/v1/transitions", {"items": items}, OFFICER).json()["results"]
    assert {each["outcome"] for each in results} == {"done"}
    assert {each["version"] for each in results} == {2}
    assert counts(desk, order) == {"answered": 500}
    answered = desk.get(f"/v1/access-requests?order={order}&state=answered&limit=3").json()
    assert (len(answered["items"]), answered["next"] is None) == (3, False)
    whole(desk)


def test_a_file_is_registered_line_by_line_and_can_be_sent_again(shared_desk: Desk) -> None:
    order = order_of(shared_desk, "ASK-5")
    register(shared_desk, order, "R-2", "2022-10-03")
    lines = ["R-1,2022-10-01", "R-2,2022-10-03", "R-3,2022-12-01", "Dupont,2022-10-01", "R-5,2022-10-01"]
    shared_desk.key(OFFICER)
    with nothing_written(shared_desk):
        foreseen = send(shared_desk, order, lines, dry_run=True).json()
    answer = send(shared_desk, order, lines).json()
    assert answer["counts"] == {"done": 2, "already_done": 1, "refused": 2}
    assert (foreseen["dry_run"], answer["dry_run"]) == (True, False)
    assert foreseen["counts"] == answer["counts"]
    seen = [[(each["line"], each["outcome"]) for each in said["results"]] for said in (foreseen, answer)]
    assert (
        seen[0]
        == seen[1]
        == list(zip(range(2, 7), ["done", "already_done", "refused", "refused", "done"], strict=True))
    )
    guards = [each["problem"]["guard"] for each in answer["results"] if each["problem"]]
    assert guards == ["received_on_is_past", "reference_is_a_pseudonym"]
    again = send(shared_desk, order, [lines[0], lines[1], lines[4], "R-5b,2022-10-01"]).json()
    assert again["counts"] == {"already_done": 3, "done": 1}
    other = send(shared_desk, order, ["R-1,2022-10-02"]).json()
    assert other["results"][0]["problem"]["guard"] == "reference_is_new"
    assert counts(shared_desk, order) == {"received": 4}


def test_a_file_with_wrong_lines_is_refused_whole(shared_desk: Desk) -> None:
    order = order_of(shared_desk, "ASK-6")
    shared_desk.key(OFFICER)
    with nothing_written(shared_desk):
        found = problem(send(shared_desk, order, ["R-1,2022-10-01", "R-2,yesterday", "R-1,2022-10-01"]), 422,
                        "invalid_request")  # fmt: skip
    assert list(errors_of(found)) == ["/lines/3/received_on", "/lines/4/reference"]


def test_who_may_not_register_learns_nothing_of_the_file(shared_desk: Desk) -> None:
    order = order_of(shared_desk, "ASK-7")
    for role, status, code in (
        (Role.COUNSEL, 404, "not_found"),
        (Role.AUDITOR, 403, "role_not_permitted"),
        (Role.SCHEDULER, 403, "role_not_permitted"),
        (HEAD, 403, "role_not_permitted"),
    ):
        problem(send(shared_desk, order, ["nonsense"], role), status, code)
    problem(send(shared_desk, "x", ["nonsense"]), 404, "not_found")
    problem(send(shared_desk, order, [], dry_run="perhaps"), 422, "invalid_request")
    sent = shared_desk.post(f"/v1/orders/{order}/access-requests", {}, OFFICER)
    assert list(errors_of(problem(sent, 422, "invalid_request"))) == ["/header/content-type"]


def test_the_order_of_the_file_must_take_requests(shared_desk: Desk) -> None:
    decision = shared_desk.serve(in_case="ASK-8")
    answer = send(shared_desk, decision["orders"][1]["id"], ["R-1,2022-10-01"]).json()
    assert answer["results"][0]["problem"]["guard"] == "order_takes_requests"
