"""A penalty through the API: Clearview from its proposal to the day it is final, and what a correction does to it."""

from typing import Any

from tests.api.conftest import Desk
from tests.api.refusals import problem
from tests.support.register import a_clause, a_draft, an_order
from workflow.lifecycle.vocabulary import Role
from workflow.use_cases.accounts.keys import CONSOLE, NewKey, create_key

WHY = {"reasons": "the body's reasons"}
SUM = {"amount": "5200000.00", "currency": "EUR"}


def members(desk: Desk, decider: str) -> list[str]:
    """The accounts of a body of four, the one who adopts among them."""
    others = [NewKey(f"member {n}", frozenset({Role.DECISION_MAKER})) for n in (1, 2, 3)]
    return [decider, *(desk.writer.run(create_key, each, CONSOLE).account for each in others)]


def pulled(desk: Desk, path: str, trigger: str, role: Role, **body: Any) -> dict[str, Any]:
    """What the thing looks like after a trigger that is taken."""
    answer = desk.pull(path, trigger, role, **body)
    assert answer.status_code in (200, 202), answer.text
    shown: dict[str, Any] = answer.json()
    return shown


def proposed(desk: Desk) -> tuple[dict[str, Any], str]:
    """The decision, and the path of the penalty proposed on 10 February 2023."""
    decision = desk.serve()
    for day in ("2022-12-20", "2023-02-10"):
        desk.clock.jump(day)
        results = desk.sweep()
    (made,) = [each for each in results if each["subject"]["kind"] == "penalty_decision"]
    return decision, f"/v1/penalty-decisions/{made['subject']['id']}"


def heard(desk: Desk) -> tuple[dict[str, Any], str]:
    """With the window for observations over."""
    decision, penalty = proposed(desk)
    pulled(desk, penalty, "take_up", Role.CASE_OFFICER)
    desk.clock.jump("2023-02-15")
    notice = {"notified_on": "2023-02-15", "channel": "registered_letter"}
    shown = pulled(desk, penalty, "notify_grounds", Role.DECISION_MAKER, data=notice)
    assert (shown["grounds"]["amount"], shown["grounds"]["window_ends_on"]) == (SUM, "2023-03-02")
    assert [step["on"] for step in shown["next_steps"]] == ["2023-03-03"]
    desk.clock.jump("2023-03-03")
    desk.sweep()
    assert desk.get(penalty).json()["grounds"]["closed_on"] == "2023-03-03"
    return decision, penalty


def test_clearview_to_the_end(desk: Desk) -> None:
    decision, penalty = heard(desk)
    desk.clock.jump("2023-04-13")
    present = members(desk, decision["adopted_by"]["id"])
    session = {"session_on": "2023-04-13", "present": present[:3]}
    refused = desk.pull(penalty, "deliberate", Role.COMMITTEE_SECRETARY, data=session)
    assert problem(refused, 409, "guard_refused")["guard"] == "body_may_sit"
    unknown = desk.pull(penalty, "deliberate", Role.COMMITTEE_SECRETARY, data=session | {"present": ["x", *present]})
    assert [each["path"] for each in problem(unknown, 422, "invalid_request")["errors"]] == ["/data/present/0"]
    officer = desk.writer.run(create_key, NewKey("an officer", frozenset({Role.CASE_OFFICER})), CONSOLE).account
    other = desk.pull(penalty, "deliberate", Role.COMMITTEE_SECRETARY, data=session | {"present": [*present, officer]})
    assert problem(other, 422, "invalid_request")["errors"] == [
        {
            "path": "/data/present/4",
            "problem": "no member of the body that decides: this account is no decision_maker",
        }
    ]
    offered = {
        each["trigger"]: each for each in desk.get(penalty, role=Role.COMMITTEE_SECRETARY).json()["open_transitions"]
    }
    assert offered["deliberate"]["needs"] == ["session_on", "present"]
    session["present"] = present
    shown = pulled(desk, penalty, "deliberate", Role.COMMITTEE_SECRETARY, data=session)
    assert [each["id"] for each in shown["session"]["present"]] == present
    assert shown["session"]["present"][0]["name"] == "decision_maker"
    assert shown["session"]["session_on"] == session["session_on"]
    problem(desk.post(f"{penalty}/transitions", {"trigger": "adopt"}, Role.SCHEDULER), 403, "role_not_permitted")
    adopted = pulled(desk, penalty, "adopt", Role.DECISION_MAKER)
    assert (adopted["state"], adopted["adopted_on"]) == ("adopted", "2023-04-13")
    assert (adopted["owed"], adopted["fixed"], adopted["superseded"]) == (True, SUM, None)
    desk.clock.jump("2023-05-10")
    service = {"addressee": 1, "served_on": "2023-05-10", "channel": "registered_letter"}
    served = pulled(desk, penalty, "record_service", Role.REGISTRAR, data=service)
    assert [each["served_on"] for each in served["served"]] == ["2023-05-10"]
    (step,) = served["next_steps"]
    desk.clock.jump(step["on"])
    desk.sweep()
    final = {"final_on": step["on"], "proof": "certificate of no appeal"}
    shown = pulled(desk, penalty, "record_finality", Role.REGISTRAR, data=final)
    assert (shown["state"], shown["fixed"]) == ("final", SUM)
    assert desk.get(f"/v1/cases/{decision['case']['id']}/review").json()["items"] == []


def test_a_reduction_is_in_the_statement(desk: Desk) -> None:
    decision, penalty = heard(desk)
    session = {"session_on": "2023-03-03", "present": members(desk, decision["adopted_by"]["id"])}
    pulled(desk, penalty, "deliberate", Role.DECISION_MAKER, data=session)
    amount = {"amount": "3000000.00", "currency": "EUR"}
    reduction = {"amount": amount, "article": "Decree 2019-536 art. 44"}
    bare = desk.pull(penalty, "adopt", Role.DECISION_MAKER, data={"reduction": reduction})
    assert problem(bare, 409, "guard_refused")["guard"] == "reduction_allowed"
    shown = pulled(desk, penalty, "adopt", Role.DECISION_MAKER, data={"reduction": reduction, **WHY})
    assert (shown["amount"], shown["fixed"], shown["reduction"]["amount"]) == (SUM, amount, amount)
    assert shown["statement"]["result"]["lines"][-1]["amount"] == "-2200000.00"


def test_a_correction_stops_the_penalty_and_puts_it_on_the_list(desk: Desk) -> None:
    decision, penalty = proposed(desk)
    desk.clock.jump("2023-03-01")
    path = f"/v1/decisions/{decision['id']}"
    proof = {"addressee": 1, "served_on": "2022-10-26", "channel": "registered_letter", "proof": "the delivery slip"}
    pulled(desk, path, "correct_service", Role.REGISTRAR, data=proof)
    pulled(desk, path, "confirm", Role.HEAD_OF_ENFORCEMENT)
    refused = problem(desk.pull(penalty, "take_up", Role.CASE_OFFICER), 409, "guard_refused")
    assert refused["guard"] == "sum_still_holds"
    shown = desk.get(penalty).json()
    assert shown["superseded"]["units"] == 45
    assert {"fact": "served_on", "then": "2022-10-19", "now": "2022-10-26"} in shown["superseded"]["changed"]
    review = desk.get(f"/v1/cases/{decision['case']['id']}/review").json()
    (entry,) = [each for each in review["items"] if each["subject"]["id"] == shown["id"]]
    assert entry["doubt"] == "sum_of_other_facts"
    assert [way["trigger"] for way in entry["ways_out"]] == ["replace_sum", "confirm_sum", "withdraw"]
    replaced = pulled(desk, penalty, "replace_sum", Role.CASE_OFFICER)
    assert (replaced["units"], replaced["superseded"]) == (45, None)
    assert replaced["slice"] == {"from": "2022-12-27", "to": "2023-02-09"}
    assert replaced["statement"]["result"]["units"] == 45
    problem(desk.get("/v1/cases/x/review"), 404, "not_found")


def test_a_dutch_penalty_is_owed_before_it_is_recovered(desk: Desk) -> None:
    case = desk.open_case(reference="NL-1", regime="nl-ap")
    desk.clock.jump("2022-10-13")
    draft = dutch(case["id"])
    decision = desk.post("/v1/decisions", draft).json()
    path = f"/v1/decisions/{decision['id']}"
    pulled(desk, path, "submit", Role.CASE_OFFICER)
    desk.clock.jump("2022-10-17")
    pulled(desk, path, "adopt", Role.DECISION_MAKER)
    desk.clock.jump("2022-10-19")
    service = {"addressee": 1, "served_on": "2022-10-19", "channel": "courier"}
    pulled(desk, path, "record_service", Role.REGISTRAR, data=service)
    desk.clock.jump("2023-02-10")
    exposed = desk.get(f"/v1/orders/{decision['orders'][0]['id']}").json()["exposure"]
    assert exposed["owed"] is True
    desk.sweep()
    (line,) = desk.get("/v1/penalty-decisions", params={"case": case["id"]}).json()["items"]
    shown = desk.get(f"/v1/penalty-decisions/{line['id']}").json()
    assert (shown["kind"], shown["owed"], shown["fixed"]) == ("recovery_decision", True, None)
    assert shown["basis"] == "forfeited by law: period expired, no evidence received"


def dutch(case: str) -> dict[str, Any]:
    """A Dutch draft: it needs a sum above which nothing more is forfeited."""
    clause = a_clause(covers=[1], cap={"amount": "10000000.00"})
    return {"case": case, **a_draft(orders=[an_order(1, "cease_collection")], clauses=[clause])}
