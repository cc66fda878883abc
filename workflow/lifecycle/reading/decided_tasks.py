"""What a decision or a penalty decision waits for: taking up, service, finality, declaring void, going on."""

from collections.abc import Iterator
from datetime import date

from workflow.law.regime import regime
from workflow.lifecycle.facts import AdoptedAct, CaseFacts, Clause, Debt, Decision, Order, PenaltyDecision
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.penalty_clause.basis import basis_gone
from workflow.lifecycle.penalty_decision.sums import outdated
from workflow.lifecycle.proceedings.finality import finality_step
from workflow.lifecycle.proceedings.windows import can_be_final_on
from workflow.lifecycle.reading.task import Task, TaskKind, who_may
from workflow.lifecycle.vocabulary import DecisionState, PenaltyDecisionState, SubjectKind, Trigger

_OVER = frozenset(
    {
        PenaltyDecisionState.CLOSED_WITHOUT_PENALTY,
        PenaltyDecisionState.WITHDRAWN,
        PenaltyDecisionState.ANNULLED,
        PenaltyDecisionState.VOID,
    }
)
_ADOPTED = frozenset({PenaltyDecisionState.ADOPTED, PenaltyDecisionState.REDUCED})


def of_decisions(case: CaseFacts, today: date) -> Iterator[Task]:
    """Decisions to serve, or to record as final."""
    for decision in case.decisions:
        if decision.state is not DecisionState.ADOPTED:
            continue
        unserved = [n for n in decision.addressees if decision.service_on(n) is None]
        yield from _after_adoption(case, SubjectKind.DECISION, decision, unserved, today)


def of_penalties(case: CaseFacts, today: date) -> Iterator[Task]:
    """Penalty decisions to take up, to serve, to record as final, or to declare void."""
    for penalty in case.penalty_decisions:
        if penalty.state not in _OVER and (gone := basis_gone(case, penalty)) is not None:
            yield Task(
                kind=TaskKind.DECLARE_VOID,
                subject=penalty.subject,
                trigger=Trigger.DECLARE_VOID,
                since=None,
                why=f"What penalty decision {penalty.n} rested on fell away: {gone}. Nothing is asked for under it.",
                who=who_may(case, SubjectKind.PENALTY_DECISION, penalty.id, Trigger.DECLARE_VOID, today),
            )
        elif penalty.state is PenaltyDecisionState.PROPOSED:
            yield Task(
                kind=TaskKind.TAKE_UP,
                subject=penalty.subject,
                trigger=Trigger.TAKE_UP,
                since=penalty.to,
                why=f"A penalty is proposed for {penalty.from_} to {penalty.to}; "
                + (
                    "its facts changed since: look at the review of the case first."
                    if outdated(case, penalty)
                    else "a machine proposes, a person decides."
                ),
                who=who_may(case, SubjectKind.PENALTY_DECISION, penalty.id, Trigger.TAKE_UP, today),
            )
        elif penalty.state in _ADOPTED:
            decision, clause = case.clause(penalty.clause)
            addressees = decision.addressees if clause.addressee is None else (clause.addressee,)
            unserved = [n for n in addressees if penalty.service_on(n) is None]
            yield from _after_adoption(case, SubjectKind.PENALTY_DECISION, penalty, unserved, today)


def _after_adoption(
    case: CaseFacts, kind: SubjectKind, act: Decision | PenaltyDecision, unserved: list[int], today: date
) -> Iterator[Task]:
    """Serving an act on who was not served yet; recording that it is final, once that was proposed."""
    if unserved:
        parties = " and ".join(map(str, unserved))
        yield Task(
            kind=TaskKind.SERVE,
            subject=Subject(kind, act.id),
            trigger=Trigger.RECORD_SERVICE,
            since=act.adopted_on,
            why=f"Adopted and not yet served on party {parties}: no clock runs against them.",
            who=who_may(case, kind, act.id, Trigger.RECORD_SERVICE, today),
        )
    elif act.final_on is None and (proposed := _finality_proposed(case, act)) is not None:
        yield Task(
            kind=TaskKind.RECORD_FINALITY,
            subject=Subject(kind, act.id),
            trigger=Trigger.RECORD_FINALITY,
            since=proposed,
            why="The time to appeal is over; finality is recorded with the proof that there is no appeal.",
            who=who_may(case, kind, act.id, Trigger.RECORD_FINALITY, today),
        )


def _finality_proposed(case: CaseFacts, act: Decision | PenaltyDecision) -> date | None:
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
            yield from _still_suspended(case, decision, SubjectKind.ORDER, order, f"order {order.n}", today)
        for clause in decision.clauses:
            yield from _still_suspended(case, decision, SubjectKind.PENALTY_CLAUSE, clause, f"clause {clause.n}", today)
    acts: tuple[AdoptedAct, ...] = (*case.decisions, *case.penalty_decisions)
    for act in acts:
        for debt in case.debts_of(act.id):
            what = f"the collection of debt {debt.n}"
            yield from _still_suspended(case, act, SubjectKind.DEBT, debt, what, today)


def _still_suspended(
    case: CaseFacts, act: AdoptedAct, kind: SubjectKind, thing: Order | Clause | Debt, what: str, today: date
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
            yield Task(
                kind=TaskKind.RESUME,
                subject=Subject(kind, thing.id),
                trigger=Trigger.RESUME,
                since=max(ruled),
                why=f"The final ruling on the appeal is of {max(ruled)}; {what}{limb}, suspended since {stay.from_}, "
                "still is. Whether it goes on, and from when, is in the ruling.",
                who=who_may(case, kind, thing.id, Trigger.RESUME, today),
            )
