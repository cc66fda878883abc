"""What no machine may be: `check` names every defect of a table in a sentence.

States are compared within one table, whose states are the members of one enum in the order of a life: the first is
where it begins. What is not built yet is said in `NOT_YET`; what is no longer missing must go from there.
"""

from collections.abc import Iterable, Iterator
from enum import StrEnum

from workflow.lifecycle.decision.adoption_guards import HEARD, NOT_THE_DRAFTER
from workflow.lifecycle.facts.frozen import frozen
from workflow.lifecycle.filing.counsel_guards import ACTS_FOR_THE_PARTY, DATED_TODAY
from workflow.lifecycle.kernel.rules import Chosen, Row, Table
from workflow.lifecycle.vocabulary import Role, State, SubjectKind, Trigger

FINAL: dict[SubjectKind, frozenset[str]] = {
    SubjectKind.CASE: frozenset({"closed"}),
    SubjectKind.DECISION: frozenset({"final", "closed", "referred", "withdrawn", "annulled"}),
    SubjectKind.ORDER: frozenset({"closed", "lifted", "lapsed", "annulled"}),
    SubjectKind.FILING: frozenset({"accepted", "partly_accepted", "rejected", "granted", "refused", "withdrawn"}),
    SubjectKind.ACCESS_REQUEST: frozenset({"closed", "set_aside"}),
    SubjectKind.PENALTY_CLAUSE: frozenset({"standing", "lifted", "annulled"}),
    SubjectKind.PENALTY_DECISION: frozenset({"final", "closed_without_penalty", "withdrawn", "annulled", "void"}),
    SubjectKind.DEBT: frozenset({"paid", "refunded", "written_off", "time_barred", "cancelled"}),
}
"""The states in which a life may end, whether the machine has them already or not. A later act may still lead out."""

ADOPTED = "adopted"
REVIEWS = frozenset({"in_review", "in_deliberation"})
NOTIFIED = "grounds_notified"
_BY_COUNSEL = {ACTS_FOR_THE_PARTY, DATED_TODAY}


class Fault(StrEnum):
    """What can be wrong with a state."""

    UNREACHED = "nothing reaches it"
    DEAD_END = "no row leads out of it and no life may end there"
    TRAP = "no end of a life can be reached from it"


@frozen
class NotYet:
    """A fault that stands for now, and why."""

    kind: SubjectKind
    state: State
    fault: Fault
    reason: str


NOT_YET: tuple[NotYet, ...] = ()


def check(table: Table, *others: Table) -> list[str]:
    """The defects of a machine, empty when there is none. `others` are the machines whose acts may pull its effects."""
    if not table.rows:
        return [f"{table.kind.value}: has no rows"]
    found = [
        *_states(table),
        *_rows(table, {row.trigger for each in (table, *others) for row in each.rows}),
        *_pairs(table),
        *_adoptions(table),
    ]
    return [f"{table.kind.value}: {each}" for each in found]


def states(table: Table) -> list[State]:
    """The states of a machine, in the order of a life."""
    return list(type(table.rows[0].sources[0]))


def begins(table: Table) -> State:
    """The state in which a life begins."""
    return states(table)[0]


def ends(table: Table) -> list[State]:
    """The states of a machine in which a life may end."""
    final = FINAL.get(table.kind, frozenset())
    return [state for state in states(table) if state.value in final]


def gaps(table: Table) -> list[NotYet]:
    """What is known to be missing in a machine."""
    return [each for each in NOT_YET if each.kind is table.kind]


def _states(table: Table) -> Iterator[str]:
    faults = set(_faults(table))
    known = {(each.state, each.fault) for each in gaps(table)}
    for state, fault in sorted(faults - known):
        yield f"state {state.value}: {fault.value}"
    for state, fault in sorted(known - faults):
        yield f"state {state.value}: take it out of NOT_YET, which still says that {fault.value}"


def _faults(table: Table) -> Iterator[tuple[State, Fault]]:
    """The faults of the states. What lies behind a known gap is judged as if the gap were closed."""
    known = {fault: {each.state for each in gaps(table) if each.fault is fault} for fault in Fault}
    on = {source for row in table.rows for source, target in row.moves() if target is not source}
    final = set(ends(table))
    moves = _moves(table.rows)
    reached = _reached({begins(table)} | known[Fault.UNREACHED], moves)
    really_reached = _reached({begins(table)}, moves)
    ending = _reached(final | known[Fault.DEAD_END], [(target, source) for source, target in moves])
    for state in states(table):
        if state not in (really_reached if state in known[Fault.UNREACHED] else reached):
            yield state, Fault.UNREACHED
        if state not in final and state not in on:
            yield state, Fault.DEAD_END
        elif state not in ending:
            yield state, Fault.TRAP


def _rows(table: Table, triggers: set[Trigger]) -> Iterator[str]:
    for row in table.rows:
        if row.effect_of is None and not row.roles:
            yield f"{_name(row)}: no role may pull it"
        if row.effect_of is not None and row.roles:
            yield f"{_name(row)}: an effect has no role, it follows {row.effect_of.value}"
        if row.effect_of is not None and row.effect_of not in triggers:
            yield f"{_name(row)}: nothing pulls it, there is no row {row.effect_of.value}"
        if Role.COUNSEL in row.roles and not (len(row.roles) == 1 and row.everywhere and {*row.guards} >= _BY_COUNSEL):
            yield f"{_name(row)}: counsel acts by a row of its own, for its own party and on the day itself"
        if not row.ground.strip():
            yield f"{_name(row)}: no legal ground"
        if not row.label.strip():
            yield f"{_name(row)}: no label"


def _pairs(table: Table) -> Iterator[str]:
    """Rows that can never be taken: the first row that fits is, and the one before has no guard to say no."""
    for place, first in enumerate(table.rows):
        for second in table.rows[place + 1 :]:
            same = first.trigger is second.trigger and not first.guards and _for_the_same(first, second)
            for source in second.sources if same else ():
                if source in first.sources:
                    to = first.targets(source)[0].value
                    yield f"{_name(second, source)}: never taken, the row to {to} before it has no guard"


def _for_the_same(first: Row, second: Row) -> bool:
    if first.effect_of is not None or second.effect_of is not None:
        return first.effect_of is second.effect_of
    return not first.roles.isdisjoint(second.roles)


def _adoptions(table: Table) -> Iterator[str]:
    """An act is adopted after a review, after its party was heard, and by a person who did not draft it."""
    moves = [(row, source, target) for row in table.rows for source, target in row.moves() if source.value != ADOPTED]
    edges = [(source, target) for _, source, target in moves]
    first_time = _reached({begins(table), *(each.state for each in gaps(table))}, edges)
    unreviewed = _reached({begins(table)}, [edge for edge in edges if edge[0].value not in REVIEWS])
    unheard = _reached(
        {begins(table)},
        [(source, target) for row, source, target in moves if not _hears(row, source, target) and not _goes_back(row)],
    )
    for row, source, target in moves:
        if row.trigger is not Trigger.ADOPT and (target.value != ADOPTED or source not in first_time):
            continue
        if source.value not in REVIEWS and source in unreviewed:
            yield f"{_name(row, source)}: adopts without a review"
        if source in unheard and not _hears(row, source, target):
            yield f"{_name(row, source)}: adopts without notice to the party and a window for observations"
        if NOT_THE_DRAFTER not in row.guards and not row.confirmed_by:
            yield f"{_name(row, source)}: adopts without a second person"
        if Role.SCHEDULER in row.roles:
            yield f"{_name(row, source)}: the scheduler adopts"


def _hears(row: Row, source: State, target: State) -> bool:
    """Whether who passes this row has heard the party: by the hearing record, or after the grounds were notified."""
    closes_window = source.value == NOTIFIED and target.value in REVIEWS and bool(row.guards)
    return closes_window or HEARD in row.guards


def _goes_back(row: Row) -> bool:
    """Whether a row leads only to where the thing was before: nobody is new there."""
    return isinstance(row.target, Chosen) and row.target.back


def _moves(rows: Iterable[Row]) -> list[tuple[State, State]]:
    return [move for row in rows for move in row.moves()]


def _reached(start: set[State], edges: Iterable[tuple[State, State]]) -> set[State]:
    """The states to which these moves lead from some."""
    moves, reached = list(edges), set(start)
    while further := {target for source, target in moves if source in reached} - reached:
        reached |= further
    return reached


def _name(row: Row, source: State | None = None) -> str:
    from_ = source.value if source is not None else " or ".join(each.value for each in row.sources)
    return f"{row.trigger.value} from {from_}"
