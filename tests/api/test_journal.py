"""The journal of a case: every filter, alone and together, finds the events that match, in order, page by page."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.api.conftest import Desk
from tests.api.refusals import errors_of, problem
from workflow.lifecycle.vocabulary import Role

Event = dict[str, Any]


@pytest.fixture(scope="module")
def path(shared_desk: Desk) -> str:
    """The journal of a case swept day by day up to the penalty proposed."""
    decision = shared_desk.serve()
    for day in ("2022-11-19", "2022-12-12", "2022-12-18", "2022-12-21", "2023-02-10"):
        shared_desk.clock.jump(day)
        shared_desk.sweep()
    return f"/v1/cases/{decision['case']['id']}/journal"


def ask(desk: Desk, path: str, **query: Any) -> dict[str, Any]:
    answer = desk.get(path, Role.AUDITOR, params=query)
    assert answer.status_code in (200, 202), answer.text
    found: dict[str, Any] = answer.json()
    return found


REMINDED, EXPIRED = "order.reminded", "order.period_expired"

MATCHES: list[tuple[dict[str, Any], Callable[[Event], bool]]] = [
    ({}, lambda event: True),
    ({"type": REMINDED}, lambda event: event["type"] == REMINDED),
    ({"type": [REMINDED, EXPIRED]}, lambda event: event["type"] in {REMINDED, EXPIRED}),
    ({"audience": "served"}, lambda event: event["audience"] == "served"),
    ({"recorded_from": "2022-12-12T12:00:00Z"}, lambda event: event["recorded_at"] >= "2022-12-12T12:00:00Z"),
    ({"recorded_from": "2022-12-12T13:00:01+01:00"}, lambda event: event["recorded_at"] > "2022-12-12T12:00:00Z"),
    ({"recorded_to": "2022-12-12T12:00:00Z"}, lambda event: event["recorded_at"] <= "2022-12-12T12:00:00Z"),
    ({"recorded_to": "2022-12-12T11:59:59.9Z"}, lambda event: event["recorded_at"] < "2022-12-12T12:00:00Z"),
    ({"effective_from": "2022-12-20"}, lambda event: event["effective_on"] >= "2022-12-20"),
    ({"effective_to": "2022-12-20"}, lambda event: event["effective_on"] <= "2022-12-20"),
    ({"effective_from": "2022-12-20", "effective_to": "2022-12-20"}, lambda event: event["type"] == EXPIRED),
    ({"recorded_from": "2022-12-21T00:00:00Z", "effective_to": "2022-12-31"}, lambda event: event["type"] == EXPIRED),
    ({"after": 12}, lambda event: event["seq"] > 12),
    ({"after": 2**31 - 1}, lambda event: False),
]


@pytest.mark.parametrize(("query", "matches"), MATCHES, ids=lambda each: str(each) if isinstance(each, dict) else "")
def test_a_filter_finds_what_matches_and_nothing_else(
    shared_desk: Desk, path: str, query: dict[str, Any], matches: Callable[[Event], bool]
) -> None:
    everything = ask(shared_desk, path)["items"]
    assert len(everything) == 25
    found = ask(shared_desk, path, **query)
    assert found["items"] == [event for event in everything if matches(event)]
    assert found["next"] is None


def test_what_is_about_one_thing_and_what_one_account_did(shared_desk: Desk, path: str) -> None:
    everything = ask(shared_desk, path)["items"]
    for event in everything:
        subject, actor = event["subject"]["id"], event["actor"]["id"]
        about = [each for each in everything if each["subject"]["id"] == subject]
        assert ask(shared_desk, path, subject=subject)["items"] == about
        by = [each for each in everything if each["actor"]["id"] == actor]
        assert ask(shared_desk, path, actor=actor)["items"] == by
        both = [each for each in about if each in by]
        assert ask(shared_desk, path, subject=subject, actor=actor)["items"] == both
    for name in ("subject", "actor"):
        answer = shared_desk.get(path, params={name: "nothing"})
        assert list(errors_of(problem(answer, 422, "invalid_request"))) == [f"/query/{name}"]


@pytest.mark.parametrize("limit", [1, 7, 25])
def test_pages_follow_each_other_by_place(shared_desk: Desk, path: str, limit: int) -> None:
    wanted = {"limit": limit, "type": [REMINDED, EXPIRED, "case.opened"]}
    page = ask(shared_desk, path, **wanted)
    found = page["items"]
    while (cursor := page["next"]) is not None:
        page = ask(shared_desk, path, cursor=cursor, **wanted)
        found += page["items"]
        other = shared_desk.get(path, params={"limit": limit, "cursor": cursor})
        assert list(errors_of(problem(other, 422, "invalid_request"))) == ["/query/cursor"]
    assert [event["seq"] for event in found] == [1, *range(13, 25)]
    assert ask(shared_desk, path, **wanted, after=13)["items"] == found[2:][:limit]


WRONG = [
    ({"types": REMINDED}, "/query/types"),
    ({"type": "order.remind"}, "/query/type/0"),
    ({"audience": "everybody"}, "/query/audience"),
    ({"subject": "\x00"}, "/query/subject"),
    ({"recorded_from": "2022-12-12"}, "/query/recorded_from"),
    ({"recorded_to": "1670846400"}, "/query/recorded_to"),
    ({"effective_from": "0"}, "/query/effective_from"),
    ({"effective_to": "2022-12-12T12:00:00Z"}, "/query/effective_to"),
    ({"effective_from": "2022-12-12", "effective_to": "2022-12-11"}, "/query/effective_to"),
    ({"recorded_from": "2022-12-12T12:00:00Z", "recorded_to": "2022-12-12T12:00:00+01:00"}, "/query/recorded_to"),
    ({"after": "-1"}, "/query/after"),
    ({"after": "9" * 30}, "/query/after"),
    ({"limit": "0"}, "/query/limit"),
    ({"limit": "1001"}, "/query/limit"),
]


@pytest.mark.parametrize(("query", "at"), WRONG, ids=lambda each: str(each) if isinstance(each, dict) else "")
def test_a_filter_that_cannot_be_is_refused(shared_desk: Desk, path: str, query: dict[str, Any], at: str) -> None:
    answer = shared_desk.get(path, params=query)
    assert set(errors_of(problem(answer, 422, "invalid_request"))) == {at}
    problem(shared_desk.get("/v1/cases/nothing/journal", params=query), 404, "not_found")
