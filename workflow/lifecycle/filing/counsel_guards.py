"""What counsel may file: for the parties it is on record for, and on the day on which it does."""

from typing import Any

from workflow.lifecycle.facts import Filing, Order, PenaltyDecision
from workflow.lifecycle.filing.guards import heard
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import Guard, Situation


def _acts_for_the_party(at: Situation[Any, Any]) -> Denial | None:
    theirs = at.actor.acts_for
    if not theirs.isdisjoint(parties := _whose(at)):
        return None
    return Denial(
        detail=f"This is of party {_numbers(parties)}; you are on record for "
        f"{f'party {_numbers(theirs)}' if theirs else 'nobody'} here.",
        reference="counsel acts for the party it represents",
        satisfied_by="filing by counsel on record for that party; `enjoin counsel` puts an account on record",
        who=("administrator",),
    )


def _whose(at: Situation[Any, Any]) -> frozenset[int]:
    """The parties that what is filed can be of: the one it names, or all that the thing it is about concerns."""
    thing: Filing | Order | PenaltyDecision = at.thing
    match thing:
        case Filing():
            return frozenset({thing.party})
        case Order():
            return frozenset({thing.addressee})
        case PenaltyDecision():
            named = at.command.content.party if at.command.content is not None else None
            return frozenset(heard(at.case, thing) if named is None else (named,))


def _numbers(parties: frozenset[int]) -> str:
    return " or ".join(map(str, sorted(parties)))


def _dated_today(at: Situation[Any, Any]) -> Denial | None:
    if at.effective_on == at.today:
        return None
    return Denial(
        detail=f"What you file or withdraw is dated by its arrival in the register, {at.today}, not {at.effective_on}.",
        reference="a party cannot say on which day the authority received something",
        satisfied_by="leave the day out; an earlier day of receipt is recorded by the registrar, with its proof",
        who=("registrar",),
    )


ACTS_FOR_THE_PARTY = Guard("acts_for_the_party", _acts_for_the_party)
DATED_TODAY = Guard("dated_today", _dated_today)
