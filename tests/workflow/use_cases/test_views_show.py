"""A fact that no view shows is an error when the view is made."""

import pytest

from workflow.lifecycle.facts.frozen import frozen
from workflow.use_cases.views.shared import View
from workflow.use_cases.views.thing import ThingView, shows


@frozen
class Duty:
    """Facts with one member inside, one outside and one that nobody is shown."""

    id: str
    last_day: str
    drafters: tuple[str, ...]


class Period(View):
    """The part that shows the last day."""

    last_day: str


def test_a_fact_shown_here_or_in_a_part_or_named_as_unshown_is_enough() -> None:
    @shows(Duty, Period, unshown="drafters")
    class Shown(ThingView):
        period: Period

    assert set(Shown.model_fields) == {"id", "period"}


@pytest.mark.parametrize(("parts", "unshown", "missing"), [((), "drafters", "last_day"), ((Period,), "", "drafters")])
def test_a_fact_that_is_forgotten_is_named(parts: tuple[type[View], ...], unshown: str, missing: str) -> None:
    with pytest.raises(TypeError, match=f"Shown shows no {missing}: declare it there, or name it in `unshown`"):

        @shows(Duty, *parts, unshown=unshown)
        class Shown(ThingView):
            pass
