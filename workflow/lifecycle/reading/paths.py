"""The words people use for a thing of a case, in case files, imports and simulations: `order/2`, `penalty_decision`.

case                 the case
decision/2           the second decision; likewise penalty_decision/2, filing/2, debt/2, access_request/2
order/3, order/2.3   order 3 of the first decision, or of the second
penalty_clause/2     the second clause of the case, in the order they were drafted
filing               without a number: the latest of its kind
"""

import re

from workflow.lifecycle.door.kinds import KINDS
from workflow.lifecycle.facts import CaseFacts, child_id, request_id
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.vocabulary import SubjectKind

_NUMBER = r"[1-9][0-9]{0,6}"
_PATH = re.compile(rf"([a-z_]+)(?:/({_NUMBER})(?:\.({_NUMBER}))?)?")
_REQUEST = re.compile(rf"access_request/({_NUMBER}(?:\.{_NUMBER})?)/(.+)")
_NAMES = {kind.value: kind for kind in KINDS}


def kind_at(path: str) -> SubjectKind:
    """The kind of thing a path names; ValueError with the way out for words that are no path."""
    if _REQUEST.fullmatch(path):
        return SubjectKind.ACCESS_REQUEST
    found = _PATH.fullmatch(path)
    kind = _NAMES.get(found[1]) if found is not None else None
    unnumbered = kind in (SubjectKind.CASE, SubjectKind.ACCESS_REQUEST)
    if found is None or kind is None or (unnumbered and found[2]) or (found[3] and kind is not SubjectKind.ORDER):
        said = "a thing of the case, like decision, order/2, penalty_decision/1 or access_request/1/REFERENCE"
        raise ValueError(f"{said}, not {path[:60]!r}")
    return kind


def request_at(case: str, path: str) -> str | None:
    """The id of the access request a path names by its reference; None for another path. It needs no facts."""
    found = _REQUEST.fullmatch(path)
    return request_id(_order_id(case, found[1]), found[2]) if found is not None else None


def _order_id(case: str, number: str) -> str:
    decision, _, n = number.rpartition(".")
    return child_id(case, SubjectKind.ORDER.value, f"{decision or 1}.{n}")


def subject_at(case: CaseFacts, path: str) -> Subject | None:
    """The thing a path names in the case as it stands; None when there is none, ValueError for no path at all."""
    kind = kind_at(path)
    if kind is SubjectKind.CASE:
        return Subject(kind, case.id)
    if (request := request_at(case.id, path)) is not None:
        return Subject(kind, request) if any(each.id == request for each in case.requests) else None
    number = path.partition("/")[2]
    if kind is SubjectKind.ORDER and number:
        id = _order_id(case.id, number)
        return Subject(kind, id) if any(order.id == id for _, order in case.orders()) else None
    ids = [each.id for each in KINDS[kind].things(case)]
    place = int(number) - 1 if number else len(ids) - 1
    return Subject(kind, ids[place]) if 0 <= place < len(ids) else None
