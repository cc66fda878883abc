"""What a decision or a penalty decision waits for: taking up, service, finality, declaring void, going on."""

from collections.abc import Iterator, Sequence
from datetime import date

from workflow.law.regime import regime
from workflow.lifecycle.facts import AdoptedAct, CaseFacts, Clause, Debt, Decision, Order
from workflow.lifecycle.filing.guards import heard
from workflow.lifecycle.penalty_clause.basis import basis_gone
from workflow.lifecycle.penalty_decision.sums import done, outdated
from workflow.lifecycle.proceedings.adopted import unserved
from workflow.lifecycle.proceedings.finality import finality_step
from workflow.lifecycle.proceedings.windows import can_be_final_on
from workflow.lifecycle.reading.task import Task, TaskKind, to_pull
from workflow.lifecycle.vocabulary import DecisionState, PenaltyDecisionState, Trigger

_ADOPTED = frozenset({PenaltyDecisionState.ADOPTED, PenaltyDecisionState.REDUCED})


def of_decisions(case: CaseFacts, today: date) -> Iterator[Task]:
    """Decisions to serve, or to record as final."""
    for decision in case.decisions:
        if decision.state is DecisionState.ADOPTED:
            yield from _after_adoption(case, decision, unserved(case, decision), today)


def of_penalties(case: CaseFacts, today: date) -> Iterator[Task]:
    """Penalty decisions to take up, to serve, to record as final, or to declare void."""
    for penalty in case.penalty_decisions:
        if not done(penalty) and (gone := basis_gone(case, penalty)) is not None:
            why = f"What penalty decision {penalty.n} rested on fell away: {gone}. Nothing is asked for under it."
            yield to_pull(case, today, TaskKind.DECLARE_VOID, penalty.subject, Trigger.DECLARE_VOID, None, why)
        elif penalty.state is PenaltyDecisionState.PROPOSED:
            first = (
                "its facts changed since: look at the review of the case first."
                if outdated(case, penalty)
                else "a machine proposes, a person decides."
            )
            why = f"A penalty is proposed for {penalty.from_} to {penalty.to}; {first}"
            yield to_pull(case, today, TaskKind.TAKE_UP, penalty.subject, Trigger.TAKE_UP, penalty.to, why)
        elif penalty.state in _ADOPTED:
            missing = [n for n in heard(case, penalty) if penalty.service_on(n) is None]
            yield from _after_adoption(case, penalty, missing, today)


def _after_adoption(case: CaseFacts, act: AdoptedAct, missing: Sequence[int], today: date) -> Iterator[Task]:
    """Serving an act on who was not served yet; recording that it is final, once that was proposed."""
    if missing:
        why = f"Adopted and not yet served on party {' and '.join(map(str, missing))}: no clock runs against them."
        yield to_pull(case, today, TaskKind.SERVE, act.subject, Trigger.RECORD_SERVICE, act.adopted_on, why)
    elif act.final_on is None and (proposed := _finality_proposed(case, act)) is not None:
        why = "The time to appeal is over; finality is recorded with the proof that there is no appeal."
        yield to_pull(case, today, TaskKind.RECORD_FINALITY, act.subject, Trigger.RECORD_FINALITY, proposed, why)


def _finality_proposed(case: CaseFacts, act: AdoptedAct) -> date | None:
    """The day on which finality was due, where it was proposed for the windows as they now are; None else."""
    decision = act if isinstance(act, Decision) else case.decision(act.decision)
    if decision.regime is None:
        return None
    rules = regime(decision.regime)
    due_on = can_be_final_on(case, act, rules)
    taken = due_on is not None and finality_step(case, act, rules) is None
    return due_on if taken and any(f"/{Trigger.PROPOSE_FINALITY}/" in key for key in act.steps_done) else None


def of_stays(case: CaseFacts, today: date) -> Iterator[Task]:
    """What was suspended while an appeal ran, and still is after the final ruling on it."""
    for decision in case.decisions:
        for order in decision.orders:
            yield from _still_suspended(case, decision, order, f"order {order.n}", today)
        for clause in decision.clauses:
            yield from _still_suspended(case, decision, clause, f"clause {clause.n}", today)
    acts: tuple[AdoptedAct, ...] = (*case.decisions, *case.penalty_decisions)
    for act in acts:
        for debt in case.debts_of(act.id):
            yield from _still_suspended(case, act, debt, f"the collection of debt {debt.n}", today)


def _still_suspended(
    case: CaseFacts, act: AdoptedAct, thing: Order | Clause | Debt, what: str, today: date
) -> Iterator[Task]:
    if any(appeal.open for appeal in act.appeals):
        return
    for stay in thing.suspensions:
        ruled = [
            ruling.ruled_on
            for appeal in act.appeals
            for ruling in act.rulings
            if ruling.final and ruling.appeal == appeal.n and appeal.lodged_on <= stay.from_ < ruling.ruled_on
        ]
        if stay.to is None and ruled:
            limb = f" (limb {stay.limb})" if stay.limb is not None else ""
            why = (
                f"The final ruling on the appeal is of {max(ruled)}; {what}{limb}, suspended since {stay.from_}, "
                "still is. Whether it goes on, and from when, is in the ruling."
            )
            yield to_pull(case, today, TaskKind.RESUME, thing.subject, Trigger.RESUME, max(ruled), why)
