"""The limit of a delivery: the same bytes sent by a bare loop, with no API, no lease and no report.

    python -m bench.clients own|raw URL MESSAGES CONCURRENCY

`own` is the client that deliveries go through, `raw` the fastest plain one: a protocol of asyncio that writes bytes
made beforehand and reads until the end of a head. Prints messages a second.
"""

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

import uvloop

from bench.messages import BODY, headers
from scheduler.attempt import attempt
from scheduler.pinned import PinnedTransport
from scheduler.wire import Lease

LOOPBACK = frozenset({"127.0.0.1"})


async def _loop(send: Callable[[int], Awaitable[None]], messages: int, concurrency: int) -> float:
    numbers = iter(range(messages))

    async def place() -> None:
        for number in numbers:
            await send(number)

    began = time.perf_counter()
    await asyncio.gather(*(place() for _ in range(concurrency)))
    return messages / (time.perf_counter() - began)


async def own(url: str, messages: int, concurrency: int) -> float:
    """Through the client of the scheduler."""
    leases = [Lease(f"msg_{n}", "lease", url, headers(f"msg_{n}"), BODY, 15.0) for n in range(messages)]
    async with PinnedTransport(LOOPBACK) as transport:

        async def send(number: int) -> None:
            assert (await attempt(transport, leases[number])).outcome == "delivered"

        return await _loop(send, messages, concurrency)


class _Raw(asyncio.Protocol):
    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.answered.set_result(data)

    async def send(self, request: bytes) -> bytes:
        self.answered: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self.transport.write(request)
        return await self.answered


async def raw(url: str, messages: int, concurrency: int) -> float:
    """Bytes through sockets."""
    at = urlsplit(url)
    body = BODY.encode()
    requests = []
    for n in range(messages):
        head = {"host": at.netloc, "content-length": str(len(body)), **headers(f"msg_{n}")}
        lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
        requests.append(f"POST {at.path or '/'} HTTP/1.1\r\n{lines}\r\n".encode() + body)
    idle: list[_Raw] = []

    async def send(number: int) -> None:
        if idle:
            connection = idle.pop()
        else:
            _, connection = await asyncio.get_running_loop().create_connection(_Raw, at.hostname or "", at.port or 0)
        assert (await connection.send(requests[number])).startswith(b"HTTP/1.1 204")
        idle.append(connection)

    return await _loop(send, messages, concurrency)


if __name__ == "__main__":
    kind, url, messages, concurrency = sys.argv[1:]
    print(uvloop.run({"own": own, "raw": raw}[kind](url, int(messages), int(concurrency))))
