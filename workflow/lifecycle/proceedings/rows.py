"""The rows of an adopted act from its service to its last ruling: the same for both machines of decisions.

`proceedings_rows(standing=(State.ADOPTED, …), final=State.FINAL, annulled=State.ANNULLED)` gives, for one machine,
record_service, record_failed_service, record_contest, correct_service, record_appeal, record_ruling, propose_finality
and record_finality. Put them at the end of the table: `Table(kind, (…own rows…, *proceedings_rows(…)))`.

`standing` are the states of an act that binds and is not final; the first is the one that adoption leads to, and to
which a reversed annulment or an undone finality leads back. With `reduced`, a ruling that lowers the sum leads there.
`rests` are guards against which it is neither served nor becomes final.
The acts and folds of these rows stand in acts/service.py and acts/proceedings.py for both kinds; the facts must have
`services`, `attempts`, `appeals`, `rulings`, `adopted_on`, `final_on`, `steps_done` (see served.py).
"""

from collections.abc import Iterator, Sequence

from workflow.lifecycle.kernel.rules import Guard, Row
from workflow.lifecycle.proceedings.appeals_guards import (
    ALL_SERVED,
    APPEAL_WINDOW_OVER,
    CAN_BE_APPEALED,
    FINALITY_UNDONE,
    NO_APPEAL_OPEN,
)
from workflow.lifecycle.proceedings.rulings_guards import REINSTATES, RULING_STANDS, SUM_LOWERED, WHOLE_ANNULLED
from workflow.lifecycle.proceedings.service_guards import CAN_BE_CONTESTED, CAN_BE_CORRECTED, CAN_BE_SERVED, IS_ATTEMPT
from workflow.lifecycle.vocabulary import Role, State, Trigger

_REGISTRAR = frozenset({Role.REGISTRAR})
_HEAD = frozenset({Role.HEAD_OF_ENFORCEMENT})
_SERVICE = "the period runs from service"
_REMEDY = "Charter of Fundamental Rights art. 47"
_FORCE = "an act is final when no appeal can be lodged any more"


def proceedings_rows(
    *,
    standing: Sequence[State],
    final: State,
    annulled: State,
    reduced: State | None = None,
    rests: tuple[Guard, ...] = (),
) -> tuple[Row, ...]:
    """The rows of one machine; see the head of this file."""
    rows: list[Row] = []
    for state in standing:
        rows += _serving(state, *rests)
        rows += _appealing(state, annulled, reduced)
        rows += _becoming_final(state, final, *rests)
    rows += _late(final, standing[0], annulled, reduced)
    rows.append(
        Row(
            trigger=Trigger.RECORD_RULING,
            source=annulled,
            target=standing[0],
            roles=_REGISTRAR,
            label="Record a ruling",
            ground=_REMEDY,
            guards=(RULING_STANDS, REINSTATES),
        )
    )
    return tuple(rows)


def _serving(state: State, *rests: Guard) -> Iterator[Row]:
    yield _row(Trigger.RECORD_SERVICE, state, state, "Record service on an addressee", _SERVICE, *rests, CAN_BE_SERVED)
    yield _row(Trigger.RECORD_FAILED_SERVICE, state, state, "Record a failed attempt", _SERVICE, IS_ATTEMPT)
    yield _row(Trigger.RECORD_CONTEST, state, state, "Record that service is contested", _SERVICE, CAN_BE_CONTESTED)
    yield _correction(state, state)


def _late(final: State, adopted: State, annulled: State, reduced: State | None) -> Iterator[Row]:
    """What may still come to a final act: a contest, a correction that undoes finality, a late appeal, its ruling."""
    yield _row(Trigger.RECORD_CONTEST, final, final, "Record that service is contested", _SERVICE, CAN_BE_CONTESTED)
    yield _correction(final, adopted, FINALITY_UNDONE)
    yield _correction(final, final)
    yield from _appealing(final, annulled, reduced)


def _appealing(state: State, annulled: State, reduced: State | None) -> Iterator[Row]:
    yield _row(Trigger.RECORD_APPEAL, state, state, "Record an appeal", _REMEDY, CAN_BE_APPEALED)
    yield _ruling(state, annulled, WHOLE_ANNULLED)
    if reduced is not None and reduced is not state:
        yield _ruling(state, reduced, SUM_LOWERED)
    yield _ruling(state, state)


def _becoming_final(state: State, final: State, *rests: Guard) -> Iterator[Row]:
    over = (*rests, ALL_SERVED, NO_APPEAL_OPEN, APPEAL_WINDOW_OVER)
    yield Row(
        trigger=Trigger.PROPOSE_FINALITY,
        source=state,
        target=state,
        roles=frozenset({Role.SCHEDULER}),
        label="Propose finality",
        ground=_FORCE,
        guards=over,
        step=True,
    )
    yield _row(Trigger.RECORD_FINALITY, state, final, "Record finality", _FORCE, *over)


def _correction(source: State, target: State, *guards: Guard) -> Row:
    return Row(
        trigger=Trigger.CORRECT_SERVICE,
        source=source,
        target=target,
        roles=_REGISTRAR,
        confirmed_by=_HEAD,
        label="Correct the service on an addressee",
        ground=_SERVICE,
        guards=(CAN_BE_CORRECTED, *guards),
    )


def _ruling(source: State, target: State, *guards: Guard) -> Row:
    return _row(Trigger.RECORD_RULING, source, target, "Record a ruling", _REMEDY, RULING_STANDS, *guards)


def _row(trigger: Trigger, source: State, target: State, label: str, ground: str, *guards: Guard) -> Row:
    return Row(
        trigger=trigger, source=source, target=target, roles=_REGISTRAR, label=label, ground=ground, guards=guards
    )
