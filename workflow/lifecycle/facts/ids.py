"""Ids derived from names: UUIDs of version 5, so that a replay of the journal makes the same ones."""

from functools import lru_cache
from hashlib import sha1

URL_NAMESPACE = "6ba7b811-9dad-11d1-80b4-00c04fd430c8"
"""The namespace of URLs, RFC 9562 section 6.6."""


def derived_id(namespace: str, name: str) -> str:
    """The UUID of version 5 (RFC 9562 section 5.5) of a name in a namespace, which is itself the text of a UUID.

    The same as `uuid.uuid5`, without its objects: an act makes several ids.
    """
    digest = bytearray(sha1(_bytes(namespace) + name.encode(), usedforsecurity=False).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x50
    digest[8] = digest[8] & 0x3F | 0x80
    text = digest.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


@lru_cache(maxsize=4096)
def _bytes(namespace: str) -> bytes:
    return bytes.fromhex(namespace.replace("-", ""))
