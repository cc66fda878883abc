"""Opening a case; the authority's own stream records that it exists, so that a case removed is missed."""

from datetime import date

from workflow.law.days import local_day
from workflow.law.regime import regime
from workflow.lifecycle.door.decide import decide, permit
from workflow.lifecycle.facts import case_id
from workflow.lifecycle.kernel.authority import CaseRegistered
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.kernel.refusals import Denial, GuardRefused
from workflow.lifecycle.kernel.rules import Actor, Command
from workflow.lifecycle.vocabulary import SubjectKind, Trigger
from workflow.store.missing import NotFound
from workflow.store.unit_of_work import UnitOfWork, touches
from workflow.use_cases.acting.advance import append
from workflow.use_cases.acting.bodies import CaseBody
from workflow.use_cases.acting.outcome import Outcome
from workflow.use_cases.authority import say


@touches(cases=lambda body: [(SubjectKind.CASE, case_id(body.reference))], authority=True)
def open_case(uow: UnitOfWork, body: CaseBody, actor: Actor) -> Outcome:
    """Open a case under a reference nobody has used; a `Refusal` or InvalidRequest leave nothing behind."""
    return open_case_on(uow, body, actor)


def open_case_on(uow: UnitOfWork, body: CaseBody, actor: Actor, on: date | None = None) -> Outcome:
    """Open a case as on a day of the past that an import tells of; without one, today."""
    subject = Subject(SubjectKind.CASE, case_id(body.reference))
    permit(None, subject, Trigger.OPEN, actor, uow.now.date())
    content = body.content()
    today = on or local_day(uow.now, regime(body.regime).timezone)
    if _exists(uow, subject.id):
        raise GuardRefused("reference_is_new", _taken(body.reference), [])
    events = decide(None, Command(subject=subject, trigger=Trigger.OPEN, content=content), actor, today)
    outcome = append(uow, None, events)
    registered = CaseRegistered(case=subject.id, reference=body.reference)
    say(uow, subject.kind, subject.id, registered, actor, body.opened_on)
    return outcome


def _exists(uow: UnitOfWork, id: str) -> bool:
    try:
        uow.case(id)
    except NotFound:
        return False
    return True


def _taken(reference: str) -> Denial:
    return Denial(
        detail=f"There is a case {reference} already.",
        reference="a reference names one case",
        satisfied_by="another reference, or the case that has it",
    )
