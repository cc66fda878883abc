"""A decision read before it is adopted: dates, sums, and open questions, with nothing written."""

from tests.api.conftest import Desk
from tests.support.register import a_clause, an_order
from workflow.lifecycle.vocabulary import Role


def test_clearview_is_read_before_adoption(desk: Desk) -> None:
    decision = desk.draft()
    path = f"/v1/decisions/{decision['id']}"
    answer = desk.post(f"{path}/reading", {"served_on": "2022-10-19"}, Role.DECISION_MAKER)
    assert answer.status_code in (200, 202), answer.text
    read = answer.json()
    order = read["orders"][1]
    assert (order["last_day"], order["first_late_day"], order["proof_by"]) == ("2022-12-19", "2022-12-20", "2022-12-19")
    assert "two months run to 19 December 2022" in order["explanation"]
    assert any("after order 1" in question for question in order["questions"])
    assert any("Whether the last day rolls is not settled" in question for question in order["questions"])
    (clause,) = read["clauses"]
    assert (clause["first_late_day"], clause["assessed_on"], clause["year_to"]) == (
        "2022-12-20",
        "2023-02-10",
        "2023-12-19",
    )
    assert (clause["year_units"], clause["year"]["amount"]) == (365, "36500000.00")
    assert any("above which nothing more accrues" in question for question in clause["questions"])
    assert desk.get(path).json()["version"] == decision["version"]


def test_what_is_ambiguous_becomes_a_question(desk: Desk) -> None:
    orders = [
        an_order(1, "delete_data", period=None),
        an_order(2, "cease_collection", evidence_by="2022-11-01"),
    ]
    clauses = [a_clause(covers=[1, 2], per="P1W", rate="700000.00")]
    decision = desk.draft(orders=orders, clauses=clauses)
    read = desk.post(f"/v1/decisions/{decision['id']}/reading", {"served_on": "2022-10-22"}).json()
    first, second = (order["questions"] for order in read["orders"])
    assert any("due on the day of service" in question for question in first)
    assert any("is no working day" in question for question in first)
    assert any("before the last day" in question for question in second)
    (clause,) = read["clauses"]
    assert any("end on different days" in question for question in clause["questions"])
    assert any("started unit of P1W" in question for question in clause["questions"])


def test_a_clause_that_cannot_be_computed_is_a_question_and_no_error(desk: Desk) -> None:
    decision = desk.draft(clauses=[a_clause(rate="100000.01")])
    read = desk.post(f"/v1/decisions/{decision['id']}/reading", {}).json()
    assert read["clauses"][0]["year"] is None
    assert read["clauses"][0]["questions"][0].startswith("No penalty can be computed under it")


def test_reading_is_for_staff_and_knows_its_members(desk: Desk) -> None:
    path = f"/v1/decisions/{desk.draft()['id']}/reading"
    assert desk.post(path, {}, Role.SCHEDULER).status_code == 403
    assert desk.post(path, {"served_no": "2022-10-19"}).json()["errors"][0]["problem"].endswith("served_on?")
    assert desk.post("/v1/decisions/none/reading", {}).status_code == 404
