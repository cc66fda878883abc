"""Things of every kind in many of their states, so that each trigger meets one that it is open on."""

from typing import Any

from tests.api.conftest import Desk, Roles
from tests.support.register import FINE, a_clause, an_order
from workflow.lifecycle.vocabulary import Role
from workflow.use_cases.accounts.keys import CONSOLE, NewKey, create_key

OFFICER, HEAD, DECIDER, REGISTRAR = (
    Role.CASE_OFFICER,
    Role.HEAD_OF_ENFORCEMENT,
    Role.DECISION_MAKER,
    Role.REGISTRAR,
)
FINANCE, SECRETARY = Role.FINANCE_OFFICER, Role.COMMITTEE_SECRETARY
CLAIM = {"limb": 1, "met_on": "2022-12-01"}
SERVICE = {"addressee": 1, "served_on": "2023-04-13", "channel": "registered_letter"}
APPEAL = {"addressee": 1, "lodged_on": "2022-11-02", "court": "Conseil d'Etat"}
NOTICE: dict[str, Any] = {"form": "formal_notice", "clauses": [], "hearing": None, "assumed": []}


class World:
    """A register with cases `W-1`, `W-2`, … each left at another point of its life. It is 2 June 2023 at the end."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.cases = 0

    def build(self) -> None:
        """Leave a case at each point."""
        self.desk.draft(in_case=self.name())
        self._pull(f"/v1/decisions/{self.desk.draft(in_case=self.name())['id']}", "submit", OFFICER)
        self.desk.adopt(in_case=self.name())
        self._order_lives()
        self._debts()
        for stage in range(5):
            self._penalty(stage)
        self.desk.clock.jump("2023-06-02")
        self.desk.sweep()

    def name(self) -> str:
        """The reference of the next case."""
        self.cases += 1
        return f"W-{self.cases}"

    def serve(self, **members: Any) -> dict[str, Any]:
        """A decision served in a case of its own."""
        name = self.name()
        return self.desk.serve(in_case=name, **({"reference": name} | members))

    def _order_lives(self) -> None:
        one = self.serve(**NOTICE, orders=[an_order(n, "cease_collection", nature="continuous") for n in (1, 2, 3, 4)])
        self.desk.clock.jump("2022-12-12")
        met, suspended, reported, lapsing = (f"/v1/orders/{each['id']}" for each in one["orders"])
        self._pull(met, "accept_compliance", OFFICER, complied_on="2022-12-01")
        self._pull(met, "confirm", HEAD)
        self._pull(suspended, "suspend", REGISTRAR, scope="order", effect="no_accrual", **{"from": "2022-12-12"})
        for _ in range(3):
            report = self._pull(reported, "record_report", REGISTRAR, received_on="2022-12-10", claims=[CLAIM])
        self._pull(f"/v1/filings/{report['id']}", "assess", OFFICER)
        asked = {"asks_for": "extension", "until": "2023-01-31", "grounds": "The archive is large."}
        self._pull(lapsing, "record_request", REGISTRAR, received_on="2022-12-10", **asked)
        two = self.serve()
        self.desk.clock.jump("2022-11-10")
        requests = f"/v1/orders/{two['orders'][0]['id']}"
        made = [
            self._pull(requests, "register_request", REGISTRAR, reference=f"R-{n}", received_on="2022-10-20")["id"]
            for n in range(5)
        ]
        asked_for, answered, disputed, refused, _ = (f"/v1/access-requests/{id}" for id in made)
        self._pull(asked_for, "ask_identity", OFFICER)
        for path in (answered, disputed):
            self._pull(path, "record_answer", OFFICER, answered_on="2022-11-01")
        self._pull(disputed, "dispute", OFFICER, disputed_on="2022-11-08")
        self._pull(refused, "record_refusal", OFFICER, refused_on="2022-11-01", ground="GDPR art. 12(5)(b)")
        appealed = f"/v1/decisions/{self.serve()['id']}"
        self.desk.clock.jump("2022-11-10")
        self._pull(appealed, "record_appeal", REGISTRAR, **APPEAL)
        clause = f"/v1/penalty-clauses/{self.serve(clauses=[a_clause(accrues_from='later_act')])['clauses'][0]['id']}"
        self._pull(clause, "suspend", REGISTRAR, scope="clause", effect="no_accrual", **{"from": "2022-10-19"})
        self.serve(clauses=[a_clause(accrues_from="later_act")])

    def _debts(self) -> None:
        acts: list[tuple[str, Roles, dict[str, Any]]] = [
            ("defer", FINANCE, {"until": "2023-01-31"}),
            ("record_security", FINANCE, {}),
            ("suspend", REGISTRAR, {"scope": "collection", "effect": "collection_only", "from": "2022-10-19"}),
            ("record_payment", FINANCE, {"paid_on": "2022-10-19", "amount": FINE, "reference": "statement 1"}),
        ]
        for trigger, who, data in acts:
            decision = self.serve(fine=FINE, clauses=[])
            (debt,) = self.desk.get(f"/v1/debts?case={decision['case']['id']}").json()["items"]
            self._pull(f"/v1/debts/{debt['id']}", trigger, who, **data)
        self.serve(fine=FINE, clauses=[])

    def _penalty(self, stage: int) -> None:
        """A penalty decision: proposed, in draft, heard, in deliberation, adopted and served."""
        decision = self.serve()
        for day in ("2022-12-20", "2023-02-10"):
            self.desk.clock.jump(day)
            self.desk.sweep()
        (made,) = self.desk.get(f"/v1/penalty-decisions?decision={decision['id']}").json()["items"]
        path = f"/v1/penalty-decisions/{made['id']}"
        others = [NewKey(f"member {n} of {path}", frozenset({DECIDER})) for n in (1, 2, 3)]
        bench = [self.desk.writer.run(create_key, each, CONSOLE).account for each in others]
        acts: list[tuple[str, str, Roles, dict[str, Any]]] = [
            ("2023-02-10", "take_up", OFFICER, {}),
            ("2023-02-15", "notify_grounds", DECIDER, {"notified_on": "2023-02-15", "channel": "registered_letter"}),
            (
                "2023-04-13",
                "deliberate",
                SECRETARY,
                {"session_on": "2023-04-13", "present": [decision["adopted_by"]["id"], *bench]},
            ),
            ("2023-04-13", "adopt", DECIDER, {}),
        ]
        for day, trigger, who, data in acts[:stage]:
            self.desk.clock.jump(day)
            self._pull(path, trigger, who, **data)
        if stage == len(acts):
            self._pull(path, "record_service", REGISTRAR, **SERVICE)

    def _pull(self, path: str, trigger: str, who: Roles, **data: Any) -> dict[str, Any]:
        answer = self.desk.pull(path, trigger, who, data=data)
        assert answer.status_code in (200, 202), answer.text
        shown: dict[str, Any] = answer.json()
        return shown
