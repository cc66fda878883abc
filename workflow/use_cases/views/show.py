"""Any thing of a case as the API shows it."""

from sqlalchemy import Connection

from workflow.lifecycle.door.kinds import find
from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.filing.filing import FilingReceived, FilingReplied
from workflow.lifecycle.filing.requests import FilingRefused
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.vocabulary import SubjectKind
from workflow.store.cases import names_in, texts_of, words_of_acts
from workflow.store.missing import NotFound
from workflow.store.statements import statement_of
from workflow.use_cases.accounts.keys import account_names
from workflow.use_cases.accounts.visible import visible
from workflow.use_cases.acting.attachments import attached_to
from workflow.use_cases.views.access_request import AccessRequestView, access_request_view
from workflow.use_cases.views.case import CaseView, case_view
from workflow.use_cases.views.debt import DebtView, debt_view
from workflow.use_cases.views.decision import DecisionView, decision_view
from workflow.use_cases.views.filing import FilingView, filing_view
from workflow.use_cases.views.order import OrderView, order_view
from workflow.use_cases.views.penalty import ClauseView, clause_view
from workflow.use_cases.views.penalty_decision import PenaltyDecisionView, penalty_decision_view, people_in
from workflow.use_cases.views.pending import pending_views
from workflow.use_cases.views.shared import Viewer

Shown = (
    CaseView | DecisionView | OrderView | ClauseView | PenaltyDecisionView | DebtView | FilingView | AccessRequestView
)

_ANSWERS = (FilingReplied.type, FilingRefused.type)


def show(connection: Connection, case: CaseFacts, subject: Subject, viewer: Viewer) -> Shown:
    """Show one thing of a case, as far as this viewer may see it; NotFound when it is not there for them."""
    seen = visible(connection, case, viewer.actor)
    if find(seen, subject) is None:
        raise NotFound(subject.kind, subject.id)
    view = _show(connection, seen, subject, viewer)
    waiting = pending_views(connection, seen, subject)
    return view.model_copy(update={"pending_acts": waiting}) if waiting else view


def _show(connection: Connection, case: CaseFacts, subject: Subject, viewer: Viewer) -> Shown:
    match subject.kind:
        case SubjectKind.CASE:
            people = account_names(connection, [act.proposed_by for act in case.pending])
            return case_view(case, names_in(connection, case.id), people, viewer)
        case SubjectKind.DECISION:
            decision = case.decision(subject.id)
            adopter = account_names(connection, [decision.adopted_by] if decision.adopted_by else [])
            return decision_view(case, decision, adopter, viewer)
        case SubjectKind.ORDER:
            decision, order = case.order(subject.id)
            return order_view(case, decision, order, words_of_acts(connection, case.id, order.id), viewer)
        case SubjectKind.PENALTY_CLAUSE:
            return clause_view(case, *case.clause(subject.id), viewer)
        case SubjectKind.FILING:
            filing = next(each for each in case.filings if each.id == subject.id)
            texts = texts_of(connection, case.id, filing.id, FilingReceived.type)
            names = {sha256: each.name for sha256, each in attached_to(connection, case.id, filing.id).items()}
            answers = texts_of(connection, case.id, filing.id, *_ANSWERS, until=viewer.known_at)
            return filing_view(
                case, filing, texts, answers, names, words_of_acts(connection, case.id, filing.id), viewer
            )
        case SubjectKind.ACCESS_REQUEST:
            request = next(each for each in case.requests if each.id == subject.id)
            return access_request_view(case, request, viewer)
        case SubjectKind.PENALTY_DECISION:
            penalty = next(each for each in case.penalty_decisions if each.id == subject.id)
            told = viewer.is_inside or penalty.adopted_on is not None
            statement = statement_of(connection, case, penalty.id, viewer.known_at)
            members = account_names(connection, people_in(penalty))
            return penalty_decision_view(case, penalty, statement if told else None, members, viewer)
        case SubjectKind.DEBT:
            return debt_view(case, case.debt(subject.id), viewer)
        case _:
            raise NotFound(subject.kind, subject.id)
