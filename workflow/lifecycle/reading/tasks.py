"""What waits for a person, derived from facts: never stored, gone as soon as the act it asks for is done.

What waits for a day is a step of the ladder, and stands on the due list instead.
"""

from collections.abc import Iterator
from datetime import date

from workflow.lifecycle.door.four_eyes import may_confirm
from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.reading.decided_tasks import of_decisions, of_penalties, of_stays
from workflow.lifecycle.reading.filing_tasks import of_access_requests, of_filings
from workflow.lifecycle.reading.task import Task, TaskKind, in_order
from workflow.lifecycle.vocabulary import Role, SubjectKind, Trigger


def tasks(case: CaseFacts, today: date) -> list[Task]:
    """What waits for a person in a case, what is urgent first, then the oldest.

    Of access requests the order holds the counts alone; those that are overdue by law are told of as far as they are
    loaded in `case.requests`.
    """
    found = [*of_filings(case, today), *_pending(case), *of_decisions(case, today), *of_penalties(case, today)]
    found += [*of_stays(case, today), *of_access_requests(case, today), *_undelivered(case)]
    return sorted(found, key=lambda task: (not task.urgent, task.since or date.max))


def _pending(case: CaseFacts) -> Iterator[Task]:
    for act in case.pending:
        roles = may_confirm(act.subject_kind, act)
        yield Task(
            kind=TaskKind.CONFIRM,
            subject=Subject(act.subject_kind, act.subject),
            trigger=Trigger.CONFIRM,
            since=act.proposed_on,
            why=f"Act {act.n} ({act.trigger.value}) waits for another person than the one who proposed it.",
            who=in_order(roles),
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
