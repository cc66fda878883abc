"""What waits for a person is derived from the facts, and gone when it is done."""

from datetime import date

from tests.support.register import HEAD, OFFICER, REGISTRAR, TWO_PARTIES, Register, adopted, an_order, served
from tests.workflow.lifecycle.test_access_requests import asked
from tests.workflow.lifecycle.test_access_requests import subject as request_subject
from tests.workflow.lifecycle.test_filings import SHEET, report
from tests.workflow.lifecycle.test_filings import subject as filing_subject
from tests.workflow.lifecycle.test_observations import hearing, observe, reply
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.tree import with_penalty
from workflow.lifecycle.reading.task import Task, TaskKind
from workflow.lifecycle.reading.tasks import tasks
from workflow.lifecycle.vocabulary import PenaltyDecisionState, Trigger


def waiting(register: Register) -> list[Task]:
    return tasks(register.case, register.today)


def only(register: Register) -> Task:
    (task,) = waiting(register)
    return task


def test_nothing_waits_while_the_period_runs() -> None:
    assert waiting(served()) == []


def test_a_report_is_to_be_assessed_and_first_of_all_once_the_period_is_over() -> None:
    register = served().on("2022-12-10")
    report(register)
    task = only(register)
    assert (task.kind, task.trigger, task.since) == (TaskKind.ASSESS, Trigger.ASSESS, date(2022, 12, 10))
    assert (task.subject, task.who, task.urgent) == (filing_subject(register), ("case_officer",), False)
    register.on("2022-12-20").sweep()
    task = only(register)
    assert task.urgent
    assert task.why == (
        "Assess first: the last day was 2022-12-19; no penalty is proposed before the report is assessed."
    )
    register.pull(OFFICER, Trigger.ASSESS, filing_subject(register))
    assert (only(register).kind, only(register).trigger) == (TaskKind.ASSESS, None)
    register.pull(OFFICER, Trigger.REJECT, filing_subject(register), SHEET)
    kinds = [(task.kind, task.who) for task in waiting(register)]
    assert kinds == [(TaskKind.ASSESS, ("case_officer",)), (TaskKind.CONFIRM, ("head_of_enforcement",))]
    register.confirm(filing_subject(register), HEAD)
    assert waiting(register) == []


def test_observations_in_time_are_to_be_answered_and_late_ones_are_not() -> None:
    register = hearing()
    observe(register, "2023-03-21")
    assert waiting(register) == []
    observe(register, "2023-03-20")
    task = only(register)
    assert (task.kind, task.trigger, task.who) == (TaskKind.REPLY, Trigger.REPLY, ("case_officer", "rapporteur"))
    register.pull(OFFICER, Trigger.REPLY, filing_subject(register), reply())
    assert waiting(register) == []


def test_an_act_adopted_is_to_be_served_on_each_party() -> None:
    orders = [an_order(n, "cease_collection", addressee=min(n, 2)) for n in (1, 2, 3)]
    register = adopted(case=TWO_PARTIES, addressees=[1, 2], orders=orders)
    assert "not yet served on party 1 and 2" in only(register).why
    register.serve(1, "2022-10-17")
    task = only(register)
    assert (task.kind, task.subject, task.since) == (TaskKind.SERVE, register.decision(), date(2022, 10, 17))
    assert "not yet served on party 2" in task.why
    assert task.who == ("registrar",)
    register.serve(2, "2022-10-17")
    assert waiting(register) == []


def test_finality_proposed_is_to_be_recorded() -> None:
    register = served(clauses=[]).on("2023-06-01")
    finality = [task for task in waiting(register) if task.kind is TaskKind.RECORD_FINALITY]
    assert finality == []
    register.sweep()
    (task,) = [task for task in waiting(register) if task.kind is TaskKind.RECORD_FINALITY]
    assert task.since is not None
    assert task.since < register.today
    appeal = {"addressee": 1, "lodged_on": "2023-05-30", "court": "Conseil d'État"}
    register.pull(REGISTRAR, Trigger.RECORD_APPEAL, register.decision(), appeal)
    assert [task for task in waiting(register) if task.kind is TaskKind.RECORD_FINALITY] == []


def test_finality_proposed_for_windows_that_moved_is_no_task() -> None:
    register = served(clauses=[]).on("2023-06-01")
    register.sweep()
    data = {"addressee": 1, "served_on": "2023-05-15", "proof": "receipt"}
    register.pull(REGISTRAR, Trigger.CORRECT_SERVICE, register.decision(), data)
    register.confirm(register.decision())
    assert [task for task in waiting(register) if task.kind is TaskKind.RECORD_FINALITY] == []


def test_a_penalty_proposed_is_to_be_taken_up_and_one_adopted_to_be_served() -> None:
    register = served().on("2023-02-10")
    register.sweep()
    task = only(register)
    assert (task.kind, task.subject, task.who) == (TaskKind.TAKE_UP, register.penalty(), ("case_officer",))
    penalty = replace(register.case.penalty_decisions[0], state=PenaltyDecisionState.ADOPTED, adopted_on=register.today)
    register.facts = with_penalty(register.case, penalty)
    assert (only(register).kind, only(register).subject) == (TaskKind.SERVE, register.penalty())


def test_requests_are_pursued_when_a_day_of_theirs_is_over() -> None:
    register = served().on("2022-11-03")
    asked(register, "R-1")
    asked(register, "R-2", on="2022-11-03")
    assert waiting(register) == []
    register.on("2022-11-04")
    task = only(register)
    assert (task.kind, task.subject, task.since) == (TaskKind.PURSUE_REQUESTS, register.order(1), date(2022, 11, 3))
    assert task.why.startswith("1 of 2 access requests that wait for the respondent are beyond the day the law sets")
    register.on("2022-12-20")
    task = only(register)
    assert task.since == date(2022, 11, 3)
    assert task.why.startswith("2 of 2 access requests that wait for the respondent are beyond the last day")
    register.facts = replace(register.case, requests=())
    assert only(register).since == date(2022, 12, 19)
    register = served().on("2022-11-04")
    asked(register, "R-1")
    register.pull(OFFICER, Trigger.ASK_IDENTITY, request_subject(register))
    assert waiting(register) == []


def test_the_urgent_comes_first_then_the_oldest() -> None:
    register = served().on("2022-11-20")
    report(register, 3, "2022-11-10", claims=[{"limb": 1, "met_on": "2022-11-01"}])
    register.pull(OFFICER, Trigger.ACCEPT_COMPLIANCE, register.order(3), {"complied_on": "2022-11-01"})
    asked(register, "R-1")
    assert [task.kind for task in waiting(register)] == [TaskKind.PURSUE_REQUESTS, TaskKind.ASSESS, TaskKind.CONFIRM]
