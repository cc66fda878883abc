"""Dead letters in the facts of a case: one more, one less, and the task they make."""

from datetime import date

from tests.support.register import opened
from workflow.lifecycle.case.dead_letters import arrived, given_up
from workflow.lifecycle.door.evolve import fold
from workflow.lifecycle.facts import CaseFacts, DeadLetter
from workflow.lifecycle.reading.task import TaskKind
from workflow.lifecycle.reading.tasks import tasks
from workflow.lifecycle.vocabulary import SubjectKind

DAY = date(2022, 12, 20)


def a_letter(sequence: int, endpoint: str = "here", on: date = DAY) -> DeadLetter:
    return DeadLetter(
        message=f"msg_{endpoint}_{sequence}",
        endpoint=endpoint,
        party=1,
        sequence=sequence,
        type="order.reminded",
        about_kind=SubjectKind.ORDER,
        about="order",
        given_up_on=on,
    )


def with_letters(case: CaseFacts, *letters: DeadLetter) -> CaseFacts:
    return fold(case, [given_up(letter, case, "scheduler", {"attempts": 10}) for letter in letters])


def a_case() -> CaseFacts:
    return opened().case


def test_what_was_given_up_stands_in_the_case_until_it_arrives() -> None:
    first, second = a_letter(1), a_letter(2)
    case = with_letters(a_case(), first, second)
    assert case.dead_letters == (first, second)
    assert with_letters(case, first).dead_letters == (second, first)  # given up once more
    case = fold(case, [arrived(first, case, "scheduler", DAY)])
    assert case.dead_letters == (second,)


def test_one_endpoint_is_one_task() -> None:
    letters = [a_letter(n) for n in range(12, 0, -1)]
    case = with_letters(a_case(), *letters, a_letter(3, "there", date(2022, 12, 1)))
    there, here = (task for task in tasks(case, DAY) if task.kind is TaskKind.REACH_COUNSEL)
    assert (there.subject.id, there.since, there.who, there.urgent) == (
        "there",
        date(2022, 12, 1),
        ("registrar",),
        True,
    )
    assert there.why.startswith("Message 3 to counsel of party 1 never arrived: tell them otherwise, and send it")
    assert here.why.startswith("Messages 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, … to counsel of party 1")
