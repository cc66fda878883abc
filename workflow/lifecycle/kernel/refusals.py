"""Why the door stays shut: each refusal says what, why, and the way out. None of them knows HTTP.

Refusal
  UnknownTrigger       no such trigger on this kind of thing
  RoleNotPermitted     the role stands on no row of the trigger
  VersionMissing       a person did not say which version they read
  VersionConflict      somebody moved it first
  IllegalTransition    the trigger is not open in this state
  GuardRefused         it is open, but a condition is not met
  NotDue               the step is not among those derived from the facts
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from workflow.law.invalid import nearest


class Refusal(Exception):
    """The command was refused and nothing was written. `facts` is a small JSON object, safe to show."""

    code: ClassVar[str]
    title: ClassVar[str]

    def __init__(self, detail: str, **facts: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.facts: dict[str, Any] = facts


class UnknownTrigger(Refusal):
    """No such trigger."""

    code = "unknown_trigger"
    title = "No such trigger"

    def __init__(self, kind: str, trigger: str, known: Sequence[str]) -> None:
        near = nearest(trigger, known)
        hint = f"; did you mean {near}?" if near else f"; it has {', '.join(known)}"
        super().__init__(f"{kind} has no trigger {trigger!r}{hint}", trigger=trigger, known=list(known))


class RoleNotPermitted(Refusal):
    """Your role may not do this."""

    code = "role_not_permitted"
    title = "Your role may not do this"

    def __init__(self, trigger: str, roles: Sequence[str], yours: Sequence[str], open_: Sequence[str]) -> None:
        moral = " A machine proposes, a person decides." if "scheduler" in yours else ""
        super().__init__(
            f"{trigger} is for {' or '.join(roles)}; you are {' and '.join(yours) or 'nobody'}.{moral}",
            trigger=trigger,
            roles=list(roles),
            open=list(open_),
        )


class VersionMissing(Refusal):
    """Say which version you read."""

    code = "version_missing"
    title = "Say which version you read"

    def __init__(self, current: int) -> None:
        super().__init__(
            'This changes a thing that exists: send the version you read, as If-Match: "n" or, in bulk, as `version`.',
            current=current,
        )


class VersionConflict(Refusal):
    """Someone was faster."""

    code = "version_conflict"
    title = "Someone was faster"

    def __init__(self, yours: int, current: int, still_open: bool) -> None:
        outlook = "still open" if still_open else "no longer open"
        read = f"You read version {yours}; it is at version {current} now."
        if yours > current:
            read = f"Nobody can have read version {yours} yet: it is at version {current} now."
        super().__init__(
            f"{read} Your step is {outlook}.",
            yours=yours,
            current=current,
            still_open=still_open,
        )


def for_one_that_is(kind: str, states: Sequence[str]) -> str:
    """For which things of a kind a trigger is, by the states it leads from."""
    *most, last = states
    among = f"{', '.join(most)} or {last}" if most else last
    what = kind.replace("_", " ")
    return f"for {'an' if what[0] in 'aeiou' else 'a'} {what} that is {among}"


class IllegalTransition(Refusal):
    """Not from this state."""

    code = "illegal_transition"
    title = "Not from this state"

    def __init__(
        self, kind: str, trigger: str, state: str, from_: Sequence[str], open_: Sequence[str], who: Sequence[str] = ()
    ) -> None:
        others = f", where it is for {' or '.join(who)}" if who else ""
        offered = f"open now: {', '.join(open_)}" if open_ else "nothing is open to you now"
        super().__init__(
            f"{trigger} is {for_one_that_is(kind, from_)}; this one is {state}{others}; {offered}.",
            trigger=trigger,
            state=state,
            open=list(open_),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial:
    """A guard's no: the sentence, the rule it rests on, what would satisfy it, and who may do that.

    `open_on` is the day on which it opens by itself, where nothing is missing but time.
    """

    detail: str
    reference: str
    satisfied_by: str
    who: tuple[str, ...] = field(default=())
    open_on: date | None = None


class GuardRefused(Refusal):
    """A condition is not met."""

    code = "guard_refused"
    title = "A condition is not met"

    def __init__(self, guard: str, denial: Denial, open_: Sequence[str]) -> None:
        super().__init__(
            denial.detail,
            guard=guard,
            reference=denial.reference,
            satisfied_by=denial.satisfied_by,
            who=list(denial.who),
            open_on=denial.open_on.isoformat() if denial.open_on else None,
            open=list(open_),
        )


class NotDue(Refusal):
    """Not due."""

    code = "not_due"
    title = "Not due"

    def __init__(self, step: str, next_on: date | None) -> None:
        after = f"the next step of this kind is due on {next_on}" if next_on else "no step of this kind is pending"
        super().__init__(
            f"The step {step} is not due; {after}.", step=step, due_on=next_on.isoformat() if next_on else None
        )
