"""`Idempotency-Key` as a client meets it: the first answer again, and a sentence wherever it cannot be had."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import httpx2
import pytest
from sqlalchemy import func, select

from tests.api.conftest import Desk, Roles
from tests.api.counsel import URL, Counsel, lease, report
from tests.api.refusals import errors_of, nothing_written, problem
from tests.support.register import CASE, a_draft
from workflow.lifecycle.vocabulary import Role
from workflow.store.tables.journal import journal

HEADER = "idempotency-key"


def send(
    desk: Desk, path: str, body: Any, key: str, role: Roles = Role.CASE_OFFICER, version: int | None = None
) -> httpx2.Response:
    headers = desk.key(role) | {HEADER: key} | ({} if version is None else {"If-Match": f'"{version}"'})
    return desk.client.post(path, json=body, headers=headers)


def a_case(**members: Any) -> dict[str, Any]:
    return CASE | {"reference": f"C-{uuid4()}"} | members


def same(desk: Desk, path: str, body: Any, role: Roles = Role.CASE_OFFICER, version: int | None = None) -> Any:
    """Send a request twice under a key: one answer, and nothing more in the journal. What it answered."""
    key = str(uuid4())
    first = send(desk, path, body, key, role, version)
    assert first.status_code < 300, first.text
    with nothing_written(desk):
        again = send(desk, path, body, key, role, version)
    assert (again.status_code, again.json()) == (first.status_code, first.json())
    names = ("etag", "location")
    assert [again.headers.get(name) for name in names] == [first.headers.get(name) for name in names]
    return first.json()


def test_a_case_is_opened_once(shared_desk: Desk) -> None:
    body, key = a_case(), str(uuid4())
    first = send(shared_desk, "/v1/cases", body, key)
    assert first.status_code == 201
    backwards = dict(reversed(body.items()))
    with nothing_written(shared_desk):
        for written in (key, f'"{key}"'):
            again = send(shared_desk, "/v1/cases", backwards, written)
            assert (again.status_code, again.content) == (201, first.content)
        other = send(shared_desk, "/v1/cases", a_case(), key)
    assert set(errors_of(problem(other, 422, "invalid_request"))) == {"/header/idempotency-key"}


def test_a_key_is_of_one_address(shared_desk: Desk) -> None:
    case = same(shared_desk, "/v1/cases", a_case())["id"]
    key = str(uuid4())
    made = send(shared_desk, f"/v1/cases/{case}/transitions", {"trigger": "draft", "data": a_draft()}, key, version=1)
    assert made.status_code == 200, made.text
    problem(send(shared_desk, "/v1/decisions", {"case": case, **a_draft()}, key), 422, "invalid_request")


def test_a_refused_request_goes_through_once_mended(shared_desk: Desk) -> None:
    key = str(uuid4())
    problem(send(shared_desk, "/v1/cases", a_case(regime="xx"), key), 422, "invalid_request")
    taken = same(shared_desk, "/v1/cases", a_case())["reference"]
    problem(send(shared_desk, "/v1/cases", a_case(reference=taken), key), 409, "guard_refused")
    assert send(shared_desk, "/v1/cases", a_case(), key).status_code == 201


def test_two_at_once_get_one_answer(shared_desk: Desk) -> None:
    body, key = a_case(), str(uuid4())
    shared_desk.key(Role.CASE_OFFICER)
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: send(shared_desk, "/v1/cases", body, key), range(8)))
    assert {(each.status_code, each.content) for each in answers} == {(201, answers[0].content)}


def test_a_draft_a_report_and_a_proposal_are_made_once_and_shown_as_they_were(desk: Desk) -> None:
    case = same(desk, "/v1/cases", CASE)["id"]
    desk.clock.jump("2022-10-13")
    drafted = same(desk, "/v1/decisions", {"case": case, **a_draft()})
    path = f"/v1/decisions/{drafted['id']}"
    assert desk.pull(path, "submit", Role.CASE_OFFICER).status_code == 200
    desk.clock.jump("2022-10-17")
    assert desk.pull(path, "adopt", Role.DECISION_MAKER).status_code == 200
    desk.clock.jump("2022-10-19")
    data = {"addressee": 1, "served_on": "2022-10-19", "channel": "registered_letter"}
    served = desk.pull(path, "record_service", Role.REGISTRAR, data=data).json()
    order = f"/v1/orders/{served['orders'][0]['id']}"
    asked = {"trigger": "register_request", "data": {"reference": "R-1", "received_on": "2022-10-01"}}
    version = desk.get(order).json()["version"]
    assert same(desk, f"{order}/transitions", asked, Role.REGISTRAR, version)["reference"] == "R-1"
    desk.clock.jump("2023-02-10")
    clause = f"/v1/penalty-clauses/{served['clauses'][0]['id']}"
    key, body = str(uuid4()), {"trigger": "propose_penalty"}
    version = desk.get(clause).json()["version"]
    first = send(desk, f"{clause}/transitions", body, key, version=version)
    assert first.status_code == 200, first.text
    desk.clock.jump("2023-02-11")
    proposed = f"/v1/penalty-decisions/{first.json()['id']}"
    moved = desk.pull(proposed, "take_up", Role.CASE_OFFICER)
    assert moved.status_code == 200, moved.text
    again = send(desk, f"{clause}/transitions", body, key, version=version)
    assert (again.status_code, again.json()) == (200, first.json())
    assert again.headers["etag"] == first.headers["etag"] != moved.headers["etag"]


def test_the_secret_is_shown_again_until_the_endpoint_has_answered(desk: Desk) -> None:
    case = desk.draft()["case"]["id"]
    body = {"case": case, "party": 1, "url": URL}
    made = same(desk, "/v1/webhook-endpoints", body)
    assert made["secret"].startswith("whsec_")
    key = str(uuid4())
    first = send(desk, "/v1/webhook-endpoints", body, key).json()
    report(desk, *((each, "delivered") for each in lease(desk)))
    with nothing_written(desk):
        again = send(desk, "/v1/webhook-endpoints", body, key)
    assert again.status_code == 201
    assert (again.json()["id"], again.json()["state"], again.json()["secret"]) == (first["id"], "active", None)
    path = f"/v1/webhook-endpoints/{first['id']}"
    assert same(desk, f"{path}/ping", {})["message"].startswith("ping_")
    rotated = same(desk, f"{path}/rotate", {"keep_old_hours": 1}, version=2)
    assert rotated["secret"] not in {None, first["secret"]}


def test_the_path_of_a_feed_is_shown_once(desk: Desk) -> None:
    body, key = {"case": desk.open_case()["id"]}, str(uuid4())
    first = send(desk, "/v1/feeds", body, key)
    with nothing_written(desk):
        again = send(desk, "/v1/feeds", body, key)
    assert (again.status_code, again.json()) == (201, first.json() | {"path": None})


def test_a_file_of_requests_is_answered_line_by_line_as_it_was(desk: Desk) -> None:
    order = f"/v1/orders/{desk.serve()['orders'][0]['id']}/access-requests"
    headers = desk.key(Role.REGISTRAR) | {"content-type": "text/csv", HEADER: "file-1"}
    file = b"reference,received_on\nR-1,2022-10-01\nR-2,2022-10-02\n"
    first = desk.client.post(order, content=file, headers=headers)
    assert first.json()["counts"] == {"done": 2}
    with nothing_written(desk):
        assert desk.client.post(order, content=file, headers=headers).json() == first.json()
        for other, query in ((file + b"R-3,2022-10-03\n", {}), (file, {"dry_run": "true"})):
            problem(desk.client.post(order, content=other, headers=headers, params=query), 422, "invalid_request")
    del headers[HEADER]
    assert desk.client.post(order, content=file, headers=headers).json()["counts"] == {"already_done": 2}


def test_two_accounts_with_one_key_do_not_meet(shared_desk: Desk) -> None:
    key, two = str(uuid4()), (Role.CASE_OFFICER, Role.HEAD_OF_ENFORCEMENT)
    body = a_case()
    assert send(shared_desk, "/v1/cases", body, key).status_code == 201
    problem(send(shared_desk, "/v1/cases", body, key, two), 409, "guard_refused")
    assert send(shared_desk, "/v1/cases", a_case(), key, two).status_code == 201


@pytest.mark.parametrize("key", ["", " ", "a b", "x" * 256, '"x', '""', 'a"b', "a\tb", '"a\\b"', "clé"])
def test_a_key_that_is_none_is_named(shared_desk: Desk, key: str) -> None:
    headers = [(name.encode(), value.encode()) for name, value in shared_desk.key(Role.CASE_OFFICER).items()]
    headers.append((HEADER.encode(), key.encode()))
    with nothing_written(shared_desk):
        answer = shared_desk.client.post("/v1/cases", json=a_case(), headers=headers)
    errors = errors_of(problem(answer, 422, "invalid_request"))
    assert list(errors) == ["/header/idempotency-key"]
    assert "1 to 255 printable characters" in errors["/header/idempotency-key"]


def test_two_keys_are_none(shared_desk: Desk) -> None:
    headers = [*shared_desk.key(Role.CASE_OFFICER).items(), (HEADER, "a"), (HEADER, "b")]
    with nothing_written(shared_desk):
        answer = shared_desk.client.post("/v1/cases", json=a_case(), headers=headers)
    assert list(errors_of(problem(answer, 422, "invalid_request"))) == ["/header/idempotency-key"]


TAKEN = {
    "/v1/cases",
    "/v1/decisions",
    "/v1/webhook-endpoints",
    "/v1/webhook-endpoints/{id}/ping",
    "/v1/webhook-endpoints/{id}/rotate",
    "/v1/feeds",
    "/v1/filings",
    "/v1/orders/{id}/access-requests",
    "/v1/cases/{id}/transitions",
    "/v1/orders/{id}/transitions",
    "/v1/penalty-clauses/{id}/transitions",
    "/v1/penalty-decisions/{id}/transitions",
    "/v1/debts/{id}/transitions",
}


def test_every_write_takes_a_key_or_refuses_it(shared_desk: Desk) -> None:
    decision = shared_desk.serve()
    paths = shared_desk.client.get("/openapi.json").json()["paths"]
    described = {
        path
        for path, operations in paths.items()
        for parameter in operations.get("post", {}).get("parameters", [])
        if parameter["name"] == HEADER
    }
    assert described == TAKEN
    key = shared_desk.key(Role.CASE_OFFICER) | {HEADER: "k"}
    ids = {"/v1/decisions": decision["id"], "/v1/orders": decision["orders"][0]["id"]}
    for path, operations in paths.items():
        for method in operations.keys() - {"get"}:
            if path in TAKEN or path.startswith(("/v1/webhook-endpoints/", "/v1/filings", "/v1/access", "/v1/penalty")):
                continue
            url = path.replace("{id}", ids.get(path.partition("/{")[0], "x"))
            with nothing_written(shared_desk):
                answer = shared_desk.client.request(method, url, headers=key, json={"x": 1})
            errors = errors_of(problem(answer, 422, "invalid_request"))
            assert errors["/header/idempotency-key"].startswith("no key here"), path


def test_a_trigger_that_makes_nothing_takes_no_key(shared_desk: Desk) -> None:
    order = shared_desk.serve(in_case="NO-KEY")["orders"][0]
    path = f"/v1/orders/{order['id']}/transitions"
    with nothing_written(shared_desk):
        answer = send(shared_desk, path, {"trigger": "accept_compliance"}, "k", version=1)
        assert list(errors_of(problem(answer, 422, "invalid_request"))) == ["/header/idempotency-key"]
        problem(send(shared_desk, "/v1/orders/x/transitions", {"trigger": "remind"}, "k"), 404, "not_found")
        answer = shared_desk.client.post(path, json={"trigger": "remind"}, headers={HEADER: "k"})
        problem(answer, 401, "not_authenticated")


def test_counsel_that_is_off_the_record_has_no_answer_again(desk: Desk) -> None:
    decision = desk.serve()
    case, order = decision["case"]["id"], f"/v1/orders/{decision['orders'][0]['id']}"
    counsel = Counsel(desk, "Maître Durand").represent(case)
    reports = {"trigger": "record_report", "data": {"claims": [{"limb": 1, "met_on": "2022-10-19"}]}}
    version = desk.get(order).json()["version"]
    requests = {
        "/v1/webhook-endpoints": ({"case": case, "party": 1, "url": URL}, {}),
        f"{order}/transitions": (reports, {"If-Match": f'"{version}"'}),
    }
    for path, (body, more) in requests.items():
        headers = counsel.headers | {HEADER: "k" + path} | more
        first = desk.client.post(path, json=body, headers=headers)
        assert first.status_code in {200, 201}, first.text
        assert desk.client.post(path, json=body, headers=headers).json() == first.json()
    counsel.leave(case)
    for path, (body, more) in requests.items():
        again = desk.client.post(path, json=body, headers=counsel.headers | {HEADER: "k" + path} | more)
        problem(again, 404, "not_found")


def test_one_event_for_many_requests(desk: Desk) -> None:
    for _ in range(3):
        assert send(desk, "/v1/cases", CASE, "k").status_code == 201
    with desk.writer.engine.connect() as connection:
        opened = select(func.count()).where(journal.c.type == "case.opened")
        assert connection.scalar(opened) == 1
