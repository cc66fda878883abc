"""A case as the API shows it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import Field

from workflow.law.money import Money
from workflow.lifecycle.case.guards import what_is_open
from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.vocabulary import (
    CaseState,
    DebtKind,
    DebtState,
    DecisionState,
    FilingKind,
    FilingState,
    Form,
    PartyKind,
    PenaltyDecisionState,
    Trigger,
)
from workflow.use_cases.views.pending import PendingView
from workflow.use_cases.views.shared import AccountRef, MoneyView, SubjectRef, V, View, Viewer, shown
from workflow.use_cases.views.thing import NextAct, OpenTransition, ThingView, show_thing, shows


class PartyView(View):
    """A party of the case. `name` is null once the name of a natural person was erased."""

    n: int
    id: str
    kind: PartyKind
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
    title: str
    version: int
    form: Form
    state: DecisionState


class FilingOfCase(View):
    """A filing of the case in one line."""

    id: str
    n: int
    kind: FilingKind
    version: int
    party: int
    state: FilingState


class DebtOfCase(View):
    """A debt of the case in one line; `outstanding` is what is still to pay."""

    id: str
    n: int
    kind: DebtKind
    addressee: int | None
    version: int
    amount: MoneyView
    outstanding: MoneyView
    state: DebtState


class WaitingAct(View):
    """An act on any thing of the case that waits for a second person."""

    act: int = Field(validation_alias="n")
    subject: SubjectRef
    trigger: Trigger
    proposed_by: AccountRef
    proposed_on: date


class PenaltyDecisionOfCase(View):
    """A penalty decision of the case in one line."""

    id: str
    n: int
    version: int
    state: PenaltyDecisionState


@shows(CaseFacts, unshown="versions requests pending dead_letters acts")
class CaseView(ThingView):
    """A case: who it concerns, what was decided in it, what waits, and what is left to do before it can be closed."""

    reference: str
    title: str
    version: int
    regime: str
    state: CaseState
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
    next_acts: list[NextAct]


def case_view(case: CaseFacts, names: Mapping[str, str], people: Mapping[str, str], viewer: Viewer) -> CaseView:
    """Show a case.

    `names` are those kept beside the journal, by `party/n` and `representative/n`; `people` those of the accounts that
    proposed the waiting acts, by id.
    """

    def of_case(view: type[V], thing: Any, **more: Any) -> V:
        return shown(view, thing, version=case.versions[thing.id], **more)

    return show_thing(
        CaseView,
        case,
        case.subject,
        viewer,
        parties=[shown(PartyView, each, name=each.name or names.get(f"party/{each.n}")) for each in case.parties],
        representatives=[
            shown(RepresentativeView, each, name=names.get(f"representative/{each.n}")) for each in case.representatives
        ],
        decisions=[of_case(DecisionOfCase, each) for each in case.decisions],
        penalty_decisions=[of_case(PenaltyDecisionOfCase, each) for each in case.penalty_decisions],
        filings=[of_case(FilingOfCase, each) for each in case.filings],
        debts=[
            of_case(DebtOfCase, each, outstanding=Money(max(each.outstanding, 0), each.amount.currency))
            for each in case.debts
        ],
        waiting_acts=[
            shown(
                WaitingAct,
                act,
                subject=Subject(act.subject_kind, act.subject),
                proposed_by=AccountRef.of(act.proposed_by, people),
            )
            for act in case.pending
        ],
        left_to_do=what_is_open(case) if viewer.is_inside else [],
    )
