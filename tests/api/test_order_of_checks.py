"""Of several faults in one request, which one answers: 401, 404, 422 envelope, 403, 422 data, 428 and 412, 409."""

from dataclasses import dataclass
from typing import Any

import pytest

from tests.api.conftest import Desk, Roles
from tests.api.refusals import nothing_written, problem
from tests.support.register import CASE, a_draft
from workflow.lifecycle.vocabulary import Role

OFFICER, HEAD, DECIDER = Role.CASE_OFFICER, Role.HEAD_OF_ENFORCEMENT, Role.DECISION_MAKER
NOWHERE = "7b2f0e1c-0000-5000-8000-000000000000"


@dataclass(frozen=True)
class Asked:
    """A request with faults; by default one without."""

    body: dict[str, Any]
    role: Roles | None
    if_match: str | None = None
    subject: str = "order"


COMPLIED_TOMORROW = {"trigger": "accept_compliance", "data": {"complied_on": "2022-12-20"}}
EARLY = {"trigger": "record_expiry"}
TRANSITIONS: dict[str, tuple[Asked, int, str]] = {
    "no key, before a thing that is not there": (Asked({"x": 1}, None, "x", "nowhere"), 401, "not_authenticated"),
    "not there, before a body that cannot be read": (Asked({"x": 1}, OFFICER, "x", "nowhere"), 404, "not_found"),
    "not there, before an If-Match that is none": (Asked(EARLY, OFFICER, "x", "nowhere"), 404, "not_found"),
    "not there, before an unknown trigger": (Asked({"trigger": "x"}, OFFICER, None, "nowhere"), 404, "not_found"),
    "not there for counsel, before the body": (Asked({"x": 1}, Role.COUNSEL, "x"), 404, "not_found"),
    "not there for counsel, before the role": (Asked(EARLY, Role.COUNSEL, '"2"'), 404, "not_found"),
    "an unknown member, before the role": (Asked(EARLY | {"x": 1}, Role.AUDITOR), 422, "invalid_request"),
    "an unknown trigger, before the role": (Asked({"trigger": "x"}, Role.AUDITOR), 422, "unknown_trigger"),
    "an If-Match that is none, before the role": (Asked(EARLY, Role.AUDITOR, "x"), 422, "invalid_request"),
    "the role, before the data": (
        Asked({"trigger": "accept_compliance", "data": {"x": 1}}, DECIDER, '"2"'),
        403,
        "role_not_permitted",
    ),
    "the role, before the version": (Asked(COMPLIED_TOMORROW, DECIDER), 403, "role_not_permitted"),
    "the role, before the state": (Asked({"trigger": "adopt"}, OFFICER, None, "decision"), 403, "role_not_permitted"),
    "the scheduler never adopts, whatever the state": (
        Asked({"trigger": "adopt"}, Role.SCHEDULER, None, "decision"),
        403,
        "role_not_permitted",
    ),
    "the data, before the version": (
        Asked({"trigger": "accept_compliance", "data": {"x": 1}}, OFFICER),
        422,
        "invalid_request",
    ),
    "a draft that does not hold together, before the version": (
        Asked({"trigger": "revise", "data": a_draft(addressees=[9])}, OFFICER, '"1"', "decision"),
        422,
        "invalid_request",
    ),
    "a missing version, before the state": (
        Asked({"trigger": "adopt"}, DECIDER, None, "decision"),
        428,
        "version_missing",
    ),
    "a stale version, before the state": (
        Asked({"trigger": "adopt"}, DECIDER, '"1"', "decision"),
        412,
        "version_conflict",
    ),
    "a missing version, before a guard": (Asked(COMPLIED_TOMORROW, OFFICER), 428, "version_missing"),
    "a stale version, before a guard": (Asked(COMPLIED_TOMORROW, OFFICER, '"1"'), 412, "version_conflict"),
    "the state, before a guard": (
        Asked({"trigger": "adopt", "effective_on": "2022-12-30"}, DECIDER, '"4"', "decision"),
        409,
        "illegal_transition",
    ),
    "a guard, at last": (Asked(COMPLIED_TOMORROW, OFFICER, '"2"'), 409, "guard_refused"),
}


@pytest.fixture(scope="module")
def paths(shared_desk: Desk) -> dict[str, str]:
    """An order in force and its decision at version 4, on the last day."""
    decision = shared_desk.serve()
    shared_desk.clock.jump("2022-12-19")
    return {
        "order": f"/v1/orders/{decision['orders'][0]['id']}",
        "decision": f"/v1/decisions/{decision['id']}",
        "nowhere": f"/v1/orders/{NOWHERE}",
        "case": decision["case"]["id"],
    }


@pytest.mark.parametrize("what", TRANSITIONS)
def test_of_a_transition_the_first_fault_answers(shared_desk: Desk, paths: dict[str, str], what: str) -> None:
    asked, status, code = TRANSITIONS[what]
    headers = {} if asked.role is None else shared_desk.key(asked.role)
    headers = headers | ({} if asked.if_match is None else {"If-Match": asked.if_match})
    with nothing_written(shared_desk):
        answer = shared_desk.client.post(f"{paths[asked.subject]}/transitions", json=asked.body, headers=headers)
    problem(answer, status, code)


ENDPOINT = {"party": 1, "url": "https://counsel.example/hooks"}
CREATES: dict[str, tuple[str, dict[str, Any], Role | None, int, str]] = {
    "a case: no key, before the body": ("cases", {"x": 1}, None, 401, "not_authenticated"),
    "a case: the role, before the members": ("cases", {"x": 1}, Role.AUDITOR, 403, "role_not_permitted"),
    "a case: the role, before an unknown regime": (
        "cases",
        CASE | {"regime": "x"},
        Role.SCHEDULER,
        403,
        "role_not_permitted",
    ),
    "a case: the members, before a taken reference": ("cases", CASE | {"x": 1}, OFFICER, 422, "invalid_request"),
    "a case: a taken reference, at last": ("cases", CASE, OFFICER, 409, "guard_refused"),
    "a decision: no key, before the case": ("decisions", {"case": NOWHERE}, None, 401, "not_authenticated"),
    "a decision: no such case, before the members": ("decisions", {"case": NOWHERE}, OFFICER, 404, "not_found"),
    "a decision: no such case, before the role": (
        "decisions",
        {"case": NOWHERE} | a_draft(),
        Role.AUDITOR,
        404,
        "not_found",
    ),
    "a decision: no case for counsel": ("decisions", a_draft(), Role.COUNSEL, 404, "not_found"),
    "a decision: no case for counsel, before the members": ("decisions", {"x": 1}, Role.COUNSEL, 404, "not_found"),
    "a decision: the role, before the members": ("decisions", {"x": 1}, Role.REGISTRAR, 403, "role_not_permitted"),
    "a decision: the role, before what does not hold together": (
        "decisions",
        a_draft(addressees=[9]),
        Role.DECISION_MAKER,
        403,
        "role_not_permitted",
    ),
    "a decision: the members": ("decisions", a_draft(addressees=[9]), OFFICER, 422, "invalid_request"),
    "an endpoint: no key, before the case": ("webhook-endpoints", {"case": NOWHERE}, None, 401, "not_authenticated"),
    "an endpoint: no such case, before the members": (
        "webhook-endpoints",
        {"case": NOWHERE},
        OFFICER,
        404,
        "not_found",
    ),
    "an endpoint: no case for counsel": ("webhook-endpoints", ENDPOINT, Role.COUNSEL, 404, "not_found"),
    "an endpoint: the role, before the members": (
        "webhook-endpoints",
        {"x": 1},
        Role.REGISTRAR,
        403,
        "role_not_permitted",
    ),
    "an endpoint: the members, before the party": (
        "webhook-endpoints",
        ENDPOINT | {"party": 2, "x": 1},
        OFFICER,
        422,
        "invalid_request",
    ),
    "an endpoint: a party without counsel, at last": (
        "webhook-endpoints",
        ENDPOINT | {"party": 2},
        OFFICER,
        409,
        "guard_refused",
    ),
}


@pytest.mark.parametrize("what", CREATES)
def test_of_a_creation_the_first_fault_answers(shared_desk: Desk, paths: dict[str, str], what: str) -> None:
    where, body, role, status, code = CREATES[what]
    if where != "cases":
        body = {"case": paths["case"]} | body
    headers = {} if role is None else shared_desk.key(role)
    with nothing_written(shared_desk):
        answer = shared_desk.client.post(f"/v1/{where}", json=body, headers=headers)
    problem(answer, status, code)
