"""Which IP addresses a delivery may go to. Knows numbers only: no names, no sockets, no URLs."""

import re
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

_IPV6_UNICAST = IPv6Network("2000::/3")
_WITH_PORT = re.compile(r"(\[(?P<six>[^\]]*)\]|(?P<four>[^:]*)):(?P<port>[1-9][0-9]{0,4})", re.ASCII)

# `is_global` calls nearly all of these public (Python 3.11), and none of them is a host of counsel's.
_NOT_HOSTS = {
    IPv6Network("::1/128"): "this machine",
    IPv6Network("::ffff:0:0/96"): "an IPv4 address written as IPv6",
    IPv6Network("::/96"): "an IPv4 address written as IPv6, or none",
    IPv6Network("64:ff9b::/96"): "NAT64, which hides another address",
    IPv6Network("64:ff9b:1::/48"): "NAT64 of a network of one's own, which hides another address",
    ip_network("192.0.0.0/24"): "kept for protocols (RFC 6890)",
    ip_network("192.88.99.0/24"): "a 6to4 relay",
    ip_network("168.63.129.16/32"): "a cloud's own service to its machines",
    IPv6Network("2002::/16"): "6to4, which hides another address",
    IPv6Network("2001::/23"): "kept for protocols, Teredo among them",
    IPv6Network("3fff::/20"): "kept for documentation",
}


def canonical(address: str) -> str:
    """Write an address in its one short form; an IPv4 address mapped into IPv6 becomes the IPv4 address.

    Raises ValueError when the text is no address. A name is none, and neither are `127.1` and `2130706433`.
    """
    return str(_unmapped(ip_address(address)))


def is_address(text: str) -> bool:
    """Whether a text is an address, in any of the ways that are written in full."""
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def addresses(text: str) -> frozenset[str]:
    """Read a list of addresses separated by commas, as in `ENJOIN_EGRESS_ALLOW`; an empty text is an empty list.

    An entry is an address, which is allowed on any port, or an address with the one port it is allowed on
    (`10.0.0.7:8443`, `[fd00::7]:8443`). Raises ValueError, naming the entry, for anything else: a name could point
    elsewhere tomorrow.
    """
    return frozenset(_entry(each) for each in filter(None, (part.strip() for part in text.split(","))))


def allowed(address: str, port: int, allow: frozenset[str]) -> bool:
    """Whether a list of addresses names this one, as such or on this port."""
    if not allow:
        return False
    short = canonical(address)
    return short in allow or with_port(short, port) in allow


def with_port(address: str, port: int) -> str:
    """Write an address with a port."""
    return f"[{address}]:{port}" if ":" in address else f"{address}:{port}"


def _entry(text: str) -> str:
    try:
        if found := _WITH_PORT.fullmatch(text):
            address, port = canonical(found["six"] or found["four"]), int(found["port"])
            if port <= 65535 and ("." in address or found["six"]):
                return with_port(address, port)
        return canonical(text)
    except ValueError:
        raise ValueError(f"{text!r} is not an IP address, such as 127.0.0.1 or ::1, or one with a port") from None


def not_public(address: str) -> str | None:
    """Say why an address is no public host, or None when it is one.

    One that carries another (mapped, NAT64, 6to4, Teredo) is none, whatever it carries: no name of counsel's needs it.
    Raises ValueError when the text is no address.
    """
    number = ip_address(address)
    if isinstance(number, IPv6Address) and number.scope_id is not None:
        return f"{address} is an address of one network alone"
    for network, reason in _NOT_HOSTS.items():
        if number.version == network.version and number in network:
            return f"{address} is {reason}"
    if number.is_multicast:
        return f"{address} is a multicast address"
    if number.is_loopback:
        return f"{address} is this machine"
    if number.is_link_local:
        return f"{address} is a link-local address"
    in_use = number in _IPV6_UNICAST if isinstance(number, IPv6Address) else not number.is_reserved
    if not in_use or not number.is_global:
        return f"{address} is not a public address"
    return None


def _unmapped(number: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    if isinstance(number, IPv6Address) and number.ipv4_mapped is not None:
        return number.ipv4_mapped
    return number
