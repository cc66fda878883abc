"""Who may sit and who may adopt a penalty decision, and what a reduction needs."""

from collections.abc import Iterable
from typing import Any

from workflow.law.regime_schema import Cited
from workflow.lifecycle.facts import PenaltyDecision
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import Guard, Situation
from workflow.lifecycle.penalty_decision.contents import AdoptionContent, SessionContent
from workflow.lifecycle.vocabulary import PenaltyDecisionState

_IMPARTIAL = "Charter of Fundamental Rights art. 41(1): impartiality"


def _body_may_sit(at: Situation[Any, Any]) -> Denial | None:
    """Neither the rapporteur nor a member who stands aside sits; enough of the others do, where the regime asks."""
    content: SessionContent | None = at.command.content
    if content is None:
        return None
    penalty: PenaltyDecision = at.thing
    present = set(content.present)
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
            reference=_cited(asked),
            satisfied_by="the accounts of the members present, in `present`",
        )
    quorum = at.regime.values.get("body.quorum")
    if quorum is None or len(present) >= quorum.value:
        return None
    return Denial(
        detail=f"The body decides with at least {quorum.value} members present; {len(present)} are named.",
        reference=_cited(quorum),
        satisfied_by=f"a session with at least {quorum.value} members present",
    )


def _excluded(penalty: PenaltyDecision) -> Iterable[str]:
    if penalty.grounds is not None and penalty.grounds.rapporteur is not None:
        yield penalty.grounds.rapporteur
    yield from penalty.recused


def _cited(cited: Cited) -> str:
    return cited.ref if cited.verified else f"{cited.ref} (not verified)"


def _may_vote(at: Situation[Any, Any]) -> Denial | None:
    penalty: PenaltyDecision = at.thing
    me = at.actor.account
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


def _reduction_allowed(at: Situation[Any, Any]) -> Denial | None:
    content: AdoptionContent | None = at.command.content
    if content is None or content.reduction is None:
        return None
    penalty: PenaltyDecision = at.thing
    rule = at.regime.clause.cited.get("may_reduce")
    reference = f"regime {at.regime.pin}, clause.may_reduce" if rule is None else _cited(rule)
    if not at.regime.clause.may_reduce:
        return Denial(
            detail=f"{at.regime.pin} leaves no room to reduce the sum.",
            reference=reference,
            satisfied_by="adopt the sum as stated, or close without penalty",
        )
    remains = content.reduction.amount
    if remains.currency != penalty.amount.currency or remains.minor >= penalty.amount.minor:
        return Denial(
            detail=f"A reduction says what remains to be paid; {remains.currency} {remains.amount} is not below the "
            f"sum stated, {penalty.amount.currency} {penalty.amount.amount}.",
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


def _came_from(state: PenaltyDecisionState) -> Guard:
    def check(at: Situation[Any, Any]) -> Denial | None:
        if at.thing.before is state:
            return None
        return Denial(
            detail=f"It was put in abeyance from {at.thing.before}, and goes back there.",
            reference="abeyance changes nothing else",
            satisfied_by="resume it to where it was",
        )

    return Guard(f"came_from_{state.value}", check)


BODY_MAY_SIT = Guard("body_may_sit", _body_may_sit)
MAY_VOTE = Guard("may_vote", _may_vote)
REDUCTION_ALLOWED = Guard("reduction_allowed", _reduction_allowed)
CAME_FROM = {
    state: _came_from(state)
    for state in (
        PenaltyDecisionState.DRAFT,
        PenaltyDecisionState.GROUNDS_NOTIFIED,
        PenaltyDecisionState.IN_DELIBERATION,
    )
}
"""Rows out of abeyance lead only to where the decision was before."""
