"""The engine: whether a trigger is open for a state and a role, and which guard says no.

The only importer of `transitions`. One machine a table, built once at import, without a model, callbacks or automatic
transitions; a throwaway carrier holds the state, so nothing can be moved from outside and threads share the machine.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from types import NoneType
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

from transitions import EventData, Machine, MachineError, Transition

from workflow.law.regime import Regime
from workflow.lifecycle.door.kinds import KINDS
from workflow.lifecycle.facts.frozen import replace
from workflow.lifecycle.kernel.guards import CASE_IS_OPEN, POSSIBLE_DATE
from workflow.lifecycle.kernel.rules import Chosen, Denied, Guard, Row, Same, Situation, Table, Taken
from workflow.lifecycle.kernel.writing import Says
from workflow.lifecycle.vocabulary import Role, State, SubjectKind, Trigger

if TYPE_CHECKING:
    from transitions.core import TransitionConfigDict

SECOND = (Trigger.CONFIRM, Trigger.DECLINE)
"""Triggers of the second person: they have no row, but go with the rows that need one."""

TABLES: dict[SubjectKind, Table] = {kind.kind: Table(kind.kind, kind.rows) for kind in KINDS.values()}


@dataclass(slots=True)
class _Firing:
    """One try: in what situation, as the effect of what, and what came of it."""

    situation: Situation[Any, Any]
    state: State
    effect_of: Trigger | None
    outcome: Taken | Denied | None = None


@dataclass(slots=True)
class _Carrier:
    state: State


class _Row(Transition):
    """A row. The carrier is thrown away and need not be moved: it is the fold of the events that moves things."""

    def _change_state(self, event_data: EventData) -> None:
        pass


class _Machine(Machine):
    transition_cls = _Row


def fire(
    kind: SubjectKind, state: State, trigger: Trigger, at: Situation[Any, Any], effect_of: Trigger | None = None
) -> Taken | Denied | None:
    """Try a trigger from a state: the row that took it, the last guard that refused, or None when no row fits."""
    attempt = _Firing(at, state, effect_of)
    try:
        _MACHINES[kind].events[trigger.value].trigger(_Carrier(state), attempt)
    except MachineError:
        return None
    return attempt.outcome


def rows_on(kind: SubjectKind) -> tuple[tuple[Table, Row], ...]:
    """The rows whose trigger is posted on this kind of thing: its own, and those that create its children."""
    return _ROWS_ON[kind]


def rows_of(kind: SubjectKind, trigger: Trigger) -> tuple[tuple[Table, Row], ...]:
    """The rows of one trigger on this kind of thing, empty when it has no such trigger."""
    return _ROWS_OF.get((kind, trigger), ())


def creating(kind: SubjectKind) -> frozenset[str]:
    """The triggers posted on this kind of thing that make a thing of their own."""
    rows = (row for _, row in rows_on(kind))
    return frozenset(row.trigger.value for row in rows if row.parent_kind is not None and row.effect_of is None)


def roles_of(row: Row, rules: Regime | None = None) -> frozenset[Role]:
    """Who may pull a row: the regime may name others than the table does (`[who]`); the scheduler keeps its rows."""
    named = rules.who.get(row.trigger.value) if rules is not None and row.roles and not row.everywhere else None
    if named is None:
        return row.roles
    return frozenset(map(Role, named)) | (row.roles & {Role.SCHEDULER})


def who_decides(kind: SubjectKind, rules: Regime) -> frozenset[Role]:
    """The roles that adopt this kind of thing, as the regime has it: those of the body that decides."""
    return frozenset(role for _, row in rows_of(kind, Trigger.ADOPT) for role in roles_of(row, rules))


def under(table: Table, rules: Regime) -> Table:
    """The machine with the roles that a regime names for its rows."""
    return Table(table.kind, tuple(replace(row, roles=roles_of(row, rules)) for row in table.rows))


def permits(row: Row, roles: Iterable[Role], rules: Regime | None = None) -> bool:
    """Whether one of these roles stands on the row; who is the scheduler acts as nothing else."""
    acting = frozenset(roles)
    return not roles_of(row, rules).isdisjoint({Role.SCHEDULER} if Role.SCHEDULER in acting else acting)


def guards_of(row: Row) -> tuple[Guard, ...]:
    """Every guard of a row: those of its own after the two that hold everywhere."""
    return (CASE_IS_OPEN, POSSIBLE_DATE, *row.guards)


def may_pull(row: Row, at: Situation[Any, Any]) -> bool:
    """The role of who pulls the row, or of who confirms that it was pulled."""
    if at.confirms is not None:
        return not row.confirmed_by.isdisjoint(at.actor.roles)
    return permits(row, at.actor.roles, at.regime)


def _condition(row: Row) -> Callable[[_Firing], bool]:
    """The condition `transitions` asks: the role or the effect, then each guard in turn."""
    guards = guards_of(row)

    def met(attempt: _Firing) -> bool:
        at = attempt.situation
        if row.effect_of is not attempt.effect_of or row.parent_kind not in (None, at.command.subject.kind):
            return False
        if row.effect_of is None and not may_pull(row, at):
            return False
        for guard in guards:
            denial = guard.check(at)
            if denial is not None:
                attempt.outcome = Denied(guard.name, denial)
                return False
        attempt.outcome = Taken(row, row.leads(at, attempt.state))
        return True

    return met


def _takes_what_its_act_reads(row: Row) -> bool:
    """Whether a row takes the content that its act is typed by; an act for contents of several kinds fits any."""
    if isinstance(row.act, Says):
        return row.act.fits(row.takes)
    situation = next(iter(get_type_hints(row.act).values())) if row.act is not None else Any
    contents = get_args(situation)[1:]
    read = get_args(contents[0]) or contents if contents else ()
    if not read or any(each is Any or not isinstance(each, type) for each in read):
        return True
    return (row.takes or NoneType) in read or (row.takes is not None and issubclass(row.takes, tuple(read)))


def _build(table: Table) -> Machine:
    states = list(type(table.rows[0].sources[0]))
    rows: list[TransitionConfigDict] = [
        {
            "trigger": row.trigger.value,
            "source": list(row.sources),
            "dest": _destination(row),
            "conditions": _condition(row),
        }
        for row in table.rows
    ]
    return _Machine(model=None, states=states, initial=states[0], transitions=rows, auto_transitions=False)


def _destination(row: Row) -> State | str | None:
    """The state as `transitions` names it: `=` for the same, None where the situation decides."""
    if isinstance(row.target, Same):
        return "="
    return None if isinstance(row.target, Chosen) else row.target


for _row in (row for table in TABLES.values() for row in table.rows):
    if (_row.act is None) is not (_row.effect_of is not None):
        raise TypeError(f"{_row.trigger}: a row has an act, and none where it is the effect of another trigger")
    if not _takes_what_its_act_reads(_row):
        raise TypeError(f"{_row.trigger}: the row takes {_row.takes}, its act reads another content")

if _forgotten := set(Trigger) - {row.trigger for table in TABLES.values() for row in table.rows} - set(SECOND):
    raise TypeError(f"no machine has a row for {', '.join(sorted(_forgotten))}")

_MACHINES = {kind: _build(table) for kind, table in TABLES.items()}
_ROWS_ON: dict[SubjectKind, tuple[tuple[Table, Row], ...]] = {
    kind: tuple(
        (table, row) for table in TABLES.values() for row in table.rows if (row.parent_kind or table.kind) is kind
    )
    for kind in SubjectKind
}
_ROWS_OF = {
    (kind, trigger): tuple(each for each in rows if each[1].trigger is trigger)
    for kind, rows in _ROWS_ON.items()
    for trigger in {row.trigger for _, row in rows}
}
