"""The guards of every act, of decisions, their service and appeals, and of debts."""

from collections.abc import Callable
from typing import Any

from tests.support.debts import FINANCE, Debts, eur, owing
from tests.support.register import DECIDER, REGISTRAR, Register, served, submitted
from tests.workflow.lifecycle.same_day.row import (
    AFTER,
    SINCE,
    UNTIL,
    Row,
    dated,
    decision,
    naming,
    order,
    today,
)
from tests.workflow.lifecycle.test_deemed_service import one as unserved
from tests.workflow.lifecycle.test_finality import finality
from tests.workflow.lifecycle.test_proceedings import appeal, item, one, ruling
from workflow.lifecycle.vocabulary import Trigger

HEARING = {"grounds_notified_on": "2022-07-14", "window_ended_on": "2022-08-14", "observations": "none_received"}


def heard(**members: str | None) -> Callable[[], Register]:
    """A submitted decision with other members in its hearing record; it is 30 October 2022."""
    record = {name: said for name, said in {**HEARING, **members}.items() if said is not None}
    return lambda: submitted(hearing=record, assumed=[]).on("2022-10-30")


ADOPT = dated(DECIDER, "adopt", decision)


def debt(register: Debts) -> Any:
    return register.debt_subject()


def owed() -> Debts:
    """A fine payable until 21 November 2022; it is 10 November."""
    return owing().on("2022-11-10")


def deferred() -> Debts:
    """Deferred until 31 January 2023."""
    register = owed()
    register.move(Trigger.DEFER, {"until": "2023-01-31"})
    return register


def suspended() -> Debts:
    """Collection is suspended from 10 November 2022; it is 20 November."""
    register = owed()
    register.suspend()
    return register.on("2022-11-20")


def instalments(register: Debts, day: str) -> object:
    parts = [{"due_by": "2022-12-01", "amount": eur("400.00")}, {"due_by": day, "amount": eur("600.00")}]
    return register.move(Trigger.AGREE_INSTALMENTS, {"parts": parts})


def first_instalment(register: Debts, day: str) -> object:
    return register.move(Trigger.AGREE_INSTALMENTS, {"parts": [{"due_by": day, "amount": eur("1000.00")}]})


def serve(register: Register, day: str, **data: Any) -> object:
    given = {"addressee": 1, "served_on": day, "channel": "registered_letter", **data}
    return register.pull(REGISTRAR, "record_service", register.decision(), given)


def post(register: Register, day: str) -> object:
    return serve(register, "2022-10-25", posted_on=day)


def leave_unopened(register: Register, day: str) -> object:
    data = {"addressee": 1, "channel": "electronic_registered", "basis": "unopened", "made_available_on": day}
    return register.pull(REGISTRAR, "record_service", register.decision(), data)


def appealed() -> Register:
    """Appealed on 1 December 2022."""
    register = one(fine=None)
    appeal(register)
    return register


def ruled() -> Register:
    """A court ruled on 1 March 2023; the appeal is not over."""
    register = appealed()
    ruling(register, item("order", "upheld", number=1), final=False)
    return register


def ended() -> Register:
    """A final ruling of 1 March 2023; it is 20 March."""
    register = appealed()
    ruling(register, item("order", "upheld", number=1))
    return register.on("2023-03-20")


def rule(register: Register, day: str) -> object:
    return ruling(register, item("order", "upheld", number=1), ruled_on=day)


def lodge(register: Register, day: str) -> object:
    return appeal(register, lodged_on=day)


REPORT = {"claims": [{"limb": 1, "met_on": "2022-06-01"}]}
ROWS = [
    Row(
        "possible_date",
        "today",
        "2022-12-28",
        UNTIL,
        lambda: served().on("2022-12-28"),
        naming(REGISTRAR, "record_report", order(1), "received_on", **REPORT),
    ),
    Row(
        "possible_date",
        "opening",
        "2022-06-02",
        SINCE,
        lambda: served().on("2022-12-28"),
        naming(REGISTRAR, "record_report", order(1), "received_on", **REPORT),
    ),
    Row("not_backwards", "submission", "2022-10-13", SINCE, heard(), ADOPT),
    Row(
        "heard",
        "grounds",
        "2022-10-20",
        SINCE,
        heard(grounds_notified_on="2022-10-20", waived_on="2022-10-20", window_ended_on=None),
        ADOPT,
    ),
    Row("heard", "window", "2022-10-20", AFTER, heard(window_ended_on="2022-10-20"), ADOPT),
    Row("heard", "waiver", "2022-10-20", SINCE, heard(waived_on="2022-10-20", window_ended_on=None), ADOPT),
    Row("heard", "session", "2022-10-20", SINCE, heard(session_on="2022-10-20"), ADOPT),
    Row(
        "can_be_published",
        "adoption",
        "2022-10-17",
        SINCE,
        served,
        naming(REGISTRAR, "record_publication", decision, "published_on"),
    ),
    Row("can_be_served", "adoption", "2022-10-17", SINCE, unserved, serve),
    Row("can_be_served", "dispatch and adoption", "2022-10-17", SINCE, unserved, post),
    Row("can_be_served", "dispatch and delivery", "2022-10-25", UNTIL, unserved, post),
    Row("can_be_served", "today", "2022-11-30", UNTIL, unserved, serve, {1: "possible_date"}),
    Row("can_be_served", "deemed day and today", "2022-11-15", UNTIL, unserved, leave_unopened),
    Row(
        "is_attempt",
        "adoption",
        "2022-10-17",
        SINCE,
        unserved,
        naming(
            REGISTRAR,
            "record_failed_service",
            decision,
            "attempted_on",
            addressee=1,
            channel="registered_letter",
            outcome="not_found",
        ),
    ),
    Row(
        "can_be_contested",
        "service",
        "2022-10-19",
        SINCE,
        one,
        naming(REGISTRAR, "record_contest", decision, "contested_on", addressee=1, grounds="x"),
    ),
    Row("can_be_appealed", "service", "2022-10-19", SINCE, one, lodge),
    Row("ruling_stands", "appeal", "2022-12-01", SINCE, appealed, rule),
    Row("ruling_stands", "the ruling before", "2023-03-01", SINCE, ruled, rule),
    Row(
        "appeal_window_over",
        "window",
        "2022-12-20",
        AFTER,
        lambda: one(fine=None, clauses=[]).on("2023-01-10"),
        finality,
    ),
    Row("appeal_window_over", "ruling", "2023-03-01", SINCE, ended, finality),
    Row("after_it_arose", "service", "2022-10-19", SINCE, owed, lambda register, day: register.pay("1.00", day)),
    Row("in_default", "deferral", "2023-01-31", AFTER, deferred, today(FINANCE, "record_default", debt)),
    Row("later_day", "last day of payment", "2022-11-21", AFTER, owed, naming(FINANCE, "defer", debt, "until")),
    Row(
        "later_day",
        "today",
        "2022-12-05",
        AFTER,
        lambda: owing().on("2022-12-05"),
        naming(FINANCE, "defer", debt, "until"),
    ),
    Row("parts_fit", "the part before", "2022-12-01", AFTER, owed, instalments),
    Row("parts_fit", "today", "2022-11-10", AFTER, owed, first_instalment),
    Row("time_is_over", "limitation", "2027-10-19", AFTER, owing, today(FINANCE, "record_time_bar", debt)),
    Row(
        "after_the_stay_began",
        "suspension",
        "2022-11-10",
        AFTER,
        suspended,
        naming(REGISTRAR, "resume", debt, "resumed_on"),
    ),
]
