"""What is given up is said aloud: by the case, as a task, on the order; and what arrives after all as well."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.api.conftest import Desk
from tests.api.counsel import lease, report
from tests.api.test_webhooks import served
from workflow.lifecycle.vocabulary import Role
from workflow.use_cases.webhooks.retry_plan import ATTEMPTS

LONG = 200_000
"""Longer than any wait between two attempts."""


def journal(guarded: Desk, case: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = guarded.get(f"/v1/cases/{case}/journal").json()["items"]
    return [each for each in items if each["type"].startswith("webhook.")]


def to_do(guarded: Desk, case: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = guarded.get(f"/v1/cases/{case}/tasks", Role.REGISTRAR).json()["items"]
    return [each for each in items if each["task"] == "reach_counsel"]


def authority(guarded: Desk, endpoint: str) -> str:
    answer = guarded.get(f"/v1/webhook-endpoints/{endpoint}")
    assert answer.status_code in (200, 202), answer.text
    return str(answer.json()["state"])


def test_after_the_last_attempt_the_case_says_so_until_it_arrives(
    guarded: Desk, later: Callable[[float], None]
) -> None:
    decision, endpoint = served(guarded)
    case = decision["case"]["id"]
    first, *others = lease(guarded)
    report(guarded, *((each, "delivered") for each in others))
    lost = first["id"]
    for n in range(1, ATTEMPTS + 1):
        assert journal(guarded, case) == to_do(guarded, case) == []
        report(guarded, (first, "failed"), status=503)
        if n < ATTEMPTS:
            later(LONG)
            (first,) = lease(guarded)
    (said,) = journal(guarded, case)
    assert (said["type"], said["audience"], said["data"]["message"]) == ("webhook.dead_lettered", "internal", lost)
    assert (said["data"]["attempts"], said["data"]["last_status"]) == (ATTEMPTS, 503)
    (task,) = to_do(guarded, case)
    assert (task["who"], task["urgent"]) == (["registrar"], True)
    assert task["subject"] == {"kind": "endpoint", "id": endpoint["id"]}
    assert "Message 1 to counsel of party 1 never arrived" in task["why"]

    again = guarded.post(f"/v1/webhook-endpoints/{endpoint['id']}/replay", {"first": 1, "last": 1})
    assert again.status_code == 202, again.text
    (first,) = lease(guarded)
    assert first["id"] == lost
    report(guarded, (first, "delivered"))
    assert [each["type"] for each in journal(guarded, case)] == ["webhook.dead_lettered", "webhook.arrived"]
    assert to_do(guarded, case) == []


def test_the_order_it_was_about_is_marked(guarded: Desk, later: Callable[[float], None]) -> None:
    decision, _ = served(guarded)
    for _ in range(4 * ATTEMPTS):
        report(guarded, *((each, "failed") for each in lease(guarded)))
        later(LONG)
    marked = [guarded.get(f"/v1/orders/{order['id']}").json()["undelivered"] for order in decision["orders"]]
    assert marked == [1] * len(marked)
    (task,) = to_do(guarded, decision["case"]["id"])
    assert task["why"].startswith("Messages 1, 2, 3, 4 to counsel")


def test_gone_disables_the_endpoint_aloud_and_gives_up_what_waits(guarded: Desk) -> None:
    decision, endpoint = served(guarded)
    case = decision["case"]["id"]
    (first,) = lease(guarded, limit=1)
    (second,) = lease(guarded, limit=1)
    assert report(guarded, (first, "failed"), status=410) == ["recorded"]
    assert authority(guarded, endpoint["id"]) == "disabled"
    assert lease(guarded) == []
    assert len(journal(guarded, case)) == 3  # the one that came back, and the two that waited
    assert report(guarded, (second, "failed"), status=500) == ["recorded"]
    assert [each["data"]["sequence"] for each in journal(guarded, case)][-1] == 2
    assert len(journal(guarded, case)) == 4
    assert len(to_do(guarded, case)) == 1


def test_a_lease_that_ran_out_uses_an_attempt_up(guarded: Desk, later: Callable[[float], None]) -> None:
    decision, _ = served(guarded)
    case = decision["case"]["id"]
    (_, *others) = lease(guarded)
    report(guarded, *((each, "delivered") for each in others))
    for _ in range(ATTEMPTS):
        later(LONG)
        lease(guarded)
    assert len(journal(guarded, case)) == 1
    (lost,) = [
        each for each in guarded.get(f"/v1/deliveries?case={case}").json()["items"] if each["state"] != "delivered"
    ]
    assert (lost["state"], {each["outcome"] for each in lost["log"]}) == ("failed", {"unknown"})


def test_what_nobody_said_is_said_at_the_next_lease(guarded: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    decision, _ = served(guarded)
    case = decision["case"]["id"]
    (first,) = lease(guarded, limit=1)
    with monkeypatch.context() as patch:

        async def dies(*_: Any) -> None:
            raise RuntimeError("the process ends here")

        patch.setattr("api.v1.deliveries._say", dies)
        answer = guarded.post(
            "/v1/deliveries/report",
            {"items": [{"id": first["id"], "lease": first["lease"], "outcome": "failed", "took_ms": 1, "status": 410}]},
            Role.SCHEDULER,
        )
        assert answer.status_code == 500
    assert journal(guarded, case) == []
    assert lease(guarded) == []
    assert len(journal(guarded, case)) == 4
    assert lease(guarded) == []
    assert len(journal(guarded, case)) == 4
