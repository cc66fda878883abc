"""A receiver of webhooks as fast as Python makes one, in a process of its own.

It answers 204 at once or after so many milliseconds, never at `/hang`, and `/told` says what it was sent so far:
how many, how many different ones, how many rightly signed, and when the first and the last came.
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import uvloop
from standardwebhooks import Webhook, WebhookVerificationError

SECRET = "whsec_" + "C" * 32
ANSWER = b"HTTP/1.1 204 No Content\r\n\r\n"


class Told:
    """What came: (id, timestamp, signature, body) with the instant."""

    def __init__(self) -> None:
        self.messages: list[tuple[bytes, bytes, bytes, bytes]] = []
        self.first = self.last = 0.0

    def add(self, head: dict[bytes, bytes], body: bytes) -> None:
        self.last = time.monotonic()
        self.first = self.first or self.last
        id, timestamp = head.get(b"webhook-id", b""), head.get(b"webhook-timestamp", b"")
        self.messages.append((id, timestamp, head.get(b"webhook-signature", b""), body))

    def to_json(self, verify: bool) -> dict[str, Any]:
        signed = sum(map(_is_signed, self.messages)) if verify else None
        ids = {each[0] for each in self.messages}
        return {"received": len(self.messages), "distinct": len(ids), "signed": signed, "took": self.last - self.first}


def _is_signed(message: tuple[bytes, bytes, bytes, bytes]) -> bool:
    id, timestamp, signature, body = (each.decode() for each in message)
    headers = {"webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature}
    try:
        Webhook(SECRET).verify(body, headers)
    except WebhookVerificationError:
        return False
    return True


class Receiving(asyncio.Protocol):
    """One connection."""

    def __init__(self, told: Told, latency: float) -> None:
        self.told = told
        self.latency = latency
        self.held = b""

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.held += data
        while (end := self.held.find(b"\r\n\r\n")) >= 0:
            line, *lines = self.held[:end].split(b"\r\n")
            head = {name.lower(): value for name, _, value in (each.partition(b": ") for each in lines)}
            whole = end + 4 + int(head.get(b"content-length", b"0"))
            if len(self.held) < whole:
                return
            body, self.held = self.held[end + 4 : whole], self.held[whole:]
            self.answer(line.split(b" ")[1], head, body)

    def answer(self, path: bytes, head: dict[bytes, bytes], body: bytes) -> None:
        if path.startswith(b"/told"):
            said = json.dumps(self.told.to_json(b"verify" in path)).encode()
            self.write(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n%b" % (len(said), said))
        elif path != b"/hang":
            self.told.add(head, body)
            if self.latency:
                asyncio.get_running_loop().call_later(self.latency, self.write, ANSWER)
            else:
                self.write(ANSWER)

    def write(self, answer: bytes) -> None:
        # The sender may be gone: one beside an endpoint that hangs is killed as soon as the last message has come.
        if not self.transport.is_closing():
            self.transport.write(answer)


async def _serve(latency: float) -> None:
    told = Told()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Receiving(told, latency), "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


@contextmanager
def receiving(latency_ms: float) -> Iterator[str]:
    """A receiver process; gives its URL."""
    command = [sys.executable, "-m", "bench.receiver", "--latency-ms", str(latency_ms)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ) as process:
        assert process.stdout is not None
        try:
            yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.kill()


def told(url: str, verify: bool = False) -> dict[str, Any]:
    """What a receiver was sent so far."""
    answer: dict[str, Any] = httpx.get(f"{url}/told{'?verify' if verify else ''}", trust_env=False, timeout=60).json()
    return answer


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--latency-ms", type=float, default=0)
    uvloop.run(_serve(parser.parse_args().latency_ms / 1000))
