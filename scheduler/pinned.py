"""An httpx transport that connects to the very address it checked.

Checking a name and then letting the client resolve it again would leave a gap: the second answer may differ.
So the name is resolved once, every answer is checked, and the connection goes to a checked answer, while the
Host header and the name that TLS verifies stay those of the URL.
"""

import asyncio
import ssl
from concurrent.futures import Executor

import httpx

from scheduler.egress import Resolve, address_of, check_addresses, resolved, system_resolve, target_of

ADDRESSES_TRIED = 3
"""How many addresses of a name are tried when connecting fails; the deadline counts for all of them."""


class PinnedTransport(httpx.AsyncBaseTransport):
    """Send each request to a checked address of its host, or raise Blocked before anything is connected to.

    `allow` is as in `check_url`. `names` is the executor that `resolve` runs in (None: the loop's own); its threads
    may outlast a deadline, as a resolver cannot be interrupted. `inner` does the sending; it is closed with this one.
    """

    def __init__(
        self,
        allow: frozenset[str],
        *,
        resolve: Resolve | None = None,
        names: Executor | None = None,
        inner: httpx.AsyncBaseTransport | None = None,
        verify: ssl.SSLContext | bool = True,
    ) -> None:
        self._allow = allow
        self._resolve = resolve or system_resolve
        self._names = names
        self._inner = inner or _one_connection_a_request(verify)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Resolve, check, connect, send. Raises Blocked, or what httpx raises."""
        target = target_of(request.url)
        if address_of(target):
            found = resolved(target, self._resolve)
        else:
            loop = asyncio.get_running_loop()
            found = await loop.run_in_executor(self._names, resolved, target, self._resolve)
        check_addresses(target, found, self._allow)

        first, *others = found[:ADDRESSES_TRIED]
        for address, other in zip((first, *others), (*others, None), strict=True):
            pinned = httpx.Request(
                request.method,
                request.url.copy_with(host=address),
                headers=request.headers,  # Host is among them
                stream=request.stream,
                extensions={**request.extensions, "sni_hostname": target.host.rstrip(".")},
            )
            try:
                return await self._inner.handle_async_request(pinned)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                # Nothing was sent yet. A machine without IPv6 must reach the IPv4 address of a name that has both.
                if other is None:
                    raise
        raise AssertionError("a name without address is refused above")

    async def aclose(self) -> None:
        """Close what sends."""
        await self._inner.aclose()


def _one_connection_a_request(verify: ssl.SSLContext | bool) -> httpx.AsyncHTTPTransport:
    # The pool knows connections by address, and TLS verified one name on each. If connections were kept, a second
    # name at the same address would be served over a connection on which its certificate was never looked at.
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=0)
    return httpx.AsyncHTTPTransport(verify=verify, trust_env=False, limits=limits)
