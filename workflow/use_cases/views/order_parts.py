"""Parts of an order or clause as the API shows them: its clock, its stays, what was found, how it ended."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import Field

from workflow.law.days import end_of_day
from workflow.law.explanation import entry
from workflow.law.regime import Regime
from workflow.lifecycle.facts import Clause, Finding, Order, Suspension
from workflow.lifecycle.order.period import deadline_receipt
from workflow.use_cases.views.shared import View, explanation


class GraceView(View):
    """Time given when days were late already: on none of these days is anything late."""

    from_: Annotated[date, Field(serialization_alias="from")]
    to: date


class PeriodView(View):
    """The clock of the order; `last_day` still counts, and ends at `ends_at`.

    `given_on` is the day on which a last day other than that of the period was given, by an extension or the end of a
    stay; `graces` are the times given after days were late.
    """

    duration: str | None
    from_: Annotated[str, Field(serialization_alias="from")]
    comply_by_fixed: date | None
    evidence_by: date | None
    starts_on: date | None
    last_day: date | None
    first_late_day: date | None
    extended_to: date | None
    given_on: date | None
    graces: list[GraceView]
    lapses_on: date | None
    ends_at: str | None
    explanation: list[dict[str, Any]]


class SuspensionView(View):
    """A stay: of what, with what effect on days, from when to when; it runs while `to` is null."""

    n: int
    scope: str
    effect: str
    from_: Annotated[date, Field(serialization_alias="from")]
    to: date | None
    limb: int | None

    @classmethod
    def of(cls, stay: Suspension) -> "SuspensionView":
        """Show a stay."""
        return cls(
            n=stay.n,
            scope=stay.scope.value,
            effect=stay.effect.value,
            from_=stay.from_,
            to=stay.to,
            limb=stay.limb,
        )


class FindingView(View):
    """A line of the assessment sheet, the latest on its limb: the reasons of the act that made it.

    A member is empty where nothing was said, or where it was erased.
    """

    limb: int
    claimed: str
    evidence: str
    method: str
    finding: str

    @classmethod
    def of(cls, line: Finding, words: Mapping[int, Mapping[str, str]]) -> "FindingView":
        """Show a line with its words, as `words_of_acts` finds them."""
        said = words.get(line.act, {})
        members = ("claimed", "evidence", "method", "finding")
        return cls(limb=line.limb, **{name: said.get(f"findings/{line.place}/{name}", "") for name in members})


class EndView(View):
    """How it ended: `on` is the first day that no longer counts, `effect` whether the days before do.

    What was annulled never counted; `annulled_on` is gone when the annulment was reversed.
    """

    on: date | None
    effect: str | None
    annulled_on: date | None
    closed_on: date | None

    @classmethod
    def of(cls, thing: Order | Clause) -> "EndView | None":
        """Show the end; None while there is none."""
        closed_on = thing.closed_on if isinstance(thing, Order) else None
        if (thing.ended_on, thing.annulled_on, closed_on) == (None, None, None):
            return None
        effect = thing.ended_as.value if thing.ended_as is not None else None
        return cls(on=thing.ended_on, effect=effect, annulled_on=thing.annulled_on, closed_on=closed_on)


def period_view(order: Order, rules: Regime) -> PeriodView:
    """Show the clock of an order, with the reasons of its last day."""
    return PeriodView(
        duration=order.period,
        from_=order.period_from.value,
        comply_by_fixed=order.comply_by_fixed,
        evidence_by=order.evidence_by,
        starts_on=order.starts_on,
        last_day=order.last_day,
        first_late_day=order.first_late_day,
        extended_to=order.extended_to,
        given_on=order.clock_set_on,
        graces=[GraceView(from_=grace.from_, to=grace.to) for grace in order.graces],
        lapses_on=order.lapses_on,
        ends_at=_ends_at(order, rules),
        explanation=_reasons(order, rules),
    )


def _ends_at(order: Order, rules: Regime) -> str | None:
    if order.last_day is None:
        return None
    return end_of_day(order.last_day, rules.timezone).isoformat().replace("+00:00", "Z")


def _reasons(order: Order, rules: Regime) -> list[dict[str, Any]]:
    """The steps of the period's computation; then that another last day was given, where one was."""
    steps: list[dict[str, Any]] = []
    computed: str | None = None
    if order.starts_on is not None and order.period is not None:
        result = deadline_receipt(order, order.starts_on, rules)["result"]
        steps, computed = explanation(result), result["last_day"]
    if order.clock_set_on is not None and order.last_day is not None:
        said = f"another last day was given on {order.clock_set_on}"
        steps.append(entry(said, "extension, or end of a stay", computed, order.last_day.isoformat()))
    return steps
