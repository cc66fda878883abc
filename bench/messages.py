"""Messages waiting in an outbox: signed when they are leased, of the size that real ones have."""

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert

from bench.processes import SECRET_KEYS
from bench.receiver import SECRET
from enjoin.clocks import RealClock
from enjoin.wiring import register
from workflow.lifecycle.vocabulary import Role
from workflow.store.outbox import message_row
from workflow.store.sealed import read_vault
from workflow.store.tables.outbox import EndpointState, endpoints, messages
from workflow.use_cases.accounts.keys import CONSOLE, NewKey, create_key
from workflow.use_cases.webhooks.pings import secret_of

BODY = json.dumps(
    {
        "type": "order.period_expired",
        "timestamp": "2022-12-20T08:00:00Z",
        "data": {
            "case": "SAN-2022-019",
            "order": "a8f6b3c2-0c1e-5d4f-9a7b-3e2d1c0b9a87",
            "decision": "SAN-2022-019",
            "legal_effect": "none",
            "last_day": "2022-12-19",
            "finding": "none",
            "sequence": 1,
        },
    },
    separators=(",", ":"),
)


def headers(id: str) -> dict[str, str]:
    """The headers of a delivery."""
    signature = "v1," + "A" * 43 + "="
    signed = {"webhook-id": id, "webhook-timestamp": "1671523200", "webhook-signature": signature}
    return {"content-type": "application/json", **signed}


def seed(database_url: str, receiver: str, count: int, of_endpoints: int, hanging: int) -> str:
    """Fill a migrated database; the first `hanging` endpoints never answer. Returns a scheduler's key."""
    vault = read_vault(SECRET_KEYS)
    now = datetime.now(UTC)
    ids = [f"00000000-0000-4000-8000-{n:012}" for n in range(of_endpoints)]
    rows = [_endpoint(id, f"{receiver}/{'hang' if n < hanging else id}", vault, now) for n, id in enumerate(ids)]
    waiting = [_message(n, ids[n % of_endpoints], n // of_endpoints + 1, now) for n in range(count)]
    with register(database_url, RealClock(), frozenset(), secret_keys=SECRET_KEYS) as parts:
        with parts.engine.begin() as connection:
            connection.execute(insert(endpoints), rows)
            connection.execute(insert(messages), waiting)
        return parts.writer.run(create_key, NewKey("scheduler", frozenset({Role.SCHEDULER})), CONSOLE).key


def _endpoint(id: str, url: str, vault: Any, now: datetime) -> dict[str, Any]:
    return {
        "id": id,
        "case": "case",
        "party": 1,
        "url": url,
        "types": None,
        "secret": vault.seal(SECRET, secret_of(id)),
        "old_secret": None,
        "old_secret_until": None,
        "state": EndpointState.ACTIVE,
        "version": 1,
        "last_sequence": 0,
        "created_at": now,
        "created_by": "bench",
    }


def _message(n: int, endpoint: str, sequence: int, now: datetime) -> dict[str, Any]:
    id = f"msg_{n:032}"
    type = "order.period_expired"
    return message_row(
        id=id, endpoint=endpoint, case="case", type=type, body=BODY, now=now, event=id, sequence=sequence
    )
