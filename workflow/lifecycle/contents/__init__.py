"""What each trigger is given as `data`, parsed: one frozen class a trigger that takes any.

Keyed by the kind of thing a trigger is posted on. A member marked `Text` is free text: it stands beside the journal
and never in its chain. From these classes come the bodies the API reads, and what a row says it needs.
"""

from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import Any

from workflow.lifecycle.contents.compliance import CONTENT as _COMPLIANCE
from workflow.lifecycle.contents.compliance import ComplianceContent
from workflow.lifecycle.contents.drafts import CONTENT as _DRAFTS
from workflow.lifecycle.contents.drafts import (
    CaseContent,
    ClauseContent,
    DraftContent,
    NewParty,
    NewRepresentative,
    OrderContent,
)
from workflow.lifecycle.contents.four_eyes import CONTENT as _FOUR_EYES
from workflow.lifecycle.contents.four_eyes import ConfirmationContent
from workflow.lifecycle.contents.penalties import CONTENT as _PENALTIES
from workflow.lifecycle.contents.penalties import ProposalContent
from workflow.lifecycle.contents.service import CONTENT as _SERVICE
from workflow.lifecycle.contents.service import ServiceContent
from workflow.lifecycle.vocabulary import SubjectKind, Trigger

CONTENT: Mapping[tuple[SubjectKind, Trigger], type[Any]] = {
    **_DRAFTS,
    **_SERVICE,
    **_COMPLIANCE,
    **_PENALTIES,
    **_FOUR_EYES,
}


def needs(kind: SubjectKind, trigger: Trigger) -> tuple[str, ...]:
    """The members of `data` that must be given to a trigger posted on this kind of thing."""
    content = CONTENT.get((kind, trigger))
    if content is None:
        return ()
    return tuple(
        each.name.rstrip("_") for each in fields(content) if each.default is MISSING and each.default_factory is MISSING
    )


__all__ = [
    "CONTENT",
    "CaseContent",
    "ClauseContent",
    "ComplianceContent",
    "ConfirmationContent",
    "DraftContent",
    "NewParty",
    "NewRepresentative",
    "OrderContent",
    "ProposalContent",
    "ServiceContent",
    "needs",
]
