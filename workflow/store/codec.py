"""The facts of a case as the text in its head, and back.

A head is read and written with every act, so this is the short way: msgspec writes and builds the dataclasses as they
are, from their type hints. It is nobody's contract: a head can be folded again from the journal at any time. The JSON
that the world sees is `workflow.lifecycle.kernel.codec`'s.

Access requests lie beside the head: it holds their counts, their own rows the facts of each.
"""

from collections.abc import Iterable
from dataclasses import fields

from msgspec.json import Decoder, Encoder
from sqlalchemy import RowMapping

from workflow.lifecycle.facts import AccessRequest, CaseFacts
from workflow.lifecycle.facts.frozen import replace

NO_FACTS = "{}"
"""What stands in the head of a stream that is no case's."""

_ENCODER = Encoder(order="deterministic")
_DECODER = Decoder(CaseFacts)
_MEMBERS = [each.name for each in fields(AccessRequest)]


def dump(facts: CaseFacts) -> str:
    """Write facts as text; equal facts give equal text, whatever order the versions were counted in."""
    return _ENCODER.encode(_without_requests(facts)).decode()


def load(text: str) -> CaseFacts:
    """Build facts from what `dump` wrote. A member added since, with a default, takes its default."""
    return _DECODER.decode(text)


def with_requests(facts: CaseFacts, rows: Iterable[RowMapping]) -> CaseFacts:
    """The case with these requests and their versions loaded: what a command about one of them looks at."""
    found = [(AccessRequest(**{name: row[name] for name in _MEMBERS}), row["version"]) for row in rows]
    if not found:
        return facts
    versions = dict(facts.versions) | {request.id: version for request, version in found}
    requests = tuple(sorted((request for request, _ in found), key=lambda request: request.n))
    return replace(facts, requests=requests, versions=versions)


def _without_requests(facts: CaseFacts) -> CaseFacts:
    """The case as its head keeps it."""
    if not facts.requests:
        return facts
    loaded = {request.id for request in facts.requests}
    versions = {id: version for id, version in facts.versions.items() if id not in loaded}
    return replace(facts, requests=(), versions=versions)
