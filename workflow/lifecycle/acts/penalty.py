"""The acts on a penalty: proposing it on a clause, taking it up, adopting it."""

from datetime import date
from typing import Any

from workflow.law.money import Money
from workflow.lifecycle import accrual
from workflow.lifecycle.acts.tree import with_clause, with_penalty
from workflow.lifecycle.acts.writing import written
from workflow.lifecycle.events import Event, EventType, Subject
from workflow.lifecycle.facts import CaseFacts, Clause, PenaltyDecision, child_id
from workflow.lifecycle.frozen import replace
from workflow.lifecycle.rules import Situation
from workflow.lifecycle.vocabulary import PenaltyDecisionState, SubjectKind, Trigger

NO_EVIDENCE = "period expired, no evidence received"
COMPLIED_LATE = "period expired, complied with late"


def propose(at: Situation) -> list[Event]:
    """`penalty_decision.proposed` on its clause: the slice, which it reserves, and the statement with its receipt."""
    clause: Clause = at.thing
    decision, _ = at.case.clause(clause.id)
    stated = at.workings["statement"]
    n = len(at.case.penalty_decisions) + 1
    late: accrual.Lateness = at.workings["lateness"]
    assert late.unfixed is not None
    data: dict[str, Any] = {
        "n": n,
        "clause": clause.id,
        "decision": decision.id,
        "from": late.unfixed.isoformat(),
        "to": at.workings["last"].isoformat(),
        "units": stated["result"]["units"],
        "amount": {"amount": stated["result"]["amount"], "currency": clause.rate.currency},
        "basis": NO_EVIDENCE if late.lasts else COMPLIED_LATE,
        "receipt": stated,
    }
    if at.step is not None:
        data["slice"] = at.step.n
    made = Subject(SubjectKind.PENALTY_DECISION, child_id(at.case.id, "penalty_decision", n))
    return [written(at, EventType.PENALTY_PROPOSED, data, subject=made, parent=at.command.subject)]


def take_up(at: Situation) -> list[Event]:
    """`penalty_decision.taken_up`: from here on it is an officer's draft."""
    return [written(at, EventType.PENALTY_TAKEN_UP)]


def adopt(at: Situation) -> list[Event]:
    """`penalty_decision.adopted`: the sum is fixed for its days."""
    penalty: PenaltyDecision = at.thing
    return [written(at, EventType.PENALTY_ADOPTED, {"amount": penalty.amount.to_json()})]


def evolve(case: CaseFacts, event: Event) -> CaseFacts:
    """The case after an event about a penalty decision."""
    if event.type is EventType.PENALTY_PROPOSED:
        return _proposed(case, event)
    penalty = next(each for each in case.penalty_decisions if each.id == event.subject.id)
    match event.type:
        case EventType.PENALTY_TAKEN_UP:
            after = replace(penalty, state=PenaltyDecisionState.DRAFT, drafters=(*penalty.drafters, event.actor))
        case EventType.PENALTY_ADOPTED:
            after = replace(
                penalty,
                state=PenaltyDecisionState.ADOPTED,
                adopted_on=event.effective_on,
                adopted_by=event.actor,
            )
        case _:
            raise AssertionError(f"{event.type} is not about a penalty decision")
    return with_penalty(case, after)


def _proposed(case: CaseFacts, event: Event) -> CaseFacts:
    data = event.data
    made = PenaltyDecision(
        id=event.subject.id,
        n=data["n"],
        decision=data["decision"],
        clause=data["clause"],
        state=PenaltyDecisionState.PROPOSED,
        from_=date.fromisoformat(data["from"]),
        to=date.fromisoformat(data["to"]),
        units=data["units"],
        amount=Money.from_json(data["amount"]),
        basis=data["basis"],
        drafters=(event.actor,),
    )
    case = with_penalty(case, made)
    if event.step is None:
        return case
    decision, clause = case.clause(made.clause)
    return with_clause(case, decision, replace(clause, steps_done=(*clause.steps_done, event.step)))


ACTS = {
    (SubjectKind.PENALTY_DECISION, Trigger.PROPOSE_PENALTY): propose,
    (SubjectKind.PENALTY_DECISION, Trigger.TAKE_UP): take_up,
    (SubjectKind.PENALTY_DECISION, Trigger.ADOPT): adopt,
}
FOLDS = dict.fromkeys(
    (EventType.PENALTY_PROPOSED, EventType.PENALTY_TAKEN_UP, EventType.PENALTY_ADOPTED),
    evolve,
)
