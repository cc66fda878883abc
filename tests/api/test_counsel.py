"""Counsel on record: what they are told, from where they please, and nothing of anybody else."""

import json
import threading
import time
from typing import Any

import pytest

from tests.api.conftest import Desk
from tests.api.counsel import URL, Counsel, lease, report, served_events
from tests.api.refusals import nothing_written, problem
from tests.api.test_access import COUNSELS, INSIDE, a_body, routes_of, url
from workflow.lifecycle.door.events import SERVED
from workflow.lifecycle.vocabulary import Role
from workflow.use_cases.accounts.keys import CONSOLE, find_keys, revoke_key
from workflow.use_cases.accounts.representation import NotOnRecord, find_party
from workflow.use_cases.webhooks.models import data_model


@pytest.fixture
def case(desk: Desk) -> str:
    """A case whose decision is adopted and not served yet."""
    id: str = desk.adopt()["case"]["id"]
    return id


def serve(desk: Desk, case: str) -> dict[str, Any]:
    (decision,) = desk.get("/v1/decisions", params={"case": case}).json()["items"]
    desk.clock.jump("2022-10-19")
    data = {"addressee": 1, "served_on": "2022-10-19", "channel": "registered_letter"}
    served = desk.pull(f"/v1/decisions/{decision['id']}", "record_service", Role.REGISTRAR, data=data)
    assert served.status_code == 200, served.text
    made: dict[str, Any] = served.json()
    return made


def test_counsel_pulls_what_is_served_and_nothing_else(desk: Desk, case: str) -> None:
    counsel = Counsel(desk, "Counsel of One").represent(case)
    assert counsel.events() == []  # drafted, reviewed and adopted: nothing of it is theirs to know
    serve(desk, case)
    for day in ("2022-12-12", "2022-12-20", "2023-02-10"):
        desk.clock.jump(day)
        desk.sweep()
    items = counsel.events()
    assert items[0]["type"] == "decision.served"
    assert [each["id"] for each in items] == served_events(desk, case)
    assert {each["type"] for each in items} <= set(SERVED)
    positions = [each["position"] for each in items]
    assert positions == sorted(set(positions))
    for each in items:
        data_model(SERVED[each["type"]], pulled=True).model_validate_json(json.dumps(each["data"]))
    assert all(each["data"]["event"] == each["id"] and "sequence" not in each["data"] for each in items)


def test_pages_meet_without_a_gap_or_a_repeat(desk: Desk, case: str) -> None:
    counsel = Counsel(desk, "Counsel").represent(case)
    serve(desk, case)
    everything = counsel.events()
    found: list[dict[str, Any]] = []
    after, more = 0, True
    while more:
        page = counsel.get("/v1/events", after=after, limit=2).json()
        found += page["items"]
        after, more = page["position"], page["truncated"]
    assert found == everything
    assert counsel.get("/v1/events", after=after).json() == {"items": [], "position": after, "truncated": False}
    assert [each["type"] for each in counsel.events(type="decision.served")] == ["decision.served"]
    problem(counsel.get("/v1/events", type="decision.adopted"), 422, "invalid_request")


def test_a_wait_ends_with_the_next_notice(desk: Desk, case: str) -> None:
    counsel = Counsel(desk, "Counsel").represent(case)
    answers: list[Any] = []
    waiting = threading.Thread(target=lambda: answers.append(counsel.get("/v1/events", wait=20).json()))
    began = time.monotonic()
    waiting.start()
    time.sleep(0.6)
    assert answers == []
    serve(desk, case)
    waiting.join()
    assert time.monotonic() - began < 15
    assert answers[0]["items"][0]["type"] == "decision.served"
    began = time.monotonic()
    assert counsel.get("/v1/events", wait=1, after=answers[0]["position"]).json()["items"] == []
    assert 0.9 < time.monotonic() - began < 5


def test_a_key_revoked_during_a_wait_gets_nothing(desk: Desk, case: str) -> None:
    counsel = Counsel(desk, "Counsel").represent(case)
    answers: list[Any] = []
    waiting = threading.Thread(target=lambda: answers.append(counsel.get("/v1/events", wait=20)))
    waiting.start()
    time.sleep(0.6)
    with desk.writer.engine.connect() as connection:
        (key,) = [each for each in find_keys(connection) if each.name == "Counsel"]
    desk.writer.run(revoke_key, key.id, CONSOLE)
    serve(desk, case)
    waiting.join()
    problem(answers[0], 401, "not_authenticated")


def test_a_party_is_told_of_its_own_things_alone(desk: Desk) -> None:
    first = Counsel(desk, "First")
    other = Counsel(desk, "Other")
    decision = desk.serve()
    case = decision["case"]["id"]
    first.represent(case, 1)
    other.represent(case, 2)
    assert [each["id"] for each in first.events()] == served_events(desk, case)
    assert other.events() == []
    both = Counsel(desk, "Both").represent(case, 1).represent(case, 2)
    assert both.events() == first.events()


def test_who_is_on_record_for_nobody_finds_nothing(desk: Desk) -> None:
    case = desk.serve()["case"]["id"]
    stranger = Counsel(desk, "Stranger")
    officers = desk.post("/v1/webhook-endpoints", {"case": case, "party": 1, "url": URL}).json()
    assert stranger.events() == []
    for path in ("/v1/events", "/v1/webhook-endpoints", "/v1/deliveries"):
        problem(stranger.get(path, case=case), 404, "not_found")
    problem(stranger.get("/v1/deliveries", endpoint=officers["id"]), 404, "not_found")
    problem(stranger.get(f"/v1/webhook-endpoints/{officers['id']}"), 404, "not_found")
    body = {"case": case, "party": 1, "url": URL}
    with nothing_written(desk):
        problem(stranger.ask("POST", "/v1/webhook-endpoints", body), 404, "not_found")
        problem(stranger.ask("POST", "/v1/feeds", {"case": case}), 404, "not_found")
        for act in ("pause", "resume", "ping"):
            problem(stranger.ask("POST", f"/v1/webhook-endpoints/{officers['id']}/{act}"), 404, "not_found")


def test_counsel_on_record_writes_nothing_and_reads_nothing_of_the_inside(shared_desk: Desk) -> None:
    decision = shared_desk.serve(in_case="X-1")
    case = decision["case"]["id"]
    counsel = Counsel(shared_desk, "Walker").represent(case)
    shared_desk.clock.jump("2023-02-10")
    proposed = shared_desk.sweep()[-1]["subject"]["id"]
    things = {
        "/v1/cases": case,
        "/v1/decisions": decision["id"],
        "/v1/orders": decision["orders"][0]["id"],
        "/v1/penalty-clauses": decision["clauses"][0]["id"],
        "/v1/penalty-decisions": proposed,
        "{sha256}": "0" * 64,
    }
    own = (*COUNSELS, "/health/", "/v1/calculations/", "/v1/regimes", "/v1/machines", "/feeds/")
    for route in routes_of(shared_desk):
        path = url(route.path, things)
        for method in route.methods or ():
            if path.startswith(own) and not path.startswith(("/v1/deliveries/lease", "/v1/deliveries/report")):
                continue
            if (path, method) == ("/v1/filings", "POST"):  # by a form: tests/api/test_new_filing.py
                continue
            body = a_body(path, things) if method == "POST" and not path.startswith("/v1/webhook") else None
            with nothing_written(shared_desk):
                answer = counsel.ask(method, path, body)
            if path == "/v1/transitions" and answer.status_code == 200:
                (result,) = answer.json()["results"]
                assert result["outcome"] == "refused"
                continue
            if method == "GET" and not path.endswith(INSIDE):
                hidden = proposed in path or "x" in path.split("/") or "{sha256}" in route.path
                assert answer.status_code == (404 if hidden else 200), (path, answer.text)
            else:
                assert answer.status_code in {403, 404}, (method, path, answer.text)


def test_counsel_registers_for_the_party_they_are_on_record_for(desk: Desk, case: str) -> None:
    counsel = Counsel(desk, "Counsel").represent(case, 2)
    refused = problem(
        counsel.ask("POST", "/v1/webhook-endpoints", {"case": case, "party": 1, "url": URL}), 422, "invalid_request"
    )
    assert refused["errors"][0] == {"path": "/party", "problem": "you are on record for party 2"}
    made = counsel.register(case, party=2)
    assert made["state"] == "pending"
    (listed,) = counsel.get("/v1/webhook-endpoints").json()["items"]
    assert (listed["id"], listed["state"]) == (made["id"], "active")
    assert "secret" not in listed


def test_counsel_reads_their_deliveries_without_what_went_wrong_inside(desk: Desk, case: str) -> None:
    counsel = Counsel(desk, "Counsel").represent(case)
    made = counsel.register(case)
    serve(desk, case)
    taken = lease(desk)
    report(desk, *((each, "failed") for each in taken), status=500, error="10.0.0.1 is not public")
    answer = counsel.get("/v1/deliveries", endpoint=made["id"])
    assert "10.0.0.1" not in answer.text
    ping, *items = answer.json()["items"]
    assert (ping["type"], ping["sequence"], ping["state"]) == ("endpoint.ping", None, "delivered")
    last = len(served_events(desk, case))
    assert [each["sequence"] for each in items] == list(range(1, last + 1))
    (attempt,) = items[0]["log"]
    assert (attempt["outcome"], attempt["status"], attempt["took_ms"]) == ("failed", 500, 12)
    (later,) = counsel.get("/v1/deliveries", endpoint=made["id"], after=last - 1).json()["items"]
    assert later["sequence"] == last
    staff = desk.get("/v1/deliveries", params={"endpoint": made["id"]})
    assert "10.0.0.1" in staff.text


def test_when_the_mandate_ends_everything_ends(desk: Desk, case: str) -> None:
    counsel = Counsel(desk, "Counsel").represent(case)
    made = counsel.register(case)
    feed = counsel.ask("POST", "/v1/feeds", {"case": case}).json()["path"]
    serve(desk, case)
    assert desk.client.get(feed).status_code == 200
    counsel.leave(case)
    assert counsel.events() == []
    problem(desk.client.get(feed), 404, "not_found")
    problem(counsel.get(f"/v1/webhook-endpoints/{made['id']}"), 404, "not_found")
    assert lease(desk) == []
    staff = desk.get(f"/v1/webhook-endpoints/{made['id']}").json()
    assert staff["state"] == "removed"
    with pytest.raises(NotOnRecord, match="is not on record"):
        counsel.leave(case)
    counsel.represent(case)
    assert [each["id"] for each in counsel.events()] == served_events(desk, case)


def test_staff_name_the_case_and_see_the_notices_of_every_party(desk: Desk, case: str) -> None:
    serve(desk, case)
    problem(desk.get("/v1/events"), 422, "invalid_request")
    items = desk.get("/v1/events", Role.AUDITOR, params={"case": case}).json()["items"]
    assert [each["id"] for each in items] == served_events(desk, case)
    problem(desk.get("/v1/events", params={"case": "x"}), 404, "not_found")
    problem(desk.get("/v1/events", Role.SCHEDULER), 403, "role_not_permitted")


def test_a_party_is_named_by_the_reference_of_its_case_and_its_number(desk: Desk, case: str) -> None:
    with desk.writer.engine.connect() as connection:
        assert find_party(connection, "SAN-2022-019/2") == (case, 2)
        for wrong in ("SAN-2022-019", "SAN-2022-019/x", "NONE/1", "/1", ""):
            with pytest.raises(NotOnRecord, match="names no party"):
                find_party(connection, wrong)
    with pytest.raises(NotOnRecord, match="no party 9"):
        Counsel(desk, "Counsel").represent(case, 9)
