"""What counsel reads along a whole life: every link it is sent, its lists, and nothing of the inside or of others."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import select

from tests.api.conftest import Desk
from tests.api.counsel import Counsel
from tests.api.refusals import problem
from tests.api.test_access import INSIDE
from tests.api.test_penalty_life import members
from tests.support.register import FINE, a_clause, a_draft, an_order
from workflow.lifecycle.vocabulary import Role
from workflow.store.tables.access import accounts

KINDS = ("cases", "decisions", "orders", "penalty-clauses", "penalty-decisions", "debts", "filings", "access-requests")
INWARD = "INWARD"
"""What the authority writes for itself."""

PARTIES = {1: "First SA", 2: "Second SA"}
WHY = {"reason": INWARD}


class Life:
    """A case against two parties; after every act both counsel look at all they can reach."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        parties = [{"name": name} for name in PARTIES.values()]
        self.case: str = desk.open_case(parties=parties, representatives=[])["id"]
        self.counsel = {n: Counsel(desk, f"Counsel {n}").represent(self.case, n) for n in PARTIES}
        self.seen: dict[int, dict[str, Any]] = {}
        self.look()

    def on(self, day: str) -> "Life":
        self.desk.clock.jump(day)
        return self

    def pull(self, path: str, trigger: str, role: Role, **data: Any) -> dict[str, Any]:
        answer = self.desk.pull(path, trigger, role, data=data, **WHY)
        assert answer.status_code in (200, 202), (trigger, answer.text)
        self.look()
        shown: dict[str, Any] = answer.json()
        return shown

    def sweep(self) -> list[dict[str, Any]]:
        taken = self.desk.sweep()
        self.look()
        return taken

    def ids(self, kind: str) -> list[str]:
        """What staff finds of a kind."""
        return [each["id"] for each in self.desk.get(f"/v1/{kind}").json()["items"]]

    def look(self) -> None:
        """Have each counsel read all it can, by path, and check it."""
        there = {f"/v1/{kind}/{id}" for kind in KINDS for id in self.ids(kind)}
        self.seen = {n: self.look_as(n, there) for n in PARTIES}

    def look_as(self, party: int, there: set[str]) -> dict[str, Any]:
        counsel = self.counsel[party]
        lists = {f"/v1/{kind}": counsel.get(f"/v1/{kind}").json() for kind in KINDS}
        listed = {f"{path}/{line['id']}" for path, page in lists.items() for line in page["items"]}
        linked = {link for each in counsel.events() for link in each["data"]["links"].values()}
        assert linked <= listed <= there
        read = lists | {path: self.read(counsel, path) for path in listed}
        words = json.dumps(read)
        assert INWARD not in words
        assert PARTIES[3 - party] not in words
        ids = {path: path.rpartition("/")[2] for path in there - listed}
        assert not [id for id in ids.values() if id in words]
        for hidden, id in sorted(ids.items())[:2]:
            never = counsel.get(hidden.replace(id, "never-was")).json()
            found = problem(counsel.get(hidden), 404, "not_found")
            assert found["detail"].replace(id, "never-was") == never["detail"]
            assert found.keys() == never.keys()
        assert not [account for account in self.people() if account in words]
        return read

    def read(self, counsel: Counsel, path: str) -> Any:
        answer = counsel.get(path)
        assert answer.status_code == 200, (path, answer.text)
        return answer.json()

    def people(self) -> Iterator[str]:
        """The ids of all accounts."""
        with self.desk.writer.engine.connect() as connection:
            yield from connection.scalars(select(accounts.c.id))


@pytest.fixture
def life(desk: Desk) -> Life:
    """A decision adopted against both, with a clause for each and a fine for both together."""
    life = Life(desk)
    orders = [
        an_order(1, "answer_access_requests"),
        an_order(2, "delete_data", after=[1]),
        an_order(3, "cease_collection", addressee=2, after=[1]),
    ]
    clauses = [a_clause(covers=[1, 2]), a_clause(n=2, covers=[3])]
    draft = a_draft(addressees=[1, 2], orders=orders, clauses=clauses, fine=FINE)
    made = life.on("2022-10-13").desk.post("/v1/decisions", {"case": life.case, **draft})
    assert made.status_code == 201, made.text
    path = f"/v1/decisions/{made.json()['id']}"
    life.pull(path, "submit", Role.CASE_OFFICER)
    life.on("2022-10-17").pull(path, "adopt", Role.DECISION_MAKER)
    return life


def serve(life: Life, path: str, party: int, day: str) -> dict[str, Any]:
    data = {"addressee": party, "served_on": day, "channel": "registered_letter"}
    return life.on(day).pull(path, "record_service", Role.REGISTRAR, **data)


def at_rest(shown: dict[str, Any]) -> dict[str, Any]:
    """What is shown but for the version, which also counts what happens inside."""
    return {**shown, "version": None}


def test_a_life_as_both_counsel_read_it(life: Life) -> None:
    desk = life.desk
    (decision,) = (f"/v1/decisions/{id}" for id in life.ids("decisions"))
    assert [page["/v1/decisions"]["items"] for page in life.seen.values()] == [[], []]
    shown = serve(life, decision, 1, "2022-10-19")
    numbered = {each["number"].rpartition("/")[2]: f"/v1/orders/{each['id']}" for each in shown["orders"]}
    first = life.seen[1]
    assert (first[decision]["served"], first[decision]["adopted_by"], first[decision]["hearing"]) == (
        "1 of 1",
        None,
        None,
    )
    assert [each["number"] for each in first[decision]["orders"]] == ["SAN-2022-019/1", "SAN-2022-019/2"]
    (fine,) = first["/v1/debts"]["items"]
    assert (fine["amount"]["amount"], fine["version"]) == ("20000000.00", 0)
    serve(life, decision, 2, "2022-10-25")
    request = {"reference": "R-1", "received_on": "2022-10-20"}
    life.pull(numbered["1"], "register_request", Role.REGISTRAR, **request)

    report = {"received_on": "2022-12-01", "claims": [{"limb": 1, "met_on": "2022-11-30"}]}
    filed = life.on("2022-12-01").pull(numbered["1"], "record_report", Role.REGISTRAR, **report, text="our report")
    filing = f"/v1/filings/{filed['id']}"
    sha256 = desk.attach(filing, b"%PDF-1.7 evidence").json()["sha256"]
    life.pull(filing, "assess", Role.CASE_OFFICER)
    mine = life.seen[1]
    assert (mine[filing]["state"], mine[filing]["text"]) == ("under_assessment", "our report")
    assert life.counsel[1].get(f"{filing}/attachments/{sha256}").content == b"%PDF-1.7 evidence"
    problem(life.counsel[1].get(f"{filing}/attachments/{'0' * 64}"), 404, "not_found")
    problem(life.counsel[2].get(f"{filing}/attachments/{sha256}"), 404, "not_found")
    findings = [{"limb": 1, "finding": INWARD, "evidence": INWARD}]
    life.pull(filing, "reject", Role.CASE_OFFICER, findings=findings)
    life.pull(filing, "confirm", Role.HEAD_OF_ENFORCEMENT)
    assert life.seen[1][filing]["findings"] == []

    life.on("2022-12-28").sweep()
    unmet = {"limbs": [{"n": 1}], "findings": findings}
    life.pull(numbered["2"], "establish_non_compliance", Role.CASE_OFFICER, **unmet)
    life.pull(numbered["2"], "confirm", Role.HEAD_OF_ENFORCEMENT)
    order = life.seen[1][numbered["2"]]
    assert (order["state"], order["findings"], order["exposure"], order["next_steps"]) == (
        "non_compliant",
        [],
        None,
        [],
    )

    taken = life.on("2023-02-10").sweep()
    (penalty,) = (
        f"/v1/penalty-decisions/{each['subject']['id']}" for each in taken if "penalty" in each["subject"]["kind"]
    )
    life.pull(penalty, "take_up", Role.CASE_OFFICER)
    adopter = desk.get(decision).json()["adopted_by"]["id"]
    rapporteur = next(each for each in life.people() if each != adopter)  # who will sit is no rapporteur
    notice = {"notified_on": "2023-02-15", "channel": "courier", "rapporteur": rapporteur}
    life.on("2023-02-15").pull(penalty, "notify_grounds", Role.DECISION_MAKER, **notice)
    notified = life.seen[1][penalty]
    assert (notified["state"], notified["amount"]["amount"], notified["statement"]) == (
        "grounds_notified",
        "5200000.00",
        None,
    )
    life.on("2023-03-03").sweep()
    body = members(desk, adopter)
    life.pull(penalty, "deliberate", Role.COMMITTEE_SECRETARY, session_on="2023-03-03", present=body)
    less = {"amount": {"amount": "3000000.00", "currency": "EUR"}, "article": "art. 44"}
    life.pull(penalty, "adopt", Role.DECISION_MAKER, reduction=less, reasons=INWARD)
    assert at_rest(life.seen[1][penalty]) == at_rest(notified)
    serve(life, penalty, 1, "2023-03-10")
    served = life.seen[1][penalty]
    assert (served["state"], served["fixed"]["amount"], served["session"]) == ("adopted", "3000000.00", None)
    assert served["statement"]["result"]["lines"][-1]["amount"] == "-2200000.00"
    owed = next(f"/v1/debts/{each['id']}" for each in life.seen[1]["/v1/debts"]["items"] if each["kind"] == "penalty")
    paid = {"paid_on": "2023-03-20", "amount": {"amount": "1000000.00", "currency": "EUR"}, "reference": INWARD}
    life.on("2023-03-20").pull(owed, "record_payment", Role.FINANCE_OFFICER, **paid)

    appeal = {"addressee": 1, "lodged_on": "2023-03-15", "court": "Conseil d'État"}
    life.pull(penalty, "record_appeal", Role.REGISTRAR, **appeal)
    assert at_rest(life.seen[1][penalty]) == at_rest(served)
    annulled = {"item": "penalty", "outcome": "annulled"}
    ruling = {"appeal": 1, "ruled_on": "2023-06-01", "court": "Conseil d'État", "final": True, "items": [annulled]}
    life.on("2023-06-01").pull(penalty, "record_ruling", Role.REGISTRAR, **ruling, proof=INWARD)
    assert life.seen[1][penalty]["state"] == "annulled"

    never = {"addressee": 2, "never_served": True, "proof": INWARD}
    life.pull(decision, "correct_service", Role.REGISTRAR, **never)
    life.pull(decision, "confirm", Role.HEAD_OF_ENFORCEMENT)
    assert life.counsel[2].events()[-1]["type"] == "order.clock_moved"
    theirs = life.seen[2][numbered["3"]]
    assert (theirs["state"], theirs["period"]["last_day"]) == ("pending", None)
    looked_back(life, numbered["1"], penalty)


def looked_back(life: Life, order: str, penalty: str) -> None:
    """Counsel sees what its party had been told of by then, and no more."""

    def known(path: str, day: str, party: int = 1) -> Any:
        return life.counsel[party].get(path, as_known_at=f"{day}T12:00:00Z")

    for path, day in ((order, "2022-10-18"), (penalty, "2023-02-14")):
        problem(known(path, day), 404, "not_found")
    assert known(order, "2022-10-20").json()["state"] == "in_force"
    before = known(penalty, "2023-03-04").json()
    assert (before["state"], before["fixed"], before["statement"]) == ("grounds_notified", None, None)
    problem(known(order, "2022-10-20", party=2), 404, "not_found")
    inside = life.desk.get(penalty, params={"as_known_at": "2023-03-02T12:00:00Z"}).json()
    assert inside["statement"]["result"]["lines"][-1]["amount"] != "-2200000.00"


def test_lists_are_filtered_in_what_is_seen(life: Life) -> None:
    (decision,) = (f"/v1/decisions/{id}" for id in life.ids("decisions"))
    serve(life, decision, 1, "2022-10-19")
    one, two = life.counsel[1], life.counsel[2]
    assert len(one.get("/v1/orders", case=life.case, state="in_force").json()["items"]) == 2
    assert len(one.get("/v1/orders", limit=1).json()["items"]) == 1
    assert one.get("/v1/orders", state="pending").json()["items"] == []
    assert two.get("/v1/orders", case=life.case).json()["items"] == []
    (line,) = one.get("/v1/decisions").json()["items"]
    assert (line["addressees"], line["served"]) == (1, 1)
    assert line["case"]["title"] == one.get(decision).json()["case"]["title"] == PARTIES[1]
    problem(one.get("/v1/orders", addressee=2), 422, "invalid_request")
    both = Counsel(life.desk, "Of both").represent(life.case, 1).represent(life.case, 2)
    assert len(both.get("/v1/orders").json()["items"]) == 2
    one.leave(life.case)
    assert one.get("/v1/orders").json()["items"] == []
    problem(one.get(decision), 404, "not_found")


def test_a_key_of_staff_that_is_counsels_too_is_staffs(life: Life) -> None:
    (decision,) = (f"/v1/decisions/{id}" for id in life.ids("decisions"))
    assert life.desk.get(decision, (Role.COUNSEL, Role.AUDITOR)).status_code == 200
    for other in (Role.ADMINISTRATOR, Role.SCHEDULER):
        problem(life.desk.get(decision, (Role.COUNSEL, other)), 404, "not_found")


def test_what_is_not_there_is_said_before_what_counsel_may_not_do(life: Life) -> None:
    one = life.counsel[1]
    draft = {"case": life.case, **a_draft(reference="OTHER")}
    problem(one.ask("POST", "/v1/decisions", draft), 403, "role_not_permitted")
    problem(one.ask("POST", "/v1/decisions", draft | {"case": "elsewhere"}), 404, "not_found")
    (decision,) = (f"/v1/decisions/{id}" for id in life.ids("decisions"))
    problem(one.ask("POST", f"{decision}/transitions", {"trigger": "adopt"}), 404, "not_found")
    serve(life, decision, 1, "2022-10-19")
    problem(one.ask("POST", f"{decision}/transitions", {"trigger": "adopt"}), 403, "role_not_permitted")


def test_the_inside_of_a_case_is_closed_to_counsel(life: Life) -> None:
    for path in INSIDE:
        answer = life.counsel[1].get(path if path.startswith("/v1") else f"/v1/cases/{life.case}{path}")
        problem(answer, 403, "role_not_permitted")
