"""Where a delivery may go: the rule on a URL, asked when an endpoint is registered and again at each attempt.

An endpoint's URL comes from outside, and the sender stands inside the authority's network. So https to a public
address on port 443, and nothing else; only an address that the operator allows by number is free of this.
"""

import re
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import httpx

from scheduler.addresses import allowed, canonical, is_address, not_public

Resolve = Callable[[str, int], Sequence[str]]
"""From a host's name and a port to its addresses, best first. Blocks; raises OSError when there is none."""

_PORTS = {"https": 443, "http": 80}
_HOST = re.compile(r"[a-z0-9_]([a-z0-9._-]*[a-z0-9_])?\.?|[0-9a-f:.]+", re.ASCII)


class Blocked(Exception):
    """The address is not one that deliveries go to."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NoAddress(Blocked):
    """The name of the receiver leads nowhere."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a URL points at, before its name is resolved. `host` is ASCII, as TLS and DNS see it."""

    scheme: str
    host: str
    port: int


def check_url(url: str, allow: frozenset[str], resolve: Resolve | None = None) -> None:
    """Check that deliveries may go to a URL; resolves its name, so it may block as long as DNS does.

    `allow` holds addresses (not names) that are permitted though not public, over http too, and on any port or on the
    one it names (see `addresses`).
    One address of a name that may not be reached refuses the name; so does a name that has none.
    Raises Blocked with a reason fit to show to whoever registers the URL.
    """
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, ValueError):  # ValueError: text that is no UTF-8
        raise Blocked("this is not a URL") from None
    if re.search(r"[\s\\]", url):
        raise Blocked("a URL has no spaces and no backslashes")
    target = target_of(parsed)
    check_addresses(target, resolved(target, resolve or system_resolve), allow)


def target_of(url: httpx.URL) -> Target:
    """Read what a URL points at; raises Blocked for a user name, a fragment, a strange scheme or an odd host."""
    if url.scheme not in _PORTS:
        raise Blocked("only https is permitted")
    if url.userinfo:
        raise Blocked("the URL holds a user name or password; deliveries are signed instead")
    if url.fragment:
        raise Blocked("the URL holds a fragment (#), which is never sent")
    host = url.raw_host.decode("ascii")
    if not _HOST.fullmatch(host):
        raise Blocked("the URL has no valid host name")
    # `is None`, since port 0 is a port that somebody wrote
    return Target(url.scheme, host, _PORTS[url.scheme] if url.port is None else url.port)


def check_addresses(target: Target, found: Sequence[str], allow: frozenset[str]) -> None:
    """Check every address that a target resolved to; raises Blocked for the first that may not be reached."""
    if not found:
        raise NoAddress(f"{target.host} has no address")
    for address in found:
        if not is_address(address):
            raise Blocked(f"{target.host} resolves to something that is no address")
        if allowed(address, target.port, allow):
            continue
        if reason := not_public(address):
            raise Blocked(reason)
        if target.scheme != "https":
            raise Blocked("only https is permitted")
        if target.port != _PORTS["https"]:
            raise Blocked(f"only port {_PORTS['https']} is permitted, not {target.port}")


def resolved(target: Target, resolve: Resolve) -> Sequence[str]:
    """Resolve a target's name, once; an address in the URL is its own answer. Raises Blocked when there is none."""
    if literal := address_of(target):
        return [literal]
    try:
        return resolve(target.host, target.port)
    except (OSError, UnicodeError):  # UnicodeError: a label too long or empty for DNS
        raise Blocked(f"the name {target.host} does not resolve") from None


def address_of(target: Target) -> str | None:
    """Return the host as an address if the URL gives one. `127.1` is none here: the resolver says what it means."""
    return canonical(target.host) if is_address(target.host) else None


def system_resolve(host: str, port: int) -> Sequence[str]:
    """Ask the machine's resolver: its answers in the order it prefers, each once."""
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))
