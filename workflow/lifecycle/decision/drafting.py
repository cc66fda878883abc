"""The drafting of a decision: one event for the draft, and one for each order and clause, by number.

A revision is the whole new draft: its orders and clauses are revised where the number stood before, drafted, or
discarded.
"""

from collections.abc import Collection, Iterator, Mapping

from workflow.law.money import Money
from workflow.lifecycle.decision.contents import DraftContent
from workflow.lifecycle.decision.events import OfDecision, drafters
from workflow.lifecycle.facts import CaseFacts, Decision, Hearing, Subject, child_id
from workflow.lifecycle.facts.frozen import copied, replace, updated
from workflow.lifecycle.kernel.events import Event, Payload, event, shared
from workflow.lifecycle.kernel.rules import Situation
from workflow.lifecycle.kernel.tree import with_decision
from workflow.lifecycle.kernel.writing import followed, written
from workflow.lifecycle.order.contents import OrderContent
from workflow.lifecycle.order.drafting import OrderDiscarded, OrderDrafted, OrderRevised
from workflow.lifecycle.penalty_clause.contents import ClauseContent
from workflow.lifecycle.penalty_clause.drafting import ClauseDiscarded, ClauseDrafted, ClauseRevised
from workflow.lifecycle.vocabulary import Audience, DecisionState, Form, Liability, SubjectKind

Drafting = Situation[CaseFacts, DraftContent] | Situation[Decision, DraftContent]
"""A draft that is made, or replaced."""


@shared
class Draft(Payload):
    """What a draft says of the decision itself."""

    reference: str
    language: str
    addressees: tuple[int, ...]
    fine: Money | None = None
    hearing: Hearing | None = None
    form: Form = Form.CORRECTIVE_DECISION


@event("decision.drafted", Audience.INTERNAL)
class DecisionDrafted(Draft):
    """A decision is drafted."""

    n: int

    def fold(self, case: CaseFacts, event: Event) -> CaseFacts:
        """The case with one decision more."""
        made = copied(
            Decision,
            self,
            id=event.subject.id,
            state=DecisionState.DRAFT,
            drafters=(event.actor,),
            acted_on=event.effective_on,
        )
        return with_decision(case, made)


@event("decision.revised", Audience.INTERNAL)
class DecisionRevised(Draft, OfDecision):
    """The draft is another one."""

    def on(self, decision: Decision, event: Event) -> Decision:
        """As drafted now."""
        return updated(decision, self, drafters=drafters(decision, event))


def draft(at: Situation[CaseFacts, DraftContent]) -> list[Event]:
    """`decision.drafted`, then one event for each order and clause of the draft."""
    n = len(at.case.decisions) + 1
    id = child_id(at.case.id, "decision", n)
    drafted = copied(DecisionDrafted, at.content, n=n)
    made = written(at, drafted, subject=Subject(SubjectKind.DECISION, id), parent=at.case.subject)
    return [made, *_orders(at, id, n), *_clauses(at, id, n)]


def revise(at: Situation[Decision, DraftContent]) -> list[Event]:
    """`decision.revised`, then one event for each order and clause that is revised, new or gone."""
    before = at.thing
    made = written(at, copied(DecisionRevised, at.content))
    orders = _orders(at, before.id, before.n, {order.id for order in before.orders})
    clauses = _clauses(at, before.id, before.n, {clause.id for clause in before.clauses})
    return [made, *orders, *clauses]


def _orders(at: Drafting, decision: str, number: int, before: Collection[str] = ()) -> Iterator[Event]:
    now = {
        child_id(at.case.id, "order", f"{number}.{order.n}"): OrderDrafted(decision=decision, order=order)
        for order in at.content.orders
    }
    return _changes(at, SubjectKind.ORDER, before, now, OrderRevised, OrderDiscarded(decision=decision))


def _clauses(at: Drafting, decision: str, number: int, before: Collection[str] = ()) -> Iterator[Event]:
    now = {
        child_id(at.case.id, "penalty_clause", f"{number}.{clause.n}.{addressee or 'all'}"): ClauseDrafted(
            decision=decision, addressee=addressee, clause=replace(clause, covers=covers)
        )
        for clause in at.content.clauses
        for addressee, covers in _debtors(clause, at.content.orders)
    }
    return _changes(at, SubjectKind.PENALTY_CLAUSE, before, now, ClauseRevised, ClauseDiscarded(decision=decision))


def _changes(
    at: Drafting,
    kind: SubjectKind,
    before: Collection[str],
    now: Mapping[str, Payload],
    revised: type[Payload],
    discarded: Payload,
) -> Iterator[Event]:
    for id, drafted in now.items():
        yield followed(at, copied(revised, drafted) if id in before else drafted, Subject(kind, id))
    for id in sorted(set(before) - now.keys()):
        yield followed(at, discarded, Subject(kind, id))


def _debtors(clause: ClauseContent, orders: tuple[OrderContent, ...]) -> list[tuple[int | None, tuple[int, ...]]]:
    """Who owes under a clause, with the orders covered: all together when joint, else each addressee for its own."""
    if clause.liability is Liability.JOINT:
        return [(None, clause.covers)]
    addressee_of = {order.n: order.addressee for order in orders}
    addressees = sorted({addressee_of[n] for n in clause.covers})
    return [(each, tuple(n for n in clause.covers if addressee_of[n] == each)) for each in addressees]
