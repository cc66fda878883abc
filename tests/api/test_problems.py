"""Every error of the API is a problem of one shape, and says nothing of the inside."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from api.state import Options
from tests.api.conftest import VAULT, Desk, allow_all, opened
from tests.api.refusals import errors_of, nothing_written, problem
from tests.support.register import CASE, a_draft
from workflow.lifecycle.vocabulary import Role
from workflow.store.busy import StoreBusy
from workflow.store.unit_of_work import UnitOfWork


def test_an_unknown_route_is_a_problem(shared_desk: Desk) -> None:
    found = problem(shared_desk.get("/v1/fines"), 404, "not_found")
    assert found["detail"] == "There is no path /v1/fines; GET /openapi.json lists every path there is."


def test_a_path_that_lost_its_id_is_not_the_list(shared_desk: Desk) -> None:
    found = problem(shared_desk.get("/v1/orders/"), 404, "not_found")
    assert found["detail"] == "There is no path /v1/orders/; GET /openapi.json lists every path there is."


def test_a_thing_that_is_not_there_is_a_problem(shared_desk: Desk) -> None:
    found = problem(shared_desk.get("/v1/orders/x"), 404, "not_found")
    assert found["detail"] == "There is no order 'x'; GET /v1/orders?case= lists those of a case."


LISTED = {
    "/v1/cases/x": "/v1/cases",
    "/v1/penalty-clauses/x": "/v1/penalty-clauses?case=",
    "/v1/access-requests/x": "/v1/access-requests?case=",
    "/v1/webhook-endpoints/x": "/v1/webhook-endpoints",
    "/v1/machines/x": "/v1/machines",
    "/v1/regimes/x": "/v1/regimes",
}


@pytest.mark.parametrize("path", LISTED)
def test_what_is_not_there_is_listed_somewhere(shared_desk: Desk, path: str) -> None:
    said = problem(shared_desk.get(path), 404, "not_found")["detail"]
    listed = LISTED[path]
    assert f"; GET {listed} lists " in said
    assert shared_desk.get(listed.partition("?")[0]).status_code in (200, 422)  # 422: of which case?


@pytest.mark.parametrize("id", ["authority", "%00", "%ED%A0%80", "ö", "x" * 5000, "'--"])
def test_an_id_that_cannot_be_one_is_not_found(shared_desk: Desk, id: str) -> None:
    for path in (f"/v1/cases/{id}", f"/v1/orders/{id}"):
        problem(shared_desk.get(path), 404, "not_found")
        problem(shared_desk.post(f"{path}/transitions", {"trigger": "remind"}), 404, "not_found")


def test_a_wrong_method_is_a_problem_and_names_the_right_one(shared_desk: Desk) -> None:
    answer = shared_desk.client.delete("/v1/cases", headers=shared_desk.key(Role.CASE_OFFICER))
    assert problem(answer, 405, "method_not_allowed")["detail"] == "/v1/cases takes GET and POST, not DELETE."
    assert answer.headers["allow"] == "GET, POST"


@pytest.fixture
def small_desk(engine: Engine) -> Iterator[Desk]:
    """A desk that takes bodies of up to 2,000 bytes."""
    with opened(engine, Options(check_url=allow_all, vault=VAULT, largest_body=2000)) as desk:
        yield desk


def test_a_body_that_is_too_large_is_a_problem(small_desk: Desk) -> None:
    body = CASE | {"parties": [{"name": "x" * 3000}]}
    small_desk.key(Role.CASE_OFFICER)
    with nothing_written(small_desk):
        problem(small_desk.post("/v1/cases", body), 413, "body_too_large")

        def in_pieces() -> Iterator[bytes]:
            yield from [b"x" * 1000] * 3

        headers = small_desk.key(Role.CASE_OFFICER) | {"content-type": "application/json"}
        answer = small_desk.client.post("/v1/cases", content=in_pieces(), headers=headers)
        problem(answer, 413, "body_too_large")


NOT_JSON = {
    "half of it": b'{"trigger": "remi',
    "nothing": b"",
    "no UTF-8": b'{"trigger": "\xff"}',
    "brackets without end": b"[" * 100_000,
    "a number without end": b'{"trigger": ' + b"9" * 5000 + b"}",
    "a list": b"[]",
    "half a character": b'{"trigger": "\\ud800", "\\ud800": 1}',
    "half a character in data": b'{"trigger": "accept_compliance", "data": {"\\ud800": "\\ud800"}}',
    "half a character as data of a trigger that takes none": b'{"trigger": "submit", "data": {"\\ud800": 1}}',
    "a NaN": b'{"trigger": "accept_compliance", "data": {"complied_on": NaN}}',
}


@pytest.mark.parametrize("what", NOT_JSON)
def test_a_body_that_is_no_json_of_ours_is_a_problem(shared_desk: Desk, order: str, decision: str, what: str) -> None:
    path = decision if b"submit" in NOT_JSON[what] else order
    headers = {"content-type": "application/json", "If-Match": '"1"'}
    headers |= shared_desk.key((Role.CASE_OFFICER, Role.HEAD_OF_ENFORCEMENT))
    with nothing_written(shared_desk):
        answer = shared_desk.client.post(path, content=NOT_JSON[what], headers=headers)
    assert problem(answer, 422, "invalid_request")["errors"]


@pytest.fixture(scope="module")
def decision(shared_desk: Desk) -> str:
    return f"/v1/decisions/{shared_desk.draft()['id']}/transitions"


@pytest.fixture(scope="module")
def order(shared_desk: Desk, decision: str) -> str:
    (order, *_) = shared_desk.get("/v1/orders").json()["items"]
    return f"/v1/orders/{order['id']}/transitions"


def test_a_body_of_another_type_than_json_is_a_problem(shared_desk: Desk) -> None:
    headers = shared_desk.key(Role.CASE_OFFICER) | {"content-type": "text/plain"}
    answer = shared_desk.client.post("/v1/cases", content=b"{}", headers=headers)
    found = errors_of(problem(answer, 422, "invalid_request"))
    assert found == {"/": "a JSON object (content-type: application/json), not '{}'"}


def test_what_nobody_expected_is_a_500_that_hides_its_inside(
    shared_desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: Any) -> None:
        raise RuntimeError("the secret of the inside")

    monkeypatch.setattr("api.v1.cases.journal_view", fail)
    id = shared_desk.get("/v1/cases").json()["items"][0]["id"]
    answer = shared_desk.get(f"/v1/cases/{id}/journal")
    problem(answer, 500, "internal_error")
    assert "secret" not in answer.text
    assert "the secret of the inside" in caplog.text


def test_a_failing_write_is_a_500_and_writes_nothing(shared_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> None:
        raise RuntimeError("the secret of the inside")

    monkeypatch.setattr("workflow.use_cases.acting.open_case.decide", fail)
    with nothing_written(shared_desk):
        answer = shared_desk.post("/v1/cases", CASE | {"reference": "NEW-1"})
    problem(answer, 500, "internal_error")
    assert "secret" not in answer.text


def busy(_uow: UnitOfWork, _command: Any, _actor: Any) -> None:
    raise StoreBusy("database is locked")


@pytest.mark.parametrize("use_case", ["cases.open_case", "decisions.draft_decision"])
def test_a_busy_database_is_a_503_that_says_when_to_come_again(
    shared_desk: Desk, monkeypatch: pytest.MonkeyPatch, use_case: str
) -> None:
    case = shared_desk.open_case(reference=f"BUSY-{use_case.partition('.')[0]}")["id"]
    monkeypatch.setattr(f"api.v1.{use_case}", busy)
    cases = use_case.startswith("cases")
    body = CASE if cases else {"case": case, **a_draft()}
    answer = shared_desk.post("/v1/cases" if cases else "/v1/decisions", body)
    problem(answer, 503, "store_busy")
    assert answer.headers["retry-after"] == "1"


def test_a_busy_database_refuses_each_item_of_a_bulk(
    shared_desk: Desk, monkeypatch: pytest.MonkeyPatch, order: str
) -> None:
    monkeypatch.setattr("api.v1.bulk.advance", busy)
    item = {"subject": {"kind": "order", "id": order.split("/")[3]}, "trigger": "remind", "step": "x"}
    answer = shared_desk.post("/v1/transitions", {"items": [item, item]}, Role.SCHEDULER)
    assert [each["problem"]["code"] for each in answer.json()["results"]] == ["store_busy"] * 2


def test_a_database_that_is_away_is_a_503_for_readers_too(shared_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: Any) -> None:
        raise OperationalError("SELECT", {}, Exception("server closed"))

    monkeypatch.setattr("api.v1.cases.read_case", away)
    id = shared_desk.get("/v1/cases").json()["items"][0]["id"]
    answer = shared_desk.get(f"/v1/cases/{id}/journal")
    problem(answer, 503, "store_busy")
    assert answer.headers["retry-after"] == "1"
    assert "SELECT" not in answer.text


def test_a_closed_writer_is_a_503(engine: Engine) -> None:
    with opened(engine, Options(check_url=allow_all, vault=VAULT)) as desk:
        desk.key(Role.CASE_OFFICER)
        desk.writer.close()
        problem(desk.post("/v1/cases", CASE), 503, "store_busy")


def test_a_process_that_cannot_serve_says_so(shared_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: Any) -> None:
        raise OperationalError("SELECT", {}, Exception("server closed"))

    assert shared_desk.client.get("/health/ready").json() == {"status": "ok"}
    monkeypatch.setattr("api.health.select", away)
    answer = shared_desk.client.get("/health/ready")
    problem(answer, 503, "not_ready")
    assert answer.headers["retry-after"] == "1"
    assert shared_desk.client.get("/health/live").json() == {"status": "ok"}


LISTS = [
    "cases",
    "decisions",
    "orders",
    "penalty-clauses",
    "penalty-decisions",
    "webhook-endpoints",
    "deliveries",
    "due",
]


@pytest.mark.parametrize("path", LISTS)
def test_a_list_refuses_a_filter_it_does_not_know(shared_desk: Desk, path: str) -> None:
    query = {"case": "x"} if path in {"webhook-endpoints", "deliveries"} else {}
    found = problem(shared_desk.get(f"/v1/{path}", params={"stat": "open", **query}), 422, "invalid_request")
    assert found["errors"][0]["path"] == "/query/stat"


@pytest.mark.parametrize("query", ["limit=0", "limit=501", "state=opened", "reference=%00", "reference=a&regime=%0A"])
def test_a_list_refuses_a_value_that_cannot_be(shared_desk: Desk, query: str) -> None:
    problem(shared_desk.get(f"/v1/cases?{query}"), 422, "invalid_request")


@pytest.mark.parametrize(
    "cursor", ["x", "é", "MjAyMi0wMS0wMVQwMDowMDowMCswMDowMH4A", "MDAwMS0wMS0wMVQwMDowMDowMCsxNDowMH4x", "A" * 201]
)
def test_a_cursor_that_is_none_is_refused(shared_desk: Desk, cursor: str) -> None:
    found = problem(shared_desk.get("/v1/due", params={"cursor": cursor}), 422, "invalid_request")
    assert found["errors"][0]["path"] == "/query/cursor"
