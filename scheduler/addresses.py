"""Which IP addresses a delivery may go to. Knows numbers only: no names, no sockets, no URLs."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

_IPV6_UNICAST = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")

# `is_global` calls all of these public (Python 3.11), and none of them is a host of counsel's.
_NOT_HOSTS = {
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


def addresses(text: str) -> frozenset[str]:
    """Read a list of addresses separated by commas, as in `ENJOIN_EGRESS_ALLOW`; an empty text is an empty list.

    Raises ValueError, naming the entry, for anything but single addresses: a name could point elsewhere tomorrow.
    """
    found = set()
    for entry in filter(None, (part.strip() for part in text.split(","))):
        try:
            found.add(canonical(entry))
        except ValueError:
            raise ValueError(f"{entry!r} is not an IP address, such as 127.0.0.1 or ::1") from None
    return frozenset(found)


def not_public(address: str) -> str | None:
    """Say why an address is no public host, or None when it is one.

    An address that carries another one (mapped, NAT64) is as public as the one it carries.
    Raises ValueError when the text is no address.
    """
    number = _unmapped(ip_address(address))
    if isinstance(number, IPv6Address) and number in _NAT64:
        number = IPv4Address(int(number) & 0xFFFFFFFF)
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
