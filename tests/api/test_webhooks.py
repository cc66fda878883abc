"""Webhooks through the API: an endpoint, its secret once, signed messages in sequence, and what becomes of each."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from tests.api.conftest import Desk
from tests.api.counsel import URL, lease, report, served_events
from tests.api.refusals import errors_of, problem, refused
from workflow.lifecycle.vocabulary import Role

OFFICER, SCHEDULER = Role.CASE_OFFICER, Role.SCHEDULER


def register(guarded: Desk, case: str, **members: Any) -> dict[str, Any]:
    """An endpoint that has answered its ping."""
    answer = guarded.post("/v1/webhook-endpoints", {"case": case, "party": 1, "url": URL} | members)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    (ping,) = lease(guarded)
    assert json.loads(ping["body"])["type"] == "endpoint.ping"
    assert report(guarded, (ping, "delivered")) == ["recorded"]
    return made


def of_service(guarded: Desk, decision: dict[str, Any]) -> int:
    """How many messages the service of a decision makes."""
    return len(served_events(guarded, decision["case"]["id"]))


def served(guarded: Desk) -> tuple[dict[str, Any], dict[str, Any]]:
    """The decision served, with an endpoint registered before, and that endpoint."""
    path = f"/v1/decisions/{guarded.adopt()['id']}"
    endpoint = register(guarded, guarded.get(path).json()["case"]["id"])
    guarded.clock.jump("2022-10-19")
    data = {"addressee": 1, "served_on": "2022-10-19", "channel": "registered_letter"}
    decision = guarded.pull(path, "record_service", Role.REGISTRAR, data=data)
    return decision.json(), endpoint


def deliveries(guarded: Desk, decision: dict[str, Any]) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = guarded.get(f"/v1/deliveries?case={decision['case']['id']}").json()["items"]
    return [each for each in items if each["type"] != "endpoint.ping"]


def test_the_secret_is_shown_once(guarded: Desk) -> None:
    case = guarded.open_case()["id"]
    made = register(guarded, case)
    assert made["secret"].startswith("whsec_")
    assert (made["state"], made["active"]) == ("pending", False)
    answer = guarded.get("/v1/webhook-endpoints", params={"case": case})
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
def test_an_endpoint_is_refused_for(guarded: Desk, what: str) -> None:
    members, role, status, code, path = REFUSED[what]
    case = guarded.open_case(parties=[{"name": "One"}, {"name": "Two"}])["id"]
    body = {"case": case, "party": 1, "url": URL} | members
    found = refused(guarded, "/v1/webhook-endpoints", body, role, status=status, code=code)
    assert "secret" not in json.dumps(found)
    if path:
        assert path in errors_of(found)
    elif status == 409:
        assert (found["guard"], found["who"]) == ("party_is_represented", ["case_officer"])


def test_a_lease_hands_out_messages_signed_for_this_moment(guarded: Desk) -> None:
    decision, endpoint = served(guarded)
    leased = lease(guarded)
    assert len(leased) == of_service(guarded, decision)
    webhook = Webhook(endpoint["secret"])
    for message in leased:
        assert message["url"] == URL
        body: Any = webhook.verify(message["body"], message["headers"])
        assert body == json.loads(message["body"])
        assert message["headers"]["webhook-id"] == message["id"]
        assert message["deadline_s"] == 15
    with pytest.raises(WebhookVerificationError):
        webhook.verify(leased[0]["body"].replace("2022", "2023"), leased[0]["headers"])
    assert lease(guarded) == []


def test_counsel_learns_of_what_is_served_and_of_nothing_else_in_gap_free_sequence(guarded: Desk) -> None:
    decision, _ = served(guarded)
    for day in ("2022-11-19", "2022-12-12", "2022-12-18", "2022-12-20", "2023-02-10"):
        guarded.clock.jump(day)
        guarded.sweep()
    guarded.accept_compliance(f"/v1/orders/{decision['orders'][2]['id']}", "2023-02-01")
    bodies = []
    while leased := lease(guarded):  # eight at a time
        bodies += [json.loads(message["body"]) for message in leased]
        report(guarded, *((message, "delivered") for message in leased))
    journal = guarded.get(f"/v1/cases/{decision['case']['id']}/journal").json()["items"]
    told = [event for event in journal if event["audience"] == "served"]
    sent = sorted((body["data"]["sequence"], body["type"]) for body in bodies)
    assert sent == list(enumerate((event["type"] for event in told), start=1))
    assert len(sent) == len(told) > 16
    assert {body["data"]["legal_effect"] for body in bodies} == {"none"}
    internal = {event["type"] for event in journal if event["audience"] == "internal"}
    assert "penalty_decision.proposed" in internal
    assert internal.isdisjoint({body["type"] for body in bodies})
    messages = deliveries(guarded, decision)
    assert [message["event"] for message in messages] == [event["id"] for event in told]


def test_what_happened_before_an_endpoint_was_registered_is_not_sent_to_it(guarded: Desk) -> None:
    decision = guarded.serve()
    register(guarded, decision["case"]["id"])
    assert lease(guarded) == []


def test_a_report_is_recorded_once_and_a_report_of_an_old_lease_is_stale(
    guarded: Desk, later: Callable[[float], None]
) -> None:
    decision, _ = served(guarded)
    (first,) = lease(guarded, limit=1)
    assert report(guarded, (first, "failed")) == ["recorded"]
    assert report(guarded, (first, "failed")) == ["stale"]
    later(6)
    again = next(each for each in lease(guarded) if each["id"] == first["id"])
    assert (again["lease"] == first["lease"], again["headers"]["webhook-id"]) == (False, first["id"])
    assert report(guarded, (first, "failed")) == ["stale"]
    assert report(guarded, ({"id": "msg_no", "lease": "x"}, "delivered")) == ["stale"]
    states = {each["id"]: each["state"] for each in deliveries(guarded, decision)}
    assert states[first["id"]] == "pending"


def test_delivered_always_wins(guarded: Desk, later: Callable[[float], None]) -> None:
    decision, _ = served(guarded)
    first, second, third, *_ = lease(guarded)
    later(61)
    again = {each["id"]: each for each in lease(guarded)}
    assert report(guarded, (first, "delivered")) == ["recorded"]
    assert report(guarded, (again[first["id"]], "failed")) == ["stale"]
    assert report(guarded, (again[second["id"]], "failed"), (second, "delivered")) == ["recorded", "recorded"]
    assert report(guarded, (third, "delivered"), (again[third["id"]], "failed")) == ["recorded", "stale"]
    states = {each["id"]: each["state"] for each in deliveries(guarded, decision)}
    assert {states[each["id"]] for each in (first, second, third)} == {"delivered"}


def test_a_message_is_tried_again_for_days_and_then_has_failed(guarded: Desk, later: Callable[[float], None]) -> None:
    decision, _ = served(guarded)
    (message,) = lease(guarded, limit=1)
    others = lease(guarded)
    report(guarded, *((each, "delivered") for each in others))
    for wait in (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400):
        assert report(guarded, (message, "failed"), status=500, error="answered\x00 500") == ["recorded"]
        later(wait - 0.5)
        assert lease(guarded) == []
        later(wait * 0.1 + 0.5)
        (message,) = lease(guarded)
    report(guarded, (message, "failed"))
    (left,) = [each for each in deliveries(guarded, decision) if each["state"] != "delivered"]
    assert (left["id"], left["state"], left["attempts"]) == (message["id"], "failed", 10)
    later(10**6)
    assert lease(guarded) == []
    assert report(guarded, (message, "delivered")) == ["recorded"]


@pytest.mark.parametrize(("asked", "waits"), [(3600, 3600), (1, 5), (86_400, 86_400)])
def test_a_receiver_that_asks_for_time_is_given_it(
    guarded: Desk, later: Callable[[float], None], asked: int, waits: int
) -> None:
    served(guarded)
    (message,) = lease(guarded, limit=1)
    report(guarded, *((each, "delivered") for each in lease(guarded)))
    report(guarded, (message, "failed"), status=429, retry_after_s=asked)
    later(waits - 0.5)
    assert lease(guarded) == []
    later(1.5)
    assert len(lease(guarded)) == 1


def test_the_wait_is_spread_by_jitter(guarded: Desk) -> None:
    decision, _ = served(guarded)
    leased = lease(guarded)
    report(guarded, *((each, "failed") for each in leased))
    assert len({each["next_attempt_at"] for each in deliveries(guarded, decision)}) == of_service(guarded, decision)


def test_what_was_never_begun_uses_up_no_attempt(guarded: Desk, later: Callable[[float], None]) -> None:
    decision, _ = served(guarded)
    for _ in range(6):
        leased = lease(guarded)
        assert len(leased) == of_service(guarded, decision)
        report(guarded, *((each, "unsent") for each in leased))
    assert {each["state"] for each in deliveries(guarded, decision)} == {"pending"}
    leased = lease(guarded)
    report(guarded, *((each, "failed") for each in leased))
    later(6)
    assert len(lease(guarded)) == 1  # it failed often enough to be asked one at a time


@pytest.mark.parametrize("limit", [0, 101, "1", 1.5])
def test_a_lease_of_another_number_than_1_to_100_is_refused(guarded: Desk, limit: Any) -> None:
    found = problem(guarded.post("/v1/deliveries/lease", {"limit": limit}, SCHEDULER), 422, "invalid_request")
    assert set(errors_of(found)) == {"/limit"}
