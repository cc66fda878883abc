"""The current rows of a case, derived from its facts; of two facts, the rows that differ."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from typing import Any

from sqlalchemy import Connection, Table, select

from workflow.lifecycle.door.kinds import find
from workflow.lifecycle.facts import AccessRequest, CaseFacts, Clause, Debt, Decision, Filing, Order, PenaltyDecision
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.vocabulary import SubjectKind
from workflow.store.bulk import Row, delete_rows, upsert_rows
from workflow.store.tables.current import (
    access_requests,
    cases,
    debts,
    decisions,
    filings,
    orders,
    penalty_clauses,
    penalty_decisions,
)

TABLES: dict[SubjectKind, Table] = {
    SubjectKind.CASE: cases,
    SubjectKind.DECISION: decisions,
    SubjectKind.ORDER: orders,
    SubjectKind.PENALTY_CLAUSE: penalty_clauses,
    SubjectKind.PENALTY_DECISION: penalty_decisions,
    SubjectKind.FILING: filings,
    SubjectKind.ACCESS_REQUEST: access_requests,
    SubjectKind.DEBT: debts,
}
"""Where the things of a case are found by id."""

Rows = dict[Table, dict[str, Row]]


Held = tuple[Table, Any, str | None]
"""A thing of a case: its table, its facts, and the decision it is a part of, where that is a column."""


def current_rows(facts: CaseFacts) -> Rows:
    """All rows of a case, by table and id."""
    rows: Rows = {table: {} for table in TABLES.values()}
    for held in _held(facts):
        row = _row(facts, held)
        rows[held[0]][row["id"]] = row
    return rows


def holds(facts: CaseFacts, kind: SubjectKind, id: str) -> bool:
    """Whether the thing is in the case: what was discarded is no longer."""
    return find(facts, Subject(kind, id)) is not None


def write_changes(connection: Connection, changed: list[tuple[CaseFacts | None, CaseFacts]]) -> None:
    """Bring the current rows from what they were to what they are, writing only what differs."""
    upserts: dict[Table, list[Row]] = {table: [] for table in TABLES.values()}
    gone: dict[Table, list[str]] = {table: [] for table in TABLES.values()}
    for before, after in changed:
        old = {} if before is None else {held[1].id: held for held in _held(before)}
        for held in _held(after):
            was = old.pop(held[1].id, None)
            if before is None or was is None or _differs(before, was, after, held):
                upserts[held[0]].append(_row(after, held))
        for table, thing, _ in old.values():
            gone[table].append(thing.id)
    for table in TABLES.values():
        delete_rows(connection, table, gone[table])
        upsert_rows(connection, table, upserts[table])


def stored_rows(connection: Connection, cases: Iterable[str]) -> dict[str, Rows]:
    """The current rows of these cases as they stand in the database, by case."""
    rows: dict[str, Rows] = {case: {table: {} for table in TABLES.values()} for case in cases}
    for kind, table in TABLES.items():
        of_case = table.c.id if kind is SubjectKind.CASE else table.c.case
        for row in connection.execute(select(table).where(of_case.in_(list(rows)))).mappings():
            rows[row[of_case]][table][row["id"]] = dict(row)
    return rows


def _held(facts: CaseFacts) -> Iterator[Held]:
    yield cases, facts, None
    for decision in facts.decisions:
        yield decisions, decision, None
        for order in decision.orders:
            yield orders, order, decision.id
        for clause in decision.clauses:
            yield penalty_clauses, clause, decision.id
    for table, things in (
        (penalty_decisions, facts.penalty_decisions),
        (filings, facts.filings),
        (access_requests, facts.requests),
        (debts, facts.debts),
    ):
        for thing in things:
            yield table, thing, None


def _differs(before: CaseFacts, was: Held, after: CaseFacts, held: Held) -> bool:
    """Whether the row of a thing differs. An act leaves most of the tree as it is: the same object, the same row."""
    thing = held[1]
    if was[1] is thing and before.versions[thing.id] == after.versions[thing.id]:
        return False
    return _row(before, was) != _row(after, held)


def _row(facts: CaseFacts, held: Held) -> Row:
    table, thing, decision = held
    row = _COLUMNS[table](thing)
    row["version"] = facts.versions[thing.id]
    if table is not cases:
        row["case"] = facts.id
    if decision is not None:
        row["decision"] = decision
    return row


def _case(facts: CaseFacts) -> Row:
    return {
        "id": facts.id,
        "reference": facts.reference,
        "regime": facts.regime,
        "state": facts.state,
        "opened_on": facts.opened_on,
    }


def _decision(decision: Decision) -> Row:
    fine = decision.fine
    return {
        "id": decision.id,
        "n": decision.n,
        "reference": decision.reference,
        "language": decision.language,
        "form": decision.form,
        "state": decision.state,
        "regime": decision.regime,
        "adopted_on": decision.adopted_on,
        "final_on": decision.final_on,
        "addressees": len(decision.addressees),
        "served": len({service.addressee for service in decision.services}),
        "served_on": max((service.served_on for service in decision.services), default=None),
        "fine_minor": None if fine is None else fine.minor,
        "currency": None if fine is None else fine.currency,
    }


def _order(order: Order) -> Row:
    return {
        "id": order.id,
        "n": order.n,
        "addressee": order.addressee,
        "kind": order.kind,
        "nature": order.nature,
        "state": order.state,
        "starts_on": order.starts_on,
        "evidence_by": order.evidence_by,
        "last_day": order.last_day,
        "first_late_day": order.first_late_day,
        "expiry_recorded_on": order.expiry_recorded_on,
        "complied_on": order.complied_on,
    }


def _clause(clause: Clause) -> Row:
    return {
        "id": clause.id,
        "n": clause.n,
        "addressee": clause.addressee,
        "rate_minor": clause.rate.minor,
        "currency": clause.rate.currency,
        "per": clause.per,
        "state": clause.state,
    }


def _penalty(penalty: PenaltyDecision) -> Row:
    return {
        "id": penalty.id,
        "decision": penalty.decision,
        "clause": penalty.clause,
        "n": penalty.n,
        "state": penalty.state,
        "from_on": penalty.from_,
        "to_on": penalty.to,
        "units": penalty.units,
        "amount_minor": penalty.amount.minor,
        "currency": penalty.amount.currency,
        "fixed_minor": None if penalty.fixed is None else penalty.fixed.minor,
        "adopted_on": penalty.adopted_on,
    }


def _filing(filing: Filing) -> Row:
    return {
        "id": filing.id,
        "n": filing.n,
        "kind": filing.kind,
        "about_kind": filing.about_kind,
        "about": filing.about,
        "party": filing.party,
        "received_on": filing.received_on,
        "state": filing.state,
    }


def _request(request: AccessRequest) -> Row:
    return {each.name: getattr(request, each.name) for each in fields(request)}


def _debt(debt: Debt) -> Row:
    return {
        "id": debt.id,
        "n": debt.n,
        "kind": debt.kind,
        "source_kind": debt.source_kind,
        "source": debt.source,
        "addressee": debt.addressee,
        "amount_minor": debt.amount.minor,
        "outstanding_minor": debt.outstanding,
        "currency": debt.amount.currency,
        "state": debt.state,
        "arose_on": debt.arose_on,
        "due_by": debt.due_by,
    }


_COLUMNS: dict[Table, Callable[[Any], Row]] = {
    cases: _case,
    decisions: _decision,
    orders: _order,
    penalty_clauses: _clause,
    penalty_decisions: _penalty,
    filings: _filing,
    access_requests: _request,
    debts: _debt,
}
"""The columns of a thing that are its own, beside `case`, `decision` and `version`."""
