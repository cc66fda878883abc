"""The assessment sheet of an act: the event names the limbs, the words stand beside the journal with the proposal."""

from collections.abc import Iterable

from workflow.lifecycle.facts import Finding
from workflow.lifecycle.facts.frozen import asks, frozen
from workflow.lifecycle.kernel.text import Text


@frozen(kw_only=True)
class FindingLine:
    """A line of the assessment sheet: for one limb what was claimed, looked at and found; the reasons of an act."""

    limb: int = asks("The number of the limb.", 1)
    finding: Text = asks("What was found.", "The collection goes on.")
    claimed: Text = asks("What the party says.", "The collection has ended.", default="")
    evidence: Text = asks("What the finding rests on.", "Capture of 12 January 2023", default="")
    method: Text = asks("How it was found out.", "Test search with five photographs", default="")


@frozen
class SheetLine:
    """What an event says of a line of the sheet: the limb it is about."""

    limb: int


def sheet(findings: Iterable[FindingLine]) -> tuple[SheetLine, ...]:
    """What the event says of the sheet: which limbs it has lines on, in their order."""
    return tuple(SheetLine(line.limb) for line in findings)


def lines_of(findings: tuple[SheetLine, ...], act: int | None) -> tuple[Finding, ...]:
    """The lines of a sheet, by the number of the act they were proposed with: an act with a sheet needs two persons."""
    if not findings:
        return ()
    assert act is not None
    return tuple(Finding(line.limb, act, place) for place, line in enumerate(findings))
