"""A fine over the API: due from service, paid in parts, annulled and paid back; its interest; written off by two."""

from typing import Any

import pytest

from tests.api.conftest import Desk
from tests.api.refusals import problem
from tests.support.register import a_draft
from workflow.lifecycle.vocabulary import Role

FINE = {"amount": "1000.00", "currency": "EUR"}


def a_fine(desk: Desk) -> str:
    """The path of the fine of a decision served on 19 October 2022."""
    return of_decision(desk, desk.serve(fine=FINE, clauses=[]))


def a_dutch_fine(desk: Desk) -> str:
    """The path of a Dutch fine served on 19 October 2022."""
    case = desk.open_case(regime="nl-ap")
    desk.clock.jump("2022-10-13")
    made = desk.post("/v1/decisions", {"case": case["id"], **a_draft(fine=FINE, clauses=[])})
    path = f"/v1/decisions/{made.json()['id']}"
    assert desk.pull(path, "submit", Role.CASE_OFFICER).status_code == 200
    desk.clock.jump("2022-10-17")
    assert desk.pull(path, "adopt", Role.DECISION_MAKER).status_code == 200
    desk.clock.jump("2022-10-19")
    data = {"addressee": 1, "served_on": "2022-10-19", "channel": "registered_letter"}
    served = desk.pull(path, "record_service", Role.REGISTRAR, data=data)
    assert served.status_code == 200, served.text
    return of_decision(desk, served.json())


def of_decision(desk: Desk, decision: dict[str, Any]) -> str:
    """The path of the one debt in the case of a decision."""
    (line,) = desk.get(f"/v1/debts?case={decision['case']['id']}").json()["items"]
    assert (line["amount"], line["outstanding"], line["kind"]) == (FINE, FINE, "fine")
    return f"/v1/debts/{line['id']}"


def pay(desk: Desk, path: str, amount: str, on: str) -> dict[str, Any]:
    data = {"paid_on": on, "amount": {"amount": amount, "currency": "EUR"}, "reference": "statement 12, line 3"}
    answer = desk.pull(path, "record_payment", Role.FINANCE_OFFICER, data=data)
    assert answer.status_code in (200, 202), answer.text
    paid: dict[str, Any] = answer.json()
    return paid


def trigger(shown: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(each for each in shown["open_transitions"] if each["trigger"] == name)
    return found


def test_a_fine_is_paid_in_parts_annulled_and_paid_back(desk: Desk) -> None:
    path = a_fine(desk)
    shown = desk.get(path, Role.FINANCE_OFFICER).json()
    assert (shown["state"], shown["payable"]["due_by"], shown["collected_by"]) == ("due", "2022-11-21", "treasury")
    assert shown["payable"]["explanation"][-1]["after"] == "2022-11-21"
    assert shown["limitation"]["last_day"] == "2027-10-19"
    assert (shown["interest"]["amount"]["amount"], shown["interest"]["why_none"]) == (
        "0.00",
        "fr-cnil@1 names no interest.",
    )
    assert shown["addressee"]["n"] == 1
    assert shown["decision"]["reference"] == "SAN-2022-019"
    assert [(each["step"], each["on"]) for each in shown["next_steps"]] == [("payment_overdue", "2022-11-22")]
    assert trigger(shown, "record_payment")["needs"] == ["paid_on", "amount", "reference"]
    desk.clock.jump("2022-11-10")
    part = pay(desk, path, "400.00", "2022-11-08")
    assert (part["state"], part["paid"]["amount"], part["outstanding"]["amount"]) == ("partly_paid", "400.00", "600.00")
    too_much = {"paid_on": "2022-11-10", "amount": {"amount": "600.01", "currency": "EUR"}, "reference": "x"}
    refused = problem(desk.pull(path, "record_payment", Role.FINANCE_OFFICER, data=too_much), 409, "guard_refused")
    assert "outstanding is EUR 600.00" in refused["detail"]
    assert pay(desk, path, "600.00", "2022-11-10")["state"] == "paid"
    decision = f"/v1/decisions/{shown['decision']['id']}"
    appeal = {"addressee": 1, "lodged_on": "2022-11-15", "court": "Conseil d'État"}
    desk.clock.jump("2022-11-15")
    lodged = desk.pull(decision, "record_appeal", Role.REGISTRAR, data=appeal)
    assert lodged.status_code == 200, lodged.text
    desk.clock.jump("2024-02-01")
    ruling = {
        "appeal": 1,
        "ruled_on": "2024-02-01",
        "court": "Conseil d'État",
        "final": True,
        "proof": "no. 12345",
        "items": [{"item": "decision", "outcome": "annulled"}],
    }
    ruled = desk.pull(decision, "record_ruling", Role.REGISTRAR, data=ruling)
    assert ruled.status_code == 200, ruled.text
    owed_back = desk.get(path).json()
    assert (owed_back["state"], owed_back["refund_due"]["amount"]) == ("refund_due", "1000.00")
    data = {"refunded_on": "2024-02-01", "amount": FINE, "reference": "order 7"}
    back = desk.pull(path, "record_refund", Role.FINANCE_OFFICER, data=data).json()
    assert (back["state"], back["paid"]["amount"], back["refunds"][0]["on"]) == ("refunded", "0.00", "2024-02-01")


def test_interest_is_shown_up_to_yesterday_and_charged_as_a_debt_of_its_own(desk: Desk) -> None:
    path = a_dutch_fine(desk)
    desk.clock.jump("2023-12-01")
    shown = desk.get(path).json()
    assert (shown["interest"]["as_of"], shown["interest"]["amount"]["amount"]) == ("2023-11-30", "46.68")
    assert [line["percent"] for line in shown["interest"]["lines"]] == ["2", "4", "6"]
    made = desk.pull(path, "charge_interest", Role.FINANCE_OFFICER, data={"to": "2023-11-30"})
    assert made.status_code == 200, made.text
    interest = made.json()
    assert (interest["kind"], interest["amount"]["amount"]) == ("interest", "46.68")
    assert interest["days"] == {"from": "2022-12-01", "to": "2023-11-30"}
    assert interest["source"] == {"kind": "debt", "id": shown["id"]}
    after = desk.get(path).json()["interest"]
    assert (after["amount"]["amount"], after["charged"]["amount"]) == ("0.00", "46.68")


def test_a_debt_is_written_off_by_two_people(desk: Desk) -> None:
    path = a_fine(desk)
    proposed = desk.pull(path, "write_off", Role.FINANCE_OFFICER, reason="insolvent").json()
    assert (proposed["state"], proposed["pending_acts"][0]["trigger"]) == ("due", "write_off")
    ended = desk.pull(path, "confirm", Role.HEAD_OF_ENFORCEMENT).json()
    assert (ended["state"], ended["pending_acts"], ended["limitation"]) == ("written_off", [], None)


@pytest.mark.parametrize("query", ["state=nothing", "kind=tax", "colour=red"])
def test_a_list_is_filtered_on_its_own_names(shared_desk: Desk, query: str) -> None:
    problem(shared_desk.get(f"/v1/debts?{query}"), 422, "invalid_request")
