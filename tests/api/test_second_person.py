"""An act that needs a second person: answered as what waits, with all that this person needs to decide."""

from tests.api.conftest import Desk
from workflow.lifecycle.vocabulary import Role

HEAD = Role.HEAD_OF_ENFORCEMENT


def test_what_waits_is_answered_202_and_says_for_whom_why_and_with_what(desk: Desk) -> None:
    decision = desk.serve()
    path = f"/v1/decisions/{decision['id']}"
    proof = {"addressee": 1, "served_on": "2022-10-18", "channel": "registered_letter", "proof": "the delivery slip"}
    answer = desk.pull(path, "correct_service", Role.REGISTRAR, data=proof, reason="the slip came today")
    assert answer.status_code == 202
    (act,) = answer.json()["pending_acts"]
    assert act["proposed_by"]["name"] == "registrar"
    assert act == {
        "act": 1,
        "trigger": "correct_service",
        "label": "Correct the service on an addressee",
        "proposed_by": act["proposed_by"],
        "proposed_on": "2022-10-19",
        "reason": "the slip came today",
        "data": proof,
        "waits_for": ["head_of_enforcement"],
    }
    assert desk.get(path, HEAD).json()["pending_acts"] == [act]
    confirmed = desk.pull(path, "confirm", HEAD)
    assert (confirmed.status_code, confirmed.json()["pending_acts"]) == (200, [])


def test_what_is_proposed_already_is_closed_until_somebody_answers(desk: Desk) -> None:
    path = f"/v1/orders/{desk.serve()['orders'][0]['id']}"
    proposed = desk.pull(path, "accept_compliance", Role.CASE_OFFICER, data={"complied_on": "2022-10-19"}).json()
    accept = next(each for each in proposed["open_transitions"] if each["trigger"] == "accept_compliance")
    assert (accept["open"], accept["satisfied_by"]) == (False, "confirm or decline act 1 first")
    assert {each["trigger"] for each in proposed["next_acts"]} >= {"confirm", "decline"}
    assert "accept_compliance" not in {each["trigger"] for each in proposed["next_acts"]}


def test_withdrawing_what_was_adopted_asks_for_its_effect(desk: Desk) -> None:
    draft = desk.draft()
    path = f"/v1/decisions/{draft['id']}"

    def asked(role: Role) -> tuple[list[str], list[str]]:
        offered = desk.get(path, role).json()["open_transitions"]
        withdraw = next(each for each in offered if each["trigger"] == "withdraw" and each["open"])
        return withdraw["needs"], [each["name"] for each in withdraw["fields"] if each["required"]]

    assert asked(Role.DECISION_MAKER) == ([], [])
    desk.pull(path, "submit", Role.CASE_OFFICER)
    desk.pull(path, "adopt", Role.DECISION_MAKER)
    assert asked(Role.DECISION_MAKER) == (["effect"], ["effect"])


def test_in_bulk_a_result_says_for_whom_the_act_waits(desk: Desk) -> None:
    order = desk.serve()["orders"][0]["id"]
    item = {
        "subject": {"kind": "order", "id": order},
        "trigger": "accept_compliance",
        "data": {"complied_on": "2022-10-19"},
        "version": desk.get(f"/v1/orders/{order}").json()["version"],
    }
    (result,) = desk.post("/v1/transitions", {"items": [item]}).json()["results"]
    assert (result["outcome"], result["waits_for"]) == ("done", ["head_of_enforcement"])


def test_a_thing_says_who_may_act_on_it_next(desk: Desk) -> None:
    decision = desk.draft()
    path = f"/v1/decisions/{decision['id']}"
    assert {"trigger": "submit", "label": "Submit for review", "roles": ["case_officer"]} in decision["next_acts"]
    submitted = desk.pull(path, "submit", Role.CASE_OFFICER).json()
    adopt = next(each for each in submitted["next_acts"] if each["trigger"] == "adopt")
    assert adopt["roles"] == ["decision_maker"]
    assert "adopt" not in [each["trigger"] for each in submitted["open_transitions"]]


def test_rows_for_things_of_another_nature_are_not_listed(desk: Desk) -> None:
    decision = desk.serve()
    shown = desk.get(f"/v1/decisions/{decision['id']}", HEAD).json()
    assert not {"close", "refer"} & {each["trigger"] for each in shown["open_transitions"]}
    for line in decision["orders"]:
        order = desk.get(f"/v1/orders/{line['id']}").json()
        offered = {each["trigger"] for each in order["open_transitions"]}
        assert ("register_request" in offered) is (order["kind"] == "answer_access_requests")
        assert ("record_premature_deletion" in offered) is (order["kind"] == "delete_data")
