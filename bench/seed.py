"""Cases in the past, made through the writer: one decision, one order, one clause each, expiry recorded."""

from collections.abc import Callable
from concurrent.futures import Future
from datetime import date
from typing import Any

from enjoin.clocks import RealClock
from workflow.lifecycle.facts import case_id, child_id
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.vocabulary import Role, SubjectKind, Trigger
from workflow.store.database import make_engine
from workflow.store.writer import Writer
from workflow.use_cases.acting.advance import Transition, advance
from workflow.use_cases.acting.bodies import CaseBody
from workflow.use_cases.acting.draft_body import DecisionBody
from workflow.use_cases.acting.draft_decision import draft_decision
from workflow.use_cases.acting.open_case import open_case

PAGE = 500
OFFICER = Actor("officer", frozenset({Role.CASE_OFFICER}))
DECIDER = Actor("decider", frozenset({Role.DECISION_MAKER}))
REGISTRAR = Actor("registrar", frozenset({Role.REGISTRAR}))

CASE = {"regime": "fr-cnil", "opened_on": "2022-06-02", "parties": [{"name": "Respondent Inc."}]}
DECISION: dict[str, Any] = {
    "reference": "D",
    "language": "fr",
    "addressees": [1],
    "hearing": {
        "grounds_notified_on": "2022-07-14",
        "window_ended_on": "2022-08-14",
        "observations": "none_received",
    },
    "orders": [
        {
            "n": 1,
            "kind": "cease_collection",
            "addressee": 1,
            "ground": "GDPR art. 58(2)(d)",
            "nature": "continuous",
            "limbs": [{"n": 1, "text": "Stop collecting"}],
            "period": "P2M",
        }
    ],
    "clauses": [{"n": 1, "covers": [1], "rate": "100000.00", "currency": "EUR", "per": "P1D", "assess_after": "P52D"}],
}
SERVICE = {"addressee": 1, "served_on": "2022-10-19", "channel": "registered_letter"}
APPEAL = {"addressee": 1, "lodged_on": "2022-12-01", "court": "Conseil d'État"}


def seed(url: str, orders: int, varied: bool = False) -> None:
    """Make so many cases in a migrated database, each with its first penalty due to be proposed.

    They are alike, as after a campaign of decisions served on one day; `varied` gives each a rate of its own.
    """
    engine = make_engine(url)
    writer = Writer(engine, RealClock())
    references = [f"BENCH-{n:06d}" for n in range(orders)]
    _all(writer, [_open(reference) for reference in references])
    _all(
        writer, [_draft(reference, f"{50_000 + n if varied else 100_000}.00") for n, reference in enumerate(references)]
    )
    for step in (_submit, _adopt, _serve, _appeal, _expire):
        _all(writer, [step(reference) for reference in references])
    writer.close()
    engine.dispose()


def _all(writer: Writer, items: list[tuple[Callable[..., Any], Any, Actor]]) -> None:
    pages = [items[first : first + PAGE] for first in range(0, len(items), PAGE)]
    futures: list[Future[Any]] = [future for page in pages for future in writer.submit_many(page)]
    for future in futures:
        future.result()


def _open(reference: str) -> tuple[Callable[..., Any], Any, Actor]:
    return open_case, CaseBody.model_validate({"reference": reference, **CASE}), OFFICER


def _draft(reference: str, rate: str) -> tuple[Callable[..., Any], Any, Actor]:
    clauses = [clause | {"rate": rate} for clause in DECISION["clauses"]]
    body = {**DECISION, "case": case_id(reference), "clauses": clauses, "effective_on": "2022-10-12"}
    return draft_decision, DecisionBody.model_validate(body), OFFICER


def _submit(reference: str) -> tuple[Callable[..., Any], Any, Actor]:
    return advance, _on_decision(reference, Trigger.SUBMIT, 1, effective_on=date(2022, 10, 13)), OFFICER


def _adopt(reference: str) -> tuple[Callable[..., Any], Any, Actor]:
    return advance, _on_decision(reference, Trigger.ADOPT, 2, effective_on=date(2022, 10, 17)), DECIDER


def _serve(reference: str) -> tuple[Callable[..., Any], Any, Actor]:
    return advance, _on_decision(reference, Trigger.RECORD_SERVICE, 3, data=SERVICE), REGISTRAR


def _appeal(reference: str) -> tuple[Callable[..., Any], Any, Actor]:
    """While it is open the decision cannot become final, so that the penalty is the one step that is due."""
    return advance, _on_decision(reference, Trigger.RECORD_APPEAL, 4, data=APPEAL), REGISTRAR


def _expire(reference: str) -> tuple[Callable[..., Any], Any, Actor]:
    order = child_id(case_id(reference), "order", "1.1")
    subject = Subject(SubjectKind.ORDER, order)
    return advance, Transition(subject=subject, trigger=Trigger.RECORD_EXPIRY, version=2), OFFICER


def _on_decision(reference: str, trigger: Trigger, version: int, **members: Any) -> Transition:
    decision = child_id(case_id(reference), "decision", 1)
    return Transition(subject=Subject(SubjectKind.DECISION, decision), trigger=trigger, version=version, **members)
