"""Webhooks through the API: an endpoint, its secret once, signed messages in sequence, and what becomes of each."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from standardwebhooks import Webhook, WebhookVerificationError

from api.state import Options
from tests.api.conftest import VAULT, Desk, opened
from tests.api.counsel import URL, lease, report, served_events
from tests.api.refusals import errors_of, problem, refused
from workflow.lifecycle.vocabulary import Role

OFFICER, SCHEDULER = Role.CASE_OFFICER, Role.SCHEDULER


def only_counsel(url: str) -> None:
    """A check of addresses that knows one host."""
    if not url.startswith("https://counsel.example/"):
        raise ValueError("only https is permitted")


@pytest.fixture
def desk(engine: Engine) -> Iterator[Desk]:
    """A desk that lets deliveries go to counsel.example alone."""
    with opened(engine, Options(check_url=only_counsel, vault=VAULT)) as desk:
        yield desk


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """The machine's clock, which this moves on by seconds; it stands still otherwise."""
    at = datetime.now(UTC)
    monkeypatch.setattr("workflow.store.writer.machine_now", lambda: at)

    def move(seconds: float) -> None:
        nonlocal at
        at += timedelta(seconds=seconds)

    return move


def register(desk: Desk, case: str, **members: Any) -> dict[str, Any]:
    """An endpoint that has answered its ping."""
    answer = desk.post("/v1/webhook-endpoints", {"case": case, "party": 1, "url": URL} | members)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    (ping,) = lease(desk)
    assert json.loads(ping["body"])["type"] == "endpoint.ping"
    assert report(desk, (ping, "delivered")) == ["recorded"]
    return made


def of_service(desk: Desk, decision: dict[str, Any]) -> int:
    """How many messages the service of a decision makes."""
    return len(served_events(desk, decision["case"]["id"]))


def served(desk: Desk) -> tuple[dict[str, Any], dict[str, Any]]:
    """The decision served, with an endpoint registered before, and that endpoint."""
    path = f"/v1/decisions/{desk.adopt()['id']}"
    endpoint = register(desk, desk.get(path).json()["case"]["id"])
    desk.clock.jump("2022-10-19")
    data = {"addressee": 1, "served_on": "2022-10-19", "channel": "registered_letter"}
    decision = desk.pull(path, "record_service", Role.REGISTRAR, data=data)
    return decision.json(), endpoint


def deliveries(desk: Desk, decision: dict[str, Any]) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = desk.get(f"/v1/deliveries?case={decision['case']['id']}").json()["items"]
    return [each for each in items if each["type"] != "endpoint.ping"]


def test_the_secret_is_shown_once(desk: Desk) -> None:
    case = desk.open_case()["id"]
    made = register(desk, case)
    assert made["secret"].startswith("whsec_")
    assert (made["state"], made["active"]) == ("pending", False)
    answer = desk.get("/v1/webhook-endpoints", params={"case": case})
    (listed,) = answer.json()["items"]
    assert (listed["id"], listed["url"], listed["last_sequence"]) == (made["id"], URL, 0)
    assert (listed["state"], listed["active"]) == ("active", True)
    assert made["secret"] not in answer.text
    assert "secret" not in listed


REFUSED: dict[str, tuple[dict[str, Any], Role, int, str, str]] = {
    "a party that is not in the case": ({"party": 3}, OFFICER, 422, "invalid_request", "/party"),
    "an address that may not be called": ({"url": "http://10.0.0.1/"}, OFFICER, 422, "invalid_request", "/url"),
    "a misspelt member": ({"uri": "x"}, OFFICER, 422, "invalid_request", "/uri"),
    "a party that nobody represents": ({"party": 2}, OFFICER, 409, "guard_refused", ""),
    "a registrar": ({}, Role.REGISTRAR, 403, "role_not_permitted", ""),
    "the scheduler": ({}, SCHEDULER, 403, "role_not_permitted", ""),
}


@pytest.mark.parametrize("what", REFUSED)
def test_an_endpoint_is_refused_for(desk: Desk, what: str) -> None:
    members, role, status, code, path = REFUSED[what]
    case = desk.open_case(parties=[{"name": "One"}, {"name": "Two"}])["id"]
    body = {"case": case, "party": 1, "url": URL} | members
    found = refused(desk, "/v1/webhook-endpoints", body, role, status=status, code=code)
    assert "secret" not in json.dumps(found)
    if path:
        assert path in errors_of(found)
    elif status == 409:
        assert (found["guard"], found["who"]) == ("party_is_represented", ["case_officer"])


def test_a_lease_hands_out_messages_signed_for_this_moment(desk: Desk) -> None:
    decision, endpoint = served(desk)
    leased = lease(desk)
    assert len(leased) == of_service(desk, decision)
    webhook = Webhook(endpoint["secret"])
    for message in leased:
        assert message["url"] == URL
        body: Any = webhook.verify(message["body"], message["headers"])
        assert body == json.loads(message["body"])
        assert message["headers"]["webhook-id"] == message["id"]
        assert message["deadline_s"] == 15
    with pytest.raises(WebhookVerificationError):
        webhook.verify(leased[0]["body"].replace("2022", "2023"), leased[0]["headers"])
    assert lease(desk) == []


def test_counsel_learns_of_what_is_served_and_of_nothing_else_in_gap_free_sequence(desk: Desk) -> None:
    decision, _ = served(desk)
    for day in ("2022-11-19", "2022-12-12", "2022-12-18", "2022-12-20", "2023-02-10"):
        desk.clock.jump(day)
        desk.sweep()
    desk.accept_compliance(f"/v1/orders/{decision['orders'][2]['id']}", "2023-02-01")
    bodies = []
    while leased := lease(desk):  # eight at a time
        bodies += [json.loads(message["body"]) for message in leased]
        report(desk, *((message, "delivered") for message in leased))
    journal = desk.get(f"/v1/cases/{decision['case']['id']}/journal").json()["items"]
    told = [event for event in journal if event["audience"] == "served"]
    sent = sorted((body["data"]["sequence"], body["type"]) for body in bodies)
    assert sent == list(enumerate((event["type"] for event in told), start=1))
    assert len(sent) == len(told) > 16
    assert {body["data"]["legal_effect"] for body in bodies} == {"none"}
    internal = {event["type"] for event in journal if event["audience"] == "internal"}
    assert "penalty_decision.proposed" in internal
    assert internal.isdisjoint({body["type"] for body in bodies})
    messages = deliveries(desk, decision)
    assert [message["event"] for message in messages] == [event["id"] for event in told]


def test_what_happened_before_an_endpoint_was_registered_is_not_sent_to_it(desk: Desk) -> None:
    decision = desk.serve()
    register(desk, decision["case"]["id"])
    assert lease(desk) == []


def test_a_report_is_recorded_once_and_a_report_of_an_old_lease_is_stale(
    desk: Desk, later: Callable[[float], None]
) -> None:
    decision, _ = served(desk)
    (first,) = lease(desk, limit=1)
    assert report(desk, (first, "failed")) == ["recorded"]
    assert report(desk, (first, "failed")) == ["stale"]
    later(6)
    again = next(each for each in lease(desk) if each["id"] == first["id"])
    assert (again["lease"] == first["lease"], again["headers"]["webhook-id"]) == (False, first["id"])
    assert report(desk, (first, "failed")) == ["stale"]
    assert report(desk, ({"id": "msg_no", "lease": "x"}, "delivered")) == ["stale"]
    states = {each["id"]: each["state"] for each in deliveries(desk, decision)}
    assert states[first["id"]] == "pending"


def test_delivered_always_wins(desk: Desk, later: Callable[[float], None]) -> None:
    decision, _ = served(desk)
    first, second, third, *_ = lease(desk)
    later(61)
    again = {each["id"]: each for each in lease(desk)}
    assert report(desk, (first, "delivered")) == ["recorded"]
    assert report(desk, (again[first["id"]], "failed")) == ["stale"]
    assert report(desk, (again[second["id"]], "failed"), (second, "delivered")) == ["recorded", "recorded"]
    assert report(desk, (third, "delivered"), (again[third["id"]], "failed")) == ["recorded", "stale"]
    states = {each["id"]: each["state"] for each in deliveries(desk, decision)}
    assert {states[each["id"]] for each in (first, second, third)} == {"delivered"}


def test_a_message_is_tried_again_for_days_and_then_has_failed(desk: Desk, later: Callable[[float], None]) -> None:
    decision, _ = served(desk)
    (message,) = lease(desk, limit=1)
    others = lease(desk)
    report(desk, *((each, "delivered") for each in others))
    for wait in (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400):
        assert report(desk, (message, "failed"), status=500, error="answered\x00 500") == ["recorded"]
        later(wait - 0.5)
        assert lease(desk) == []
        later(wait * 0.1 + 0.5)
        (message,) = lease(desk)
    report(desk, (message, "failed"))
    (left,) = [each for each in deliveries(desk, decision) if each["state"] != "delivered"]
    assert (left["id"], left["state"], left["attempts"]) == (message["id"], "failed", 10)
    later(10**6)
    assert lease(desk) == []
    assert report(desk, (message, "delivered")) == ["recorded"]


@pytest.mark.parametrize(("asked", "waits"), [(3600, 3600), (1, 5), (86_400, 86_400)])
def test_a_receiver_that_asks_for_time_is_given_it(
    desk: Desk, later: Callable[[float], None], asked: int, waits: int
) -> None:
    served(desk)
    (message,) = lease(desk, limit=1)
    report(desk, *((each, "delivered") for each in lease(desk)))
    report(desk, (message, "failed"), status=429, retry_after_s=asked)
    later(waits - 0.5)
    assert lease(desk) == []
    later(1.5)
    assert len(lease(desk)) == 1


def test_the_wait_is_spread_by_jitter(desk: Desk) -> None:
    decision, _ = served(desk)
    leased = lease(desk)
    report(desk, *((each, "failed") for each in leased))
    assert len({each["next_attempt_at"] for each in deliveries(desk, decision)}) == of_service(desk, decision)


def test_what_was_never_begun_uses_up_no_attempt(desk: Desk, later: Callable[[float], None]) -> None:
    decision, _ = served(desk)
    for _ in range(6):
        leased = lease(desk)
        assert len(leased) == of_service(desk, decision)
        report(desk, *((each, "unsent") for each in leased))
    assert {each["state"] for each in deliveries(desk, decision)} == {"pending"}
    leased = lease(desk)
    report(desk, *((each, "failed") for each in leased))
    later(6)
    assert len(lease(desk)) == 1  # it failed often enough to be asked one at a time


@pytest.mark.parametrize("limit", [0, 101, "1", 1.5])
def test_a_lease_of_another_number_than_1_to_100_is_refused(desk: Desk, limit: Any) -> None:
    found = problem(desk.post("/v1/deliveries/lease", {"limit": limit}, SCHEDULER), 422, "invalid_request")
    assert set(errors_of(found)) == {"/limit"}
