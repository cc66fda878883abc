"""No one adopts what they drafted: not by any route, not by any other road into the journal."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import workflow
from tests.api.conftest import Desk
from tests.api.test_access import routes_of
from workflow.lifecycle.case import dead_letters
from workflow.lifecycle.kernel.events import EVENTS
from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.vocabulary import Role

ROOT = Path(workflow.__path__[0]).parent
SOURCES = [path for folder in ("workflow", "api", "scheduler", "enjoin") for path in (ROOT / folder).rglob("*.py")]
NO_PERSON = {Role.SCHEDULER, Role.COUNSEL, Role.AUDITOR, Role.ADMINISTRATOR}
WRITES = {"insert", "insert_rows", "insert_missing", "upsert_rows", "delete_rows", "update", "delete"}
CHIEF = tuple(role for role in Role if role not in NO_PERSON)
"""Somebody with every role a person can have at once."""


def in_review(desk: Desk, reference: str) -> dict[str, Any]:
    """A decision that the chief drafted and submitted."""
    desk.clock.jump("2022-06-02")
    parties = [{"name": "Clearview AI Inc."}]
    body = {"reference": reference, "regime": "fr-cnil", "opened_on": "2022-06-02", "parties": parties}
    case = desk.post("/v1/cases", body, CHIEF).json()
    desk.clock.jump("2022-10-13")
    draft = {
        "case": case["id"],
        "reference": reference,
        "language": "fr",
        "addressees": [1],
        "hearing": {
            "grounds_notified_on": "2022-07-14",
            "window_ended_on": "2022-08-14",
            "observations": "none_received",
        },
        "orders": [],
        "clauses": [],
        "fine": {"amount": "1.00", "currency": "EUR"},
    }
    decision: dict[str, Any] = desk.post("/v1/decisions", draft, CHIEF).json()
    submitted = desk.pull(f"/v1/decisions/{decision['id']}", "submit", CHIEF)
    assert submitted.status_code == 200, submitted.text
    desk.clock.jump("2022-10-17")
    return decision


def adoptions(id: str, version: int) -> Iterator[dict[str, Any]]:
    """Every shape in which a trigger is posted anywhere."""
    item = {"subject": {"kind": "decision", "id": id}, "trigger": "adopt", "version": version}
    yield {"trigger": "adopt"}
    yield {"items": [item]}
    yield {"until": "2022-12-31", "acts": [{"on": "2022-10-17", "role": "decision_maker", **item}]}


def test_no_route_lets_who_drafted_adopt(shared_desk: Desk) -> None:
    decision = in_review(shared_desk, "ROUND-1")
    path = f"/v1/decisions/{decision['id']}"
    written = [route for route in routes_of(shared_desk) if not {"GET", "HEAD"} & set(route.methods or ())]
    assert len(written) > 10
    tried = set()
    for route in written:
        for method in route.methods or ():
            for body in adoptions(decision["id"], 2):
                url = route.path.replace("{id}", decision["id"])
                headers = shared_desk.key(CHIEF) | {"If-Match": '"2"'}
                shared_desk.client.request(method, url, json=body, headers=headers)
                assert shared_desk.get(path).json()["state"] == "in_review", url
                tried.add(url)
    assert {f"{path}/transitions", "/v1/transitions"} <= tried
    # Another decision-maker can, by the same road: what stood in the way was who drafted.
    assert shared_desk.pull(path, "adopt", Role.DECISION_MAKER).json()["state"] == "adopted"


def test_the_door_says_why(shared_desk: Desk) -> None:
    decision = in_review(shared_desk, "ROUND-2")
    refused = shared_desk.pull(f"/v1/decisions/{decision['id']}", "adopt", CHIEF)
    assert (refused.status_code, refused.json()["guard"]) == (409, "not_the_drafter")


def calls(path: Path) -> Iterator[str]:
    """What a file calls, as it is written: `uow.append`, `decide`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


def callers(*names: str) -> set[str]:
    return {path.relative_to(ROOT).as_posix() for path in SOURCES if not set(names).isdisjoint(calls(path))}


def test_what_stands_in_the_journal_of_a_case_came_through_one_place() -> None:
    """What became of a message is no state of any thing: the case says it beside the door."""
    assert callers("uow.append") == {
        "workflow/use_cases/acting/advance.py",
        "workflow/use_cases/webhooks/dead_letters.py",
    }


def test_one_file_writes_the_table_of_the_journal() -> None:
    writing = {
        path.relative_to(ROOT).as_posix()
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in WRITES
        if any(ast.unparse(argument) in ("journal", "journal_table") for argument in node.args)
    }
    assert writing == {"workflow/store/batch.py"}


def test_what_that_place_appends_was_decided() -> None:
    """`append` is handed events by the use cases that got them from `decide`, and by no other."""
    handing = {
        path.relative_to(ROOT).as_posix()
        for path in SOURCES
        if "append" in set(calls(path)) and {"use_cases", "api", "enjoin"} & {*path.parts}
    }
    deciding = callers("decide")
    assert handing <= deciding
    assert {"workflow/use_cases/acting/advance.py", "workflow/use_cases/acting/open_case.py"} <= handing


def test_whoever_decides_asks_first_for_whom_counsel_acts() -> None:
    """Else the door lets counsel do nothing: a case is opened, and requests are registered, by officers alone."""
    by_officers = {"workflow/use_cases/acting/open_case.py", "workflow/use_cases/imports/import_requests.py"}
    deciding = {name for name in callers("decide") if name.startswith("workflow/use_cases/")}
    assert deciding - callers("acting") == by_officers
    assert Actor("counsel", frozenset({Role.COUNSEL})).acts_for == frozenset()


def test_what_is_said_beside_the_door_is_of_messages_alone() -> None:
    said = {type_ for type_, each in EVENTS.items() if each.__module__ == dead_letters.__name__}
    assert {type_.partition(".")[0] for type_ in said} == {"webhook"}


def test_only_acts_behind_the_door_make_an_adoption() -> None:
    made = {
        path.relative_to(ROOT).as_posix()
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        # `copied` makes a value of the class it is given.
        for made_of in (node.args[:1] if ast.unparse(node.func) == "copied" else [node.func])
        if ast.unparse(made_of) in ("DecisionAdopted", "PenaltyAdopted")
    }
    assert made == {"workflow/lifecycle/decision/review.py", "workflow/lifecycle/penalty_decision/adoption.py"}
