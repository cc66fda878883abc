"""Asking an endpoint whether somebody answers: a signed message that is nothing of the case."""

from datetime import datetime
from uuid import uuid4

import orjson

from workflow.store.bulk import Row
from workflow.store.outbox import PING, message_row

_PREFIX = "ping_"


def ping(endpoint: str, case: str, reference: str, now: datetime) -> Row:
    """A ping to be sent at once. It goes through the same retries as any message."""
    body = ping_body(endpoint, reference, now)
    id = f"{_PREFIX}{uuid4().hex}"
    return message_row(id=id, endpoint=endpoint, case=case, type=PING, body=orjson.dumps(body).decode(), now=now)


def ping_body(endpoint: str, reference: str, now: datetime) -> dict[str, object]:
    """What a ping says: which endpoint it is for."""
    return {
        "type": PING,
        "timestamp": now.isoformat().replace("+00:00", "Z"),
        "data": {"case": reference, "endpoint": endpoint, "legal_effect": "none"},
    }


def is_ping(message: str) -> bool:
    """Whether a message is a ping, by its id: no id of another begins so."""
    return message.startswith(_PREFIX)


def secret_of(endpoint: str) -> str:
    """What the secret of an endpoint is sealed for."""
    return f"endpoint/{endpoint}"
