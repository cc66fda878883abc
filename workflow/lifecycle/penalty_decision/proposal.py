"""Proposing a penalty for a slice of late days, and taking the proposal up as a draft."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from workflow.law.days import day_before
from workflow.law.money import Money
from workflow.lifecycle.facts import CaseFacts, Clause, Decision, PenaltyDecision, child_id
from workflow.lifecycle.facts.frozen import copied, frozen, replace
from workflow.lifecycle.kernel.events import Event, Payload, Subject, event
from workflow.lifecycle.kernel.guards import NOT_BACKWARDS, over_after
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import OFFICER, Guard, Row, Situation
from workflow.lifecycle.kernel.tree import Of, with_clause, with_penalty
from workflow.lifecycle.kernel.writing import Says, written
from workflow.lifecycle.penalty_clause.accrual import Lateness, lateness, statement
from workflow.lifecycle.penalty_decision.contents import ProposalContent
from workflow.lifecycle.penalty_decision.correction import SUM_STILL_HOLDS
from workflow.lifecycle.penalty_decision.sums import comes_to
from workflow.lifecycle.vocabulary import Audience, OrderState, Role, SubjectKind, Trigger
from workflow.lifecycle.vocabulary import PenaltyDecisionState as State

_NO_EVIDENCE = "period expired, no evidence received"
_COMPLIED_LATE = "period expired, complied with late"
_NON_COMPLIANT = "non-compliance established"
_FORFEITED = "forfeited by law"


@event("penalty_decision.proposed", Audience.INTERNAL)
class PenaltyProposed(Payload):
    """A sum is proposed for a slice of late days, which it reserves; `slice` is its number where it was a step."""

    n: int
    clause: str
    decision: str
    from_: date
    to: date
    units: int
    amount: Money
    basis: str
    receipt: Mapping[str, Any]
    slice: int | None = None

    def fold(self, case: CaseFacts, event: Event) -> CaseFacts:
        """The case with one penalty decision more, and the step of its clause done."""
        made = copied(
            PenaltyDecision,
            self,
            id=event.subject.id,
            state=State.PROPOSED,
            drafters=(event.actor,),
            relied_on=self.receipt["request"],
            acted_on=event.effective_on,
        )
        case = with_penalty(case, made)
        if event.step is None:
            return case
        decision, clause = case.clause(made.clause)
        return with_clause(case, decision, replace(clause, steps_done=(*clause.steps_done, event.step)))


@event("penalty_decision.taken_up", Audience.INTERNAL)
class PenaltyTakenUp(Of[PenaltyDecision]):
    """From here on it is an officer's draft."""

    def on(self, penalty: PenaltyDecision, event: Event) -> PenaltyDecision:
        """A draft, of one drafter more."""
        draft = State.DRAFT
        return replace(penalty, state=draft, drafters=(*penalty.drafters, event.actor), acted_on=event.effective_on)


@frozen
class Slice:
    """What a proposal is about: its days, how late they are, the statement over them."""

    first: date
    last: date
    late: Lateness
    stated: Mapping[str, Any]


def propose(at: Situation[Clause, ProposalContent | None]) -> list[Event]:
    """`penalty_decision.proposed` on its clause: the slice, which it reserves, and the statement with its receipt."""
    found, clause = at.work_out(_slice), at.thing
    assert isinstance(found, Slice)
    n, sum_ = len(at.case.penalty_decisions) + 1, comes_to(found.stated)
    proposed = PenaltyProposed(
        n=n,
        clause=clause.id,
        decision=at.case.clause(clause.id)[0].id,
        from_=found.first,
        to=found.last,
        units=sum_.units,
        amount=sum_.amount,
        basis=_basis(at, found.late),
        receipt=found.stated,
        slice=at.step.n if at.step is not None else None,
    )
    made = Subject(SubjectKind.PENALTY_DECISION, child_id(at.case.id, "penalty_decision", n))
    return [written(at, proposed, subject=made, parent=clause.subject)]


def _basis(at: Situation[Clause, Any], late: Lateness) -> str:
    """Why there is a penalty; where the law itself makes it owed, the decision only recovers it."""
    if any(span.order.state is OrderState.NON_COMPLIANT for span in late.spans):
        basis = _NON_COMPLIANT
    else:
        basis = _NO_EVIDENCE if late.lasts else _COMPLIED_LATE
    return f"{_FORFEITED}: {basis}" if at.regime.clause.accrual == "forfeited" else basis


def _slice(at: Situation[Clause, ProposalContent | None]) -> Slice | Denial:
    """The late days up to the day the officer named, else the day before the legal date, that nothing reserves.

    A step has its own day as its legal date. The slice ends sooner where later days are reserved.
    """
    decision, clause = at.case.clause(at.thing.id)
    derived = at.step.found if at.step is not None else None
    late = derived if isinstance(derived, Lateness) else lateness(at.case, decision, clause)
    if late.start is None or late.unfixed is None:
        return _never_late(decision, clause)
    named = at.content.assessed_to if at.step is None and at.content is not None else None
    last = late.capped(named or day_before(at.effective_on))
    if last >= at.effective_on:
        return Denial(
            detail=f"The slice would end on {last}, which is not over on {at.effective_on}, the day of this proposal.",
            reference="a slice ends on a day that is over",
            satisfied_by=f"an assessed_to before {at.effective_on}",
        )
    stated = statement(at.case, late, clause, last, at.regime)
    if stated is not None and stated["result"]["units"] > 0:
        return Slice(late.unfixed, last, late, stated)
    return Denial(
        detail=f"Up to {last} no late day is left to fix: the first late day is {late.start}, and what was late since "
        "is reserved by an earlier penalty decision or lies beyond the cap.",
        reference="no day is fixed twice",
        satisfied_by="wait for further late days",
    )


def _never_late(decision: Decision, clause: Clause) -> Denial:
    if any(order.starts_on is not None for order in decision.covered_by(clause)):
        return Denial(
            detail="Every order in force under this clause was complied with in time, so no day is late.",
            reference="the last day still counts, and the day of compliance is not late",
            satisfied_by="nothing: there is no delay to penalise",
        )
    return Denial(
        detail="No order under this clause is in force, so no day can be late.",
        reference="the clock starts at service",
        satisfied_by="record service first",
        who=("registrar",),
    )


def _late_days_unfixed(at: Situation[Clause, ProposalContent | None]) -> Denial | None:
    found = at.work_out(_slice)
    return found if isinstance(found, Denial) else None


def _slice_is_over(at: Situation[PenaltyDecision, Any]) -> Denial | None:
    """No act on a penalty decision is dated before the days it is about are over."""
    last = at.thing.to
    if at.effective_on > last:
        return None
    way_out, open_on = over_after(at, last)
    return Denial(
        detail=f"The act is dated {at.effective_on}; the slice it is about ends on {last}.",
        reference="a slice ends on a day that is over",
        satisfied_by=way_out,
        open_on=open_on,
    )


LATE_DAYS_UNFIXED = Guard("late_days_unfixed", state=_late_days_unfixed)
SLICE_IS_OVER = Guard("slice_is_over", state=_slice_is_over)


ROWS: tuple[Row, ...] = (
    Row(
        trigger=Trigger.PROPOSE_PENALTY,
        sources=(State.ABSENT,),
        target=State.PROPOSED,
        roles=OFFICER | {Role.SCHEDULER},
        label="Propose a penalty",
        ground="operative part of the decision, penalty clause",
        guards=(LATE_DAYS_UNFIXED,),
        parent_kind=SubjectKind.PENALTY_CLAUSE,
        step=True,
        takes=ProposalContent,
        act=propose,
    ),
    Row(
        trigger=Trigger.TAKE_UP,
        sources=(State.PROPOSED,),
        target=State.DRAFT,
        roles=OFFICER,
        label="Take up the proposal",
        ground="a machine proposes, a person decides",
        guards=(SLICE_IS_OVER, NOT_BACKWARDS, SUM_STILL_HOLDS),
        act=Says(PenaltyTakenUp),
    ),
)
