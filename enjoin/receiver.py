"""A receiver of webhooks: takes them over HTTP and verifies each by Standard Webhooks."""

import json
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
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


def read_message(address: str, secrets: Iterable[str], headers: Mapping[str, str], content: bytes) -> Message:
    """A message as it came to an address; it verified when a signature agrees with one of the secrets."""
    id = headers.get("webhook-id", "")
    for secret in secrets:
        try:
            body = Webhook(secret).verify(content, dict(headers))
        except (WebhookVerificationError, ValueError):
            continue
        return Message(id, address, body, verified=True)
    return Message(id, address, _read(content), verified=False)


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
        secrets = [self.secrets[address]] if address in self.secrets else []
        message = read_message(address, secrets, headers, content)
        kept = self.pings if message.body.get("type") == PING else self.messages
        with self._lock:
            kept.append(message)
        return message.verified

    @property
    def distinct(self) -> list[Message]:
        """The messages by id, each once, by address in the order of their sequence."""
        by_id = {message.id: message for message in self.messages}
        return sorted(by_id.values(), key=lambda each: (each.address, each.body.get("data", {}).get("sequence", 0)))


Take = Callable[[str, dict[str, str], bytes], bool]
"""Takes the address a message came to, its headers in lower case and its content; whether it verified."""


class _Server(ThreadingHTTPServer):
    request_queue_size = 128
    daemon_threads = True

    def __init__(self, port: int, take: Take) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.root = f"http://127.0.0.1:{self.server_address[1]}"
        self.take = take


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = 30

    def do_POST(self) -> None:
        """Take one message: 204 when it verified, 400 when it did not."""
        length = self.headers.get("content-length", "")
        size = min(int(length), LARGEST_BODY) if length.isascii() and length.isdigit() else 0
        headers = {name.lower(): value for name, value in self.headers.items()}
        verified = self.server.take(self.server.root + self.path, headers, self.rfile.read(size))
        self.send_response(204 if verified else 400)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: who takes the messages says what came."""


@contextmanager
def receiving() -> Iterator[Inbox]:
    """Receive webhooks on a free loopback port while the block runs."""
    inbox = Inbox("")
    with listening(0, inbox.take) as root:
        inbox.url = f"{root}/webhooks"
        yield inbox


@contextmanager
def listening(port: int, take: Take) -> Iterator[str]:
    """Listen on a loopback port (0: a free one) while the block runs: the address. OSError when it is taken."""
    server = _Server(port, take)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, name="counsel", daemon=True)
    thread.start()
    try:
        yield server.root
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
