"""The forecast across cases: what the scheduler will do until a day if nothing else happens, nearest first."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated

from pydantic import Field
from sqlalchemy import Connection, func, select

from workflow.law.days import local_day
from workflow.law.duration import add_months
from workflow.law.invalid import invalid
from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.kernel.step import Step
from workflow.lifecycle.reading.forecast import steps_ahead
from workflow.lifecycle.vocabulary import SubjectKind, Trigger
from workflow.store.cases import read_case, read_cases
from workflow.store.tables.timers import timers
from workflow.use_cases.views.shared import CaseRef, SubjectRef, View, Viewer, next_step, shown

LIMIT = 1000
PAGE = 100
YEARS = 5
MONTHS_BY_DEFAULT = 3


class ForecastStepView(View):
    """A step that will fire: why, and what would stop it. `on` is its legal date; one that is over fires at once."""

    subject: SubjectRef
    case: CaseRef
    trigger: Annotated[str, Field(validation_alias="step")]
    key: str
    on: date
    why: str
    stopped_by: list[str]


class ForecastView(View):
    """The steps until a day, in order of day. `truncated` says that there are more: ask for a nearer day, or a case."""

    until: date
    items: list[ForecastStepView]
    truncated: bool


def forecast_view(connection: Connection, viewer: Viewer, until: date | None, case: str | None) -> ForecastView:
    """Forecast one case or all of them; NotFound for an unknown case, InvalidRequest for a day out of reach."""
    only = read_case(connection, SubjectKind.CASE, case) if case is not None else None
    today = viewer.today(only) if only is not None else local_day(viewer.now, "UTC")
    last = add_months(today, 12 * YEARS)
    until = until or add_months(today, MONTHS_BY_DEFAULT)
    if not today <= until <= last:
        raise invalid("/query/until", f"a day from today, {today}, to {last}, {YEARS} years ahead")
    nearest = _Nearest()
    for each in [only] if only is not None else _waiting(connection, until, nearest):
        nearest.add(each, viewer.today(each), until)
    found = nearest.cut()
    return ForecastView(until=until, items=[_step(*each) for each in found[:LIMIT]], truncated=len(found) > LIMIT)


class _Nearest:
    """The nearest steps so far, one more than are shown. Past the `horizon` nothing can be among them any more."""

    def __init__(self) -> None:
        self.horizon = date.max
        self._found: list[tuple[CaseFacts, Step]] = []

    def add(self, case: CaseFacts, today: date, until: date) -> None:
        """Add the steps of a case; after today's, which may be dated far back, they come in order of day."""
        for place, step in enumerate(steps_ahead(case, today, until)):
            if step.due_on > today and (step.due_on > self.horizon or place > LIMIT):
                return
            self._found.append((case, step))
            if len(self._found) > LIMIT + PAGE:
                self.cut()

    def cut(self) -> list[tuple[CaseFacts, Step]]:
        """Let go of what is too far ahead to be shown; what is left, in order of day."""
        self._found.sort(key=lambda each: (each[1].due_on, each[0].reference))
        del self._found[LIMIT + 1 :]
        if len(self._found) > LIMIT:
            self.horizon = self._found[-1][1].due_on
        return self._found


def _waiting(connection: Connection, until: date, nearest: _Nearest) -> Iterator[CaseFacts]:
    """The cases in which a step falls due by then, by their earliest one, their heads read in pages."""
    first = func.min(timers.c.due_on).label("first")
    query = select(timers.c.case, first).where(timers.c.due_on <= until).group_by(timers.c.case)
    rows = connection.execute(query.order_by(first, timers.c.case)).all()
    for start in range(0, len(rows), PAGE):
        page = rows[start : start + PAGE]
        heads = read_cases(connection, {row.case for row in page})
        for row in page:
            if row.first > nearest.horizon:
                return
            yield heads[row.case]


def _step(case: CaseFacts, step: Step) -> ForecastStepView:
    return shown(ForecastStepView, next_step(step, _why(case, step)), subject=step.subject, case=case)


def _why(case: CaseFacts, step: Step) -> str | None:
    """The reason of a slice in the words of its clause; other steps have the ladder's own."""
    if step.trigger is not Trigger.PROPOSE_PENALTY:
        return None
    _, clause = case.clause(step.subject.id)
    later = f" and {step.n - 1} times assess_every {clause.assess_every}" if step.n > 1 else ""
    return f"late days not fixed by assess_after {clause.assess_after}{later} from the first late day"
