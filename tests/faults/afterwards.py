"""What must hold when the dust has settled: nothing half done, nothing twice, everybody told."""

import json
from collections import Counter
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, func, select, update
from standardwebhooks import Webhook

from tests.faults.conftest import CASES
from tests.support.processes import SECRET_KEYS
from tests.support.receiver import Receiver
from tests.support.seeding import DUE_STEPS, FIRST_MESSAGES, TOLD_STEPS, references
from workflow.lifecycle.facts import case_id
from workflow.lifecycle.kernel.events import AUTHORITY
from workflow.store.database import reader
from workflow.store.sealed import read_vault
from workflow.store.tables.journal import journal
from workflow.store.tables.outbox import MessageState, attempts, endpoints, messages
from workflow.store.verify import verify
from workflow.use_cases.webhooks.pings import secret_of

STEPS = CASES * DUE_STEPS
MESSAGES = CASES * (FIRST_MESSAGES + TOLD_STEPS)
"""Service and expiries; counsel is not told of a proposal."""


def events_of_cases(engine: Engine) -> list[int]:
    """How many events each case has."""
    with reader(engine).connect() as connection:
        counts = select(func.count()).where(journal.c.case != AUTHORITY).group_by(journal.c.case)
        return list(connection.scalars(counts))


def assert_whole(engine: Engine) -> None:
    """Every chain, every fold, every current row."""
    with reader(engine).connect() as connection:
        assert verify(connection) == []


def assert_every_step_happened_once(engine: Engine) -> None:
    """Each step of each case stands on one event."""
    with reader(engine).connect() as connection:
        steps = connection.scalars(select(journal.c.step).where(journal.c.step.is_not(None))).all()
    assert len(steps) == len(set(steps)) == STEPS
    assert Counter(step.split("/")[2] for step in steps) == {
        "record_expiry": 3 * CASES,
        "propose_penalty": CASES,
        "propose_finality": CASES,
    }


def assert_counsel_knows_everything(engine: Engine, mailbox: Receiver) -> None:
    """Each message arrived at least once, signed, and always under the one id it had from the first."""
    with reader(engine).connect() as connection:
        vault = read_vault(SECRET_KEYS)
        secrets = {row.case: vault.open(row.secret, secret_of(row.id)) for row in connection.execute(select(endpoints))}
        sent = {row.id: row for row in connection.execute(select(messages))}
    assert set(secrets) == set(map(case_id, references(CASES)))
    assert {row.state for row in sent.values()} == {MessageState.DELIVERED}
    received: dict[tuple[str, int], set[str]] = {}
    for _, headers, body in mailbox.got:
        row = sent[headers["webhook-id"]]
        assert body == row.body.encode()
        assert Webhook(secrets[row.case]).verify(body, headers)
        received.setdefault((row.case, json.loads(body)["data"]["sequence"]), set()).add(row.id)
    assert len(received) == len(sent) == MESSAGES
    assert all(len(ids) == 1 for ids in received.values())


def let_leases_run_out(engine: Engine) -> None:
    """Move the clocks of what is waiting: no test waits for a minute."""
    past = datetime.now(UTC) - timedelta(seconds=1)
    waiting = update(messages).where(messages.c.state == MessageState.PENDING)
    with engine.begin() as connection:
        connection.execute(waiting.where(messages.c.lease_until.is_not(None)).values(lease_until=past))
        connection.execute(waiting.values(next_attempt_at=past))


def tried(engine: Engine) -> dict[str, list[tuple[int | None, str | None]]]:
    """What was reported of each message's attempts: the receiver's status and the error, in their order."""
    with reader(engine).connect() as connection:
        rows = connection.execute(select(attempts).order_by(attempts.c.message, attempts.c.n))
        found: dict[str, list[tuple[int | None, str | None]]] = {}
        for row in rows:
            found.setdefault(row.message, []).append((row.status, row.error))
        return found
