"""Cases whose dates lie in the past, written through the real use cases: due at once on the real clock."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, delete, select, update

from tests.support.processes import SECRET_KEYS
from tests.support.register import CASE, DECIDER, OFFICER, REGISTRAR, a_draft
from workflow.lifecycle.facts import case_id, child_id
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.vocabulary import Role, SubjectKind, Trigger
from workflow.store.files import Files
from workflow.store.outbox import PING
from workflow.store.sealed import read_vault
from workflow.store.tables.outbox import EndpointState, endpoints, messages
from workflow.store.writer import Writer
from workflow.use_cases.accounts.keys import CONSOLE, NewKey, create_key
from workflow.use_cases.acting.advance import Transition, advance
from workflow.use_cases.acting.attachments import NewAttachment, attach
from workflow.use_cases.acting.bodies import CaseBody
from workflow.use_cases.acting.draft_body import DecisionBody
from workflow.use_cases.acting.draft_decision import draft_decision
from workflow.use_cases.acting.open_case import open_case
from workflow.use_cases.webhooks.endpoints import NewEndpoint, register_endpoint

SERVICE = {"addressee": 1, "served_on": "2022-10-19", "channel": "registered_letter"}
SEEDED_EVENTS = 12
"""Events of a case when it is served: 5 of its drafting, 3 to its service, 4 by it, 1 its opening."""

DUE_STEPS = 5
"""Steps of a case due on any day of today: 3 expiries, a penalty to propose and the finality of the decision."""

TOLD_STEPS = 3
"""Those of them that counsel is told of: nobody is told of a proposal."""

FIRST_MESSAGES = 4
"""Messages that service makes for one endpoint: the decision served and 3 orders in force."""


class _Past:
    """A register's clock at noon of a day that is over."""

    def __init__(self) -> None:
        self.on("2022-06-02")

    def on(self, day: str) -> None:
        self._at = datetime.fromisoformat(day).replace(hour=12, tzinfo=UTC)

    def now(self) -> datetime:
        return self._at


def references(count: int) -> list[str]:
    """The references of the seeded cases."""
    return [f"SAN-2022-{number:03}" for number in range(1, count + 1)]


def seed(engine: Engine, count: int) -> str:
    """Cases of three orders under one clause, served on 19 October 2022, counsel listening; a scheduler's key."""
    clock = _Past()
    writer = Writer(engine, clock)

    def all_of(use_case: Callable[..., Any], command: Callable[[str], Any], actor: Actor) -> None:
        named = references(count)
        for future in writer.submit_many([(use_case, command(reference), actor) for reference in named]):
            future.result()

    def pull(day: str, trigger: Trigger, actor: Actor, version: int, **members: Any) -> None:
        clock.on(day)
        all_of(
            advance,
            lambda reference: Transition(subject=decision_of(reference), trigger=trigger, version=version, **members),
            actor,
        )

    try:
        all_of(open_case, lambda reference: CaseBody.model_validate({**CASE, "reference": reference}), OFFICER)
        all_of(register_endpoint, _endpoint, OFFICER)
        _answered(engine)
        clock.on("2022-10-13")
        all_of(draft_decision, _draft, OFFICER)
        pull("2022-10-13", Trigger.SUBMIT, OFFICER, 1)
        pull("2022-10-17", Trigger.ADOPT, DECIDER, 2)
        pull("2022-10-19", Trigger.RECORD_SERVICE, REGISTRAR, 3, data=SERVICE, assumed=("served_on",))
        return writer.run(create_key, NewKey("sweeper", frozenset({Role.SCHEDULER})), CONSOLE).key
    finally:
        writer.close()


def _endpoint(reference: str) -> NewEndpoint:
    return NewEndpoint(case_id(reference), 1, "http://127.0.0.1:9", read_vault(SECRET_KEYS))


def _answered(engine: Engine) -> None:
    """Let every endpoint have answered its ping."""
    with engine.begin() as connection:
        connection.execute(delete(messages).where(messages.c.type == PING))
        connection.execute(update(endpoints).values(state=EndpointState.ACTIVE))


def decision_of(reference: str) -> Subject:
    """The one decision of a seeded case."""
    return Subject(SubjectKind.DECISION, child_id(case_id(reference), "decision", 1))


def send_to(engine: Engine, url: Callable[[str], str]) -> None:
    """Let counsel of each case be reached at the URL for the case."""
    with engine.begin() as connection:
        for case in connection.scalars(select(endpoints.c.case)).all():
            connection.execute(update(endpoints).where(endpoints.c.case == case).values(url=url(case)))


def _draft(reference: str) -> DecisionBody:
    return DecisionBody.model_validate({**a_draft(), "reference": reference, "case": case_id(reference)})


FIRST_FILE, OTHER_FILE = b"%PDF-1.7 a deletion log", bytes(range(256)) * 3


def attached(engine: Engine, files: Files) -> None:
    """A report on the first order of the first case, with two files: three events more, on 12 December 2022."""
    clock = _Past()
    clock.on("2022-12-12")
    writer = Writer(engine, clock)
    order = Subject(SubjectKind.ORDER, child_id(case_id(references(1)[0]), "order", "1.1"))
    data = {"received_on": "2022-12-10", "claims": [{"limb": 1, "met_on": "2022-12-01"}]}
    reporting = Transition(subject=order, trigger=Trigger.RECORD_REPORT, data=data, version=2)
    try:
        filing = writer.run(advance, reporting, REGISTRAR)
        for version, file in enumerate((FIRST_FILE, OTHER_FILE), start=filing.version):
            incoming = files.incoming()
            incoming.take(file)
            new = NewAttachment(filing.subject.id, incoming.keep(), "application/pdf", "A. Person.pdf", version=version)
            writer.run(attach, new, REGISTRAR)
    finally:
        writer.close()
