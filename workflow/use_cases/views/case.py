"""A case as the API shows it."""

from collections.abc import Mapping
from datetime import date

from workflow.lifecycle.events import Subject
from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.vocabulary import SubjectKind
from workflow.use_cases.views.shared import OpenTransition, PendingView, View, Viewer, open_transitions, pending_acts


class PartyView(View):
    """A party of the case. `name` is null once the name of a natural person was erased."""

    n: int
    id: str
    kind: str
    name: str | None
    country: str | None


class RepresentativeView(View):
    """Somebody who acts for a party."""

    n: int
    id: str
    party: int
    name: str | None
    role: str


class DecisionLine(View):
    """A decision of the case in one line."""

    id: str
    reference: str
    state: str


class PenaltyDecisionLine(View):
    """A penalty decision of the case in one line."""

    id: str
    n: int
    state: str


class CaseView(View):
    """A case: who it concerns and what was decided in it."""

    id: str
    reference: str
    version: int
    regime: str
    state: str
    opened_on: date
    parties: list[PartyView]
    representatives: list[RepresentativeView]
    decisions: list[DecisionLine]
    penalty_decisions: list[PenaltyDecisionLine]
    pending_acts: list[PendingView]
    open_transitions: list[OpenTransition]


def case_view(case: CaseFacts, names: Mapping[str, str], viewer: Viewer) -> CaseView:
    """Show a case; `names` are those kept beside the journal, by `party/n` and `representative/n`."""
    return CaseView(
        id=case.id,
        reference=case.reference,
        version=case.versions[case.id],
        regime=case.regime,
        state=case.state.value,
        opened_on=case.opened_on,
        parties=[
            PartyView(
                n=party.n,
                id=party.id,
                kind=party.kind.value,
                name=party.name or names.get(f"party/{party.n}"),
                country=party.country,
            )
            for party in case.parties
        ],
        representatives=[
            RepresentativeView(
                n=each.n, id=each.id, party=each.party, name=names.get(f"representative/{each.n}"), role=each.role
            )
            for each in case.representatives
        ],
        decisions=[
            DecisionLine(id=each.id, reference=each.reference, state=each.state.value) for each in case.decisions
        ],
        penalty_decisions=[
            PenaltyDecisionLine(id=each.id, n=each.n, state=each.state.value) for each in case.penalty_decisions
        ],
        pending_acts=pending_acts(case, Subject(SubjectKind.CASE, case.id)),
        open_transitions=open_transitions(case, Subject(SubjectKind.CASE, case.id), viewer),
    )
