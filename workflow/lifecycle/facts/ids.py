"""What things go by: a kind and an id. Ids are UUIDs of version 5 of names, so that a replay makes the same ones."""

from functools import lru_cache
from hashlib import sha1

from workflow.lifecycle.facts.frozen import frozen
from workflow.lifecycle.vocabulary import SubjectKind

URL_NAMESPACE = "6ba7b811-9dad-11d1-80b4-00c04fd430c8"
"""The namespace of URLs, RFC 9562 section 6.6."""


@frozen
class Subject:
    """The one thing an event is about."""

    kind: SubjectKind
    id: str


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


def case_id(reference: str) -> str:
    """The id of the case with this reference: references are unique, so the id is too, and equal on replay."""
    return derived_id(URL_NAMESPACE, f"urn:enjoin:case:{reference}")


def child_id(case: str, kind: str, number: object) -> str:
    """The id of the `number`-th thing of a kind in a case."""
    return derived_id(case, f"{kind}/{number}")


def request_id(order: str, reference: str) -> str:
    """The id of the access request with this reference under an order: registered twice, it is the same one."""
    return derived_id(order, f"access_request/{reference}")
