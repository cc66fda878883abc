"""What a ruling or a withdrawal does to a clause of the decision it is about; nothing where its state has no row."""

from datetime import date
from typing import Any

from workflow.lifecycle.facts import Clause
from workflow.lifecycle.kernel.events import Event
from workflow.lifecycle.kernel.rules import Situation
from workflow.lifecycle.kernel.writing import followed
from workflow.lifecycle.penalty_clause.clause import ClauseAnnulled, ClauseLifted, ClauseReinstated, ClauseSuspended
from workflow.lifecycle.vocabulary import Retroactivity, SubjectKind, SuspensionEffect, SuspensionScope, Trigger


def annul_clause(at: Situation[Any, Any], clause: Clause) -> list[Event]:
    """`penalty_clause.annulled`: no day under it ever counted."""
    state = at.effect(SubjectKind.PENALTY_CLAUSE, clause, Trigger.RECORD_ANNULMENT)
    if state is None:
        return []
    return [followed(at, ClauseAnnulled(state=state, annulled_on=at.effective_on), clause.subject)]


def reinstate_clause(at: Situation[Any, Any], clause: Clause) -> list[Event]:
    """`penalty_clause.reinstated` in the state the annulment found it in."""
    state = at.effect(SubjectKind.PENALTY_CLAUSE, clause, Trigger.REINSTATE)
    return [] if state is None else [followed(at, ClauseReinstated(state=state), clause.subject)]


def suspend_clause(at: Situation[Any, Any], clause: Clause, from_: date) -> list[Event]:
    """`penalty_clause.suspended` from a day on: no day counts."""
    state = at.effect(SubjectKind.PENALTY_CLAUSE, clause, Trigger.SUSPEND)
    if state is None:
        return []
    suspended = ClauseSuspended(
        state=state,
        n=len(clause.suspensions) + 1,
        scope=SuspensionScope.CLAUSE,
        effect=SuspensionEffect.NO_ACCRUAL,
        from_=from_,
    )
    return [followed(at, suspended, clause.subject)]


def lift_clause(at: Situation[Any, Any], clause: Clause, effect: Retroactivity) -> list[Event]:
    """`penalty_clause.lifted`: from the day of the act on, or as if it had never been."""
    if clause.ended_as is not None and (effect is Retroactivity.EX_NUNC or clause.ended_as is Retroactivity.EX_TUNC):
        return []
    state = at.effect(SubjectKind.PENALTY_CLAUSE, clause, Trigger.LIFT)
    if state is None:
        return []
    return [followed(at, ClauseLifted(state=state, effect=effect, ended_on=at.effective_on), clause.subject)]
