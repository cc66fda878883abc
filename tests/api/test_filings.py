"""Filings over the API: a report from the day it came in to its assessment, observations to the reply."""

from typing import Any

import pytest

from tests.api.conftest import Desk
from tests.api.refusals import refused
from workflow.lifecycle.vocabulary import Role

OFFICER, HEAD, REGISTRAR = Role.CASE_OFFICER, Role.HEAD_OF_ENFORCEMENT, Role.REGISTRAR
CLAIMS = [{"limb": 1, "met_on": "2022-12-01"}]
SHEET = {"findings": [{"limb": 1, "finding": "not met: two records remain", "evidence": "deletion log"}]}


def reported(desk: Desk, case: str, **members: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """A decision served, with a report on its third order that came on 10 December 2022, and the report."""
    decision = desk.serve(in_case=case)
    desk.clock.jump("2022-12-12")
    data = {"received_on": "2022-12-10", "claims": CLAIMS, **members}
    answer = desk.pull(f"/v1/orders/{decision['orders'][2]['id']}", "record_report", REGISTRAR, data=data)
    assert answer.status_code in (200, 202), answer.text
    return decision, answer.json()


def tasks(desk: Desk, decision: dict[str, Any]) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = desk.get(f"/v1/cases/{decision['case']['id']}/tasks").json()["items"]
    return items


def test_a_report_from_its_receipt_to_its_end(shared_desk: Desk) -> None:
    decision, filing = reported(shared_desk, "FILE-1", text="All deleted.")
    path = f"/v1/filings/{filing['id']}"
    assert filing == shared_desk.get(path, REGISTRAR).json()
    assert (filing["kind"], filing["state"], filing["in_time"]) == ("compliance_report", "received", True)
    assert filing["about"] == {"kind": "order", "id": decision["orders"][2]["id"]}
    assert (filing["claims"], filing["text"]) == (CLAIMS, "All deleted.")
    (task,) = tasks(shared_desk, decision)
    assert (task["task"], task["trigger"], task["who"], task["urgent"]) == ("assess", "assess", ["case_officer"], False)

    shared_desk.clock.jump("2023-02-10")
    shared_desk.sweep()
    assert shared_desk.get(f"/v1/penalty-decisions?decision={decision['id']}").json()["items"] == []
    (task,) = tasks(shared_desk, decision)
    assert task["urgent"]
    assert task["why"].startswith("Assess first: ")

    assert shared_desk.pull(path, "assess", OFFICER).json()["state"] == "under_assessment"
    proposed = shared_desk.pull(path, "accept_in_part", OFFICER, data=SHEET).json()
    assert [act["trigger"] for act in proposed["pending_acts"]] == ["accept_in_part"]
    done = shared_desk.pull(path, "confirm", HEAD).json()
    assert done["state"] == "partly_accepted"
    assert done["findings"][0]["finding"] == "not met: two records remain"
    assert not done["needs_answer"]

    shared_desk.sweep()
    (proposal,) = shared_desk.get(f"/v1/penalty-decisions?decision={decision['id']}").json()["items"]
    assert [task["task"] for task in tasks(shared_desk, decision)] == ["take_up"]
    assert proposal["units"] == 52
    journal = shared_desk.get(f"/v1/cases/{decision['case']['id']}/journal?subject={filing['id']}").json()["items"]
    assert [(each["type"], each["audience"]) for each in journal] == [
        ("filing.received", "served"),
        ("filing.under_assessment", "served"),
        ("act.proposed", "internal"),
        ("filing.partly_accepted", "served"),
    ]


def test_a_report_that_names_no_limb_of_the_order_is_refused(shared_desk: Desk) -> None:
    decision = shared_desk.serve(in_case="FILE-2")
    path = f"/v1/orders/{decision['orders'][2]['id']}/transitions"
    data = {"received_on": "2022-10-19", "claims": [{"limb": 7, "met_on": "2022-10-19"}]}
    body = {"trigger": "record_report", "data": data}
    found = refused(shared_desk, path, body, REGISTRAR, 2, status=409, code="guard_refused")
    assert found["guard"] == "claims_name_limbs"


def test_filings_are_listed_by_case_and_state(shared_desk: Desk) -> None:
    decision, filing = reported(shared_desk, "FILE-3")
    case = decision["case"]["id"]
    (line,) = shared_desk.get(f"/v1/filings?case={case}").json()["items"]
    assert (line["id"], line["about"], line["party"]) == (filing["id"], decision["orders"][2]["id"], 1)
    assert shared_desk.get(f"/v1/filings?case={case}&state=accepted").json()["items"] == []
    assert shared_desk.get("/v1/filings?state=lost").status_code == 422


@pytest.mark.parametrize(("on", "in_time", "tasks_left"), [("2023-03-20", True, ["reply"]), ("2023-06-01", False, [])])
def test_observations_in_their_window_wait_for_a_reply(
    shared_desk: Desk, on: str, in_time: bool, tasks_left: list[str]
) -> None:
    decision = shared_desk.serve(in_case=f"FILE-{on}")
    shared_desk.clock.jump("2023-02-10")
    shared_desk.sweep()
    (proposal,) = shared_desk.get(f"/v1/penalty-decisions?decision={decision['id']}").json()["items"]
    path = f"/v1/penalty-decisions/{proposal['id']}"
    shared_desk.clock.jump("2023-03-10")
    assert shared_desk.pull(path, "take_up", OFFICER).status_code == 200
    grounds = {"notified_on": "2023-03-10", "channel": "registered_letter", "window_ends_on": "2023-05-10"}
    notified = shared_desk.pull(path, "notify_grounds", Role.DECISION_MAKER, data=grounds)
    assert notified.status_code == 200, notified.text
    shared_desk.clock.jump("2023-06-02")
    answer = shared_desk.pull(path, "record_observations", REGISTRAR, data={"received_on": on, "text": "No."})
    assert answer.status_code in (200, 202), answer.text
    filing = answer.json()
    assert (filing["kind"], filing["in_time"], filing["needs_answer"]) == ("observations", in_time, in_time)
    assert [task["task"] for task in tasks(shared_desk, decision)] == tasks_left
    reply = {"replied_on": "2023-06-02", "outcome": "rejected", "text": "The days stand."}
    done = shared_desk.pull(f"/v1/filings/{filing['id']}", "reply", OFFICER, data=reply)
    assert done.json()["state"] == "rejected", done.text
    assert tasks(shared_desk, decision) == []


def test_an_answer_is_not_known_before_it_was_recorded(shared_desk: Desk) -> None:
    decision = shared_desk.serve(in_case="FILE-KNOWN")
    shared_desk.clock.jump("2022-12-10")
    data = {"asks_for": "suspension", "grounds": "A stay is sought."}
    path = f"/v1/orders/{decision['orders'][2]['id']}"
    answer = shared_desk.pull(path, "record_request", REGISTRAR, data=data)
    assert answer.status_code in (200, 202), answer.text
    filing = f"/v1/filings/{answer.json()['id']}"
    shared_desk.clock.jump("2022-12-12")
    done = shared_desk.pull(filing, "refuse", Role.DECISION_MAKER, data={"reasons": "No court was asked."})
    assert done.json()["answer"] == "No court was asked.", done.text
    for instant, said in (("2022-12-11T12:00:00Z", None), ("2022-12-12T12:00:00Z", "No court was asked.")):
        known = shared_desk.get(filing, REGISTRAR, params={"as_known_at": instant}).json()
        assert (known["text"], known["answer"]) == ("A stay is sought.", said)
