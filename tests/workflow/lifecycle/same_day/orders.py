"""The guards of orders and of access requests."""

from typing import Any

from tests.support.orders import LIMBS, under_order
from tests.support.register import DECIDER, OFFICER, REGISTRAR, Register, served
from tests.workflow.lifecycle.same_day.row import AFTER, SINCE, UNTIL, Row, dated, naming, order, today
from tests.workflow.lifecycle.test_access_requests import subject as request
from tests.workflow.lifecycle.test_access_requests import with_one

SHEET = [{"limb": 1, "finding": "not done", "evidence": "visit", "method": "on site"}]


def expired(day: str = "2023-01-10", **members: Any) -> Register:
    """One order of three limbs, first late on 20 December 2022."""
    register = under_order(**members).on(day)
    register.sweep()
    return register


def met_limb() -> Register:
    """Limb 1 is met from 12 January 2023; it is 20 February."""
    register = expired().on("2023-01-20")
    register.pull(OFFICER, "accept_limb", register.order(1), {"limb": 1, "met_on": "2023-01-12"})
    register.confirm(register.order(1))
    return register.on("2023-02-20")


def met_limbs() -> Register:
    """Limb 2 is met too, from 15 January 2023."""
    register = met_limb().on("2023-01-21")
    register.pull(OFFICER, "accept_limb", register.order(1), {"limb": 2, "met_on": "2023-01-15"})
    register.confirm(register.order(1))
    return register.on("2023-02-20")


def met() -> Register:
    """The whole order is complied with from 12 January 2023; it is 20 February."""
    register = expired(limbs=LIMBS[:1]).on("2023-01-20")
    register.comply(1, "2023-01-12")
    return register.on("2023-02-20")


def first_met() -> Register:
    """Order 1 is complied with from 1 November 2022, order 2 comes after it; it is 20 November."""
    register = served().on("2022-11-20")
    register.comply(1, "2022-11-01")
    return register


def suspend(register: Register, from_: str, **members: Any) -> object:
    data = {"scope": "order", "effect": "no_accrual", "from": from_, **members}
    return register.pull(REGISTRAR, "suspend", register.order(1), data)


def suspended(**members: Any) -> Register:
    """The order is suspended from 1 February 2023; it is 10 March."""
    register = expired().on("2023-02-01")
    suspend(register, "2023-02-01", **members)
    return register.on("2023-03-10")


def suspended_before() -> Register:
    """A suspension ran from 1 to 9 February 2023; it is 10 March."""
    register = suspended().on("2023-02-10")
    register.pull(REGISTRAR, "resume", register.order(1), {"resumed_on": "2023-02-10"})
    return register.on("2023-03-10")


def limb_suspended() -> Register:
    """A suspension of limb 1 ran from 1 to 9 February 2023; it is 10 March."""
    register = suspended(scope="limb", limb=1).on("2023-02-10")
    register.pull(REGISTRAR, "resume", register.order(1), {"resumed_on": "2023-02-10"})
    return register.on("2023-03-10")


def lapsing() -> Register:
    """The order binds until 31 January 2023; it is 1 December 2022."""
    return under_order(lapses_on="2023-01-31").on("2022-12-01")


def found_unmet(register: Register, day: str) -> object:
    data = {"limbs": [{"n": 1, "from": day}], "findings": SHEET}
    return register.pull(OFFICER, "establish_non_compliance", register.order(1), data)


def disputed() -> Register:
    """A request of 3 October 2022 was answered on 20 October and disputed on 25 October; it is 2 November."""
    register = with_one()
    register.pull(OFFICER, "record_answer", request(register), {"answered_on": "2022-10-20"})
    register.pull(OFFICER, "dispute", request(register), {"disputed_on": "2022-10-25"})
    return register


FIND = naming(OFFICER, "accept_limb", order(1), "met_on", limb=1)
ROWS = [
    Row("period_over", "step", "2022-12-19", AFTER, under_order, today(OFFICER, "record_expiry", order(1))),
    Row(
        "can_be_extended", "last day", "2022-12-19", AFTER, under_order, naming(DECIDER, "extend", order(1), "last_day")
    ),
    Row("can_be_extended", "lapse", "2023-01-31", UNTIL, lapsing, naming(DECIDER, "extend", order(1), "last_day")),
    Row("can_be_extended", "today", "2023-01-10", SINCE, expired, naming(DECIDER, "extend", order(1), "last_day")),
    Row(
        "prerequisites_met",
        "the order before",
        "2022-11-01",
        SINCE,
        first_met,
        naming(OFFICER, "accept_compliance", order(2), "complied_on"),
    ),
    Row(
        "complied_on_is_past",
        "order",
        "2022-11-20",
        UNTIL,
        first_met,
        naming(OFFICER, "accept_compliance", order(3), "complied_on"),
    ),
    Row("complied_on_is_past", "limb", "2023-01-10", UNTIL, expired, FIND),
    Row(
        "complied_on_since_service",
        "order",
        "2022-10-19",
        SINCE,
        first_met,
        naming(OFFICER, "accept_compliance", order(3), "complied_on"),
    ),
    Row("complied_on_since_service", "limb", "2022-10-19", SINCE, expired, FIND),
    Row(
        "lapsed_on_is_past",
        "today",
        "2023-01-10",
        UNTIL,
        expired,
        naming(REGISTRAR, "record_lapse", order(1), "lapsed_on"),
    ),
    Row("lapsed_on_is_past", "its own day", "2023-02-01", SINCE, lapsing, today(REGISTRAR, "record_lapse", order(1))),
    Row(
        "lapsed_on_is_past",
        "service",
        "2022-10-19",
        SINCE,
        expired,
        naming(REGISTRAR, "record_lapse", order(1), "lapsed_on"),
    ),
    Row(
        "annulled_on_is_past",
        "today",
        "2023-01-10",
        UNTIL,
        expired,
        naming(REGISTRAR, "record_annulment", order(1), "annulled_on"),
    ),
    Row(
        "last_day_over",
        "today",
        "2022-12-19",
        AFTER,
        under_order,
        today(OFFICER, "establish_non_compliance", order(1), {"limbs": [{"n": 1}], "findings": SHEET}),
    ),
    Row("unmet_limbs", "first late day", "2022-12-20", SINCE, expired, found_unmet),
    Row("unmet_limbs", "today", "2023-01-10", UNTIL, expired, found_unmet),
    Row("unmet_limbs", "met before", "2023-01-12", AFTER, met_limb, found_unmet),
    Row(
        "not_before_its_limbs",
        "limbs",
        "2023-01-15",
        SINCE,
        met_limbs,
        naming(OFFICER, "accept_compliance", order(1), "complied_on"),
    ),
    Row(
        "relapsed_limbs",
        "met",
        "2023-01-12",
        AFTER,
        met,
        naming(OFFICER, "record_relapse", order(1), "relapsed_on", limbs=[1]),
    ),
    Row(
        "relapsed_limbs",
        "today",
        "2023-02-20",
        UNTIL,
        met,
        naming(OFFICER, "record_relapse", order(1), "relapsed_on", limbs=[1]),
    ),
    Row("can_be_suspended", "service", "2022-10-19", SINCE, expired, suspend),
    Row("can_be_suspended", "a suspension before", "2023-02-09", AFTER, suspended_before, suspend),
    Row(
        "can_be_suspended",
        "a suspension of the limb before",
        "2023-02-09",
        AFTER,
        limb_suspended,
        lambda register, day: suspend(register, day, scope="limb", limb=1),
    ),
    Row(
        "suspension_can_end",
        "its first day",
        "2023-02-01",
        AFTER,
        suspended,
        naming(REGISTRAR, "resume", order(1), "resumed_on"),
    ),
    Row(
        "suspension_can_end",
        "the last day named",
        "2023-02-10",
        SINCE,
        lambda: suspended(effect="new_last_day"),
        naming(REGISTRAR, "resume", order(1), "last_day", resumed_on="2023-02-10"),
    ),
    Row(
        "received_on_is_past",
        "today",
        "2022-11-02",
        UNTIL,
        lambda: served().on("2022-11-02"),
        naming(REGISTRAR, "register_request", order(1), "received_on", reference="R-1"),
    ),
    Row(
        "day_is_possible",
        "receipt",
        "2022-10-03",
        SINCE,
        with_one,
        naming(OFFICER, "record_answer", request, "answered_on"),
    ),
    Row(
        "day_is_possible",
        "today",
        "2022-11-02",
        UNTIL,
        with_one,
        naming(OFFICER, "record_answer", request, "answered_on"),
    ),
    Row(
        "day_is_possible",
        "dispute",
        "2022-10-25",
        SINCE,
        disputed,
        naming(OFFICER, "record_answer", request, "answered_on"),
    ),
    Row("after_what_is_known", "receipt", "2022-10-03", SINCE, with_one, dated(OFFICER, "ask_identity", request)),
    Row(
        "told_in_time",
        "last day",
        "2022-11-03",
        UNTIL,
        lambda: with_one().on("2022-11-10"),
        naming(OFFICER, "extend", request, "told_on"),
    ),
]
