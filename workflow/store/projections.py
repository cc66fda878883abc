"""The current rows of a case, derived from its facts; of two facts, the rows that differ."""

from collections.abc import Iterable

from sqlalchemy import Connection, Table, select

from workflow.lifecycle.facts import CaseFacts, Clause, Decision, Order, PenaltyDecision
from workflow.lifecycle.vocabulary import SubjectKind
from workflow.store.bulk import Row, delete_rows, upsert_rows
from workflow.store.tables.current import cases, decisions, orders, penalty_clauses, penalty_decisions

TABLES: dict[SubjectKind, Table] = {
    SubjectKind.CASE: cases,
    SubjectKind.DECISION: decisions,
    SubjectKind.ORDER: orders,
    SubjectKind.PENALTY_CLAUSE: penalty_clauses,
    SubjectKind.PENALTY_DECISION: penalty_decisions,
}
"""Where the things of a case are found by id."""

Rows = dict[Table, dict[str, Row]]


def current_rows(facts: CaseFacts) -> Rows:
    """All rows of a case, by table and id."""
    version = facts.versions
    rows: Rows = {table: {} for table in TABLES.values()}
    rows[cases][facts.id] = _case(facts, version[facts.id])
    for decision in facts.decisions:
        rows[decisions][decision.id] = _decision(facts.id, decision, version[decision.id])
        for order in decision.orders:
            rows[orders][order.id] = _order(facts.id, decision.id, order, version[order.id])
        for clause in decision.clauses:
            rows[penalty_clauses][clause.id] = _clause(facts.id, decision.id, clause, version[clause.id])
    for penalty in facts.penalty_decisions:
        rows[penalty_decisions][penalty.id] = _penalty(facts.id, penalty, version[penalty.id])
    return rows


def holds(facts: CaseFacts, kind: SubjectKind, id: str) -> bool:
    """Whether the thing is in the case: what was discarded is no longer."""
    if kind is SubjectKind.CASE:
        return facts.id == id
    if kind is SubjectKind.DECISION:
        return any(decision.id == id for decision in facts.decisions)
    if kind is SubjectKind.ORDER:
        return any(order.id == id for _, order in facts.orders())
    if kind is SubjectKind.PENALTY_CLAUSE:
        return any(clause.id == id for _, clause in facts.clauses())
    return any(penalty.id == id for penalty in facts.penalty_decisions)


def write_changes(connection: Connection, changed: list[tuple[CaseFacts | None, CaseFacts]]) -> None:
    """Bring the current rows from what they were to what they are, writing only what differs."""
    upserts: dict[Table, list[Row]] = {table: [] for table in TABLES.values()}
    gone: dict[Table, list[str]] = {table: [] for table in TABLES.values()}
    for before, after in changed:
        old: Rows = {} if before is None else current_rows(before)
        for table, rows in current_rows(after).items():
            was = old.get(table, {})
            upserts[table] += [row for id, row in rows.items() if was.get(id) != row]
            gone[table] += [id for id in was if id not in rows]
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


def _case(facts: CaseFacts, version: int) -> Row:
    return {
        "id": facts.id,
        "reference": facts.reference,
        "regime": facts.regime,
        "state": facts.state,
        "opened_on": facts.opened_on,
        "version": version,
    }


def _decision(case: str, decision: Decision, version: int) -> Row:
    fine = decision.fine
    return {
        "id": decision.id,
        "case": case,
        "n": decision.n,
        "reference": decision.reference,
        "language": decision.language,
        "state": decision.state,
        "regime": decision.regime,
        "adopted_on": decision.adopted_on,
        "addressees": len(decision.addressees),
        "served": len({service.addressee for service in decision.services}),
        "served_on": max((service.served_on for service in decision.services), default=None),
        "fine_minor": None if fine is None else fine.minor,
        "currency": None if fine is None else fine.currency,
        "version": version,
    }


def _order(case: str, decision: str, order: Order, version: int) -> Row:
    return {
        "id": order.id,
        "case": case,
        "decision": decision,
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
        "version": version,
    }


def _clause(case: str, decision: str, clause: Clause, version: int) -> Row:
    return {
        "id": clause.id,
        "case": case,
        "decision": decision,
        "n": clause.n,
        "addressee": clause.addressee,
        "rate_minor": clause.rate.minor,
        "currency": clause.rate.currency,
        "per": clause.per,
        "version": version,
    }


def _penalty(case: str, penalty: PenaltyDecision, version: int) -> Row:
    return {
        "id": penalty.id,
        "case": case,
        "decision": penalty.decision,
        "clause": penalty.clause,
        "n": penalty.n,
        "state": penalty.state,
        "from_on": penalty.from_,
        "to_on": penalty.to,
        "units": penalty.units,
        "amount_minor": penalty.amount.minor,
        "currency": penalty.amount.currency,
        "adopted_on": penalty.adopted_on,
        "version": version,
    }
