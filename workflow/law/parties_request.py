"""Reading the obligations and addressees of a clause: each with its own days, rate and cap, where it may have them."""

from workflow.law.members import Members
from workflow.law.tariff_request import read_cap
from workflow.law.terms import LUMP_SUM, Addressee, Obligation, Terms

MOST_PARTIES = 500
MOST_COUNT = 1_000_000
_MOST_UNMET = 1_000

_DUTY = frozenset(("name", "rate", "complied_on", "unmet", "met", "count", "cap"))
_UNMET = frozenset(("from", "to"))
_PARTY = frozenset(("name", "rate"))


def read_obligations(members: Members, terms: Terms) -> None:
    """Read the obligations and their scope into the terms."""
    scope = members.choice("scope", ("whole", "per_obligation"))
    entries = members.objects("obligations", MOST_PARTIES, _DUTY)
    if entries is None:
        if "scope" in members and "obligations" not in members:
            members.fail("scope", "goes with obligations: give them, or leave scope out")
        return
    if entries and "scope" not in members:
        members.fail(
            "scope", "is needed beside obligations: whole (union of days) or per_obligation (each its own sum)"
        )
    terms.whole = scope == "whole"
    terms.obligations = [_obligation(duty, terms) for duty in entries]
    _refuse_twins(members, "obligations", [duty.name for duty in terms.obligations])
    if terms.tariff.tiers:
        _refuse_rates(entries)
    if terms.whole:
        for duty in entries:
            for name in ("rate", "count", "cap"):
                if name in duty:
                    duty.fail(name, "belongs to the clause when scope is whole: leave it out, or use per_obligation")


def _obligation(duty: Members, terms: Terms) -> Obligation:
    ways = [name for name in ("complied_on", "unmet", "met") if name in duty]
    if len(ways) > 1:
        for name in ways:
            duty.fail(name, f"{' and '.join(ways)} both say when it was met; keep one")
    met = duty.flag("met")
    if "met" in duty and terms.unit.text not in ("", LUMP_SUM):
        duty.fail("met", "goes with per lump_sum; give complied_on or unmet instead")
    complied_on = duty.date("complied_on")
    currency = terms.currency or None
    return Obligation(
        name=_name(duty),
        at=duty.path,
        rate=duty.minor("rate", currency),
        complied_on=None if complied_on is None else complied_on.toordinal(),
        unmet=_unmet(duty),
        met=met,
        count=duty.whole("count", 1, MOST_COUNT) or 1,
        cap=read_cap(duty, currency) if "cap" in duty else None,
    )


def _unmet(duty: Members) -> tuple[tuple[int, int | None], ...] | None:
    entries = duty.objects("unmet", _MOST_UNMET, _UNMET)
    if entries is None:
        return None
    if not entries:
        duty.fail("unmet", "is empty: give the days, or complied_on, or leave the obligation out")
    spans: list[tuple[int, int | None]] = []
    for span in entries:
        first, last = span.date("from"), span.date("to")
        if "from" not in span:
            span.fail("from", "is needed: the first day unmet")
        if first is not None and last is not None and last < first:
            span.fail("to", f"is before from ({first})")
        if first is not None:
            spans.append((first.toordinal(), None if last is None else last.toordinal()))
    return tuple(spans)


def read_addressees(members: Members, terms: Terms) -> None:
    """Read the addressees and their liability into the terms."""
    liability = members.choice("liability", ("several", "joint"))
    entries = members.objects("addressees", MOST_PARTIES, _PARTY)
    if entries is None:
        if "liability" in members and "addressees" not in members:
            members.fail("liability", "goes with addressees: give them, or leave liability out")
        return
    if entries and "liability" not in members:
        members.fail("liability", "is needed beside addressees: several (each owes) or joint (one debt)")
    terms.joint = liability == "joint"
    currency = terms.currency or None
    terms.addressees = [Addressee(_name(party), party.path, party.minor("rate", currency)) for party in entries]
    _refuse_twins(members, "addressees", [party.name for party in terms.addressees])
    if entries and members.source.get("scope") == "per_obligation" and terms.obligations:
        members.fail("addressees", "do not go with per_obligation: make a request for each addressee")
    if terms.tariff.tiers:
        _refuse_rates(entries)
    if terms.joint:
        for party in entries:
            if "rate" in party:
                party.fail("rate", "a joint debt has one rate: leave it out")


def _name(party: Members) -> str:
    if "name" not in party:
        party.fail("name", "is needed")
    return party.text("name") or ""


def _refuse_rates(entries: list[Members]) -> None:
    for party in entries:
        if "rate" in party:
            party.fail("rate", "does not go with tiers: leave one out")


def _refuse_twins(members: Members, what: str, names: list[str]) -> None:
    seen: set[str] = set()
    for n, name in enumerate(names):
        if name and name in seen:
            members.fail(f"{what}/{n}/name", "two of the same name; tell them apart")
        seen.add(name)
