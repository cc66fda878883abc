"""What every thing of a case shows: its version, the acts on it that wait, and the triggers open on it."""

from collections.abc import Callable
from dataclasses import fields
from datetime import date
from typing import Any, TypeVar

from workflow.law.regime import Regime
from workflow.lifecycle.door.contents import needs
from workflow.lifecycle.door.kinds import Standing, find
from workflow.lifecycle.door.openings import Opening, openings
from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.vocabulary import Role, SubjectKind, Trigger
from workflow.use_cases.acting.fields import DataField, fields_of
from workflow.use_cases.views.shared import View, Viewer, names_in, shown


class OpenTransition(View):
    """A trigger of this thing for the one who asks: what it needs, or why it is closed and what is open instead.

    `needs` are the members of `data` that must be given, `fields` all of them.
    """

    trigger: Trigger
    label: str
    open: bool
    needs: list[str]
    fields: list[DataField]
    confirmed_by: list[Role]
    ground: str
    why: str | None
    reference: str | None
    satisfied_by: str | None
    open_on: date | None
    instead: list[Trigger]


class NextAct(View):
    """A trigger that is open to somebody now, and to whom."""

    trigger: Trigger
    label: str
    roles: list[Role]


class ThingView(View):
    """A thing of a case. `show_thing` fills what all have; each view names it at its place in the JSON.

    These are `version`, `case`, `pending_acts`, `open_transitions` and `next_acts`.
    """

    id: str


T = TypeVar("T", bound=ThingView)


def shows(facts: type[Any], *parts: type[View], unshown: str = "") -> Callable[[type[T]], type[T]]:
    """Hold a view against the facts it shows, some of them in these parts of it.

    `unshown` names those that it shows as something else, or to nobody. TypeError for a fact that is none of these.
    """

    def check(view: type[T]) -> type[T]:
        held: tuple[type[View], ...] = (view, *parts)
        named = {name for each in held for name in names_in(each)} | set(unshown.split())
        if missing := {each.name for each in fields(facts)} - named:
            names = ", ".join(sorted(missing))
            raise TypeError(f"{view.__name__} shows no {names}: declare it there, or name it in `unshown`")
        return view

    return check


def show_thing(
    view: type[T],
    case: CaseFacts,
    subject: Subject,
    viewer: Viewer,
    /,
    **more: Any,
) -> T:
    """Show a thing of the case: what all have, what `more` gives, and of the rest the fact's own members (`shown`).

    Who proposed the acts that wait, and why, stands beside the facts: `pending_views` adds them.
    """
    standing = find(case, subject)
    assert standing is not None
    return shown(
        view,
        standing.thing,
        version=case.versions[subject.id],
        case=case,
        pending_acts=[],
        open_transitions=_open_transitions(case, subject, standing, viewer),
        next_acts=_next_acts(case, subject, viewer),
        **more,
    )


def _open_transitions(case: CaseFacts, subject: Subject, standing: Standing, viewer: Viewer) -> list[OpenTransition]:
    """The triggers of a thing as this reader finds them; the scheduler's steps are on the due list instead.

    In the past nothing can be pulled, so there are none.
    """
    if viewer.past:
        return []
    actor = viewer.actor
    if not viewer.is_inside:
        actor = replace(actor, acts_for=frozenset(each.n for each in case.parties))  # it sees those it acts for
    found = [
        each
        for each in openings(case, subject, actor, viewer.today(case))
        if each.row.roles != {Role.SCHEDULER} or Role.SCHEDULER in viewer.actor.roles
    ]
    open_now = [each.row.trigger for each in found if each.is_open]
    rules = standing.regime(viewer.today(case))
    return [_transition(subject.kind, each, open_now, rules) for each in found]


def _next_acts(case: CaseFacts, subject: Subject, viewer: Viewer) -> list[NextAct]:
    """What is open on a thing now, and to whom: for those inside, whoever they are."""
    if viewer.past or not viewer.is_inside:
        return []
    found = [each for each in openings(case, subject, None, viewer.today(case)) if each.is_open]
    return [
        NextAct(trigger=each.row.trigger, label=each.row.label, roles=sorted(roles))
        for each in found
        if (roles := each.roles - {Role.SCHEDULER})
    ]


def _transition(kind: SubjectKind, opening: Opening, open_now: list[Trigger], rules: Regime) -> OpenTransition:
    row, denial = opening.row, opening.denial
    return OpenTransition(
        trigger=row.trigger,
        label=row.label,
        open=opening.is_open,
        needs=list(needs(kind, row.trigger, rules, row)),
        fields=fields_of(kind, row.trigger, rules, row),
        confirmed_by=sorted(row.confirmed_by),
        ground=row.ground,
        why=denial.detail if denial else opening.elsewhere,
        reference=denial.reference if denial else None,
        satisfied_by=denial.satisfied_by if denial else None,
        open_on=denial.open_on if denial else None,
        instead=[] if opening.is_open else open_now,
    )
