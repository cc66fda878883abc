"""The assessment sheet of an act: the event names the limbs, the words stand beside the journal with the proposal."""

from collections.abc import Iterable
from dataclasses import dataclass

from workflow.lifecycle.facts import Finding
from workflow.lifecycle.facts.frozen import frozen
from workflow.lifecycle.kernel.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingLine:
    """A line of the assessment sheet: for one limb what was claimed, looked at and found; the reasons of an act."""

    limb: int
    finding: Text
    claimed: Text = ""
    evidence: Text = ""
    method: Text = ""


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
