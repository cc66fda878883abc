"""The assessment sheet of an act: the event names the limbs, the words stand beside the journal with the proposal."""

from typing import Any

from workflow.lifecycle.facts import Finding
from workflow.lifecycle.kernel.events import Event
from workflow.lifecycle.order.findings_contents import FindingLine


def sheet(findings: tuple[FindingLine, ...]) -> dict[str, Any]:
    """What the event says of the sheet: which limbs it has lines on, in their order."""
    return {"findings": [{"limb": line.limb} for line in findings]} if findings else {}


def lines_of(event: Event) -> tuple[Finding, ...]:
    """The lines of the act an event is of, none where it has no sheet; every act with one needs a second person."""
    lines = event.data.get("findings", ())
    return tuple(Finding(line["limb"], event.data["act"], place) for place, line in enumerate(lines))
