"""Rows that no one pulls: the effect of an act on another thing."""

from typing import Any

from workflow.lifecycle.door.machine import TABLES, Attempt, fire
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.rules import Situation
from workflow.lifecycle.vocabulary import State, SubjectKind, Trigger


def effect(at: Situation, kind: SubjectKind, thing: Any, trigger: Trigger) -> State | None:
    """The state this act's effect brings a thing to, by its row `trigger` with `effect_of` the act's own trigger.

    None when the thing's machine has no such row from its state, or a guard of it says no. Guards see the thing as
    `thing` of the situation.
    """
    attempt = Attempt(replace(at, thing=thing), effect_of=at.command.trigger)
    taken = fire(TABLES[kind], thing.state, trigger, attempt)
    return attempt.row.target if taken and attempt.row is not None else None
