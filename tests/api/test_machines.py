"""The machines through the API: for anybody, with no key, and the same that the engine enforces."""

import pytest

from tests.api.conftest import Desk
from tests.api.refusals import problem
from workflow.lifecycle.door.diagram import mermaid
from workflow.lifecycle.door.machine import TABLES
from workflow.lifecycle.vocabulary import SubjectKind


def test_every_machine_is_read_without_a_key(shared_desk: Desk) -> None:
    items = shared_desk.client.get("/v1/machines").json()["items"]
    assert [each["name"] for each in items] == [kind.value for kind in TABLES]
    for item in items:
        alone = shared_desk.client.get(f"/v1/machines/{item['name']}")
        assert alone.status_code == 200
        assert alone.json() == item


@pytest.mark.parametrize("kind", TABLES)
def test_a_machine_shows_its_states_rows_and_diagram_as_they_are_enforced(shared_desk: Desk, kind: SubjectKind) -> None:
    table = TABLES[kind]
    shown = shared_desk.client.get(f"/v1/machines/{kind.value}").json()
    assert shown["states"] == [state.value for state in type(table.rows[0].sources[0])]
    assert shown["begins"] == shown["states"][0]
    assert shown["mermaid"] == mermaid(table)
    assert [(row["trigger"], row["from"], row["to"]) for row in shown["rows"]] == [
        (row.trigger.value, source.value, target.value) for row in table.rows for source, target in row.moves()
    ]
    each_move = [row for row in table.rows for _ in row.moves()]
    for row, given in zip(each_move, shown["rows"], strict=True):
        assert set(given["roles"]) == {role.value for role in row.roles}
        assert given["guards"] == [guard.name for guard in row.guards]
        assert given["ground"] == row.ground


def test_under_a_regime_the_roles_are_those_its_rules_name(shared_desk: Desk) -> None:
    client = shared_desk.client
    for regime, who in ((None, ["case_officer"]), ("fr-cnil", ["decision_maker"]), ("nl-ap", ["case_officer"])):
        asked = {} if regime is None else {"regime": regime}
        shown = client.get("/v1/machines/order", params=asked).json()
        (close,) = [row for row in shown["rows"] if row["trigger"] == "close"]
        assert close["roles"] == who
        drawn = f"close<br/>{who[0].replace('_', ' ')}<br/>"
        assert drawn in shown["mermaid"]
        penalty = client.get("/v1/machines/penalty_decision", params=asked).json()
        (deliberate,) = [row for row in penalty["rows"] if row["trigger"] == "deliberate"]
        assert deliberate["needs"] == ["session_on", *(["present"] if regime == "fr-cnil" else [])]
        items = client.get("/v1/machines", params=asked).json()["items"]
        assert shown in items
        (case,) = [item for item in items if item["name"] == "case"]
        assert {*next(row for row in case["rows"] if row["trigger"] == "close")["roles"]} == {"case_officer"}
    found = problem(client.get("/v1/machines/order", params={"regime": "fr-cnl"}), 422, "invalid_request")
    assert found["errors"][0]["path"] == "/query/regime"


def test_a_row_says_where_it_is_posted_what_it_follows_and_what_it_needs(shared_desk: Desk) -> None:
    rows = shared_desk.client.get("/v1/machines/order").json()["rows"]
    orders = {row["trigger"]: row for row in reversed(rows)}
    assert [field["name"] for field in orders["accept_compliance"]["fields"]] == ["complied_on", "findings"]
    assert orders["accept_compliance"] | {"guards": [], "fields": []} == {
        "trigger": "accept_compliance",
        "label": "Accept compliance",
        "from": "in_force",
        "to": "complied",
        "roles": ["case_officer"],
        "confirmed_by": ["head_of_enforcement"],
        "guards": [],
        "needs": ["complied_on"],
        "fields": [],
        "ground": "operative part of the decision",
        "parent_kind": None,
        "effect_of": None,
        "step": False,
    }
    assert orders["enter_into_force"]["roles"] == []
    assert orders["enter_into_force"]["effect_of"] == "record_service"
    assert orders["record_expiry"]["step"] is True
    (propose, *_) = shared_desk.client.get("/v1/machines/penalty_decision").json()["rows"]
    assert propose["parent_kind"] == "penalty_clause"


@pytest.mark.parametrize("name", ["orders", "penalty-decision", "penalty-clause", "clause", "Order", "%20"])
def test_an_unknown_machine_is_not_found(shared_desk: Desk, name: str) -> None:
    problem(shared_desk.client.get(f"/v1/machines/{name}"), 404, "not_found")
