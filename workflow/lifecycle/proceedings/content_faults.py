"""Whether the members of a service, a correction or a ruling go together; every fault at once, by its path."""

from collections.abc import Iterator
from typing import Any

from workflow.law.invalid import MemberError
from workflow.lifecycle.facts import RulingItem
from workflow.lifecycle.kernel.faults import refuse
from workflow.lifecycle.proceedings.contents import RESTS_ON, CorrectionContent, RulingContent, ServiceContent
from workflow.lifecycle.vocabulary import ItemKind, RulingOutcome

_SUMS = (RulingOutcome.REDUCED_TO, RulingOutcome.RAISED_TO)
_OF_A_SUM = (ItemKind.FINE, ItemKind.PENALTY)
_NUMBERED = (ItemKind.ORDER, ItemKind.LIMB, ItemKind.CLAUSE)


def check_members(content: Any) -> None:
    """Raise InvalidRequest naming every member of a content that does not go with the others."""
    match content:
        case ServiceContent() | CorrectionContent():
            refuse(_service_faults(content))
        case RulingContent():
            refuse(_ruling_faults(content.items))


def _service_faults(content: ServiceContent | CorrectionContent) -> Iterator[MemberError]:
    if isinstance(content, CorrectionContent) and content.never_served:
        for name in ("served_on", *RESTS_ON.values()):
            if getattr(content, name) is not None:
                yield MemberError(f"/{name}", "does not go with never_served: leave one of the two out")
        return
    member = RESTS_ON.get(content.basis)
    if member is None and content.served_on is None:
        yield MemberError("/served_on", f"is needed: the day on which it was {content.basis.value}")
    elif member is not None and getattr(content, member) is None:
        yield MemberError(f"/{member}", f"is needed with basis {content.basis.value}: the legal day hangs on it")
    if member is not None and content.served_on is not None:
        yield MemberError("/served_on", f"with basis {content.basis.value} the regime gives it: leave it out")
    for name in ("first_presented_on", "made_available_on"):
        if name != member and getattr(content, name) is not None:
            yield MemberError(f"/{name}", f"does not go with basis {content.basis.value}")


def _ruling_faults(items: tuple[RulingItem, ...]) -> Iterator[MemberError]:
    if not items:
        yield MemberError("/items", "a ruling says something of at least one item")
    seen: dict[tuple[ItemKind, int | None, int | None], int] = {}
    for i, each in enumerate(items):
        at = f"/items/{i}"
        if (first := seen.setdefault((each.item, each.number, each.limb), i)) != i:
            yield MemberError(at, f"the same item as /items/{first}: a ruling has one outcome for each")
        if (each.item in _NUMBERED) is (each.number is None):
            needed = "is needed: that of the order or clause" if each.number is None else "goes with orders and clauses"
            yield MemberError(f"{at}/number", needed)
        if (each.item is ItemKind.LIMB) is (each.limb is None):
            needed = "is needed: the number of the limb" if each.limb is None else "goes with item limb"
            yield MemberError(f"{at}/limb", needed)
        if (each.outcome in _SUMS) is (each.amount is None):
            needed = "is needed: the sum that is left" if each.amount is None else "goes with reduced_to and raised_to"
            yield MemberError(f"{at}/amount", needed)
        if each.outcome in _SUMS and each.item not in _OF_A_SUM:
            yield MemberError(f"{at}/outcome", f"{each.outcome.value} is said of a fine or a penalty")
        if each.outcome is RulingOutcome.SUSPENDED and each.item in (ItemKind.LIMB, *_OF_A_SUM):
            yield MemberError(f"{at}/outcome", f"record a stay of a {each.item.value} with suspend on the thing itself")
        if each.item is ItemKind.PENALTY and (whole := _place(items, ItemKind.DECISION)) is not None:
            yield MemberError(
                at, f"the same as /items/{whole}: a penalty decision is its penalty; leave one of them out"
            )
    yield from _within(items)


def _place(items: tuple[RulingItem, ...], kind: ItemKind) -> int | None:
    return next((i for i, each in enumerate(items) if each.item is kind), None)


def _within(items: tuple[RulingItem, ...]) -> Iterator[MemberError]:
    """What is annulled or comes back as a whole has no other outcome for its parts."""
    moved = (RulingOutcome.ANNULLED, RulingOutcome.REINSTATED)
    whole = next((each for each in items if each.item is ItemKind.DECISION and each.outcome in moved), None)
    if whole is not None and len(items) > 1:
        yield MemberError("/items", f"the whole decision is {whole.outcome.value}: nothing is left to say of its parts")
    orders = {each.number: each for each in items if each.item is ItemKind.ORDER and each.outcome in moved}
    for i, each in enumerate(items):
        if each.item is ItemKind.LIMB and each.number in orders:
            outcome = orders[each.number].outcome.value
            yield MemberError(f"/items/{i}", f"order {each.number} is {outcome} as a whole: leave its limbs out")
