"""Access requests beside the tree: the case's head holds their counts, their own rows the facts of each."""

from collections.abc import Iterable
from dataclasses import fields

from sqlalchemy import RowMapping

from workflow.lifecycle.facts import AccessRequest, CaseFacts
from workflow.lifecycle.facts.frozen import replace

_MEMBERS = [each.name for each in fields(AccessRequest)]


def with_requests(facts: CaseFacts, rows: Iterable[RowMapping]) -> CaseFacts:
    """The case with these requests and their versions loaded: what a command about one of them looks at."""
    found = [(AccessRequest(**{name: row[name] for name in _MEMBERS}), row["version"]) for row in rows]
    if not found:
        return facts
    versions = dict(facts.versions) | {request.id: version for request, version in found}
    requests = tuple(sorted((request for request, _ in found), key=lambda request: request.n))
    return replace(facts, requests=requests, versions=versions)


def without_requests(facts: CaseFacts) -> CaseFacts:
    """The case as its head keeps it."""
    if not facts.requests:
        return facts
    loaded = {request.id for request in facts.requests}
    versions = {id: version for id, version in facts.versions.items() if id not in loaded}
    return replace(facts, requests=(), versions=versions)
