"""Requests with wrong members: 422, each named by its path and with the way out, and nothing is written."""

from typing import Any

import pytest

from tests.api.conftest import Desk
from tests.api.refusals import errors_of, refused
from tests.support.register import CASE, a_clause, a_draft, an_order
from workflow.lifecycle.vocabulary import Role

HUGE = 10**20


@pytest.fixture(scope="module")
def case(shared_desk: Desk) -> dict[str, Any]:
    case = shared_desk.open_case()
    shared_desk.clock.jump("2022-10-13")
    return case


@pytest.fixture(scope="module")
def order(shared_desk: Desk) -> dict[str, Any]:
    orders: list[dict[str, Any]] = shared_desk.serve(in_case="BAD-1")["orders"]
    return orders[2]


ORDERS = a_draft()["orders"]
DRAFTS: list[tuple[str, dict[str, Any], str, str]] = [
    ("a misspelt member", {"adressees": [1]}, "/adressees", "unknown member; did you mean addressees?"),
    (
        "a misspelt member of a clause",
        {"clauses": [a_clause(acrues_from="service")]},
        "/clauses/0/acrues_from",
        "unknown member; did you mean accrues_from?",
    ),
    ("a member named like a type", {"hearingBody": 1}, "/hearingBody", "unknown member; did you mean hearing?"),
    (
        "a number as a date",
        {"hearing": {"grounds_notified_on": 0}},
        "/hearing/grounds_notified_on",
        "a date like 2022-12-20, not the number 0",
    ),
    (
        "a date without dashes",
        {"hearing": {"waived_on": "20221019"}},
        "/hearing/waived_on",
        "a date like 2022-12-20, not '20221019'",
    ),
    (
        "a day that is none",
        {"hearing": {"waived_on": "2022-02-30"}},
        "/hearing/waived_on",
        "2022-02-30 is no day of the calendar",
    ),
    (
        "a year of a slipped hand",
        {"orders": [an_order(1, "delete_data", period=None, comply_by_fixed="9999-12-31")], "clauses": []},
        "/orders/0/comply_by_fixed",
        "a day from 1900 to 2999; check the year of 9999-12-31",
    ),
    (
        "a clause on a fine",
        {"clauses": [a_clause(covers=["fine"])]},
        "/clauses/0/covers/0",
        "a whole number, not 'fine'",
    ),
    (
        "a clause on an order that is not there",
        {"clauses": [a_clause(covers=[1, 4])]},
        "/clauses/0/covers/1",
        "no order 4 in this draft; a clause covers orders only",
    ),
    (
        "a negative rate",
        {"clauses": [a_clause(rate="-100000.00")]},
        "/clauses/0/rate",
        "an amount like 100000.00: digits, a point and decimals; no sign, no exponent, no separators",
    ),
    (
        "a currency in small letters",
        {"clauses": [a_clause(currency="eur")]},
        "/clauses/0/currency",
        "an ISO 4217 currency in capitals, like EUR, NOK or JPY; not 'eur'",
    ),
    (
        "a currency that is true",
        {"clauses": [a_clause(currency=True)]},
        "/clauses/0/currency",
        "an ISO 4217 currency in capitals, like EUR, NOK or JPY; not true",
    ),
    ("no rate", {"clauses": [a_clause(rate="0.00")]}, "/clauses/0/rate", "a rate is above zero"),
    (
        "a sum no column can hold",
        {"fine": {"amount": str(HUGE), "currency": "EUR"}},
        "/fine/amount",
        "a sum of at most 92233720368547758.07 EUR",
    ),
    (
        "orders that wait for each other",
        {"orders": [an_order(1, "delete_data", after=[2]), an_order(2, "rectify_data", after=[1])], "clauses": []},
        "/orders/0/after",
        "orders wait for each other: 1 after 2 after 1; take one of these out",
    ),
    (
        "a text no database can keep",
        {"orders": [an_order(1, "delete_data", ground="GDPR\x00")], "clauses": []},
        "/orders/0/ground",
        "text without control characters",
    ),
    (
        "a hearing that contradicts itself",
        {"hearing": {"grounds_notified_on": "2022-07-14", "window_ended_on": "2022-07-13"}, "assumed": []},
        "/hearing/window_ended_on",
        "2022-07-13 is before 2022-07-14, when the grounds were notified",
    ),
    (
        "an assumption about nothing",
        {"assumed": ["served_on"]},
        "/assumed/0",
        "'served_on' names no member given; write a path like served_on or hearing.waived_on",
    ),
]


@pytest.mark.parametrize(("what", "members", "path", "sentence"), DRAFTS, ids=[each[0] for each in DRAFTS])
def test_a_draft_with_a_wrong_member_is_refused_whole(
    shared_desk: Desk, case: dict[str, Any], what: str, members: dict[str, Any], path: str, sentence: str
) -> None:
    body = {"case": case["id"], **a_draft(**members)}
    found = refused(shared_desk, "/v1/decisions", body, status=422, code="invalid_request")
    assert errors_of(found) == {path: sentence}
    assert found["detail"] == "1 member is wrong."


def test_every_wrong_member_is_named_at_once(shared_desk: Desk, case: dict[str, Any]) -> None:
    body = {"case": case["id"], **a_draft(clauses=[a_clause(rate="-1", per=3)], langage="fr")}
    found = refused(shared_desk, "/v1/decisions", body, status=422, code="invalid_request")
    assert set(errors_of(found)) == {"/clauses/0/rate", "/clauses/0/per", "/langage"}


def test_wrong_members_of_a_revised_draft_are_named_below_data(shared_desk: Desk) -> None:
    decision = shared_desk.draft(in_case="BAD-2")
    ring = a_draft(orders=[an_order(1, "delete_data", after=[1])], clauses=[])
    for data, path in ((ring, "/data/orders/0/after"), (a_draft(fine={"amount": "x"}), "/data/fine/amount")):
        body = {"trigger": "revise", "data": data}
        where = f"/v1/decisions/{decision['id']}/transitions"
        found = refused(shared_desk, where, body, version=decision["version"], status=422, code="invalid_request")
        assert path in errors_of(found)


TRANSITIONS: list[tuple[str, dict[str, Any], str, str]] = [
    (
        "a misspelt member",
        {"efective_on": "2022-12-20"},
        "/efective_on",
        "unknown member; did you mean effective_on?",
    ),
    (
        "a misspelt member of data",
        {"data": {"complied": "2022-12-01"}},
        "/data/complied",
        "unknown member; did you mean complied_on?",
    ),
    ("a number as date", {"effective_on": 0}, "/effective_on", "a date like 2022-12-20, not the number 0"),
    (
        "a number as date in data",
        {"data": {"complied_on": 20221201}},
        "/data/complied_on",
        "a date like 2022-12-20, not the number 20221201",
    ),
    ("a blank reason", {"reason": " "}, "/reason", "words, not blanks"),
    ("a reason with a NUL", {"reason": "no\x00w"}, "/reason", "text without control characters"),
    ("a step", {"data": {"complied_on": "2022-10-19"}, "step": "order/1"}, "/step", "a step is the scheduler's"),
    ("data that is a list", {"data": [1]}, "/data", "a JSON object, not"),
]


@pytest.mark.parametrize(("what", "members", "path", "sentence"), TRANSITIONS, ids=[each[0] for each in TRANSITIONS])
def test_a_transition_with_a_wrong_member_is_refused(
    shared_desk: Desk, order: dict[str, Any], what: str, members: dict[str, Any], path: str, sentence: str
) -> None:
    body = {"trigger": "accept_compliance", **members}
    where = f"/v1/orders/{order['id']}/transitions"
    found = refused(shared_desk, where, body, Role.CASE_OFFICER, version=2, status=422, code="invalid_request")
    assert errors_of(found)[path].startswith(sentence)


def test_an_unknown_trigger_is_told_which_one_may_have_been_meant(shared_desk: Desk, order: dict[str, Any]) -> None:
    where = f"/v1/orders/{order['id']}/transitions"
    found = refused(shared_desk, where, {"trigger": "accept_complience"}, version=2, status=422, code="unknown_trigger")
    assert found["detail"] == "order has no trigger 'accept_complience'; did you mean accept_compliance?"


def test_an_effect_of_another_act_is_no_trigger(shared_desk: Desk, order: dict[str, Any]) -> None:
    where = f"/v1/orders/{order['id']}/transitions"
    found = refused(shared_desk, where, {"trigger": "enter_into_force"}, version=2, status=422, code="unknown_trigger")
    assert "enter_into_force" not in found["known"]


@pytest.mark.parametrize("if_match", ['W/"2"', "2", "*", '"x"', '"1234567890"', '"٣"'])
def test_an_if_match_that_is_no_version_is_refused(shared_desk: Desk, order: dict[str, Any], if_match: str) -> None:
    headers = shared_desk.key(Role.HEAD_OF_ENFORCEMENT) | {"If-Match": if_match.encode()}
    body = {"trigger": "accept_compliance", "data": {"complied_on": "2022-10-19"}}
    answer = shared_desk.client.post(f"/v1/orders/{order['id']}/transitions", json=body, headers=headers)  # type: ignore[arg-type]
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["path"] == "/header/if-match"


CASES: list[tuple[str, dict[str, Any], str]] = [
    ("an unknown regime", {"regime": "fr-cnli"}, "/regime"),
    (
        "a representative of nobody",
        {"representatives": [{"party": 2, "name": "A. Counsel"}]},
        "/representatives/0/party",
    ),
    ("a number as date", {"opened_on": 0}, "/opened_on"),
    ("no party", {"parties": []}, "/parties"),
]


@pytest.mark.parametrize(("what", "members", "path"), CASES, ids=[each[0] for each in CASES])
def test_a_case_with_a_wrong_member_is_refused(
    shared_desk: Desk, what: str, members: dict[str, Any], path: str
) -> None:
    body = CASE | {"reference": "BAD-3"} | members
    found = refused(shared_desk, "/v1/cases", body, status=422, code="invalid_request")
    assert set(errors_of(found)) == {path}
