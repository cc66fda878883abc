"""The orders of a draft: drafted, revised, discarded with the decision that holds them."""

from workflow.lifecycle.facts import CaseFacts, Order
from workflow.lifecycle.facts.frozen import copied, replace
from workflow.lifecycle.kernel.events import Event, Payload, event, shared
from workflow.lifecycle.kernel.tree import with_decision, with_order
from workflow.lifecycle.order.contents import OrderContent
from workflow.lifecycle.vocabulary import Audience


@shared
class OrderDraft(Payload):
    """What a draft says of an order."""

    decision: str
    order: OrderContent

    def fold(self, case: CaseFacts, event: Event) -> CaseFacts:
        """The case with the order as it is drafted."""
        return with_order(case, case.decision(self.decision), copied(Order, self.order, id=event.subject.id))


@event("order.drafted", Audience.INTERNAL)
class OrderDrafted(OrderDraft):
    """A draft holds an order."""


@event("order.revised", Audience.INTERNAL)
class OrderRevised(OrderDraft):
    """A draft holds an order in other words."""


@event("order.discarded", Audience.INTERNAL)
class OrderDiscarded(Payload):
    """A draft holds an order no more."""

    decision: str

    def fold(self, case: CaseFacts, event: Event) -> CaseFacts:
        """The case without the order."""
        decision = case.decision(self.decision)
        kept = tuple(order for order in decision.orders if order.id != event.subject.id)
        return with_decision(case, replace(decision, orders=kept))
