"""What parties and persons sent in waits for: reports, observations, requests for time, access requests."""

from collections.abc import Iterator
from datetime import date

from workflow.law.days import days_between
from workflow.lifecycle.door.kinds import find
from workflow.lifecycle.facts import CaseFacts, Filing, Order
from workflow.lifecycle.facts.access_request import WAITING_FOR_ANSWER
from workflow.lifecycle.filing.filing import filed_by
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.reading.task import Task, TaskKind, to_pull, who_may
from workflow.lifecycle.vocabulary import FilingKind, FilingState, RequestKind, Role, SubjectKind, Trigger


def of_filings(case: CaseFacts, today: date) -> Iterator[Task]:
    """Reports to assess, observations to answer, requests for time to grant or refuse."""
    for filing in case.filings:
        if filing.needs_answer and filing.kind is FilingKind.COMPLIANCE_REPORT:
            yield _assess(case, filing, today)
        elif filing.waits and filing.kind is FilingKind.REQUEST:
            yield _answer(case, filing, today)
        elif filing.needs_answer:
            why = "Observations came in within their window; the body does not deliberate before they are answered."
            subject, since = filing.subject, filing.received_on
            yield to_pull(case, today, TaskKind.REPLY, subject, Trigger.REPLY, since, why)


def _assess(case: CaseFacts, filing: Filing, today: date) -> Task:
    _, order = case.order(filing.about)
    expired = order.last_day is not None and order.last_day < today
    begun = filing.state is FilingState.UNDER_ASSESSMENT
    return Task(
        kind=TaskKind.ASSESS,
        subject=filing.subject,
        trigger=None if begun else Trigger.ASSESS,
        since=filing.received_on,
        why=f"Assess first: the last day was {order.last_day}; no penalty is proposed before the report is assessed."
        if expired
        else "A compliance report came in.",
        who=who_may(case, filing.subject, Trigger.ACCEPT if begun else Trigger.ASSESS, today),
        urgent=expired,
    )


def _answer(case: CaseFacts, filing: Filing, today: date) -> Task:
    """Granting or refusing a request: urgent once its last day is as near as the regime's first reminder, or over."""
    about = Subject(filing.about_kind, filing.about)
    standing = find(case, about)
    assert standing is not None
    rules = standing.regime(today)
    grants = Trigger.SUSPEND if filing.asks_for is RequestKind.SUSPENSION else Trigger.EXTEND
    if filing.about_kind is SubjectKind.PENALTY_DECISION:
        grants = Trigger.EXTEND_WINDOW
    by = filed_by(case, about, filing.kind)
    near = max(rules.ladder.remind_days_before, default=0)
    asked = "an extension" if filing.asks_for is RequestKind.EXTENSION else "a suspension"
    return Task(
        kind=TaskKind.ANSWER_REQUEST,
        subject=filing.subject,
        trigger=None,
        since=filing.received_on,
        why=f"Party {filing.party} asks for {asked}{f' until {filing.until}' if filing.until else ''}; grant it by "
        f"{grants.value} with request {filing.n}, or refuse it. It stops no clock"
        + (f": the last day is {by}." if by is not None else "."),
        who=who_may(case, about, grants, today),
        urgent=by is not None and days_between(today, by) <= near,
    )


def of_access_requests(case: CaseFacts, today: date) -> Iterator[Task]:
    """Access requests that the respondent has not dealt with, beyond a day of theirs."""
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
            subject=order.subject,
            trigger=None,
            since=min([*overdue, *_last_day(order, over)]),
            why=f"{waiting if over else len(overdue)} of {waiting} access requests that wait for the respondent are "
            + (f"beyond the last day of the order, {order.last_day}." if over else "beyond the day the law sets."),
            who=(Role.CASE_OFFICER.value,),
            urgent=True,
        )


def _last_day(order: Order, over: bool) -> list[date]:
    return [order.last_day] if over and order.last_day is not None else []
