"""The first tables: journal, current rows, timers, outbox, accounts, regimes; and what may not be changed in them."""

import hashlib
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

KINDS = "case decision order penalty_clause penalty_decision filing access_request debt account key endpoint"
ORDER_STATES = "pending in_force expired non_compliant complied suspended closed lifted lapsed annulled"
PENALTY_STATES = (
    "absent proposed draft grounds_notified in_deliberation in_abeyance adopted reduced final "
    "closed_without_penalty withdrawn annulled void"
)
REQUEST_STATES = (
    "absent received in_progress extended identity_check answered refused no_data_held disputed verified "
    "set_aside closed"
)
DEBT_STATES = (
    "absent pending due partly_paid handed_over suspended deferred instalments secured uncollectable_abroad paid "
    "refund_due refunded written_off time_barred cancelled"
)


def upgrade() -> None:
    _journal()
    _things()
    _timers()
    _outbox()
    _access()
    _append_only()
    _authority()


def _text(name: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _long(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Text(), nullable=False)


def _int(name: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _minor(name: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def _flag(name: str) -> sa.Column[Any]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _on(name: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.Date(), nullable=nullable)


def _at(name: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _word(name: str, words: str, nullable: bool = False) -> sa.Column[Any]:
    kind = sa.Enum(*words.split(), name=name, native_enum=False, length=64, create_constraint=True)
    return sa.Column(name, kind, nullable=nullable)


def _open_word(name: str) -> sa.Column[Any]:
    """A word of a list that grows: no check, or each new word would have SQLite build the table anew."""
    return sa.Column(name, sa.String(length=64), nullable=False)


def _table(name: str, *columns: sa.Column[Any] | sa.Constraint, key: str = "id") -> None:
    op.create_table(name, *columns, sa.PrimaryKeyConstraint(*key.split(), name=f"pk_{name}"))


def _index(table: str, *columns: str) -> None:
    op.create_index(f"ix_{table}_{'_'.join(columns)}", table, list(columns))


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=f"uq_{table}_{'_'.join(columns)}")


def _parent(table: str, column: str, parent: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{parent}.id"], name=f"fk_{table}_{column}_{parent}")


def _journal() -> None:
    _table(
        "journal",
        _text("case"),
        _int("seq"),
        _text("id"),
        _text("act"),
        _word("subject_kind", KINDS),
        _text("subject_id"),
        _word("parent_kind", KINDS, nullable=True),
        _text("parent_id", nullable=True),
        _open_word("type"),
        _word("audience", "internal served"),
        _text("step", nullable=True),
        _text("actor"),
        _on("effective_on"),
        _at("recorded_at"),
        _text("late_by", nullable=True),
        _long("body"),
        _text("hash"),
        _unique("journal", "id"),
        _unique("journal", "step"),
        key="case seq",
    )
    _table(
        "event_text",
        _text("event"),
        _text("field"),
        _text("salt"),
        _long("text"),
        _parent("event_text", "event", "journal"),
        key="event field",
    )
    _table("case_head", _text("case"), _int("seq"), _text("hash"), _long("facts"), key="case")


def _things() -> None:
    _table(
        "cases",
        _text("id"),
        _text("reference"),
        _text("title"),
        _text("regime"),
        _word("state", "absent open closed reopened"),
        _on("opened_on"),
        _int("version"),
        _unique("cases", "reference"),
    )
    _table(
        "decisions",
        _text("id"),
        _text("case"),
        _int("n"),
        _text("reference"),
        _text("title"),
        _text("language"),
        _word("form", "corrective_decision formal_notice"),
        _word("state", "absent draft in_review adopted final closed referred withdrawn annulled"),
        _text("regime", nullable=True),
        _on("adopted_on", nullable=True),
        _on("final_on", nullable=True),
        _int("addressees"),
        _int("served"),
        _on("served_on", nullable=True),
        _minor("fine_minor", nullable=True),
        _text("currency", nullable=True),
        _int("version"),
    )
    _index("decisions", "case")
    _index("decisions", "state", "id")
    _table(
        "orders",
        _text("id"),
        _text("case"),
        _text("decision"),
        _int("n"),
        _int("addressee"),
        _text("kind"),
        _word("nature", "result continuous display"),
        _word("state", ORDER_STATES),
        _on("starts_on", nullable=True),
        _on("evidence_by", nullable=True),
        _on("last_day", nullable=True),
        _on("first_late_day", nullable=True),
        _on("expiry_recorded_on", nullable=True),
        _on("complied_on", nullable=True),
        _int("version"),
    )
    _index("orders", "case")
    _index("orders", "decision")
    _index("orders", "state", "last_day")
    _table(
        "penalty_clauses",
        _text("id"),
        _text("case"),
        _text("decision"),
        _int("n"),
        _int("addressee", nullable=True),
        _minor("rate_minor"),
        _text("currency"),
        _text("per"),
        _word("state", "standing suspended lifted annulled"),
        _int("version"),
    )
    _index("penalty_clauses", "case")
    _table(
        "penalty_decisions",
        _text("id"),
        _text("case"),
        _text("decision"),
        _text("clause"),
        _int("n"),
        _word("state", PENALTY_STATES),
        _on("from_on"),
        _on("to_on"),
        _int("units"),
        _minor("amount_minor"),
        _text("currency"),
        _minor("fixed_minor", nullable=True),
        _on("adopted_on", nullable=True),
        _int("version"),
    )
    _index("penalty_decisions", "case")
    _index("penalty_decisions", "clause")
    _index("penalty_decisions", "state", "id")
    _table(
        "filings",
        _text("id"),
        _text("case"),
        _int("n"),
        _word("kind", "compliance_report observations request"),
        _word("about_kind", KINDS),
        _text("about"),
        _int("party"),
        _on("received_on"),
        _word("state", "absent received under_assessment accepted partly_accepted rejected granted refused withdrawn"),
        _int("version"),
    )
    _index("filings", "case")
    _index("filings", "about")
    _table(
        "access_requests",
        _text("id"),
        _text("case"),
        _text("order"),
        _int("n"),
        _text("reference"),
        _on("received_on"),
        _word("state", REQUEST_STATES),
        _on("statutory_by"),
        _on("extended_on", nullable=True),
        _on("dealt_with_on", nullable=True),
        _on("verified_on", nullable=True),
        _on("disputed_on", nullable=True),
        _int("version"),
        _unique("access_requests", "order", "reference"),
    )
    _index("access_requests", "case")
    _index("access_requests", "order", "state")
    _table(
        "debts",
        _text("id"),
        _text("case"),
        _int("n"),
        _word("kind", "fine penalty interest"),
        _word("source_kind", KINDS),
        _text("source"),
        _int("addressee", nullable=True),
        _minor("amount_minor"),
        _minor("outstanding_minor"),
        _text("currency"),
        _word("state", DEBT_STATES),
        _on("arose_on"),
        _on("due_by", nullable=True),
        _int("version"),
    )
    _index("debts", "case")
    _index("debts", "state", "id")


def _timers() -> None:
    _table(
        "timers",
        _text("subject_id"),
        _word("subject_kind", KINDS),
        _text("case"),
        _open_word("trigger"),
        _text("step"),
        _on("due_on"),
        _at("due_at"),
        _at("sleeps_until", nullable=True),
        key="subject_id",
    )
    _index("timers", "case")
    _index("timers", "due_at", "subject_id")


def _outbox() -> None:
    _table(
        "endpoints",
        _text("id"),
        _text("case"),
        _int("party"),
        _text("url"),
        _text("types", nullable=True),
        _text("secret"),
        _text("old_secret", nullable=True),
        _at("old_secret_until", nullable=True),
        _word("state", "pending active paused disabled removed"),
        _int("version"),
        _int("last_sequence"),
        _at("created_at"),
        _text("created_by"),
    )
    _index("endpoints", "case")
    _table(
        "messages",
        _text("id"),
        _text("event", nullable=True),
        _text("endpoint"),
        _text("case"),
        _int("sequence", nullable=True),
        _text("type"),
        _long("body"),
        _at("created_at"),
        _word("state", "pending delivered failed"),
        _int("attempts"),
        _int("tried_before"),
        _at("next_attempt_at"),
        _flag("dead"),
        _text("lease", nullable=True),
        _at("lease_until", nullable=True),
        _unique("messages", "endpoint", "sequence"),
        _parent("messages", "endpoint", "endpoints"),
    )
    _index("messages", "case")
    for name, columns, where in (
        ("pending", ["endpoint", "next_attempt_at", "sequence"], "state = 'pending'"),
        ("leased", ["endpoint", "lease_until"], "lease IS NOT NULL"),
        ("unsaid", ["case"], "state = 'failed' AND NOT dead OR state = 'delivered' AND dead"),
    ):
        some = sa.text(where)
        op.create_index(f"ix_messages_{name}", "messages", columns, sqlite_where=some, postgresql_where=some)
    _table(
        "circuits", _text("endpoint"), _int("failures"), _parent("circuits", "endpoint", "endpoints"), key="endpoint"
    )
    _table(
        "attempts",
        _text("message"),
        _int("n"),
        _text("lease"),
        _word("outcome", "delivered failed unsent unknown"),
        _int("status", nullable=True),
        _word(
            "failure",
            "timeout refused name_not_found tls status redirect not_http lost unreachable blocked not_sent",
            nullable=True,
        ),
        _text("error", nullable=True),
        _int("took_ms", nullable=True),
        _at("started_at"),
        _at("reported_at"),
        _parent("attempts", "message", "messages"),
        key="message n",
    )
    _table(
        "notices",
        _minor("position"),
        _int("party"),
        _text("case"),
        _text("event"),
        _text("subject"),
        _text("type"),
        _long("body"),
        _at("recorded_at"),
        key="position party",
    )
    _index("notices", "case", "party", "position")
    _table("sequencer", _text("name"), _minor("position"), key="name")
    op.execute("INSERT INTO sequencer (name, position) VALUES ('notices', 0)")


def _access() -> None:
    _table("accounts", _text("id"), _text("name"), _text("roles"), _flag("active"), _at("created_at"))
    _table(
        "keys",
        _text("id"),
        _text("account"),
        _text("prefix"),
        _text("digest"),
        _at("created_at"),
        _at("revoked_at", nullable=True),
        _unique("keys", "digest"),
        _parent("keys", "account", "accounts"),
    )
    _index("keys", "account")
    _table(
        "representations",
        _text("account"),
        _text("case"),
        _int("party"),
        _at("created_at"),
        _at("ended_at", nullable=True),
        _parent("representations", "account", "accounts"),
        key="account case party",
    )
    _table(
        "feeds",
        _text("id"),
        _text("account"),
        _text("case", nullable=True),
        _text("digest"),
        _at("created_at"),
        _at("revoked_at", nullable=True),
        _unique("feeds", "digest"),
        _parent("feeds", "account", "accounts"),
    )
    _index("feeds", "account")
    _table("regime_texts", _text("sha256"), _text("id"), _int("version"), _long("text"), key="sha256")
    _table("imported_lines", _text("marker"), _text("case"), _on("on"), _at("imported_at"), key="marker")
    _index("imported_lines", "case")
    _table("first_answers", _text("id"), _text("request"), _text("outcome"), _at("at"), _at("made_at"))
    _index("first_answers", "made_at")


def _append_only() -> None:
    """Refuse to change the journal at all; free text may be erased, but not rewritten."""
    if op.get_bind().dialect.name == "sqlite":
        for name, act, table, says in (
            ("journal_no_update", "UPDATE", "journal", "the journal is append-only"),
            ("journal_no_delete", "DELETE", "journal", "the journal is append-only"),
            ("event_text_no_update", "UPDATE", "event_text", "the text of an event can be erased, not changed"),
        ):
            op.execute(f"CREATE TRIGGER {name} BEFORE {act} ON {table} BEGIN SELECT RAISE(ABORT, '{says}'); END")
        return
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'restrict_violation'; END $$"
    )
    for name, act, table, says in (
        ("journal_no_change", "UPDATE OR DELETE", "journal", "the journal is append-only"),
        ("event_text_no_update", "UPDATE", "event_text", "the text of an event can be erased, not changed"),
    ):
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW EXECUTE FUNCTION refuse_change('{says}')"
        )
    op.execute(
        "CREATE TRIGGER journal_no_truncate BEFORE TRUNCATE ON journal "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('the journal is append-only')"
    )


def _authority() -> None:
    """Begin the stream of what belongs to no case, so that there is always a row to lock."""
    first = hashlib.sha256(b"authority").hexdigest()
    heads = sa.table("case_head", *(sa.column(name) for name in ("case", "seq", "hash", "facts")))
    op.execute(sa.insert(heads).values(case="authority", seq=0, hash=first, facts="{}"))
