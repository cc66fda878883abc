"""Adopting a penalty decision or sending it back: who stands aside, who sits, who votes, which sum can be fixed."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from workflow.law.money import Money
from workflow.lifecycle.decision.adoption_guards import NOT_THE_DRAFTER
from workflow.lifecycle.facts import Attendance, PenaltyDecision, Reduction
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.filing.requests_guards import REQUESTS_ANSWERED
from workflow.lifecycle.kernel.events import Event, event
from workflow.lifecycle.kernel.guards import NOT_BACKWARDS
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import DECIDER, SAME, SECRETARY, Guard, Row, Situation
from workflow.lifecycle.kernel.tree import Of
from workflow.lifecycle.kernel.writing import Says, written
from workflow.lifecycle.penalty_decision.contents import AdoptionContent, RecusalContent, SessionContent
from workflow.lifecycle.penalty_decision.correction import NOT_ABOVE_NOTIFIED, SUM_STILL_HOLDS
from workflow.lifecycle.penalty_decision.hearing import OBSERVATIONS_ANSWERED, RIGHT_TO_BE_HEARD, WINDOW_OVER, cited_as
from workflow.lifecycle.penalty_decision.proposal import SLICE_IS_OVER
from workflow.lifecycle.penalty_decision.sums import money_in_words, stated
from workflow.lifecycle.vocabulary import Audience, Role, Trigger
from workflow.lifecycle.vocabulary import PenaltyDecisionState as State

_IMPARTIAL = "Charter of Fundamental Rights art. 41(1): impartiality"


@event("penalty_decision.recusal_recorded", Audience.INTERNAL)
class PenaltyRecusalRecorded(Of[PenaltyDecision]):
    """A member stands aside."""

    account: str

    def on(self, penalty: PenaltyDecision, event: Event) -> PenaltyDecision:
        """With one more who takes no part."""
        return replace(penalty, recused=(*penalty.recused, self.account))


@event("penalty_decision.deliberated", Audience.INTERNAL)
class PenaltyDeliberated(Of[PenaltyDecision]):
    """The body sat, with those who were present; how they voted is not recorded."""

    session_on: date
    present: tuple[str, ...]

    def on(self, penalty: PenaltyDecision, event: Event) -> PenaltyDecision:
        """In deliberation."""
        sat = Attendance(self.session_on, self.present)
        state = State.IN_DELIBERATION
        return replace(penalty, state=state, attendance=sat, acted_on=event.effective_on)


@event("penalty_decision.returned_to_draft", Audience.INTERNAL)
class PenaltyReturned(Of[PenaltyDecision]):
    """A draft again; before it goes on the grounds are notified anew."""

    def on(self, penalty: PenaltyDecision, event: Event) -> PenaltyDecision:
        """A draft."""
        return replace(penalty, state=State.DRAFT, acted_on=event.effective_on)


@event("penalty_decision.adopted", Audience.INTERNAL)
class PenaltyAdopted(Of[PenaltyDecision]):
    """The sum is fixed for its days; a reduction is a line of its own of the statement."""

    amount: Money
    reduction: Reduction | None = None
    receipt: Mapping[str, Any] | None = None

    def on(self, penalty: PenaltyDecision, event: Event) -> PenaltyDecision:
        """Adopted, with the sum it fixes."""
        return replace(
            penalty,
            state=State.ADOPTED,
            adopted_on=event.effective_on,
            adopted_by=event.actor,
            reduction=self.reduction,
            fixed=self.amount,
            acted_on=event.effective_on,
        )


def deliberate(at: Situation[PenaltyDecision, SessionContent]) -> list[Event]:
    """`penalty_decision.deliberated`; who is named twice sat once."""
    present = tuple(dict.fromkeys(at.content.present))
    return [written(at, PenaltyDeliberated(session_on=at.content.session_on, present=present))]


def adopt(at: Situation[PenaltyDecision, AdoptionContent | None]) -> list[Event]:
    """`penalty_decision.adopted`."""
    penalty, reduction = at.thing, _reduction(at)
    adopted = PenaltyAdopted(amount=penalty.amount)
    if reduction is not None:
        receipt = stated(at.case, penalty, reduction)
        adopted = PenaltyAdopted(amount=reduction.amount, reduction=reduction, receipt=receipt)
    return [written(at, adopted)]


def _reduction(at: Situation[PenaltyDecision, AdoptionContent | None]) -> Reduction | None:
    return at.content.reduction if at.content is not None else None


def _body_may_sit(at: Situation[PenaltyDecision, SessionContent]) -> Denial | None:
    """Neither the rapporteur nor a member who stands aside sits; enough of the others do, where the regime asks."""
    penalty, present = at.thing, set(at.content.present)
    excluded = [name for name in _excluded(penalty) if name in present]
    if excluded:
        return Denial(
            detail=f"{' and '.join(excluded)} cannot sit: the rapporteur and whoever stands aside take no part.",
            reference=_IMPARTIAL,
            satisfied_by=f"a session without {' and '.join(excluded)}",
        )
    drafted = sorted(present.intersection(penalty.drafters))
    if drafted:
        return Denial(
            detail=f"{' and '.join(drafted)} drafted or took up this penalty, and cannot sit to decide it.",
            reference=_IMPARTIAL,
            satisfied_by=f"a session without {' and '.join(drafted)}",
        )
    asked = at.regime.values.get("body.attendance")
    if asked is not None and asked.value and not present:
        return Denial(
            detail="Who was present at the session is part of the record here, and nobody is named.",
            reference=cited_as(asked),
            satisfied_by="the accounts of the members present, in `present`",
        )
    quorum = at.regime.values.get("body.quorum")
    if quorum is None or len(present) >= quorum.value:
        return None
    return Denial(
        detail=f"The body decides with at least {quorum.value} members present; {len(present)} are named.",
        reference=cited_as(quorum),
        satisfied_by=f"a session with at least {quorum.value} members present",
    )


def _excluded(penalty: PenaltyDecision) -> Iterator[str]:
    if penalty.grounds is not None and penalty.grounds.rapporteur is not None:
        yield penalty.grounds.rapporteur
    yield from penalty.recused


def _may_vote(at: Situation[PenaltyDecision, Any]) -> Denial | None:
    penalty, me = at.thing, at.actor.account
    if penalty.grounds is not None and me == penalty.grounds.rapporteur:
        said = "You were the rapporteur of this; the rapporteur does not vote."
    elif me in penalty.recused:
        said = "You stood aside in this; whoever did takes no part in it."
    elif penalty.attendance is not None and penalty.attendance.present and me not in penalty.attendance.present:
        said = f"You were not present at the session on {penalty.attendance.session_on}."
    else:
        return None
    return Denial(
        detail=said,
        reference=_IMPARTIAL,
        satisfied_by="adoption by a decision-maker who sat",
        who=("decision_maker",),
    )


def _reduction_allowed(at: Situation[PenaltyDecision, AdoptionContent]) -> Denial | None:
    content, penalty = at.content, at.thing
    if content.reduction is None:
        return None
    rule = at.regime.clause.cited.get("may_reduce")
    reference = f"regime {at.regime.pin}, clause.may_reduce" if rule is None else cited_as(rule)
    if not at.regime.clause.may_reduce:
        return Denial(
            detail=f"{at.regime.pin} leaves no room to reduce the sum.",
            reference=reference,
            satisfied_by="adopt the sum as stated, or close without penalty",
        )
    remains = content.reduction.amount
    if remains.currency != penalty.amount.currency or remains.minor >= penalty.amount.minor:
        return Denial(
            detail=f"A reduction says what remains to be paid; {money_in_words(remains)} is not below the sum stated, "
            f"{money_in_words(penalty.amount)}.",
            reference=reference,
            satisfied_by=f"an amount below {penalty.amount.amount} {penalty.amount.currency}, or no reduction",
        )
    if content.reasons is None:
        return Denial(
            detail="A reduction needs its reasons.",
            reference=reference,
            satisfied_by="the reasons, in `reasons`",
        )
    return None


def _not_above_cap(at: Situation[PenaltyDecision, AdoptionContent | None]) -> Denial | None:
    """What all decisions on a clause fix together stays under its cap, whatever was proposed before what."""
    penalty, reduction = at.thing, _reduction(at)
    _, clause = at.case.clause(penalty.clause)
    cap = clause.cap
    if cap is None:
        return None
    others = [each for each in at.case.penalties_of(clause.id) if each.id != penalty.id]
    owed = [(each.units, each.owed.minor) for each in others if each.owed is not None]
    units, fixed = sum(units for units, _ in owed), Money(sum(minor for _, minor in owed), clause.rate.currency)
    amount = penalty.amount if reduction is None else reduction.amount
    if cap.amount is not None and fixed.minor + amount.minor > cap.amount.minor:
        said = (
            f"{money_in_words(cap.amount)}, and other decisions fixed {money_in_words(fixed)} of it; "
            f"{money_in_words(amount)} would"
        )
    elif cap.units is not None and units + penalty.units > cap.units:
        said = f"{cap.units} units, and other decisions fixed {units} of them; {penalty.units} more would"
    else:
        return None
    return Denial(
        detail=f"The cap of clause {clause.n} is {said} pass it.",
        reference=f"operative part of the decision, cap of clause {clause.n}",
        satisfied_by="return_to_draft and replace_sum, or close without penalty",
        who=("decision_maker",),
    )


BODY_MAY_SIT = Guard("body_may_sit", content=_body_may_sit)
MAY_VOTE = Guard("may_vote", person=_may_vote)
REDUCTION_ALLOWED = Guard("reduction_allowed", content=_reduction_allowed)
NOT_ABOVE_CAP = Guard("not_above_cap", state=_not_above_cap)


ROWS: tuple[Row, ...] = (
    Row(
        trigger=Trigger.RECORD_RECUSAL,
        sources=(State.DRAFT, State.GROUNDS_NOTIFIED, State.IN_DELIBERATION),
        target=SAME,
        roles=SECRETARY,
        label="Record that a member stands aside",
        ground=_IMPARTIAL,
        takes=RecusalContent,
        act=Says(PenaltyRecusalRecorded),
    ),
    Row(
        trigger=Trigger.DELIBERATE,
        sources=(State.GROUNDS_NOTIFIED,),
        target=State.IN_DELIBERATION,
        roles=DECIDER | SECRETARY,
        label="Deliberate",
        ground=RIGHT_TO_BE_HEARD,
        guards=(NOT_BACKWARDS, WINDOW_OVER, OBSERVATIONS_ANSWERED, SUM_STILL_HOLDS, BODY_MAY_SIT),
        takes=SessionContent,
        act=deliberate,
    ),
    Row(
        trigger=Trigger.RETURN_TO_DRAFT,
        sources=(State.GROUNDS_NOTIFIED, State.IN_DELIBERATION),
        target=State.DRAFT,
        roles=DECIDER | {Role.HEAD_OF_ENFORCEMENT},
        label="Return to draft; the grounds are notified anew",
        ground=RIGHT_TO_BE_HEARD,
        guards=(NOT_BACKWARDS,),
        act=Says(PenaltyReturned),
    ),
    Row(
        trigger=Trigger.ADOPT,
        sources=(State.IN_DELIBERATION,),
        target=State.ADOPTED,
        roles=DECIDER,
        label="Adopt the penalty decision",
        ground="operative part of the decision, penalty clause",
        guards=(
            NOT_THE_DRAFTER,
            MAY_VOTE,
            SLICE_IS_OVER,
            NOT_BACKWARDS,
            OBSERVATIONS_ANSWERED,
            REQUESTS_ANSWERED,
            SUM_STILL_HOLDS,
            REDUCTION_ALLOWED,
            NOT_ABOVE_NOTIFIED,
            NOT_ABOVE_CAP,
        ),
        takes=AdoptionContent,
        act=adopt,
    ),
)
