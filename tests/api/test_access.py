"""Deny by default: every route has a rule, and each kind of key gets through no more doors than it should."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from sqlalchemy import select

from api.access import Rule, anybody
from tests.api.conftest import Desk
from tests.api.refusals import nothing_written, problem
from tests.api.test_new_filing import claim, post, served
from tests.support.register import CASE, FINE, a_draft
from workflow.law.regime import regime
from workflow.lifecycle.door.machine import TABLES, roles_of
from workflow.lifecycle.vocabulary import Role, SubjectKind
from workflow.store.files import Incoming
from workflow.store.tables.access import keys
from workflow.use_cases.accounts.keys import CONSOLE, find_keys, revoke_key

FR = regime("fr-cnil")
PUBLIC = ("/health/", "/v1/calculations/", "/v1/regimes", "/v1/machines", "/feeds/")
"""What needs no key: whether the process lives, the law, which is nobody's secret, and feeds, whose address is one."""

COUNSELS = {"/v1/webhook-endpoints", "/v1/deliveries", "/v1/events", "/v1/feeds"}
"""What counsel reads: what it was told of the parties it represents. See test_counsel.py."""

INSIDE = ("/journal", "/review", "/tasks", "/bundle", "/v1/due", "/v1/forecast")
"""What staff alone reads, whoever it is about."""

ONLY_READS = ("/reading", "/simulate")
"""What is posted because it takes a body, and writes nothing."""

OF_THE_FRAMEWORK = {"/openapi.json"}
SCHEDULERS = {"/v1/due", "/v1/deliveries/lease", "/v1/deliveries/report", "/v1/transitions"}
PREFIX = {kind: f"/v1/{kind.value.replace('_', '-')}s" for kind in TABLES} | {
    SubjectKind.PENALTY_CLAUSE: "/v1/penalty-clauses"
}


def routes_of(desk: Desk) -> list[APIRoute]:
    """Every route the app answers; whatever is not one of ours must be known by name."""
    found: list[APIRoute] = []
    for route in walk(desk.client.app.routes):  # type: ignore[attr-defined]
        if isinstance(route, APIRoute):
            found.append(route)
        else:
            assert route.path in OF_THE_FRAMEWORK, route
    return found


def walk(routes: Any) -> Iterator[Any]:
    for route in routes:
        inner = getattr(route, "original_router", None) or getattr(route, "router", None)
        if isinstance(route, APIRoute) or inner is None:
            yield route
        else:
            yield from walk(inner.routes)


def rules_in(dependant: Dependant) -> list[Any]:
    """The rules of access a route depends on."""
    return [each.call for each in dependant.dependencies if isinstance(each.call, Rule) or each.call is anybody]


@pytest.fixture(scope="module")
def things(shared_desk: Desk) -> dict[str, str]:
    """A case of which every kind of thing exists, by the prefix of its routes."""
    decision = shared_desk.serve(fine=FINE)
    shared_desk.clock.jump("2023-02-10")
    proposed = shared_desk.sweep()[-1]["subject"]["id"]
    (debt,) = (each["id"] for each in shared_desk.get(f"/v1/debts?case={decision['case']['id']}").json()["items"])
    order = f"/v1/orders/{decision['orders'][0]['id']}"
    claims = [{"limb": 1, "met_on": "2023-02-01"}]
    data: dict[str, Any] = {"received_on": "2023-02-02", "claims": claims}
    reported = shared_desk.pull(order, "record_report", Role.REGISTRAR, data=data).json()["id"]
    attached = shared_desk.attach(f"/v1/filings/{reported}", b"%PDF-1.7 evidence")
    data = {"reference": "R-1", "received_on": "2022-10-01"}
    asked = shared_desk.pull(order, "register_request", Role.REGISTRAR, data=data).json()["id"]
    listening = {"case": decision["case"]["id"], "party": 1, "url": "https://counsel.example/"}
    endpoint = shared_desk.post("/v1/webhook-endpoints", listening).json()["id"]
    return {
        "/v1/cases": decision["case"]["id"],
        "/v1/decisions": decision["id"],
        "/v1/orders": decision["orders"][0]["id"],
        "/v1/penalty-clauses": decision["clauses"][0]["id"],
        "/v1/penalty-decisions": proposed,
        "/v1/debts": debt,
        "/v1/filings": reported,
        "{sha256}": attached.json()["sha256"],
        "/v1/access-requests": asked,
        "/v1/webhook-endpoints": endpoint,
    }


def url(path: str, things: dict[str, str]) -> str:
    """The route's path with the id of something that is there."""
    prefix = path.partition("/{")[0]
    named = "?name=evidence.pdf" if path.endswith("/attachments") else ""
    return path.replace("{id}", things.get(prefix, "x")).replace("{sha256}", things["{sha256}"]) + named


def requests(desk: Desk, things: dict[str, str], method: str) -> Iterator[str]:
    """The paths that answer a method, on things that are there."""
    for route in routes_of(desk):
        if method in (route.methods or ()) and not route.path.startswith(PUBLIC):
            yield url(route.path, things)


def test_every_route_has_one_rule_of_access(shared_desk: Desk) -> None:
    routes = routes_of(shared_desk)
    assert len(routes) > 20
    for route in routes:
        (rule,) = rules_in(route.dependant)
        assert (rule is anybody) is route.path.startswith(PUBLIC), route.path


def test_without_a_key_there_is_nothing_to_see(shared_desk: Desk, things: dict[str, str]) -> None:
    for method in ("GET", "POST", "DELETE"):
        for path in requests(shared_desk, things, method):
            for headers in ({}, {"Authorization": "Bearer enjoin_no"}, {"Authorization": "Basic x"}):
                answer = shared_desk.client.request(method, path, headers=headers, json={"case": things["/v1/cases"]})
                problem(answer, 401, "not_authenticated")
                assert answer.headers["www-authenticate"] == "Bearer"


def test_a_revoked_key_is_no_key(desk: Desk) -> None:
    assert desk.get("/v1/cases").status_code == 200
    with desk.writer.engine.connect() as connection:
        (id,) = connection.scalars(select(keys.c.id))
    desk.writer.run(revoke_key, id, CONSOLE)
    problem(desk.get("/v1/cases"), 401, "not_authenticated")


@pytest.mark.parametrize("attached", [False, True])
def test_a_key_revoked_while_a_file_comes_files_nothing(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, attached: bool
) -> None:
    decision, counsel = served(desk, "REVOKED")
    answer = post(desk, counsel.headers, claim(decision), [])
    filing, etag = answer.json()["filing"], answer.headers["etag"]
    with desk.writer.engine.connect() as connection:
        (key,) = [each for each in find_keys(connection) if each.name == counsel.name]
    take = Incoming.take

    def revoked_meanwhile(self: Incoming, chunk: bytes) -> None:
        take(self, chunk)
        desk.writer.run(revoke_key, key.id, CONSOLE)

    monkeypatch.setattr(Incoming, "take", revoked_meanwhile)
    if attached:
        headers = counsel.headers | {"Content-Type": "text/plain", "If-Match": etag}
        path = f"/v1/filings/{filing}/attachments"
        answer = desk.client.post(path, content=b"a log", headers=headers, params={"name": "a.txt"})
    else:
        answer = post(desk, counsel.headers, claim(decision, text="again"))
    problem(answer, 401, "not_authenticated")
    assert desk.get(f"/v1/filings/{filing}").json()["attachments"] == []
    assert len(desk.get("/v1/filings").json()["items"]) == 1
    assert [each for each in tmp_path.rglob("*") if len(each.name) == 64] == []


@pytest.mark.parametrize("role", [Role.SCHEDULER, Role.COUNSEL, Role.ADMINISTRATOR])
def test_who_is_neither_staff_nor_on_record_reads_nothing_of_cases(
    shared_desk: Desk, things: dict[str, str], role: Role
) -> None:
    for path in requests(shared_desk, things, "GET"):
        answer = shared_desk.get(path, role)
        if path == "/v1/due" and role is Role.SCHEDULER:
            assert shared_desk.get(path, role).status_code == 200
        elif role is Role.COUNSEL and not path.endswith(INSIDE):
            if answer.status_code != 404:
                assert answer.status_code == 422 or answer.json()["items"] == []
        else:
            problem(answer, 403, "role_not_permitted")


def test_the_auditor_reads_everything_and_writes_nothing(shared_desk: Desk, things: dict[str, str]) -> None:
    needs_case = {"/v1/webhook-endpoints", "/v1/deliveries", "/v1/events"}
    for path in requests(shared_desk, things, "GET"):
        query = {"case": things["/v1/cases"]} if path in needs_case else {}
        assert shared_desk.get(path, Role.AUDITOR, params=query).status_code == 200, path
    for path in requests(shared_desk, things, "POST"):
        with nothing_written(shared_desk):
            answer = shared_desk.post(path, a_body(path, things), Role.AUDITOR)
            if path.endswith(ONLY_READS):
                assert answer.status_code == 200
            else:
                problem(answer, 403, "role_not_permitted")
    for path in requests(shared_desk, things, "DELETE"):
        with nothing_written(shared_desk):
            problem(shared_desk.delete(path, Role.AUDITOR), 403, "role_not_permitted")


def a_body(path: str, things: dict[str, str]) -> dict[str, Any]:
    """A body that reads well on this path."""
    if path == "/v1/transitions":
        subject = {"kind": "order", "id": things["/v1/orders"]}
        return {"items": [{"subject": subject, "trigger": "remind", "version": 1}]}
    if path.endswith(ONLY_READS):
        return {}
    if path.endswith("/transitions"):
        trigger = {
            "/v1/cases": "draft",
            "/v1/orders": "accept_compliance",
            "/v1/penalty-clauses": "propose_penalty",
            "/v1/debts": "record_payment",
            "/v1/filings": "assess",
            "/v1/access-requests": "begin",
        }
        return {"trigger": trigger.get(path.rpartition("/")[0].rpartition("/")[0], "adopt")}
    if path.endswith("/access-requests") or "/attachments" in path:
        return {}
    if path.startswith("/v1/webhook-endpoints/"):
        return {"rotate": {"keep_old_hours": 1}, "replay": {"first": 1}}.get(path.rpartition("/")[2], {})
    return {
        "/v1/cases": CASE | {"reference": "NEW-1"},
        "/v1/decisions": {"case": things["/v1/cases"], **a_draft()},
        "/v1/filings": {},
        "/v1/webhook-endpoints": {"case": things["/v1/cases"], "party": 1, "url": "https://counsel.example/"},
        "/v1/feeds": {"case": things["/v1/cases"]},
        "/v1/deliveries/lease": {"limit": 1},
        "/v1/deliveries/report": {"items": [{"id": "x", "lease": "x", "outcome": "failed", "took_ms": 1}]},
    }[path]


@pytest.mark.parametrize("role", [each for each in Role if each is not Role.SCHEDULER])
def test_only_the_scheduler_handles_deliveries(shared_desk: Desk, things: dict[str, str], role: Role) -> None:
    for path in ("/v1/deliveries/lease", "/v1/deliveries/report"):
        problem(shared_desk.post(path, a_body(path, things), role), 403, "role_not_permitted")


def test_the_scheduler_creates_nothing(shared_desk: Desk, things: dict[str, str]) -> None:
    for path in requests(shared_desk, things, "POST"):
        if path not in SCHEDULERS and not path.endswith("/transitions"):
            with nothing_written(shared_desk):
                problem(shared_desk.post(path, a_body(path, things), Role.SCHEDULER), 403, "role_not_permitted")


ROWS = sorted({((row.parent_kind or table.kind), row.trigger) for table in TABLES.values() for row in table.rows
               if row.effect_of is None})  # fmt: skip


# Whose a trigger is stands in the machines: a second database would only be asked the same.
@pytest.mark.parametrize("shared_engine", ["sqlite"], indirect=True, scope="module")
@pytest.mark.parametrize(("kind", "trigger"), ROWS)
def test_a_trigger_is_for_the_roles_of_its_rows_and_for_nobody_else(
    shared_desk: Desk, things: dict[str, str], kind: SubjectKind, trigger: str
) -> None:
    roles = {
        role
        for table in TABLES.values()
        for row in table.rows
        if row.trigger == trigger and (row.parent_kind or table.kind) is kind
        for role in roles_of(row, FR)
    }
    path = f"{PREFIX[kind]}/{things[PREFIX[kind]]}/transitions"
    with nothing_written(shared_desk):
        for role in Role:
            answer = shared_desk.post(path, {"trigger": trigger, "data": {"no": 1}}, role)
            if role is Role.COUNSEL:
                problem(answer, 404, "not_found")
            elif role in roles:
                assert answer.status_code in {422, 428}, answer.text
            else:
                problem(answer, 403, "role_not_permitted")


def test_a_route_open_to_anybody_asks_for_no_key_even_when_a_body_cannot_be_read(shared_desk: Desk) -> None:
    headers = {"content-type": "application/json"}
    for body in (b"{", b"\xff", b""):
        answer = shared_desk.client.post("/v1/calculations/deadline", content=body, headers=headers)
        problem(answer, 422, "invalid_request")
