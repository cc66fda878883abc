"""The acts on a penalty up to its draft: proposing it on a clause, taking it up."""

from datetime import date
from typing import Any

from workflow.law.money import Money
from workflow.lifecycle.facts import CaseFacts, Clause, PenaltyDecision, child_id
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.events import Event, EventType, Subject
from workflow.lifecycle.kernel.rules import Situation
from workflow.lifecycle.kernel.tree import with_clause, with_penalty
from workflow.lifecycle.kernel.writing import written
from workflow.lifecycle.penalty_clause import accrual
from workflow.lifecycle.vocabulary import OrderState, PenaltyDecisionState, SubjectKind, Trigger

NO_EVIDENCE = "period expired, no evidence received"
COMPLIED_LATE = "period expired, complied with late"
NON_COMPLIANT = "non-compliance established"
FORFEITED = "forfeited by law"


def propose(at: Situation[Any, Any]) -> list[Event]:
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
        "basis": _basis(at, late),
        "receipt": stated,
    }
    if at.step is not None:
        data["slice"] = at.step.n
    made = Subject(SubjectKind.PENALTY_DECISION, child_id(at.case.id, "penalty_decision", n))
    return [written(at, EventType.PENALTY_PROPOSED, data, subject=made, parent=at.command.subject)]


def _basis(at: Situation[Any, Any], late: accrual.Lateness) -> str:
    """Why there is a penalty; where the law itself makes it owed, the decision only recovers it."""
    if any(span.order.state is OrderState.NON_COMPLIANT for span in late.spans):
        basis = NON_COMPLIANT
    else:
        basis = NO_EVIDENCE if late.lasts else COMPLIED_LATE
    return f"{FORFEITED}: {basis}" if at.regime.clause.accrual == "forfeited" else basis


def take_up(at: Situation[Any, Any]) -> list[Event]:
    """`penalty_decision.taken_up`: from here on it is an officer's draft."""
    return [written(at, EventType.PENALTY_TAKEN_UP)]


def evolve(case: CaseFacts, event: Event) -> CaseFacts:
    """The case after a penalty was proposed or taken up."""
    if event.type is EventType.PENALTY_PROPOSED:
        return _proposed(case, event)
    penalty = case.penalty_decision(event.subject.id)
    after = replace(
        penalty,
        state=PenaltyDecisionState.DRAFT,
        drafters=(*penalty.drafters, event.actor),
        acted_on=event.effective_on,
    )
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
        relied_on=data["receipt"]["request"],
        acted_on=event.effective_on,
    )
    case = with_penalty(case, made)
    if event.step is None:
        return case
    decision, clause = case.clause(made.clause)
    return with_clause(case, decision, replace(clause, steps_done=(*clause.steps_done, event.step)))


ACTS = {
    (SubjectKind.PENALTY_DECISION, Trigger.PROPOSE_PENALTY): propose,
    (SubjectKind.PENALTY_DECISION, Trigger.TAKE_UP): take_up,
}
FOLDS = dict.fromkeys((EventType.PENALTY_PROPOSED, EventType.PENALTY_TAKEN_UP), evolve)
