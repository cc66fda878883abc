"""The reasons of a result: one entry a rule, with its legal reference, and what was true before and after it."""

from typing import Any

from workflow.law.regime_schema import Cited

Explanation = list[dict[str, Any]]
"""Entries `{rule, reference, before, after}` in the order in which the rules were applied."""

REQUEST = "the request"
"""The reference of a rule that no regime gave: whoever asked stated it, or it is the calculator's own default."""


UNVERIFIED = " (unverified)"
"""The end of a rule whose value no lawyer has verified."""

FIRST_LATE_DAY = "the first late day follows the last day"


def entry(rule: str, reference: str, before: Any = None, after: Any = None) -> dict[str, Any]:
    """Write one entry."""
    return {"rule": rule, "reference": reference, "before": before, "after": after}


def not_applied(member: str, why: str) -> dict[str, Any]:
    """Write the entry of a member that was accepted although it cannot matter."""
    return {"rule": f"{member} is not applied: {why}", "reference": REQUEST, "before": None, "after": None}


def unverified_mark(cited: Cited | None) -> str:
    """Mark a rule whose value no lawyer has verified."""
    return "" if cited is None or cited.verified else UNVERIFIED
