"""Drafting a decision: one body makes the whole draft, with its orders and clauses."""

from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.vocabulary import SubjectKind, Trigger
from workflow.store.unit_of_work import UnitOfWork, touches
from workflow.use_cases.acting.advance import Transition, advance
from workflow.use_cases.acting.draft_body import DecisionBody
from workflow.use_cases.acting.outcome import Outcome


@touches(cases=lambda body: [(SubjectKind.CASE, body.case)])
def draft_decision(uow: UnitOfWork, body: DecisionBody, actor: Actor) -> Outcome:
    """Pull `draft` on the case: the same door as any transition, with the body as its data."""
    return advance(
        uow,
        Transition(
            subject=Subject(SubjectKind.CASE, body.case),
            trigger=Trigger.DRAFT,
            data=body.model_dump(mode="json", exclude={"case", "effective_on"}, exclude_unset=True),
            data_at="",
            effective_on=body.effective_on,
        ),
        actor,
    )
