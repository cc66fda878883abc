"""What readers see: the order as the example shows it, lateness without a sweep, exposure, drafts replaced, service."""

import json
from typing import Any

import pytest

from tests.api.conftest import Desk
from tests.api.refusals import problem
from tests.support.register import FINE, a_clause, a_draft, an_order
from workflow.lifecycle.vocabulary import Role

EXAMPLE = {
    *("id", "number", "version", "case", "decision", "addressee", "kind", "nature", "ground", "limbs", "after"),
    *("state", "is_overdue", "period", "exposure", "next_steps", "open_transitions", "unverified"),
}
"""The members of an order that readers were promised."""

OFFICER, HEAD, REGISTRAR = Role.CASE_OFFICER, Role.HEAD_OF_ENFORCEMENT, Role.REGISTRAR


@pytest.fixture(scope="module")
def served(shared_desk: Desk) -> dict[str, Any]:
    return shared_desk.serve()


def test_an_order_is_shown_as_the_example_shows_it(desk: Desk) -> None:
    order = f"/v1/orders/{desk.serve()['orders'][1]['id']}"
    assert EXAMPLE - set(desk.get(order).json()) == set()
    for day in ("2022-11-19", "2022-12-12", "2022-12-18", "2022-12-20"):
        desk.clock.jump(day)
        desk.sweep()
    desk.clock.jump("2023-02-10")
    answer = desk.get(order)
    shown = answer.json()
    assert answer.headers["etag"] == '"6"'
    assert (shown["number"], shown["version"], shown["kind"]) == ("SAN-2022-019/2", 6, "delete_data")
    assert (shown["state"], shown["is_overdue"], shown["nature"]) == ("expired", True, "result")
    assert shown["case"]["reference"] == shown["decision"]["reference"] == "SAN-2022-019"
    assert shown["addressee"]["name"] == "Clearview AI Inc."
    (limb,) = shown["limbs"]
    assert (limb["n"], limb["unmet"], limb["met_on"]) == (1, [{"from": "2022-12-20"}], None)
    (after,) = shown["after"]
    assert (after["kind"], after["satisfied"]) == ("answer_access_requests", False)
    period = shown["period"]
    assert {key: period[key] for key in ("duration", "from", "starts_on", "last_day", "ends_at")} == {
        "duration": "P2M",
        "from": "service",
        "starts_on": "2022-10-19",
        "last_day": "2022-12-19",
        "ends_at": "2022-12-19T23:00:00Z",
    }
    for line in period["explanation"]:
        assert set(line) >= {"rule", "reference", "before", "after"}
    assert shown["exposure"] == {
        "of": "clause",
        "clause": shown["exposure"]["clause"],
        "as_of": "2023-02-09",
        "days_late": 52,
        "amount": {"amount": "5200000.00", "currency": "EUR"},
        "owed": False,
    }
    (step,) = shown["next_steps"]
    assert (step["step"], step["on"]) == ("propose_penalty", "2023-02-10")
    assert step["why"]
    assert step["stopped_by"]
    assert "fr-cnil: clock.compliance.roll" in shown["unverified"]


def test_open_transitions_name_what_is_closed_and_why(shared_desk: Desk, served: dict[str, Any]) -> None:
    shared_desk.clock.jump("2022-10-19")
    order = f"/v1/orders/{served['orders'][1]['id']}"
    seen = {each["trigger"]: each for each in shared_desk.get(order, OFFICER).json()["open_transitions"]}
    compliance, expiry = seen["accept_compliance"], seen["record_expiry"]
    assert (compliance["trigger"], compliance["open"]) == ("accept_compliance", False)
    assert (compliance["needs"], compliance["confirmed_by"]) == (["complied_on"], ["head_of_enforcement"])
    assert "order 1 (answer_access_requests)" in compliance["satisfied_by"]
    assert (expiry["trigger"], expiry["open"]) == ("record_expiry", False)
    assert expiry["why"].startswith("The last day is 2022-12-19")
    assert (expiry["open_on"], compliance["open_on"]) == ("2022-12-20", None)
    assert shared_desk.get(order, Role.AUDITOR).json()["open_transitions"] == []


def test_an_order_is_overdue_on_the_day_after_the_last_without_any_sweep(shared_desk: Desk) -> None:
    order = f"/v1/orders/{shared_desk.serve(in_case='READ-1')['orders'][0]['id']}"
    shared_desk.clock.jump("2022-12-19")
    assert shared_desk.get(order).json()["is_overdue"] is False
    assert shared_desk.get(order).json()["exposure"] is None
    shared_desk.clock.jump("2022-12-20")
    shown = shared_desk.get(order).json()
    assert (shown["state"], shown["is_overdue"]) == ("in_force", True)
    shared_desk.clock.jump("2023-01-08")
    complied = shared_desk.accept_compliance(order, "2023-01-05").json()
    assert (complied["state"], complied["is_overdue"]) == ("complied", False)
    assert complied["limbs"][0]["unmet"] == [{"from": "2022-12-20", "to": "2023-01-04"}]


def test_exposure_is_as_of_yesterday_and_stops_with_compliance(shared_desk: Desk) -> None:
    draft = {"orders": [an_order(1, "cease_collection", nature="continuous")], "clauses": [a_clause(covers=[1])]}
    decision = shared_desk.serve(in_case="READ-2", **draft)
    order, clause = (
        f"/v1/{kind}/{decision[name][0]['id']}" for kind, name in (("orders", "orders"), ("penalty-clauses", "clauses"))
    )
    shared_desk.clock.jump("2022-12-21")
    exposure = shared_desk.get(clause).json()["exposure"]
    assert (exposure["as_of"], exposure["days_late"], exposure["owed"]) == ("2022-12-20", 1, False)
    shared_desk.clock.jump("2023-01-08")
    shared_desk.accept_compliance(order, "2023-01-05")
    shared_desk.clock.jump("2023-03-01")
    exposure = shared_desk.get(clause).json()["exposure"]
    assert (exposure["days_late"], exposure["amount"]["amount"]) == (16, "1600000.00")
    (step,) = shared_desk.get(clause).json()["next_steps"]
    assert (step["step"], step["on"]) == ("propose_penalty", "2023-02-10")


def test_a_proposal_fixes_nothing_so_its_days_stay_exposed(desk: Desk) -> None:
    clause = f"/v1/penalty-clauses/{desk.serve()['clauses'][0]['id']}"
    desk.clock.jump("2023-02-10")
    desk.sweep()
    shown = desk.get(clause).json()
    assert [(each["state"], each["units"]) for each in shown["penalty_decisions"]] == [("proposed", 52)]
    assert (shown["exposure"]["days_late"], shown["exposure"]["owed"]) == (52, False)


def test_revising_replaces_the_draft_and_what_was_discarded_is_gone(shared_desk: Desk) -> None:
    drafted = shared_desk.draft(in_case="READ-3")
    path = f"/v1/decisions/{drafted['id']}"
    orders = [an_order(1, "answer_access_requests", period="P3M"), an_order(4, "rectify_data")]
    data = a_draft(orders=orders, clauses=[], fine=None, language="en")
    revised = shared_desk.pull(path, "revise", OFFICER, data=data).json()
    assert (revised["version"], revised["language"], revised["fine"], revised["clauses"]) == (2, "en", None, [])
    assert [(order["number"], order["kind"]) for order in revised["orders"]] == [
        ("SAN-2022-019/1", "answer_access_requests"),
        ("SAN-2022-019/4", "rectify_data"),
    ]
    kept, gone, _ = [order["id"] for order in drafted["orders"]]
    shown = shared_desk.get(f"/v1/orders/{kept}").json()
    assert (shown["version"], shown["period"]["duration"]) == (2, "P3M")
    problem(shared_desk.get(f"/v1/orders/{gone}"), 404, "not_found")
    problem(shared_desk.get(f"/v1/penalty-clauses/{drafted['clauses'][0]['id']}"), 404, "not_found")
    answer = shared_desk.post(f"/v1/orders/{gone}/transitions", {"trigger": "record_expiry"}, OFFICER, 1)
    problem(answer, 404, "not_found")
    journal = shared_desk.get(f"/v1/cases/{drafted['case']['id']}/journal").json()["items"]
    assert [event["type"] for event in journal[6:]] == [
        "decision.revised",
        "order.revised",
        "order.drafted",
        "order.discarded",
        "order.discarded",
        "penalty_clause.discarded",
    ]


def test_two_addressees_are_served_on_days_of_their_own(shared_desk: Desk) -> None:
    orders = [an_order(1, "cease_collection"), an_order(2, "cease_collection", addressee=2)]
    adopted = shared_desk.adopt(in_case="READ-4", addressees=[1, 2], orders=orders, clauses=[a_clause(covers=[1, 2])])
    path = f"/v1/decisions/{adopted['id']}"
    assert adopted["served"] == "0 of 2"
    assert [(clause["addressee"], clause["covers"]) for clause in adopted["clauses"]] == [(1, [1]), (2, [2])]
    shared_desk.clock.jump("2022-10-26")
    shown = {}
    for addressee, day, so_far in ((1, "2022-10-19", "1 of 2"), (2, "2022-10-26", "2 of 2")):
        data = {"addressee": addressee, "served_on": day, "channel": "registered_letter"}
        shown = shared_desk.pull(path, "record_service", REGISTRAR, data=data).json()
        assert shown["served"] == so_far
        (line,) = shared_desk.get("/v1/decisions", params={"case": shown["case"]["id"]}).json()["items"]
        assert (line["served"], line["addressees"]) == (addressee, 2)
    assert [order["last_day"] for order in shown["orders"]] == ["2022-12-19", "2022-12-26"]
    assert [each["served_on"] for each in shown["addressees"]] == ["2022-10-19", "2022-10-26"]
    again = {"addressee": 2, "served_on": "2022-10-26", "channel": "bailiff"}
    problem(shared_desk.pull(path, "record_service", REGISTRAR, data=again), 409, "guard_refused")


def test_the_journal_shows_every_event_with_all_its_members(shared_desk: Desk, served: dict[str, Any]) -> None:
    journal = shared_desk.get(f"/v1/cases/{served['case']['id']}/journal").json()
    assert journal["reference"] == "SAN-2022-019"
    events = journal["items"]
    assert [event["seq"] for event in events] == list(range(1, 13))
    assert len({event["hash"] for event in events}) == len({event["id"] for event in events}) == 12
    for event in events:
        assert set(event) == {
            "case", "seq", "id", "act", "subject", "parent", "type", "audience", "step", "actor", "effective_on",
            "recorded_at", "late_by", "data", "text", "hash",
        }  # fmt: skip
    names = [event["actor"]["name"] for event in events]
    assert names == ["case_officer"] * 7 + ["decision_maker"] + ["registrar"] * 4
    assert events[0]["text"] == {"representative/1": "A. Counsel"}
    assert len({event["act"] for event in events[8:]}) == 1
    assert {event["audience"] for event in events[8:]} == {"served"}
    assert events[-1]["data"]["receipt"]["result"]["last_day"] == "2022-12-19"


def test_the_name_of_a_natural_person_stands_beside_the_chain(shared_desk: Desk) -> None:
    case = shared_desk.open_case(
        reference="READ-5", parties=[{"name": "B. Person", "kind": "natural_person"}], representatives=[]
    )
    assert case["parties"][0]["name"] == "B. Person"
    (event,) = shared_desk.get(f"/v1/cases/{case['id']}/journal").json()["items"]
    assert "B. Person" not in json.dumps(event["data"])
    assert event["text"] == {"party/1": "B. Person"}


def test_the_example_of_a_draft_makes_the_decision(shared_desk: Desk) -> None:
    case = shared_desk.open_case(reference="READ-6")
    shared_desk.clock.jump("2022-10-13")
    orders = [
        {
            "n": n,
            "kind": kind,
            "addressee": 1,
            "ground": "GDPR art. 58(2)(c)",
            "nature": "result",
            "limbs": [{"n": 1, "text": "Answer the access requests received"}],
            "period": "P2M",
            "period_from": "service",
            "after": after,
        }
        for n, kind, after in ((1, "answer_access_requests", []), (2, "delete_data", [1]), (3, "cease_collection", []))
    ]
    clause = a_clause(accrues_from="day_after_last_day", liability="several")
    draft = a_draft(fine=FINE, orders=orders, clauses=[clause])
    made = shared_desk.post("/v1/decisions", {"case": case["id"], **draft})
    assert (made.status_code, made.headers["etag"]) == (201, '"1"')
    assert made.headers["location"] == f"/v1/decisions/{made.json()['id']}"
    assert shared_desk.get(made.headers["location"]).json() == made.json()
    assert made.json()["fine"] == FINE
    assert made.json()["assumed"] == ["hearing.window_ended_on"]


def test_a_list_is_filtered_and_says_when_there_is_more(shared_desk: Desk, served: dict[str, Any]) -> None:
    decision = {"decision": served["id"]}
    page = shared_desk.get("/v1/orders", params=decision | {"kind": "delete_data"}).json()
    assert [(line["n"], line["last_day"]) for line in page["items"]] == [(2, "2022-12-19")]
    page = shared_desk.get("/v1/orders", params=decision | {"limit": 2}).json()
    assert (len(page["items"]), page["next"] is None) == (2, False)
    assert shared_desk.get("/v1/orders", params=decision | {"state": "expired"}).json()["items"] == []


def test_the_due_list_is_read_page_by_page(shared_desk: Desk) -> None:
    decision = shared_desk.serve(in_case="READ-7")
    shared_desk.clock.jump("2023-02-10")
    wanted = {order["id"] for order in decision["orders"]} | {clause["id"] for clause in decision["clauses"]}
    found: list[str] = []
    cursor: str | None = None
    while True:
        query = {"limit": "3"} | ({"cursor": cursor} if cursor else {})
        page = shared_desk.get("/v1/due", Role.SCHEDULER, params=query).json()
        found += [item["subject"]["id"] for item in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert len(found) == len(set(found))
    assert wanted <= set(found)
