"""A receiver playing counsel: takes webhooks over HTTP and verifies each by Standard Webhooks."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from standardwebhooks import Webhook, WebhookVerificationError

LARGEST_BODY = 100_000
PING = "endpoint.ping"


@dataclass(frozen=True, slots=True)
class Message:
    """A message received: its id, where it came to, its body, and whether its signature verified."""

    id: str
    address: str
    body: dict[str, Any]
    verified: bool


@dataclass
class Inbox:
    """What counsel received, pings apart. Each party's counsel has an address of its own below `url`.

    `secrets` holds the secret of each address, set once its endpoint is registered.
    """

    url: str
    secrets: dict[str, str] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    pings: list[Message] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def address(self, party: int) -> str:
        """Where counsel of a party receives."""
        return f"{self.url}/{party}"

    def take(self, address: str, headers: dict[str, str], content: bytes) -> bool:
        """Verify a message to an address and keep it; whether it verified."""
        try:
            body = Webhook(self.secrets.get(address, "")).verify(content, headers)
            verified = True
        except (WebhookVerificationError, ValueError):
            body, verified = _read(content), False
        kept = self.pings if body.get("type") == PING else self.messages
        with self._lock:
            kept.append(Message(headers.get("webhook-id", ""), address, body, verified))
        return verified

    @property
    def distinct(self) -> list[Message]:
        """The messages by id, each once, by address in the order of their sequence."""
        by_id = {message.id: message for message in self.messages}
        return sorted(by_id.values(), key=lambda each: (each.address, each.body.get("data", {}).get("sequence", 0)))


class _Server(ThreadingHTTPServer):
    request_queue_size = 128
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.root = f"http://127.0.0.1:{self.server_address[1]}"
        self.inbox = Inbox(f"{self.root}/webhooks")


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        """Take one message: 204 when it verified, 400 when it did not."""
        length = min(int(self.headers.get("content-length", 0)), LARGEST_BODY)
        headers = {name.lower(): value for name, value in self.headers.items()}
        verified = self.server.inbox.take(self.server.root + self.path, headers, self.rfile.read(length))
        self.send_response(204 if verified else 400)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the inbox is the log."""


@contextmanager
def receiving() -> Iterator[Inbox]:
    """Receive webhooks on a free loopback port while the block runs."""
    server = _Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, name="counsel", daemon=True)
    thread.start()
    try:
        yield server.inbox
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _read(content: bytes) -> dict[str, Any]:
    try:
        body = json.loads(content)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
