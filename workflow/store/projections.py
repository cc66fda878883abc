"""The current rows of a case, derived from its facts; of two facts, the rows that differ."""

from collections.abc import Iterable
from dataclasses import fields

from sqlalchemy import Connection, Table, select

from workflow.lifecycle.events import Subject
from workflow.lifecycle.facts import AccessRequest, CaseFacts, Clause, Debt, Decision, Filing, Order, PenaltyDecision
from workflow.lifecycle.standing import find
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
    for filing in facts.filings:
        rows[filings][filing.id] = _filing(facts.id, filing, version[filing.id])
    for request in facts.requests:
        rows[access_requests][request.id] = _request(facts.id, request, version[request.id])
    for debt in facts.debts:
        rows[debts][debt.id] = _debt(facts.id, debt, version[debt.id])
    return rows


def holds(facts: CaseFacts, kind: SubjectKind, id: str) -> bool:
    """Whether the thing is in the case: what was discarded is no longer."""
    return find(facts, Subject(kind, id)) is not None


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
        "state": clause.state,
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
        "fixed_minor": None if penalty.fixed is None else penalty.fixed.minor,
        "adopted_on": penalty.adopted_on,
        "version": version,
    }


def _filing(case: str, filing: Filing, version: int) -> Row:
    return {
        "id": filing.id,
        "case": case,
        "n": filing.n,
        "kind": filing.kind,
        "about_kind": filing.about_kind,
        "about": filing.about,
        "party": filing.party,
        "received_on": filing.received_on,
        "state": filing.state,
        "version": version,
    }


def _request(case: str, request: AccessRequest, version: int) -> Row:
    return {"case": case, "version": version} | {each.name: getattr(request, each.name) for each in fields(request)}


def _debt(case: str, debt: Debt, version: int) -> Row:
    return {
        "id": debt.id,
        "case": case,
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
        "version": version,
    }
