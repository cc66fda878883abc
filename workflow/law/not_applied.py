"""What a penalty request says that cannot matter: accepted, and named in the explanation."""

from datetime import date

from workflow.law.duration import read_duration
from workflow.law.explanation import REQUEST, entry, not_applied
from workflow.law.members import Members
from workflow.law.regime import Regime
from workflow.law.terms import BREACH, LUMP_SUM, Terms

_LISTS = (
    *("breaches", "rate_changes", "tiers", "suspensions", "excused"),
    *("already_liquidated", "obligations", "addressees"),
)


def note_not_applied(members: Members, terms: Terms, found: Regime | None) -> None:
    """Name in the explanation what was accepted although it cannot matter."""
    notes = terms.explanation
    if "served_on" not in members:
        why = "the start is fixed"
        notes.extend(not_applied(name, why) for name in ("roll", "calendar") if name in members)
        if found is not None:
            notes.append(not_applied(f"the compliance clock of {found.pin}", why))
    notes.extend(not_applied(name, "the list is empty") for name in _LISTS if members.source.get(name) in ([], ()))
    complied = [terms.complied_on, *(duty.complied_on for duty in terms.obligations)]
    if "compliance_day_counts" in members and not any(complied):
        notes.append(not_applied("compliance_day_counts", "there is no day of compliance"))
    if terms.assessed_to is not None and terms.complied_on is not None:
        last = terms.complied_on - (not terms.compliance_day_counts)
        if terms.assessed_to > last:
            notes.append(
                not_applied(
                    "assessed_to", f"the days ended before it, with compliance on {date.fromordinal(terms.complied_on)}"
                )
            )
    if terms.unit.text in (LUMP_SUM, BREACH):
        if "partial_unit" in members:
            notes.append(not_applied("partial_unit", "the rate is not for a length of time"))
    elif "partial_unit" not in members and (terms.unit.days > 1 or terms.unit.months):
        length = read_duration(terms.unit.text).words
        notes.append(entry(f"only completed units of {length} count, as nothing else is said", REQUEST))
