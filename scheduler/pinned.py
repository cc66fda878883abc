"""An httpx transport that connects to the very address it checked.

Checking a name and then letting the client resolve it again would leave a gap: the second answer may differ.
So the name is resolved once, every answer is checked, and the connection goes to a checked answer, while the
Host header and the name that TLS verifies stay those of the URL.

httpx's own pool does not serve this: its cost grows with the square of what is under way, and it knows connections by
address alone (docs/decisions/0016). Here a connection is kept under scheme, name and port, so it never serves a name
that TLS did not verify on it, and a kept one needs no second look at DNS: it goes where it was checked to go.
"""

import asyncio
import ssl
import time
from concurrent.futures import Executor

import httpx

from scheduler.egress import Resolve, Target, address_of, check_addresses, resolved, system_resolve, target_of
from scheduler.exchange import Answer, Exchange, head_of

ADDRESSES_TRIED = 3
"""How many addresses of a name are tried when connecting fails; the deadline counts for all of them."""

KEPT_S = 4.0
"""A connection that has been idle for longer is not used again: many servers close theirs after 5 s."""

KEPT = 128
"""Idle connections kept, at most."""

CONNECT_S = 5.0
"""Seconds to connect in, unless the request says otherwise."""


class PinnedTransport(httpx.AsyncBaseTransport):
    """Send each request to a checked address of its host, or raise Blocked before anything is connected to.

    `allow` is as in `check_url`. `names` is the executor that `resolve` runs in (None: the loop's own); its threads
    may outlast a deadline, as a resolver cannot be interrupted. `tls` says whom to trust.
    """

    def __init__(
        self,
        allow: frozenset[str],
        *,
        resolve: Resolve | None = None,
        names: Executor | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._allow = allow
        self._resolve = resolve or system_resolve
        self._names = names
        self._tls = tls or trust()
        self._idle: dict[Target, list[tuple[float, Exchange]]] = {}
        self._kept = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Resolve, check, connect, send. Raises Blocked, or httpx's errors."""
        target = target_of(request.url)
        head = head_of(request)
        body = b"".join([part async for part in request.stream])  # type: ignore[union-attr]
        exchange = self._take(target)
        if exchange is not None:
            try:
                return await self._send(target, exchange, head, body)
            except (httpx.RemoteProtocolError, httpx.ReadError):
                # The receiver closed an idle connection as we wrote. Nothing of an answer came, so it goes again; if
                # it did arrive, its `webhook-id` says that it is the same message.
                if not exchange.silent:
                    raise
        exchange = await self._connect(target, request)
        return await self._send(target, exchange, head, body)

    async def aclose(self) -> None:
        """Close what is kept."""
        for kept in self._idle.values():
            for _, exchange in kept:
                exchange.abort()
        self._idle.clear()
        self._kept = 0

    async def _send(self, target: Target, exchange: Exchange, head: bytes, body: bytes) -> httpx.Response:
        try:
            await exchange.send(head, body)
        except BaseException:
            exchange.abort()
            raise
        answer = Answer(exchange, lambda done: self._give_back(target, done))
        return httpx.Response(exchange.status, headers=exchange.headers, stream=answer)

    def _take(self, target: Target) -> Exchange | None:
        oldest = time.monotonic() - KEPT_S
        kept = self._idle.get(target, [])
        while kept:
            since, exchange = kept.pop()
            self._kept -= 1
            if since >= oldest and not exchange.closed:
                return exchange
            exchange.abort()
        return None

    def _give_back(self, target: Target, exchange: Exchange) -> None:
        if exchange.reusable and not exchange.closed and self._kept < KEPT:
            self._idle.setdefault(target, []).append((time.monotonic(), exchange))
            self._kept += 1
        else:
            exchange.abort()

    async def _connect(self, target: Target, request: httpx.Request) -> Exchange:
        if address_of(target):
            found = resolved(target, self._resolve)
        else:
            loop = asyncio.get_running_loop()
            found = await loop.run_in_executor(self._names, resolved, target, self._resolve)
        check_addresses(target, found, self._allow)
        patience = request.extensions.get("timeout", {}).get("connect") or CONNECT_S
        first, *others = found[:ADDRESSES_TRIED]
        for address, other in zip((first, *others), (*others, None), strict=True):
            try:
                return await self._dial(target, address, patience)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                # Nothing was sent yet. A machine without IPv6 must reach the IPv4 address of a name that has both.
                if other is None:
                    raise
        raise AssertionError("a name without address is refused above")

    async def _dial(self, target: Target, address: str, patience: float) -> Exchange:
        """Connect to an address; the only place where this process opens a connection to a receiver."""
        secure = target.scheme == "https"
        try:
            async with asyncio.timeout(patience):
                _, exchange = await asyncio.get_running_loop().create_connection(
                    Exchange,
                    address,
                    target.port,
                    ssl=self._tls if secure else None,
                    server_hostname=target.host.rstrip(".") if secure else None,
                )
        except TimeoutError:
            raise httpx.ConnectTimeout("no connection in time") from None
        except (OSError, ssl.SSLError) as failure:
            raise httpx.ConnectError(_said(failure)) from failure
        return exchange


def trust() -> ssl.SSLContext:
    """Whom httpx trusts by default, whatever the environment says, for HTTP/1.1 alone."""
    context = httpx.create_ssl_context(trust_env=False)
    context.set_alpn_protocols(["http/1.1"])
    return context


def _said(failure: Exception) -> str:
    if isinstance(failure, ssl.SSLCertVerificationError):
        return f"certificate verify failed: {failure.verify_message}"
    return getattr(failure, "strerror", None) or type(failure).__name__
