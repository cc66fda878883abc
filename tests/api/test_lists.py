"""Lists: page by page in any order without a gap, filtered by what a person types, and errors in place of silence."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from tests.api.conftest import Desk
from tests.api.counsel import Counsel
from tests.api.refusals import errors_of, problem
from workflow.lifecycle.vocabulary import Role

LISTS = (
    "cases",
    "decisions",
    "orders",
    "penalty-clauses",
    "penalty-decisions",
    "filings",
    "access-requests",
    "debts",
)
Get = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def filled(shared_desk: Desk) -> Desk:
    """Two cases served and one draft, whose orders have no last day yet."""
    for case in ("LIST-1", "LIST-2"):
        shared_desk.serve(in_case=case)
    shared_desk.draft(in_case="LIST-3", reference="D-3")
    shared_desk.clock.jump("2023-02-10")
    shared_desk.sweep()
    return shared_desk


@pytest.fixture(params=["staff", "counsel"])
def get(request: pytest.FixtureRequest, filled: Desk) -> Get:
    """Read a list, as staff from the tables, as counsel from what it sees."""
    if request.param == "staff":
        return lambda path, **query: dict(filled.get(path, params=query).json())
    counsel = Counsel(filled, f"Counsel {request.node.name}")
    for case in filled.get("/v1/cases").json()["items"]:
        counsel.represent(case["id"])
    return lambda path, **query: dict(counsel.get(path, **query).json())


def walked(get: Get, path: str, limit: int, **query: Any) -> list[dict[str, Any]]:
    """Every line, page by page."""
    page = get(path, limit=limit, **query)
    found = page["items"]
    while page["next"] is not None:
        page = get(path, limit=limit, cursor=page["next"], **query)
        assert 1 <= len(page["items"]) <= limit
        found += page["items"]
    return list(found)


SORTS = [
    *(("orders", field) for field in ("id", "case", "n", "kind", "state", "last_day", "version")),
    ("cases", "reference"),
    ("cases", "opened_on"),
    ("penalty-clauses", "rate"),
    ("decisions", "adopted_on"),
]


@pytest.mark.parametrize(("list_", "field"), SORTS)
def test_pages_in_any_order_hold_every_line_once(get: Get, list_: str, field: str) -> None:
    whole = get(f"/v1/{list_}", limit=500)
    assert whole["next"] is None
    assert len(whole["items"]) > 1
    for sort in (field, f"-{field}"):
        lines = walked(get, f"/v1/{list_}", 2, sort=sort)
        assert sorted(each["id"] for each in lines) == [each["id"] for each in whole["items"]]
        values = [_value(each[field]) for each in lines if each[field] is not None]
        assert values == sorted(values, reverse=sort.startswith("-"))
        assert [_value(each[field]) for each in lines][: len(values)] == values, "what has no value comes last"


def _value(said: Any) -> Any:
    """What a list is sorted by: of a sum the amount, of what has a reference the id."""
    if not isinstance(said, dict):
        return said
    return Decimal(said["amount"]) if "amount" in said else said["id"]


def test_what_comes_in_between_moves_no_page(filled: Desk) -> None:
    def get(path: str, **query: Any) -> dict[str, Any]:
        return dict(filled.get(path, params=query).json())

    first = get("/v1/cases", limit=2, sort="reference")
    filled.open_case(reference="LIST-0")
    filled.open_case(reference="LIST-9")
    rest = get("/v1/cases", limit=500, sort="reference", cursor=first["next"])
    assert [each["reference"] for each in first["items"] + rest["items"]] == ["LIST-1", "LIST-2", "LIST-3", "LIST-9"]


def test_a_cursor_fits_its_own_list_alone(get: Get) -> None:
    cursor = get("/v1/orders", limit=1, kind="delete_data")["next"]
    assert get("/v1/orders", limit=5, kind="delete_data", cursor=cursor)["items"]
    for path, query in (
        ("/v1/orders", {}),
        ("/v1/orders", {"kind": "cease_collection"}),
        ("/v1/orders", {"kind": "delete_data", "sort": "-id"}),
        ("/v1/decisions", {}),
    ):
        said = errors_of(get(path, cursor=cursor, **query))["/query/cursor"]
        assert said.startswith("a cursor of this list with these filters and this sort; take it from `next`")


@pytest.mark.parametrize(
    "cursor",
    ["", "x", "e30", "W10", "WzFd", "bnVsbA", "é", "A" * 299, "WyJhIiwgMSwgMV0", "WyJhIiwgIlx1MDAwMCIsICJhIl0"],
)
def test_what_is_no_cursor_is_an_error(get: Get, cursor: str) -> None:
    assert errors_of(get("/v1/orders", cursor=cursor))["/query/cursor"].startswith(
        ("no cursor of this", "a cursor of this")
    )


def test_a_regime_that_is_none_is_an_error_with_those_that_are(get: Get) -> None:
    assert get("/v1/cases", regime="fr-cnil")["items"]
    assert get("/v1/cases", regime="nl-ap")["items"] == []
    said = errors_of(get("/v1/cases", regime="fr-cnli"))["/query/regime"]
    assert said.startswith("no such regime; known are ")
    assert "fr-cnil@1" in said


@pytest.mark.parametrize("list_", LISTS)
def test_a_field_that_is_none_is_an_error(filled: Desk, list_: str) -> None:
    for query in ({"sort": "colour"}, {"sort": "--id"}, {"sort": ""}, {"colour": "red"}, {"limit": 0}, {"limit": 501}):
        found = problem(filled.get(f"/v1/{list_}", params=query), 422, "invalid_request")
        assert list(errors_of(found)) == [f"/query/{next(iter(query))}"]
    assert "'-id'" in errors_of(filled.get(f"/v1/{list_}", params={"sort": "colour"}).json())["/query/sort"]


def test_a_case_and_a_decision_are_found_by_what_a_person_types(get: Get) -> None:
    ((case, decision),) = [
        (each["case"]["id"], each["id"])
        for each in get("/v1/decisions")["items"]
        if each["case"]["reference"] == "LIST-1"
    ]
    by_id = get("/v1/orders", case=case)
    assert len(by_id["items"]) == 3
    assert get("/v1/orders", case="LIST-1") == by_id == get("/v1/orders", decision=decision)
    assert get("/v1/orders", case="LIST-1", decision="SAN-2022-019") == by_id
    assert len(get("/v1/orders", decision="SAN-2022-019")["items"]) == 6, "decisions of two cases have this reference"
    cursor = get("/v1/orders", case=case, limit=1)["next"]
    assert get("/v1/orders", case="LIST-1", limit=1, cursor=cursor)["items"] == by_id["items"][1:2]


NAMES = [
    ("orders", "case", "case"),
    ("orders", "decision", "decision"),
    ("penalty-decisions", "clause", "penalty clause"),
    ("access-requests", "order", "order"),
    ("filings", "about", "order or penalty decision or decision"),
    ("debts", "source", "decision or penalty decision or debt"),
]


@pytest.mark.parametrize(("list_", "filter_", "kind"), NAMES)
def test_what_a_filter_names_must_be_there(get: Get, list_: str, filter_: str, kind: str) -> None:
    found = get(f"/v1/{list_}", **{filter_: "LIST-77"})
    assert (found["status"], found["code"]) == (404, "not_found")
    assert found["detail"].startswith(f"There is no {kind} 'LIST-77'")


def test_a_case_of_others_is_as_if_it_were_not_there(filled: Desk) -> None:
    stranger = Counsel(filled, "A stranger")
    id = filled.get("/v1/cases").json()["items"][0]["id"]
    theirs, nobodys = (problem(stranger.get("/v1/orders", case=each), 404, "not_found") for each in (id, "x" * len(id)))
    assert theirs["detail"].replace(id, "") == nobodys["detail"].replace("x" * len(id), "")


def test_endpoints_and_deliveries_come_page_by_page(desk: Desk) -> None:
    path = f"/v1/decisions/{desk.adopt(in_case='LIST-4')['id']}"
    case = desk.get(path).json()["case"]["id"]
    counsel = Counsel(desk, "Counsel of it").represent(case)
    made = [counsel.register(case, url=f"https://counsel.example/{n}")["id"] for n in range(3)]
    desk.clock.jump("2022-10-19")
    data = {"addressee": 1, "served_on": "2022-10-19", "channel": "registered_letter"}
    assert desk.pull(path, "record_service", Role.REGISTRAR, data=data).status_code == 200

    def staff(path: str, **query: Any) -> dict[str, Any]:
        return dict(desk.get(path, params=query).json())

    def theirs(path: str, **query: Any) -> dict[str, Any]:
        return dict(counsel.get(path, **query).json())

    for get in (staff, theirs):
        for sort, ids in (("created_at", made), ("-created_at", made[::-1])):
            lines = walked(get, "/v1/webhook-endpoints", 2, case="LIST-4", sort=sort)
            assert [each["id"] for each in lines] == ids
        whole = get("/v1/deliveries", case=case)
        assert (whole["next"], len(whole["items"])) == (None, 3 * (1 + 4))
        assert walked(get, "/v1/deliveries", 4, case="LIST-4") == whole["items"]
        one = walked(get, "/v1/deliveries", 2, endpoint=made[0], after=1)
        assert [each["sequence"] for each in one] == [2, 3, 4]
        cursor = get("/v1/deliveries", case=case, limit=1)["next"]
        for query in ({"endpoint": made[0]}, {"case": case, "after": 1}):
            assert list(errors_of(get("/v1/deliveries", cursor=cursor, **query))) == ["/query/cursor"]
    mine = [desk.client.post("/v1/feeds", json={}, headers=counsel.headers).json()["id"] for _ in range(3)]
    assert [each["id"] for each in walked(theirs, "/v1/feeds", 2)] == mine


@pytest.mark.parametrize("path", ["/v1/events", "/v1/forecast", "/v1/webhook-endpoints", "/v1/deliveries"])
def test_a_case_is_asked_for_by_its_reference_everywhere(filled: Desk, path: str) -> None:
    id = filled.get("/v1/cases", params={"reference": "LIST-1"}).json()["items"][0]["id"]
    by_id, by_reference = (filled.get(path, params={"case": each}) for each in (id, "LIST-1"))
    assert (by_id.status_code, by_id.json()) == (200, by_reference.json())
    for wrong in ("LIST-77", "x\x00"):
        assert filled.get(path, params={"case": wrong}).status_code in (404, 422)


def test_lines_are_in_the_style_of_everything_else(filled: Desk) -> None:
    (clause, *_) = filled.get("/v1/penalty-clauses").json()["items"]
    assert clause["rate"] == {"amount": "100000.00", "currency": "EUR"}
    shown = filled.get(f"/v1/decisions/{clause['decision']['id']}").json()
    case = filled.get(f"/v1/cases/{shown['case']['id']}").json()
    assert clause["case"] == {name: case[name] for name in ("id", "reference", "title")} == shown["case"]
    assert case["title"] == "Clearview AI Inc. and 1 more"
    assert clause["decision"] == {name: shown[name] for name in ("id", "reference", "title")}
    assert clause["decision"]["title"] == "corrective decision of 2022-10-17"
