"""Counsel at the desk: an account on record for parties, and its own ways to ask."""

import json
from typing import Any

import httpx2

from tests.api.conftest import Desk
from workflow.lifecycle.vocabulary import Role
from workflow.use_cases.accounts.keys import CONSOLE, NewKey, create_key
from workflow.use_cases.counsel.mandates import Mandate, end_mandate, put_on_record

URL = "https://counsel.example/hooks"


class Counsel:
    """An account with the role counsel."""

    def __init__(self, desk: Desk, name: str) -> None:
        self.desk = desk
        self.name = name
        key = desk.writer.run(create_key, NewKey(name, frozenset({Role.COUNSEL})), CONSOLE).key
        self.headers = {"Authorization": f"Bearer {key}"}

    def represent(self, case: str, party: int = 1) -> "Counsel":
        self.desk.writer.run(put_on_record, Mandate(self.name, case, party), CONSOLE)
        return self

    def leave(self, case: str, party: int = 1) -> None:
        self.desk.writer.run(end_mandate, Mandate(self.name, case, party), CONSOLE)

    def ask(self, method: str, path: str, json: Any = None, version: int | None = None, **more: Any) -> httpx2.Response:
        headers = self.headers | ({} if version is None else {"If-Match": f'"{version}"'})
        return self.desk.client.request(method, path, headers=headers, json=json, **more)

    def get(self, path: str, **query: Any) -> httpx2.Response:
        return self.ask("GET", path, params=query)

    def register(self, case: str, **members: Any) -> dict[str, Any]:
        """An endpoint that has answered its ping."""
        answer = self.ask("POST", "/v1/webhook-endpoints", {"case": case, "party": 1, "url": URL} | members)
        assert answer.status_code == 201, answer.text
        made: dict[str, Any] = answer.json()
        pings = [each for each in lease(self.desk) if json.loads(each["body"])["data"].get("endpoint") == made["id"]]
        report(self.desk, *((each, "delivered") for each in pings))
        return made

    def events(self, **query: Any) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = self.get("/v1/events", **query).json()["items"]
        return items


def lease(desk: Desk, limit: int = 100) -> list[dict[str, Any]]:
    """What the scheduler takes to be sent now."""
    answer = desk.post("/v1/deliveries/lease", {"limit": limit}, Role.SCHEDULER)
    assert answer.status_code in (200, 202), answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def report(desk: Desk, *attempts: tuple[dict[str, Any], str], **members: Any) -> list[str]:
    """What the scheduler reports of it; of nothing, it says nothing."""
    if not attempts:
        return []
    items = [
        {"id": leased["id"], "lease": leased["lease"], "outcome": outcome, "took_ms": 12, **members}
        for leased, outcome in attempts
    ]
    answer = desk.post("/v1/deliveries/report", {"items": items}, Role.SCHEDULER)
    assert answer.status_code in (200, 202), answer.text
    return [each["outcome"] for each in answer.json()["results"]]


def served_events(desk: Desk, case: str) -> list[str]:
    """The ids of the events of a case that are told, as the journal has them."""
    items = desk.get(f"/v1/cases/{case}/journal").json()["items"]
    return [each["id"] for each in items if each["audience"] == "served"]
