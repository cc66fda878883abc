"""What waits for a person, derived from facts: never stored, gone as soon as the act it asks for is done.

What waits for a day is a step of the ladder, and stands on the due list instead.
"""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum

from workflow.law.ladder import days_between
from workflow.law.regime import Regime, regime
from workflow.lifecycle.acts.filing import filed_by
from workflow.lifecycle.events import Subject
from workflow.lifecycle.facts import CaseFacts, Decision, Filing, Order, PenaltyDecision
from workflow.lifecycle.facts.access import WAITING_FOR_ANSWER
from workflow.lifecycle.finality import finality_step
from workflow.lifecycle.frozen import frozen
from workflow.lifecycle.machine import roles_of, rows_of
from workflow.lifecycle.second_person import may_confirm
from workflow.lifecycle.served import can_be_final_on
from workflow.lifecycle.standing import find
from workflow.lifecycle.sums import basis_gone, outdated
from workflow.lifecycle.vocabulary import (
    Asked,
    DecisionState,
    FilingKind,
    FilingState,
    PenaltyDecisionState,
    Role,
    SubjectKind,
    Trigger,
)

_OVER = frozenset(
    {
        PenaltyDecisionState.CLOSED_WITHOUT_PENALTY,
        PenaltyDecisionState.WITHDRAWN,
        PenaltyDecisionState.ANNULLED,
        PenaltyDecisionState.VOID,
    }
)
_ADOPTED = frozenset({PenaltyDecisionState.ADOPTED, PenaltyDecisionState.REDUCED})


class TaskKind(StrEnum):
    """What is to be done."""

    ASSESS = "assess"
    REPLY = "reply"
    ANSWER_REQUEST = "answer_request"
    CONFIRM = "confirm"
    TAKE_UP = "take_up"
    DECLARE_VOID = "declare_void"
    SERVE = "serve"
    RECORD_FINALITY = "record_finality"
    PURSUE_REQUESTS = "pursue_requests"
    REACH_COUNSEL = "reach_counsel"


@frozen(kw_only=True)
class Task:
    """Something a person has to do, on what, since when, why, and who may. `trigger` is what they pull, if one thing.

    `urgent` says that a step of the ladder waits for it, or that its day is over.
    """

    kind: TaskKind
    subject: Subject
    trigger: Trigger | None
    since: date | None
    why: str
    who: tuple[str, ...]
    urgent: bool = False


def tasks(case: CaseFacts, today: date) -> list[Task]:
    """What waits for a person in a case, what is urgent first, then the oldest.

    Of access requests the order holds the counts alone; those that are overdue by law are told of as far as they are
    loaded in `case.requests`.
    """
    found = [*_filings(case, today), *_pending(case, today), *_adopted(case, today), *_penalties(case, today)]
    found += [*_requests(case, today), *_undelivered(case)]
    return sorted(found, key=lambda task: (not task.urgent, task.since or date.max))


def _filings(case: CaseFacts, today: date) -> Iterator[Task]:
    for filing in case.filings:
        if filing.needs_answer and filing.kind is FilingKind.COMPLIANCE_REPORT:
            yield _assess(case, filing, today)
        elif filing.waits and filing.kind is FilingKind.REQUEST:
            yield _answer(case, filing, today)
        elif filing.needs_answer:
            yield Task(
                kind=TaskKind.REPLY,
                subject=Subject(SubjectKind.FILING, filing.id),
                trigger=Trigger.REPLY,
                since=filing.received_on,
                why="Observations came in within their window; the body does not deliberate before they are answered.",
                who=_who(case, SubjectKind.FILING, filing.id, Trigger.REPLY, today),
            )


def _assess(case: CaseFacts, filing: Filing, today: date) -> Task:
    order = next(each for _, each in case.orders() if each.id == filing.about)
    expired = order.last_day is not None and order.last_day < today
    begun = filing.state is FilingState.UNDER_ASSESSMENT
    return Task(
        kind=TaskKind.ASSESS,
        subject=Subject(SubjectKind.FILING, filing.id),
        trigger=None if begun else Trigger.ASSESS,
        since=filing.received_on,
        why=f"Assess first: the last day was {order.last_day}; no penalty is proposed before the report is assessed."
        if expired
        else "A compliance report came in.",
        who=_who(case, SubjectKind.FILING, filing.id, Trigger.ACCEPT if begun else Trigger.ASSESS, today),
        urgent=expired,
    )


def _answer(case: CaseFacts, filing: Filing, today: date) -> Task:
    """Granting or refusing a request: urgent once its last day is as near as the regime's first reminder, or over."""
    about = Subject(filing.about_kind, filing.about)
    standing = find(case, about)
    assert standing is not None
    rules = standing.regime(case, today)
    grants = Trigger.SUSPEND if filing.asks_for is Asked.SUSPENSION else Trigger.EXTEND
    if filing.about_kind is SubjectKind.PENALTY_DECISION:
        grants = Trigger.EXTEND_WINDOW
    by = filed_by(case, about, filing.kind)
    near = max(rules.ladder.remind_days_before, default=0)
    asked = "an extension" if filing.asks_for is Asked.EXTENSION else "a suspension"
    return Task(
        kind=TaskKind.ANSWER_REQUEST,
        subject=Subject(SubjectKind.FILING, filing.id),
        trigger=None,
        since=filing.received_on,
        why=f"Party {filing.party} asks for {asked}{f' until {filing.until}' if filing.until else ''}; grant it by "
        f"{grants.value} with request {filing.n}, or refuse it. It stops no clock"
        + (f": the last day is {by}." if by is not None else "."),
        who=_who(case, filing.about_kind, filing.about, grants, today),
        urgent=by is not None and (by < today or days_between(today, by) <= near),
    )


def _pending(case: CaseFacts, today: date) -> Iterator[Task]:
    for act in case.pending:
        roles = may_confirm(act.subject_kind, act)
        yield Task(
            kind=TaskKind.CONFIRM,
            subject=Subject(act.subject_kind, act.subject),
            trigger=Trigger.CONFIRM,
            since=act.proposed_on,
            why=f"Act {act.n} ({act.trigger.value}) waits for another person than the one who proposed it.",
            who=_in_order(roles),
        )


def _adopted(case: CaseFacts, today: date) -> Iterator[Task]:
    for decision in case.decisions:
        if decision.state is not DecisionState.ADOPTED:
            continue
        unserved = [n for n in decision.addressees if decision.service_on(n) is None]
        yield from _after_adoption(case, SubjectKind.DECISION, decision, unserved, today)


def _penalties(case: CaseFacts, today: date) -> Iterator[Task]:
    for penalty in case.penalty_decisions:
        if penalty.state not in _OVER and (gone := basis_gone(case, penalty)) is not None:
            yield Task(
                kind=TaskKind.DECLARE_VOID,
                subject=Subject(SubjectKind.PENALTY_DECISION, penalty.id),
                trigger=Trigger.DECLARE_VOID,
                since=None,
                why=f"What penalty decision {penalty.n} rested on fell away: {gone}. Nothing is asked for under it.",
                who=_who(case, SubjectKind.PENALTY_DECISION, penalty.id, Trigger.DECLARE_VOID, today),
            )
        elif penalty.state is PenaltyDecisionState.PROPOSED:
            yield Task(
                kind=TaskKind.TAKE_UP,
                subject=Subject(SubjectKind.PENALTY_DECISION, penalty.id),
                trigger=Trigger.TAKE_UP,
                since=penalty.to,
                why=f"A penalty is proposed for {penalty.from_} to {penalty.to}; "
                + (
                    "its facts changed since: look at the review of the case first."
                    if outdated(case, penalty)
                    else "a machine proposes, a person decides."
                ),
                who=_who(case, SubjectKind.PENALTY_DECISION, penalty.id, Trigger.TAKE_UP, today),
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
            who=_who(case, kind, act.id, Trigger.RECORD_SERVICE, today),
        )
    elif act.final_on is None and (proposed := _finality_proposed(case, act)) is not None:
        yield Task(
            kind=TaskKind.RECORD_FINALITY,
            subject=Subject(kind, act.id),
            trigger=Trigger.RECORD_FINALITY,
            since=proposed,
            why="The time to appeal is over; finality is recorded with the proof that there is no appeal.",
            who=_who(case, kind, act.id, Trigger.RECORD_FINALITY, today),
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


def _requests(case: CaseFacts, today: date) -> Iterator[Task]:
    for _, order in case.orders():
        waiting = sum(n for state, n in order.requests.items() if state in WAITING_FOR_ANSWER)
        over = order.last_day is not None and order.last_day < today
        overdue = [
            each.statutory_by
            for each in case.requests
            if each.order == order.id and each.state in WAITING_FOR_ANSWER and each.statutory_by < today
        ]
        if not waiting or not (over or overdue):
            continue
        yield Task(
            kind=TaskKind.PURSUE_REQUESTS,
            subject=Subject(SubjectKind.ORDER, order.id),
            trigger=None,
            since=min([*overdue, *_last_day(order, over)]),
            why=f"{waiting if over else len(overdue)} of {waiting} access requests that wait for the respondent are "
            + (f"beyond the last day of the order, {order.last_day}." if over else "beyond the day the law sets."),
            who=(Role.CASE_OFFICER.value,),
            urgent=True,
        )


def _undelivered(case: CaseFacts) -> Iterator[Task]:
    """Counsel was not told: the messages to one endpoint that were given up are one task."""
    for endpoint in dict.fromkeys(letter.endpoint for letter in case.dead_letters):
        letters = sorted(
            (letter for letter in case.dead_letters if letter.endpoint == endpoint), key=lambda letter: letter.sequence
        )
        numbers = ", ".join(str(letter.sequence) for letter in letters[:10]) + (", …" if len(letters) > 10 else "")
        several = len(letters) > 1
        yield Task(
            kind=TaskKind.REACH_COUNSEL,
            subject=Subject(SubjectKind.ENDPOINT, endpoint),
            trigger=None,
            since=min(letter.given_up_on for letter in letters),
            why=f"Message{'s' if several else ''} {numbers} to counsel of party {letters[0].party} never arrived: tell "
            f"them otherwise, and send {'them' if several else 'it'} again once the endpoint answers.",
            who=(Role.REGISTRAR.value,),
            urgent=True,
        )


def _last_day(order: Order, over: bool) -> list[date]:
    return [order.last_day] if over and order.last_day is not None else []


def _who(case: CaseFacts, kind: SubjectKind, id: str, trigger: Trigger, today: date) -> tuple[str, ...]:
    """Who may pull a trigger on a thing, as the regime has it."""
    standing = find(case, Subject(kind, id))
    rules: Regime | None = standing.regime(case, today) if standing is not None else None
    return _in_order(frozenset(role for _, row in rows_of(kind, trigger) for role in roles_of(row, rules)))


def _in_order(roles: frozenset[Role]) -> tuple[str, ...]:
    return tuple(role.value for role in Role if role in roles)
