"""A register in memory: the case's facts, a clock of days, and people who act through `decide` alone."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self

from workflow.lifecycle.door.decide import decide, find_trigger
from workflow.lifecycle.door.due import earliest_steps, step_of
from workflow.lifecycle.door.evolve import fold
from workflow.lifecycle.facts import CaseFacts, Order, case_id
from workflow.lifecycle.kernel.events import Event, Subject
from workflow.lifecycle.kernel.rules import Actor, Command
from workflow.lifecycle.kernel.step import Step
from workflow.lifecycle.vocabulary import Role, SubjectKind, Trigger
from workflow.use_cases.acting.bodies import read_content

OFFICER = Actor("officer", frozenset({Role.CASE_OFFICER}))
HEAD = Actor("head", frozenset({Role.HEAD_OF_ENFORCEMENT}))
DECIDER = Actor("decider", frozenset({Role.DECISION_MAKER}))
REGISTRAR = Actor("registrar", frozenset({Role.REGISTRAR}))
SCHEDULER = Actor("scheduler", frozenset({Role.SCHEDULER}))

CASE: dict[str, Any] = {
    "reference": "SAN-2022-019",
    "regime": "fr-cnil",
    "opened_on": "2022-06-02",
    "parties": [{"name": "Clearview AI Inc.", "country": "US"}],
    "representatives": [{"party": 1, "name": "A. Counsel"}],
}


def an_order(n: int, kind: str, **members: Any) -> dict[str, Any]:
    """An order of two months from service."""
    return {
        "n": n,
        "kind": kind,
        "addressee": 1,
        "ground": "GDPR art. 58(2)",
        "nature": "result",
        "limbs": [{"n": 1, "text": kind}],
        "period": "P2M",
        **members,
    }


def a_clause(**members: Any) -> dict[str, Any]:
    """A clause of EUR 100,000 a day over three orders."""
    return {
        "n": 1,
        "covers": [1, 2, 3],
        "rate": "100000.00",
        "currency": "EUR",
        "per": "P1D",
        "assess_after": "P52D",
        **members,
    }


FINE = {"amount": "20000000.00", "currency": "EUR"}


def a_draft(**members: Any) -> dict[str, Any]:
    """The decision against Clearview, without its fine: a debt has a ladder of its own (`fine=FINE`)."""
    return {
        "reference": "SAN-2022-019",
        "language": "fr",
        "addressees": [1],
        "hearing": {
            "grounds_notified_on": "2022-07-14",
            "window_ended_on": "2022-08-14",
            "observations": "none_received",
        },
        "orders": [
            an_order(1, "answer_access_requests"),
            an_order(2, "delete_data", after=[1]),
            an_order(3, "cease_collection", nature="continuous"),
        ],
        "clauses": [a_clause()],
        "assumed": ["hearing.window_ended_on"],
        **members,
    }


@dataclass
class Register:
    """One case, moved by commands; `events` is its whole journal."""

    today: date = date(2022, 6, 2)
    events: list[Event] = field(default_factory=list)
    facts: CaseFacts | None = None

    @property
    def case(self) -> CaseFacts:
        """The case, once it is open."""
        assert self.facts is not None
        return self.facts

    def on(self, day: str) -> Self:
        """Let it be this day."""
        self.today = date.fromisoformat(day)
        return self

    def pull(
        self,
        actor: Actor,
        trigger: str,
        subject: Subject | None = None,
        data: dict[str, Any] | None = None,
        version: int | None = -1,
        **members: Any,
    ) -> list[Event]:
        """Pull a trigger with the version as it is, unless another is given."""
        subject = subject or Subject(SubjectKind.CASE, case_id("SAN-2022-019"))
        pulled = find_trigger(subject.kind, trigger)
        if version == -1:
            person = Role.SCHEDULER not in actor.roles and self.facts is not None
            version = self.case.versions.get(subject.id) if person else None
        command = Command(
            subject=subject,
            trigger=pulled,
            content=read_content(subject.kind, pulled, data or {}),
            version=version,
            **members,
        )
        events = decide(self.facts, command, actor, self.today)
        self.facts = fold(self.facts, events)
        self.events.extend(events)
        return events

    def sweep(self) -> list[Event]:
        """Do what the scheduler does: take every due step until none is left."""
        taken: list[Event] = []
        while due := [step for step in earliest_steps(self.case, self.today) if step.due_on <= self.today]:
            for step in due:
                again = step_of(self.case, step.subject, self.today)
                assert again == step
                taken += self.pull(SCHEDULER, step.trigger, step.subject, step=step.key)
        return taken

    def serve(self, addressee: int, on: str, **members: Any) -> list[Event]:
        """Record service of the first decision on an addressee."""
        data = {"addressee": addressee, "served_on": on, "channel": "registered_letter"}
        return self.pull(REGISTRAR, Trigger.RECORD_SERVICE, self.decision(), data, **members)

    def comply(self, n: int, on: str, **members: Any) -> list[Event]:
        """Accept compliance with an order from this day: an officer proposes, the head confirms."""
        self.pull(OFFICER, Trigger.ACCEPT_COMPLIANCE, self.order(n), {"complied_on": on}, **members)
        return self.confirm(self.order(n))

    def confirm(self, subject: Subject, actor: Actor = HEAD) -> list[Event]:
        """Confirm the act that waits on a thing."""
        return self.pull(actor, Trigger.CONFIRM, subject)

    def propose(self, to: str | None = None, **members: Any) -> list[Event]:
        """Propose a penalty as an officer."""
        data = {"assessed_to": to} if to else {}
        return self.pull(OFFICER, Trigger.PROPOSE_PENALTY, self.clause(), data, **members)

    def step(self, subject: Subject) -> Step:
        """The earliest open step of a thing as it stands today, which there must be."""
        found = step_of(self.case, subject, self.today)
        assert found is not None
        return found

    def held(self, n: int) -> Order:
        """Order n of the first decision, as the facts have it."""
        return self.case.decisions[0].order(n)

    def slices(self) -> list[tuple[str, str, int, str]]:
        """From, to, units and amount of each penalty decision."""
        return [
            (each.from_.isoformat(), each.to.isoformat(), each.units, each.amount.amount)
            for each in self.case.penalty_decisions
        ]

    def decision(self) -> Subject:
        """The first decision."""
        return Subject(SubjectKind.DECISION, self.case.decisions[0].id)

    def order(self, n: int) -> Subject:
        """Order n of the first decision."""
        return Subject(SubjectKind.ORDER, self.case.decisions[0].order(n).id)

    def clause(self, place: int = 0) -> Subject:
        """A clause of the first decision, by its place."""
        return Subject(SubjectKind.PENALTY_CLAUSE, self.case.decisions[0].clauses[place].id)

    def penalty(self) -> Subject:
        """The last penalty decision."""
        return Subject(SubjectKind.PENALTY_DECISION, self.case.penalty_decisions[-1].id)


TWO_PARTIES: dict[str, Any] = {"parties": [{"name": "First SA"}, {"name": "Second SA"}], "representatives": []}


def opened(**members: Any) -> Register:
    """The case, open since 2 June 2022."""
    register = Register()
    register.pull(OFFICER, Trigger.OPEN, data=CASE | members)
    return register


def drafted(case: dict[str, Any] | None = None, **members: Any) -> Register:
    """With the decision drafted on 13 October 2022."""
    register = opened(**(case or {})).on("2022-10-13")
    register.pull(OFFICER, Trigger.DRAFT, data=a_draft(**members))
    return register


def submitted(case: dict[str, Any] | None = None, **members: Any) -> Register:
    """With the decision submitted on 13 October 2022."""
    register = drafted(case, **members)
    register.pull(OFFICER, Trigger.SUBMIT, register.decision())
    return register


def adopted(case: dict[str, Any] | None = None, **members: Any) -> Register:
    """With the decision adopted on 17 October 2022."""
    register = submitted(case, **members)
    register.on("2022-10-17").pull(DECIDER, Trigger.ADOPT, register.decision())
    return register


def served(on: str = "2022-10-19", case: dict[str, Any] | None = None, **members: Any) -> Register:
    """With the decision served on its first addressee."""
    register = adopted(case, **members).on(on)
    register.serve(1, on, assumed=("served_on",))
    return register
