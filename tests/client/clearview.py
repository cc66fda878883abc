"""Clearview from its opening to an adopted penalty, by the generated client and nothing else of ours.

Run by the client's own interpreter: `python clearview.py URL`, with keys by role and the members of the body as JSON
on standard input. Prints what became of it as JSON.
"""

import json
import sys
from datetime import date
from typing import Any

from enjoin_client import AuthenticatedClient
from enjoin_client.api.cases import open_case
from enjoin_client.api.decisions import draft_decision, transition_decision
from enjoin_client.api.penalty_clauses import read_penalty_clause, transition_penalty_clause
from enjoin_client.api.penalty_decisions import read_penalty_decision, transition_penalty_decision
from enjoin_client.models import (
    CaseBody,
    ClauseBody,
    DecisionAdopt,
    DecisionBody,
    DecisionRecordService,
    DecisionRecordServiceData,
    DecisionSubmit,
    HearingBody,
    LimbBody,
    MoneyBody,
    Nature,
    Observations,
    OrderBody,
    OrderBodyKind,
    PartyBody,
    PenaltyClauseProposePenalty,
    PenaltyClauseProposePenaltyData,
    PenaltyDecisionAdopt,
    PenaltyDecisionDeliberate,
    PenaltyDecisionDeliberateData,
    PenaltyDecisionNotifyGrounds,
    PenaltyDecisionNotifyGroundsData,
    PenaltyDecisionTakeUp,
    ServiceChannel,
)

LETTER = ServiceChannel.REGISTERED_LETTER


def main() -> None:
    """Take the case through."""
    said = json.load(sys.stdin)
    clients = {role: AuthenticatedClient(base_url=sys.argv[1], token=key) for role, key in said["keys"].items()}
    officer, decider, registrar = clients["case_officer"], clients["decision_maker"], clients["registrar"]
    case = _made(open_case.sync_detailed(client=officer, body=_case()))
    decision = _made(draft_decision.sync_detailed(client=officer, body=_decision(case.id)))
    adoption = (
        (officer, DecisionSubmit(trigger="submit", effective_on=date(2022, 10, 13))),
        (decider, DecisionAdopt(trigger="adopt", effective_on=date(2022, 10, 17))),
        (registrar, DecisionRecordService(trigger="record_service", data=_service())),
    )
    for client, act in adoption:
        decision = _pulled(transition_decision, client, decision, act)
    (order,) = decision.orders
    clause = _made(read_penalty_clause.sync_detailed(decision.clauses[0].id, client=officer))
    proposal = PenaltyClauseProposePenalty(
        trigger="propose_penalty",
        effective_on=date(2023, 2, 10),
        data=PenaltyClauseProposePenaltyData(assessed_to=date(2023, 2, 9)),
    )
    penalty = _pulled(transition_penalty_clause, officer, clause, proposal)
    grounds = PenaltyDecisionNotifyGroundsData(notified_on=date(2023, 2, 15), channel=LETTER)
    session = PenaltyDecisionDeliberateData(
        session_on=date(2023, 4, 13), present=[decision.adopted_by.id, *said["members"]]
    )
    for client, act in (
        (officer, PenaltyDecisionTakeUp(trigger="take_up", effective_on=date(2023, 2, 13))),
        (decider, PenaltyDecisionNotifyGrounds(trigger="notify_grounds", data=grounds)),
        (clients["committee_secretary"], PenaltyDecisionDeliberate(trigger="deliberate", data=session)),
        (decider, PenaltyDecisionAdopt(trigger="adopt", effective_on=date(2023, 4, 13))),
    ):
        penalty = _pulled(transition_penalty_decision, client, penalty, act)
    shown = _made(read_penalty_decision.sync_detailed(penalty.id, client=officer))
    sys.stdout.write(json.dumps({"last_day": str(order.last_day), "state": str(shown.state), **shown.fixed.to_dict()}))


def _case() -> CaseBody:
    party = PartyBody(name="Clearview AI Inc.", country="US")
    return CaseBody(reference="SAN-2022-019", regime="fr-cnil", opened_on=date(2022, 6, 2), parties=[party])


def _decision(case: str) -> DecisionBody:
    hearing = HearingBody(
        grounds_notified_on=date(2022, 7, 14),
        window_ended_on=date(2022, 8, 14),
        observations=Observations.NONE_RECEIVED,
        session_on=date(2022, 10, 13),
    )
    order = OrderBody(
        n=1,
        kind=OrderBodyKind.CEASE_COLLECTION,
        addressee=1,
        ground="GDPR art. 58(2)(d)",
        nature=Nature.CONTINUOUS,
        limbs=[LimbBody(n=1, text="Stop collecting and processing without a legal basis")],
        period="P2M",
    )
    clause = ClauseBody(n=1, covers=[1], rate="100000.00", currency="EUR", per="P1D", assess_after="P52D")
    return DecisionBody(
        case=case,
        reference="SAN-2022-019",
        language="fr",
        addressees=[1],
        fine=MoneyBody(amount="20000000.00", currency="EUR"),
        hearing=hearing,
        orders=[order],
        clauses=[clause],
        effective_on=date(2022, 10, 13),
    )


def _service() -> DecisionRecordServiceData:
    return DecisionRecordServiceData(addressee=1, served_on=date(2022, 10, 19), channel=LETTER)


def _pulled(route: Any, client: Any, thing: Any, body: Any) -> Any:
    """The thing after a trigger, pulled with the version it was last seen in."""
    return _made(route.sync_detailed(thing.id, client=client, body=body, if_match=f'"{thing.version}"'))


def _made(answer: Any) -> Any:
    if answer.status_code >= 400:
        sys.exit(answer.content.decode())
    return answer.parsed


main()
