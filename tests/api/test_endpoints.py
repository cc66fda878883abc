"""An endpoint from its registration to its removal: pinged, chosen, paused, rotated, replayed; each an event."""

import json
from typing import Any

import pytest
from standardwebhooks import Webhook
from svix.webhooks import Webhook as SvixWebhook

from enjoin.receiver import read_message
from tests.api.conftest import VAULT, Desk
from tests.api.counsel import URL, Counsel, lease, report, served_events
from tests.api.refusals import errors_of, nothing_written, problem
from tests.api.test_counsel import serve
from workflow.lifecycle.vocabulary import Role
from workflow.store import journal
from workflow.store.sealed import Vault
from workflow.store.tables.outbox import endpoints
from workflow.use_cases.accounts.keys import CONSOLE
from workflow.use_cases.webhooks.endpoint_secrets import seal_again, unopened
from workflow.use_cases.webhooks.models import message_models


@pytest.fixture
def case(desk: Desk) -> str:
    """A case whose decision is adopted and not served yet."""
    id: str = desk.adopt()["case"]["id"]
    return id


@pytest.fixture
def counsel(desk: Desk, case: str) -> Counsel:
    """Counsel of its first party."""
    return Counsel(desk, "Counsel").represent(case)


def state(counsel: Counsel, endpoint: dict[str, Any]) -> str:
    shown: str = counsel.get(f"/v1/webhook-endpoints/{endpoint['id']}").json()["state"]
    return shown


def authority(desk: Desk, endpoint: dict[str, Any]) -> list[str]:
    """What happened to an endpoint, as the authority's own stream has it."""
    with desk.writer.engine.connect() as connection:
        events = journal.read_case(connection, "authority")
    return [each.event.type for each in events if each.event.subject.id == endpoint["id"]]


def move(counsel: Counsel, endpoint: dict[str, Any], act: str, version: int, body: Any = None) -> dict[str, Any]:
    path = f"/v1/webhook-endpoints/{endpoint['id']}"
    answer = (
        counsel.ask("DELETE", path, version=version)
        if act == "remove"
        else counsel.ask("POST", f"{path}/{act}", body, version)
    )
    assert answer.status_code in (200, 202), answer.text
    assert answer.headers["etag"] == f'"{version + 1}"'
    made: dict[str, Any] = answer.json()
    return made


def test_an_endpoint_waits_until_its_ping_was_answered(desk: Desk, counsel: Counsel, case: str) -> None:
    made = counsel.ask("POST", "/v1/webhook-endpoints", {"case": case, "party": 1, "url": URL}).json()
    serve(desk, case)
    (ping,) = lease(desk)
    body = json.loads(ping["body"])
    assert (body["type"], body["data"]["endpoint"]) == ("endpoint.ping", made["id"])
    message_models()["endpoint.ping"].model_validate_json(ping["body"])
    report(desk, (ping, "failed"), status=500)
    assert state(counsel, made) == "pending"
    assert counsel.ask("POST", f"/v1/webhook-endpoints/{made['id']}/ping").status_code == 202
    (again,) = lease(desk)
    assert report(desk, (again, "delivered")) == ["recorded"]
    assert state(counsel, made) == "active"
    assert len(lease(desk)) == len(served_events(desk, case))  # what happened meanwhile waited
    assert authority(desk, made) == ["endpoint.registered", "endpoint.activated"]


def test_only_the_types_that_were_chosen_are_sent(desk: Desk, counsel: Counsel, case: str) -> None:
    body = {"case": case, "party": 1, "url": URL, "types": ["decision.adopted"]}
    found = problem(counsel.ask("POST", "/v1/webhook-endpoints", body), 422, "invalid_request")
    assert "/types" in errors_of(found)
    made = counsel.register(case, types=["decision.served"])
    assert made["types"] == ["decision.served"]
    serve(desk, case)
    (message,) = lease(desk)
    assert json.loads(message["body"])["type"] == "decision.served"
    assert json.loads(message["body"])["data"]["sequence"] == 1


def test_what_happens_during_a_pause_waits(desk: Desk, counsel: Counsel, case: str) -> None:
    made = counsel.register(case)
    move(counsel, made, "pause", 2)
    serve(desk, case)
    assert lease(desk) == []
    move(counsel, made, "resume", 3)
    assert len(lease(desk)) == len(served_events(desk, case))
    assert authority(desk, made)[2:] == ["endpoint.paused", "endpoint.resumed"]


def test_a_removed_endpoint_is_sent_nothing_and_its_log_stays(desk: Desk, counsel: Counsel, case: str) -> None:
    made = counsel.register(case)
    assert move(counsel, made, "remove", 2)["state"] == "removed"
    serve(desk, case)
    assert lease(desk) == []
    assert len(counsel.get("/v1/deliveries", endpoint=made["id"]).json()["items"]) == 1
    path = f"/v1/webhook-endpoints/{made['id']}"
    for act in ("pause", "resume", "rotate"):
        body = {"keep_old_hours": 1} if act == "rotate" else None
        problem(counsel.ask("POST", f"{path}/{act}", body, 3), 409, "illegal_transition")
    problem(counsel.ask("DELETE", path, version=3), 409, "illegal_transition")
    problem(counsel.ask("POST", f"{path}/ping"), 409, "illegal_transition")
    problem(counsel.ask("POST", f"{path}/replay", {"first": 1}), 409, "illegal_transition")


def test_what_waits_at_a_removed_endpoint_is_given_up_and_the_case_says_so(
    desk: Desk, counsel: Counsel, case: str
) -> None:
    made = counsel.register(case)
    serve(desk, case)
    waiting = len(served_events(desk, case))
    move(counsel, made, "remove", 2)
    assert lease(desk) == []  # whoever leases next has the case say it
    items = counsel.get("/v1/deliveries", endpoint=made["id"]).json()["items"]
    assert [each["state"] for each in items] == ["delivered", *["failed"] * waiting]
    journal_of_case = desk.get(f"/v1/cases/{case}/journal").json()["items"]
    assert any("dead" in each["type"] or "given_up" in each["type"] for each in journal_of_case)


def test_a_change_names_the_version_that_was_read(desk: Desk, counsel: Counsel, case: str) -> None:
    made = counsel.register(case)
    path = f"/v1/webhook-endpoints/{made['id']}"
    for act, body in (("pause", None), ("resume", None), ("rotate", {"keep_old_hours": 0})):
        with nothing_written(desk):
            problem(counsel.ask("POST", f"{path}/{act}", body), 428, "version_missing")
            problem(counsel.ask("POST", f"{path}/{act}", body, 1), 412, "version_conflict")
    problem(counsel.ask("DELETE", path), 428, "version_missing")
    problem(counsel.ask("POST", f"{path}/resume", version=2), 409, "illegal_transition")
    desk.key(Role.REGISTRAR)
    with nothing_written(desk):
        problem(desk.post(f"{path}/pause", None, Role.REGISTRAR, 2), 403, "role_not_permitted")


def test_everything_sent_verifies_with_every_library_also_during_a_rotation(
    desk: Desk, counsel: Counsel, case: str
) -> None:
    made = counsel.register(case)
    old = made["secret"]
    new = move(counsel, made, "rotate", 2, {"keep_old_hours": 24})["secret"]
    assert new != old
    shown = counsel.get(f"/v1/webhook-endpoints/{made['id']}").json()
    assert shown["two_secrets_until"] is not None
    serve(desk, case)
    models = message_models()
    taken = lease(desk)
    assert taken
    for message in taken:
        headers, body = message["headers"], message["body"]
        assert len(headers["webhook-signature"].split()) == 2
        for secret in (old, new):
            Webhook(secret).verify(body, headers)
            SvixWebhook(secret).verify(body, headers)
            assert read_message("", [secret], headers, body.encode()).verified
        models[json.loads(body)["type"]].model_validate_json(body)
    assert authority(desk, made)[-1] == "endpoint.secret_rotated"
    assert not read_message("", ["whsec_" + "A" * 44], taken[0]["headers"], taken[0]["body"].encode()).verified


def test_a_colleague_sees_an_endpoint_and_moves_none_but_its_own(desk: Desk, counsel: Counsel, case: str) -> None:
    made = counsel.register(case)
    colleague = Counsel(desk, "colleague").represent(case)
    path = f"/v1/webhook-endpoints/{made['id']}"
    assert colleague.get(path).json()["url"] == made["url"]
    with nothing_written(desk):
        for act, body in (("pause", None), ("rotate", {"keep_old_hours": 0}), ("ping", None), ("replay", {"first": 1})):
            refused = problem(colleague.ask("POST", f"{path}/{act}", body, 2), 403, "anothers_endpoint")
            assert "registers one of your own" in refused["detail"]
        problem(colleague.ask("DELETE", path, version=2), 403, "anothers_endpoint")
    assert desk.post(f"{path}/pause", None, Role.CASE_OFFICER, 2).status_code == 200


def test_a_secret_that_became_known_signs_no_more_at_once(desk: Desk, counsel: Counsel, case: str) -> None:
    made = counsel.register(case)
    new = move(counsel, made, "rotate", 2, {"keep_old_hours": 0})["secret"]
    serve(desk, case)
    (message, *_) = lease(desk)
    headers, body = message["headers"], message["body"].encode()
    assert read_message("", [new], headers, body).verified
    assert not read_message("", [made["secret"]], headers, body).verified


def test_messages_are_sent_again_under_the_ids_they_had(desk: Desk, counsel: Counsel, case: str) -> None:
    made = counsel.register(case)
    serve(desk, case)
    sent = lease(desk)
    report(desk, *((each, "delivered") for each in sent))
    path = f"/v1/webhook-endpoints/{made['id']}/replay"
    by_sequence = {json.loads(each["body"])["data"]["sequence"]: each["id"] for each in sent}

    def again(first: int, last: int | None = None) -> list[int]:
        answer = counsel.ask("POST", path, {"first": first} if last is None else {"first": first, "last": last})
        assert answer.status_code == 202, answer.text
        leased = lease(desk)
        assert answer.json()["count"] == len(leased)
        assert {each["id"] for each in leased} <= set(by_sequence.values())
        report(desk, *((each, "delivered") for each in leased))
        return sorted(json.loads(each["body"])["data"]["sequence"] for each in leased)

    last = max(by_sequence)
    assert again(2, 2) == [2]
    assert again(2, 3) == [2, 3]
    assert again(2) == list(range(2, last + 1))
    assert again(last + 1) == []
    problem(counsel.ask("POST", path, {"first": 3, "last": 2}), 422, "invalid_request")
    log = counsel.get("/v1/deliveries", endpoint=made["id"], after=1, limit=1).json()["items"][0]["log"]
    assert [each["outcome"] for each in log] == ["delivered"] * 4


def test_secrets_lie_sealed_and_can_be_sealed_with_a_newer_key(desk: Desk, counsel: Counsel, case: str) -> None:
    made = counsel.register(case)
    with desk.writer.engine.connect() as connection:
        row = connection.execute(endpoints.select()).one()
        assert made["secret"] not in str(row)
        assert unopened(connection, VAULT) == []
        assert unopened(connection, Vault([bytes([1]) * 32])) == [made["id"]]
    both = Vault([bytes([1]) * 32, bytes(32)])
    assert desk.writer.run(seal_again, both, CONSOLE) == 1
    assert desk.writer.run(seal_again, both, CONSOLE) == 0
    with desk.writer.engine.connect() as connection:
        assert unopened(connection, Vault([bytes([1]) * 32])) == []
        assert unopened(connection, VAULT) == [made["id"]]
    serve(desk, case)
    assert lease(desk) == []  # no key at hand opens the secret: nothing is sent, and nobody is held up
