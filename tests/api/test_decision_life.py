"""The life of a decision over the API: served, contested, corrected, appealed, ruled on, final; its case closed."""

from typing import Any

from sqlalchemy import select

from tests.api.conftest import Desk
from tests.support.register import CASE, a_clause, a_draft, an_order
from workflow.lifecycle.vocabulary import Role
from workflow.store.tables.regimes import regime_texts

ONE = {"orders": [an_order(1, "cease_collection")], "clauses": [a_clause(covers=[1])]}


def done(answer: Any) -> dict[str, Any]:
    """The body of an answer that must be good."""
    assert answer.status_code in (200, 201, 202), answer.text
    body: dict[str, Any] = answer.json()
    return body


def test_a_service_is_corrected_and_everything_follows(desk: Desk) -> None:
    decision = desk.serve(**ONE)
    path, order = f"/v1/decisions/{decision['id']}", f"/v1/orders/{decision['orders'][0]['id']}"
    desk.clock.jump("2023-02-10")
    desk.sweep()
    desk.clock.jump("2023-03-01")
    contest = {"addressee": 1, "contested_on": "2023-02-20", "grounds": "nobody signed"}
    shown = done(desk.pull(path, "record_contest", Role.REGISTRAR, data=contest))
    assert shown["addressees"][0]["contested_on"] == "2023-02-20"
    correction = {"addressee": 1, "served_on": "2022-10-26", "proof": "the postman's book"}
    proposed = done(desk.pull(path, "correct_service", Role.REGISTRAR, data=correction))
    assert proposed["pending_acts"][0]["data"] == correction
    assert proposed["addressees"][0]["served_on"] == "2022-10-19"
    case = desk.get(f"/v1/cases/{decision['case']['id']}").json()
    assert [each["trigger"] for each in case["waiting_acts"]] == ["correct_service"]
    shown = done(desk.pull(path, "confirm", Role.HEAD_OF_ENFORCEMENT))
    party = shown["addressees"][0]
    assert (party["served_on"], party["corrected_from"]) == ("2022-10-26", ["2022-10-19"])
    assert (party["contested_on"], party["basis"], party["appeal_by"]) == (None, "delivered", "2023-02-27")
    assert desk.get(order).json()["period"]["last_day"] == "2022-12-26"
    known = desk.get(f"{order}?as_known_at=2023-02-15T12:00:00Z").json()
    assert known["period"]["last_day"] == "2022-12-19"
    journal = desk.get(f"/v1/cases/{decision['case']['id']}/journal?limit=200").json()["items"]
    assert "order.clock_moved" in [event["type"] for event in journal]


def test_a_decision_is_appealed_ruled_on_and_final_and_its_case_closed(desk: Desk) -> None:
    decision = desk.serve(orders=ONE["orders"], clauses=[])
    path, order = f"/v1/decisions/{decision['id']}", f"/v1/orders/{decision['orders'][0]['id']}"
    case = f"/v1/cases/{decision['case']['id']}"
    assert decision["addressees"][0]["appeal_by"] == "2023-02-20"
    assert decision["finality_due_on"] == "2023-03-07"
    desk.clock.jump("2022-12-01")
    appeal = {"addressee": 1, "lodged_on": "2022-12-01", "court": "Conseil d'Etat"}
    shown = done(desk.pull(path, "record_appeal", Role.REGISTRAR, data=appeal))
    assert shown["appeals"] == [{"n": 1, **appeal, "in_time": True, "open": True}]
    assert shown["finality_due_on"] is None
    assert desk.accept_compliance(order, "2022-11-30").status_code == 200
    refused = desk.pull(case, "close", Role.CASE_OFFICER)
    assert refused.status_code == 409
    assert "an appeal against SAN-2022-019 is open" in refused.json()["detail"]
    desk.clock.jump("2023-03-02")
    ruling = {
        "appeal": 1,
        "ruled_on": "2023-03-01",
        "court": "Conseil d'Etat",
        "final": True,
        "items": [{"item": "decision", "outcome": "upheld"}],
        "proof": "ECLI:FR:CE:1",
    }
    shown = done(desk.pull(path, "record_ruling", Role.REGISTRAR, data=ruling))
    assert [each["outcome"] for each in shown["rulings"][0]["items"]] == ["upheld"]
    early = desk.pull(path, "record_finality", Role.REGISTRAR, data={"final_on": "2023-03-02"})
    assert early.status_code == 422
    desk.clock.jump("2023-03-07")
    (proposed,) = desk.sweep()
    assert proposed["subject"]["id"] == decision["id"]
    proof = {"final_on": "2023-03-02", "proof": "the ruling"}
    shown = done(desk.pull(path, "record_finality", Role.REGISTRAR, data=proof))
    assert (shown["state"], shown["final_on"]) == ("final", "2023-03-02")
    done(desk.pull(case, "close", Role.CASE_OFFICER))
    closed = done(desk.pull(case, "confirm", Role.HEAD_OF_ENFORCEMENT))
    assert (closed["state"], closed["closed_on"], closed["left_to_do"]) == ("closed", "2023-03-07", [])
    refused = desk.pull(path, "withdraw", Role.DECISION_MAKER, data={"effect": "ex_nunc"})
    assert (refused.status_code, refused.json()["guard"]) == (409, "case_is_open")
    done(desk.pull(case, "reopen", Role.HEAD_OF_ENFORCEMENT, reason="a new complaint"))
    shown = done(desk.pull(path, "withdraw", Role.DECISION_MAKER, data={"effect": "ex_nunc"}))
    assert (shown["state"], shown["withdrawn_as"]) == ("withdrawn", "ex_nunc")


def test_the_rules_of_another_day_are_kept_with_the_case(desk: Desk) -> None:
    desk.clock.jump("2024-11-01")
    case = done(desk.post("/v1/cases", CASE | {"regime": "de-federal", "opened_on": "2024-11-01"}))
    desk.clock.jump("2024-12-20")
    draft = a_draft(orders=ONE["orders"], clauses=[])
    path = f"/v1/decisions/{done(desk.post('/v1/decisions', {'case': case['id'], **draft}))['id']}"
    done(desk.pull(path, "submit", Role.CASE_OFFICER))
    done(desk.pull(path, "adopt", Role.DECISION_MAKER))
    desk.clock.jump("2025-02-03")
    posted = {"addressee": 1, "channel": "registered_letter", "basis": "posted", "posted_on": "2025-01-02"}
    shown = done(desk.pull(path, "record_service", Role.REGISTRAR, data=posted))
    assert (shown["regime"], shown["addressees"][0]["served_on"]) == ("de-federal@1", "2025-01-06")
    with desk.writer.engine.connect() as connection:
        kept = connection.execute(select(regime_texts.c.id, regime_texts.c.version)).all()
    assert sorted(map(tuple, kept)) == [("de-federal", 1), ("de-federal", 2)]


def test_a_formal_notice_over_the_api(desk: Desk) -> None:
    notice = desk.serve(form="formal_notice", hearing=None, assumed=[], orders=ONE["orders"], clauses=[])
    assert (notice["form"], notice["finality_due_on"]) == ("formal_notice", None)
    path = f"/v1/decisions/{notice['id']}"
    assert done(desk.pull(path, "refer", Role.HEAD_OF_ENFORCEMENT))["state"] == "referred"


def test_a_failed_attempt_and_a_letter_nobody_collected(desk: Desk) -> None:
    decision = desk.adopt(orders=ONE["orders"], clauses=[])
    path = f"/v1/decisions/{decision['id']}"
    desk.clock.jump("2022-11-10")
    attempt = {"addressee": 1, "attempted_on": "2022-10-18", "channel": "bailiff", "outcome": "not_found"}
    shown = done(desk.pull(path, "record_failed_service", Role.REGISTRAR, data=attempt))
    assert shown["attempts"] == [attempt]
    uncollected = {"addressee": 1, "channel": "registered_letter", "basis": "uncollected"}
    missing = desk.pull(path, "record_service", Role.REGISTRAR, data=uncollected)
    assert missing.status_code == 422
    assert [each["path"] for each in missing.json()["errors"]] == ["/data/first_presented_on"]
    data = uncollected | {"first_presented_on": "2022-10-20", "proof": "slip 12"}
    shown = done(desk.pull(path, "record_service", Role.REGISTRAR, data=data))
    assert (shown["addressees"][0]["served_on"], shown["addressees"][0]["basis"]) == ("2022-10-20", "uncollected")
