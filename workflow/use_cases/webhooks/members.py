"""What each member of a message to counsel is, in words and as a type."""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from workflow.lifecycle.kernel.events import EventType
from workflow.lifecycle.vocabulary import (
    Asked,
    Retroactivity,
    ServiceBasis,
    ServiceChannel,
    SubjectKind,
    SuspensionEffect,
    SuspensionScope,
)
from workflow.use_cases.views.shared import MoneyView

_STRICT = ConfigDict(extra="forbid")


def text(says: str) -> Any:
    """A text that says this."""
    return Annotated[str, Field(description=says)]


def number(says: str) -> Any:
    """A number that says this."""
    return Annotated[int, Field(description=says)]


def _day(says: str) -> Any:
    return Annotated[date, Field(description=says)]


def _money(says: str) -> Any:
    return Annotated[MoneyView, Field(description=says)]


ABOUT: dict[SubjectKind, dict[str, Any]] = {
    SubjectKind.CASE: {},
    SubjectKind.DECISION: {"decision": text("The reference of the decision.")},
    SubjectKind.ORDER: {
        "order": text("The decision's reference and the order's number in it."),
        "kind": text("What is ordered."),
    },
    SubjectKind.PENALTY_CLAUSE: {
        "decision": text("The reference of the decision."),
        "penalty_clause": number("The number of the clause in the decision."),
    },
    SubjectKind.PENALTY_DECISION: {
        "decision": text("The reference of the decision."),
        "penalty_decision": number("The number of the penalty decision in the case."),
    },
    SubjectKind.FILING: {
        "decision": text("The reference of the decision it is about, if of one."),
        "filing": number("The number of the filing in the case."),
    },
    SubjectKind.DEBT: {
        "decision": text("The reference of the decision it arose from."),
        "debt": number("The number of the debt in the case."),
    },
    SubjectKind.ACCESS_REQUEST: {"access_request": text("The reference of the access request.")},
}
"""What says which thing a message is about, by its kind."""


class Was(BaseModel):
    """The clock of an order as it was before."""

    model_config = _STRICT

    starts_on: date
    last_day: date


class Superseded(BaseModel):
    """What a moved clock makes of the recorded end of the period: another day, or none as it is not over."""

    model_config = _STRICT

    expiry_recorded_on: date
    by: date | None


class UnmetLimb(BaseModel):
    """A limb found unmet, and since when; from the first late day on when that is not said."""

    model_config = _STRICT

    n: int
    from_: Annotated[date | None, Field(alias="from")] = None


class Days(BaseModel):
    """The days that interest is for."""

    model_config = _STRICT

    from_: Annotated[date, Field(alias="from")]
    to: date


class Before(BaseModel):
    """The sum that was stated before."""

    model_config = _STRICT

    units: int
    amount: MoneyView


MEMBERS: dict[str, Any] = {
    "amount": _money("The sum."),
    "appeal": number("The number of the appeal."),
    "attempted_on": _day("The day of the attempt."),
    "basis": Annotated[ServiceBasis, Field(description="Why it counts as served.")],
    "court": text("The court."),
    "file_by": _day("The last day on which it would have been in time; left out where there is none."),
    "final": Annotated[bool, Field(description="Whether no further appeal is open.")],
    "final_on": _day("The day from which it is final."),
    "never_served": Annotated[bool, Field(description="Whether it turned out that nothing was served at all.")],
    "ruled_on": _day("The day of the ruling."),
    "superseded": Annotated[Superseded, Field(description="What becomes of the recorded end of the period.")],
    "was": _day("The day it was before."),
    "annulled_on": _day("The day of the annulment."),
    "asks_for": Annotated[Asked, Field(description="What a request is for.")],
    "assumed": Annotated[list[str], Field(description="The members of this that are assumed, not certain.")],
    "channel": Annotated[ServiceChannel, Field(description="How it was delivered.")],
    "complied_on": _day("The day from which the order is complied with."),
    "days": Annotated[Days, Field(description="The days it is for; of interest alone.")],
    "days_left": number("Days left to the last day."),
    "deleted_on": _day("The day of the deletion."),
    "due_by": Annotated[date | None, Field(description="The last day for payment, null while none is set.")],
    "effect": Annotated[
        SuspensionEffect | Retroactivity, Field(description="What it does to days, or to the days before.")
    ],
    "ended_on": _day("The first day on which it no longer binds."),
    "ends_at": Annotated[datetime, Field(description="The instant at which the last day is over.")],
    "finding": Annotated[
        Any, Field(description="What was found; none, when the passing of the day alone was recorded.")
    ],
    "fine": Annotated[MoneyView | None, Field(description="The fine, if there is one.")],
    "first_late_day": _day("The first day that is late."),
    "from": _day("The first of the days it is about."),
    "grace_from": Annotated[date | None, Field(description="The first day that is no longer late, if any.")],
    "in_place_of": Annotated[list[date], Field(description="The days of earlier reminders that this one stands for.")],
    "in_time": Annotated[bool | None, Field(description="Whether it came in time; null where no day is set.")],
    "kind": text("What it is."),
    "last_day": _day("The last day that still counts."),
    "limb": Annotated[int | None, Field(description="The limb of the order it is about; null for the whole.")],
    "limbs": Annotated[list[int], Field(description="The limbs of the order it is about.")],
    "media_type": text("What kind of file it is."),
    "met_on": _day("The day on which the limb was met."),
    "notified_on": _day("The day of the notice."),
    "outcome": text("How it ended."),
    "paid_on": _day("The day of the payment."),
    "rate": _money("The sum for each unit of delay."),
    "received_on": _day("The day it was received."),
    "refunded_on": _day("The day of the refund."),
    "relapsed_on": _day("The first day on which it was breached again."),
    "replaces": Annotated[Before, Field(description="The sum it takes the place of.")],
    "replied_on": _day("The day of the reply."),
    "request": number("The number of the filing that this grants; left out when it grants none."),
    "resumed_on": _day("The day from which it runs again."),
    "scope": Annotated[SuspensionScope, Field(description="What is suspended.")],
    "served_on": _day("The legal date of service."),
    "sha256": text("The SHA-256 of the file, in hexadecimal."),
    "size": number("The length of the file in bytes."),
    "starts_on": _day("The day that starts the period."),
    "state": text("The state it is in again."),
    "to": _day("The last of the days it is about."),
    "undoes_accrued": Annotated[bool, Field(description="Whether late days of before no longer count.")],
    "units": number("How many days, or other units, it is for."),
    "until": _day("The day until which time is asked for."),
    "window_ends_on": _day("The last day for observations."),
}
"""What each member is, by the name under which an event has it."""

OTHERWISE: dict[tuple[EventType, str], Any] = {
    (EventType.ORDER_CLOCK_MOVED, "was"): Annotated[Was, Field(description="The clock before.")],
    (EventType.ORDER_CLOCK_MOVED, "starts_on"): Annotated[date | None, Field(description="The day that starts it.")],
    (EventType.ORDER_CLOCK_MOVED, "last_day"): Annotated[date | None, Field(description="Null while none is set.")],
    (EventType.ORDER_CLOCK_MOVED, "first_late_day"): Annotated[date | None, Field(description="The day after it.")],
    (EventType.ORDER_FOUND_NON_COMPLIANT, "limbs"): Annotated[
        list[UnmetLimb], Field(description="The limbs that are unmet.")
    ],
}
"""Members that are something else in one type of event."""
