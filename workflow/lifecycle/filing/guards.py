"""When a filing can be recorded, assessed and answered."""

from collections.abc import Iterable
from typing import Any

from workflow.lifecycle.facts import CaseFacts, Filing, Order, PenaltyDecision
from workflow.lifecycle.kernel.refusals import Denial
from workflow.lifecycle.kernel.rules import Guard, Situation
from workflow.lifecycle.vocabulary import FilingKind, FilingOutcome, PenaltyDecisionState, SubjectKind

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


def _order_was_served(at: Situation[Any, Any]) -> Denial | None:
    order: Order = at.thing
    if order.starts_on is None:
        return Denial(
            detail="The order does not bind yet, so nothing can be reported on it.",
            reference="an order binds from service",
            satisfied_by="record service first",
            who=("registrar",),
        )
    return None


def _claims_name_limbs(at: Situation[Any, Any]) -> Denial | None:
    order: Order = at.thing
    content = at.command.content
    if content is None:
        return None
    if (denial := _limbs(order, [claim.limb for claim in content.claims], "claims")) is not None:
        return denial
    later = next((claim for claim in content.claims if claim.met_on > at.effective_on), None)
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


def _grounds_were_notified(at: Situation[Any, Any]) -> Denial | None:
    penalty: PenaltyDecision = at.thing
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


def _party_was_heard(at: Situation[Any, Any]) -> Denial | None:
    content = at.command.content
    if content is None:
        return None
    parties = heard(at.case, at.thing)
    if content.party in parties or (content.party is None and len(parties) == 1):
        return None
    numbers = " or ".join(map(str, parties))
    said = "Several parties were heard" if content.party is None else f"Party {content.party} was not heard"
    return Denial(
        detail=f"{said}; the grounds were notified to party {numbers}.",
        reference="observations are those of a party that was heard",
        satisfied_by=f"a party: {numbers}",
    )


def _is(kind: FilingKind) -> Guard:
    def check(at: Situation[Any, Any]) -> Denial | None:
        filing: Filing = at.thing
        return None if filing.kind is kind else _ENDINGS[filing.kind]

    return Guard(_NAMES[kind], check)


def _findings_cover_claims(at: Situation[Any, Any]) -> Denial | None:
    filing: Filing = at.thing
    content = at.command.content
    if content is None or filing.about_kind is not SubjectKind.ORDER:
        return None
    _, order = at.case.order(filing.about)
    found = [finding.limb for finding in content.findings]
    if (denial := _limbs(order, found, "findings")) is not None:
        return denial
    missing = _missing((claim.limb for claim in filing.claims), found)
    if not missing:
        return None
    return Denial(
        detail=f"The report speaks of limb {missing}, on which nothing was found.",
        reference="each claim of a report is looked at",
        satisfied_by=f"a finding for limb {missing}",
    )


def _missing(claimed: Iterable[int], found: list[int]) -> str:
    return " and ".join(str(limb) for limb in claimed if limb not in found)


def _replied_since_received(at: Situation[Any, Any]) -> Denial | None:
    filing: Filing = at.thing
    content = at.command.content
    if content is None or content.replied_on >= filing.received_on:
        return None
    return Denial(
        detail=f"The reply is dated {content.replied_on}; the observations came in on {filing.received_on}.",
        reference="a reply follows what it answers",
        satisfied_by=f"a date not before {filing.received_on}",
    )


def _not_attached_yet(at: Situation[Any, Any]) -> Denial | None:
    filing: Filing = at.thing
    content = at.command.content
    if content is None or all(each.sha256 != content.sha256 for each in filing.attachments):
        return None
    return Denial(
        detail=f"The file {content.sha256} is attached to this filing already.",
        reference="a file is recorded once with what it came with",
        satisfied_by="another file",
    )


def _came_with_or_after(at: Situation[Any, Any]) -> Denial | None:
    filing: Filing = at.thing
    content = at.command.content
    if content is None or at.effective_on >= filing.received_on:
        return None
    return Denial(
        detail=f"The file is said to have come on {at.effective_on}, before the filing on {filing.received_on}.",
        reference="a file comes with its filing or after it",
        satisfied_by=f"a received_on not before {filing.received_on}",
    )


def _outcome_is(outcome: FilingOutcome) -> Guard:
    def check(at: Situation[Any, Any]) -> Denial | None:
        content = at.command.content
        if content is None or content.outcome is outcome:
            return None
        return Denial(
            detail=f"The reply says {content.outcome.value}, not {outcome.value}.",
            reference="the reply says what became of the observations",
            satisfied_by=f"the outcome {outcome.value}",
        )

    return Guard(f"outcome_is_{outcome.value}", check)


ORDER_WAS_SERVED = Guard("order_was_served", _order_was_served)
CLAIMS_NAME_LIMBS = Guard("claims_name_limbs", _claims_name_limbs)
GROUNDS_WERE_NOTIFIED = Guard("grounds_were_notified", _grounds_were_notified)
PARTY_WAS_HEARD = Guard("party_was_heard", _party_was_heard)
FINDINGS_COVER_CLAIMS = Guard("findings_cover_claims", _findings_cover_claims)
REPLIED_SINCE_RECEIVED = Guard("replied_since_received", _replied_since_received)
NOT_ATTACHED_YET = Guard("not_attached_yet", _not_attached_yet)
CAME_WITH_OR_AFTER = Guard("came_with_or_after", _came_with_or_after)
OUTCOME_IS = {outcome: _outcome_is(outcome) for outcome in FilingOutcome}
IS_REPORT = _is(FilingKind.COMPLIANCE_REPORT)
IS_OBSERVATIONS = _is(FilingKind.OBSERVATIONS)
IS_REQUEST = _is(FilingKind.REQUEST)
