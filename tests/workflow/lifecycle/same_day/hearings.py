"""The guards of filings, of the hearing and the adoption of a penalty decision, and of penalty clauses."""

from typing import Any

from tests.support.orders import under_order
from tests.support.penalties import Penalties, notified, proposed, taken_up
from tests.support.register import DECIDER, OFFICER, REGISTRAR, Register, served
from tests.workflow.lifecycle.same_day.row import (
    AFTER,
    ONLY,
    SINCE,
    UNTIL,
    Row,
    clause,
    dated,
    naming,
    order,
    penalty,
)
from tests.workflow.lifecycle.test_attachments import HASH
from tests.workflow.lifecycle.test_clause_acts import rate
from tests.workflow.lifecycle.test_counsel_files import COUNSEL
from tests.workflow.lifecycle.test_filings import reported
from tests.workflow.lifecycle.test_filings import subject as filing
from tests.workflow.lifecycle.test_observations import hearing, observe, reply

FILE = {"sha256": HASH, "size": 4, "media_type": "text/plain", "name": "A. Person.txt"}


def report(register: Register, day: str) -> object:
    data = {"received_on": "2022-12-10", "claims": [{"limb": 1, "met_on": day}]}
    return register.pull(REGISTRAR, "record_report", register.order(3), data)


def observed() -> Register:
    """Observations came on 20 March 2023; it is 1 April."""
    register = hearing()
    observe(register)
    return register


def answered() -> Penalties:
    """Observations of 20 February 2023 were answered on 5 April; the window is over, it is 20 April."""
    register = notified().on("2023-02-20")
    register.move(REGISTRAR, "record_observations", {"received_on": "2023-02-20"})
    register.on("2023-04-20").sweep()
    register.pull(OFFICER, "reply", filing(register), reply(on="2023-04-05"))
    return register


def waived() -> Penalties:
    """The window to 2 March 2023 was waived on 22 February."""
    register = notified().on("2023-02-22")
    register.move(REGISTRAR, "record_waiver", {"waived_on": "2023-02-22", "proof": "letter"})
    return register.on("2023-02-28")


def deliberate(register: Penalties, day: str) -> object:
    return register.deliberate(on=day)


def expired(**clause: Any) -> Register:
    """A clause of EUR 50,000 a day, its order first late on 20 December 2022; it is 10 January 2023."""
    register = under_order({"rate": "50000.00", **clause}).on("2023-01-10")
    register.sweep()
    return register


def change_rate(register: Register, day: str) -> object:
    return register.pull(DECIDER, "change_rate", register.clause(), rate("80000.00", day))


def rated() -> Register:
    """The rate changes on 1 March 2023."""
    register = expired()
    change_rate(register, "2023-03-01")
    return register


def fixed() -> Register:
    """The days to 9 February 2023 are proposed."""
    register = expired().on("2023-02-10")
    register.sweep()
    return register.on("2023-02-10")


def suspend_clause(register: Register, day: str) -> object:
    data = {"scope": "clause", "effect": "no_accrual", "from": day}
    return register.pull(REGISTRAR, "suspend", register.clause(), data)


def clause_suspended() -> Register:
    """A suspension of the clause ran from 1 to 9 February 2023; it is 10 March."""
    register = expired().on("2023-02-01")
    suspend_clause(register, "2023-02-01")
    register.on("2023-02-10").pull(REGISTRAR, "resume", register.clause(), {"resumed_on": "2023-02-10"})
    return register.on("2023-03-10")


def ask(register: Register, day: str, **members: Any) -> object:
    data = {"asks_for": "extension", "until": day, "grounds": "The archive is large.", **members}
    return register.pull(COUNSEL, "record_request", register.order(3), data)


def ask_for_suspension(register: Register, day: str) -> object:
    return ask(register, day, asks_for="suspension")


def served_report() -> Register:
    return served().on("2022-12-28")


def notify(register: Penalties, day: str) -> object:
    return register.notify(window_ends_on=day)


ROWS = [
    Row("claims_name_limbs", "receipt", "2022-12-10", UNTIL, served_report, report),
    Row("grounds_were_notified", "notice", "2023-02-20", SINCE, hearing, observe),
    Row(
        "replied_since_received",
        "receipt",
        "2023-03-20",
        SINCE,
        observed,
        naming(OFFICER, "reply", filing, "replied_on", outcome="rejected", text="x"),
    ),
    Row(
        "came_with_or_after",
        "receipt",
        "2022-12-10",
        SINCE,
        reported,
        naming(REGISTRAR, "attach", filing, "received_on", **FILE),
    ),
    Row(
        "dated_today",
        "today",
        "2022-12-12",
        ONLY,
        lambda: served().on("2022-12-12"),
        naming(COUNSEL, "record_report", order(3), "received_on", claims=[{"limb": 1, "met_on": "2022-12-01"}]),
        {1: "possible_date"},
    ),
    Row("asks_for_a_later_day", "last day", "2022-12-19", AFTER, lambda: served().on("2022-12-01"), ask),
    Row("asks_for_a_later_day", "today", "2022-12-01", AFTER, lambda: served().on("2022-12-01"), ask_for_suspension),
    Row(
        "asks_for_a_longer_window",
        "window",
        "2023-03-02",
        AFTER,
        lambda: notified().on("2023-02-20"),
        naming(COUNSEL, "record_request", penalty, "until", grounds="More time."),
    ),
    Row("window_can_open", "regime", "2023-03-02", SINCE, lambda: taken_up().on("2023-02-15"), notify),
    Row(
        "window_grows",
        "window",
        "2023-03-02",
        AFTER,
        notified,
        naming(DECIDER, "extend_window", penalty, "window_ends_on"),
    ),
    Row(
        "window_runs",
        "window",
        "2023-03-02",
        UNTIL,
        lambda: notified().on("2023-03-10"),
        naming(REGISTRAR, "record_waiver", penalty, "waived_on", proof="letter"),
    ),
    Row("window_over", "window", "2023-03-02", AFTER, lambda: notified().on("2023-03-10"), deliberate),
    Row("window_over", "waiver", "2023-02-22", SINCE, waived, deliberate, {-1: "not_backwards"}),
    Row("observations_answered", "reply", "2023-04-05", SINCE, answered, deliberate),
    Row(
        "slice_is_over",
        "its last day",
        "2023-02-09",
        AFTER,
        lambda: proposed().on("2023-02-10"),
        dated(OFFICER, "take_up", penalty),
    ),
    Row(
        "late_days_unfixed",
        "today",
        "2023-01-10",
        (True, False, False),
        expired,
        naming(OFFICER, "propose_penalty", clause, "assessed_to"),
    ),
    Row("adopted", "adoption", "2022-10-17", SINCE, expired, dated(DECIDER, "lift", clause, {"effect": "ex_nunc"})),
    Row("rate_can_change", "today", "2023-01-10", AFTER, expired, change_rate),
    Row("rate_can_change", "the change before", "2023-03-01", AFTER, rated, change_rate),
    Row(
        "accrual_can_start",
        "today",
        "2023-01-10",
        SINCE,
        lambda: expired(accrues_from="later_act"),
        naming(DECIDER, "start_accrual", clause, "from"),
    ),
    Row("clause_can_be_suspended", "a suspension before", "2023-02-09", AFTER, clause_suspended, suspend_clause),
]
