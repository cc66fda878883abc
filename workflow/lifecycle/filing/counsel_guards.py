"""What counsel may file: for the parties it is on record for, and on the day on which it does."""

from typing import Any

from workflow.lifecycle.facts import Filing, Order, PenaltyDecision
from workflow.lifecycle.filing.contents import ObservationsContent, TimeRequestContent
from workflow.lifecycle.filing.guards import heard
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import Guard, Situation

_Filed = Filing | Order | PenaltyDecision
_Named = ObservationsContent | TimeRequestContent | None
"""What is said where the thing is a penalty decision: it may name whose it is."""


def _acts_for_the_party(at: Situation[_Filed, _Named]) -> Denial | None:
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


def _whose(at: Situation[_Filed, _Named]) -> frozenset[int]:
    """The parties a filing may belong to: the one it names, otherwise everyone its subject concerns."""
    match at.thing:
        case Filing(party=party) | Order(addressee=party):
            return frozenset({party})
        case PenaltyDecision() as penalty:
            named = at.content.party if at.content is not None else None
            return frozenset(heard(at.case, penalty) if named is None else (named,))


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


ACTS_FOR_THE_PARTY = Guard("acts_for_the_party", person=_acts_for_the_party)
DATED_TODAY = Guard("dated_today", state=_dated_today)
