"""When a filing can be recorded, assessed and answered."""

from typing import Any

from workflow.lifecycle.facts import CaseFacts, Filing, Order, PenaltyDecision
from workflow.lifecycle.filing.contents import (
    AssessmentContent,
    AttachmentContent,
    ObservationsContent,
    ReplyContent,
    ReportContent,
    TimeRequestContent,
)
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import Guard, Situation
from workflow.lifecycle.vocabulary import FilingKind, PenaltyDecisionState

_HEARING = frozenset(
    {
        PenaltyDecisionState.GROUNDS_NOTIFIED,
        PenaltyDecisionState.IN_DELIBERATION,
        PenaltyDecisionState.IN_ABEYANCE,
    }
)

_NAMES = {
    FilingKind.COMPLIANCE_REPORT: "is_report",
    FilingKind.OBSERVATIONS: "is_observations",
    FilingKind.REQUEST: "is_request",
}
_ENDINGS = {
    FilingKind.COMPLIANCE_REPORT: Denial(
        detail="A compliance report is assessed: it is neither answered nor refused.",
        reference="operative part of the decision",
        satisfied_by="accept, accept_in_part or reject, with the assessment sheet",
        who=("case_officer",),
    ),
    FilingKind.OBSERVATIONS: Denial(
        detail="Observations are answered, not accepted, rejected or refused by themselves.",
        reference="right to be heard, Charter art. 41(2)(a)",
        satisfied_by="reply, with what became of them",
        who=("case_officer", "rapporteur"),
    ),
    FilingKind.REQUEST: Denial(
        detail="A request is granted by the act it asks for, or refused with reasons.",
        reference="good administration, Charter art. 41(2)(c)",
        satisfied_by="extend, suspend or extend_window with its number in `request`, or refuse",
        who=("decision_maker",),
    ),
}
"""How a filing of each kind ends: what is said of any other way."""


def _order_was_served(at: Situation[Order, Any]) -> Denial | None:
    if at.thing.starts_on is not None:
        return None
    return Denial(
        detail="The order does not bind yet, so nothing can be reported on it.",
        reference="an order binds from service",
        satisfied_by="record service first",
        who=("registrar",),
    )


def _claims_name_limbs(at: Situation[Order, ReportContent]) -> Denial | None:
    claims = at.content.claims
    if (denial := _limbs(at.thing, [claim.limb for claim in claims], "claims")) is not None:
        return denial
    later = next((claim for claim in claims if claim.met_on > at.effective_on), None)
    if later is None:
        return None
    return Denial(
        detail=f"Limb {later.limb} is claimed to be met since {later.met_on}, after the report was received on "
        f"{at.effective_on}.",
        reference="a report speaks of what was done when it was written",
        satisfied_by=f"a met_on not after {at.effective_on}",
    )


def _limbs(order: Order, named: list[int], what: str) -> Denial | None:
    known = [limb.n for limb in order.limbs]
    limbs = ", ".join(map(str, known))
    unknown = next((n for n in named if n not in known), None)
    if unknown is not None:
        said = f"Order {order.n} has no limb {unknown}; its limbs are {limbs}."
    elif len(set(named)) < len(named):
        said = f"The {what} name a limb twice."
    elif not named:
        said = f"The {what} name no limb."
    else:
        return None
    return Denial(
        detail=said, reference="operative part of the decision", satisfied_by=f"one line for each limb, among {limbs}"
    )


def _grounds_were_notified(at: Situation[PenaltyDecision, Any]) -> Denial | None:
    penalty = at.thing
    if penalty.grounds is None or penalty.state not in _HEARING:
        return Denial(
            detail="No grounds are before the party to observe on."
            if penalty.grounds is None
            else "The hearing is over.",
            reference="observations answer grounds that were notified, before the body decides",
            satisfied_by="notify the grounds first"
            if penalty.grounds is None
            else "an appeal, once the decision was served",
        )
    if at.effective_on >= penalty.grounds.notified_on:
        return None
    return Denial(
        detail=f"The observations came in on {at.effective_on}, before the grounds were notified on "
        f"{penalty.grounds.notified_on}.",
        reference="observations answer grounds that were notified",
        satisfied_by=f"a date not before {penalty.grounds.notified_on}",
    )


def heard(case: CaseFacts, penalty: PenaltyDecision) -> tuple[int, ...]:
    """The parties the grounds of a penalty are for: the clause's addressee, or all when they are liable together."""
    decision, clause = case.clause(penalty.clause)
    return decision.addressees if clause.addressee is None else (clause.addressee,)


def _party_was_heard(at: Situation[PenaltyDecision, ObservationsContent | TimeRequestContent]) -> Denial | None:
    parties, party = heard(at.case, at.thing), at.content.party
    if party in parties or (party is None and len(parties) == 1):
        return None
    numbers = " or ".join(map(str, parties))
    said = "Several parties were heard" if party is None else f"Party {party} was not heard"
    return Denial(
        detail=f"{said}; the grounds were notified to party {numbers}.",
        reference="observations are those of a party that was heard",
        satisfied_by=f"a party: {numbers}",
    )


def _is(kind: FilingKind) -> Guard:
    def check(at: Situation[Filing, Any]) -> Denial | None:
        return None if at.thing.kind is kind else _ENDINGS[at.thing.kind]

    return Guard(_NAMES[kind], state=check)


def _findings_cover_claims(at: Situation[Filing, AssessmentContent]) -> Denial | None:
    _, order = at.case.order(at.thing.about)
    found = [finding.limb for finding in at.content.findings]
    if (denial := _limbs(order, found, "findings")) is not None:
        return denial
    missing = " and ".join(str(claim.limb) for claim in at.thing.claims if claim.limb not in found)
    if not missing:
        return None
    return Denial(
        detail=f"The report speaks of limb {missing}, on which nothing was found.",
        reference="each claim of a report is looked at",
        satisfied_by=f"a finding for limb {missing}",
    )


def _replied_since_received(at: Situation[Filing, ReplyContent]) -> Denial | None:
    replied_on, received_on = at.content.replied_on, at.thing.received_on
    if replied_on >= received_on:
        return None
    return Denial(
        detail=f"The reply is dated {replied_on}; the observations came in on {received_on}.",
        reference="a reply follows what it answers",
        satisfied_by=f"a date not before {received_on}",
    )


def _not_attached_yet(at: Situation[Filing, AttachmentContent]) -> Denial | None:
    if all(each.sha256 != at.content.sha256 for each in at.thing.attachments):
        return None
    return Denial(
        detail=f"The file {at.content.sha256} is attached to this filing already.",
        reference="a file is recorded once with what it came with",
        satisfied_by="another file",
    )


def _came_with_or_after(at: Situation[Filing, AttachmentContent]) -> Denial | None:
    received_on = at.thing.received_on
    if at.effective_on >= received_on:
        return None
    return Denial(
        detail=f"The file is said to have come on {at.effective_on}, before the filing on {received_on}.",
        reference="a file comes with its filing or after it",
        satisfied_by=f"a received_on not before {received_on}",
    )


ORDER_WAS_SERVED = Guard("order_was_served", state=_order_was_served)
CLAIMS_NAME_LIMBS = Guard("claims_name_limbs", content=_claims_name_limbs)
GROUNDS_WERE_NOTIFIED = Guard("grounds_were_notified", state=_grounds_were_notified)
PARTY_WAS_HEARD = Guard("party_was_heard", content=_party_was_heard)
FINDINGS_COVER_CLAIMS = Guard("findings_cover_claims", content=_findings_cover_claims)
REPLIED_SINCE_RECEIVED = Guard("replied_since_received", content=_replied_since_received)
NOT_ATTACHED_YET = Guard("not_attached_yet", content=_not_attached_yet)
CAME_WITH_OR_AFTER = Guard("came_with_or_after", content=_came_with_or_after)
IS_REPORT = _is(FilingKind.COMPLIANCE_REPORT)
IS_OBSERVATIONS = _is(FilingKind.OBSERVATIONS)
IS_REQUEST = _is(FilingKind.REQUEST)
