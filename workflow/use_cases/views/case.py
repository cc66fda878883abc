"""A case as the API shows it."""

from collections.abc import Mapping
from datetime import date

from workflow.law.money import Money
from workflow.lifecycle.case.guards import what_is_open
from workflow.lifecycle.facts import CaseFacts
from workflow.use_cases.views.shared import (
    MoneyView,
    OpenTransition,
    PendingView,
    SubjectRef,
    View,
    Viewer,
    open_transitions,
    pending_acts,
)


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


class DecisionOfCase(View):
    """A decision of the case in one line."""

    id: str
    reference: str
    form: str
    state: str


class FilingOfCase(View):
    """A filing of the case in one line."""

    id: str
    n: int
    kind: str
    party: int
    state: str


class DebtOfCase(View):
    """A debt of the case in one line; `outstanding` is what is still to pay."""

    id: str
    n: int
    kind: str
    addressee: int | None
    amount: MoneyView
    outstanding: MoneyView
    state: str


class WaitingAct(View):
    """An act on any thing of the case that waits for a second person."""

    act: int
    subject: SubjectRef
    trigger: str
    proposed_by: str
    proposed_on: date


class PenaltyDecisionOfCase(View):
    """A penalty decision of the case in one line."""

    id: str
    n: int
    state: str


class CaseView(View):
    """A case: who it concerns, what was decided in it, what waits, and what is left to do before it can be closed."""

    id: str
    reference: str
    version: int
    regime: str
    state: str
    opened_on: date
    closed_on: date | None
    parties: list[PartyView]
    representatives: list[RepresentativeView]
    decisions: list[DecisionOfCase]
    penalty_decisions: list[PenaltyDecisionOfCase]
    filings: list[FilingOfCase]
    debts: list[DebtOfCase]
    waiting_acts: list[WaitingAct]
    left_to_do: list[str]
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
        closed_on=case.closed_on,
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
            DecisionOfCase(id=each.id, reference=each.reference, form=each.form.value, state=each.state.value)
            for each in case.decisions
        ],
        penalty_decisions=[
            PenaltyDecisionOfCase(id=each.id, n=each.n, state=each.state.value) for each in case.penalty_decisions
        ],
        filings=[
            FilingOfCase(id=each.id, n=each.n, kind=each.kind.value, party=each.party, state=each.state.value)
            for each in case.filings
        ],
        debts=[
            DebtOfCase(
                id=each.id,
                n=each.n,
                kind=each.kind.value,
                addressee=each.addressee,
                amount=MoneyView.of(each.amount),
                outstanding=MoneyView.of(Money(max(each.outstanding, 0), each.amount.currency)),
                state=each.state.value,
            )
            for each in case.debts
        ],
        waiting_acts=[
            WaitingAct(
                act=act.n,
                subject=SubjectRef(kind=act.subject_kind.value, id=act.subject),
                trigger=act.trigger.value,
                proposed_by=act.proposed_by,
                proposed_on=act.proposed_on,
            )
            for act in case.pending
        ],
        left_to_do=list(what_is_open(case)) if viewer.is_inside else [],
        pending_acts=pending_acts(case, case.subject),
        open_transitions=open_transitions(case, case.subject, viewer),
    )
