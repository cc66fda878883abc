"""What every event of an order does: it changes the order it is about, in its place in the case."""

from abc import abstractmethod

from workflow.lifecycle.facts import CaseFacts, Order
from workflow.lifecycle.kernel.events import Event, Payload
from workflow.lifecycle.kernel.tree import with_order


class OfOrder(Payload):
    """An event of an order."""

    __slots__ = ()

    @abstractmethod
    def on(self, order: Order, event: Event) -> Order:
        """The order after it."""

    def fold(self, case: CaseFacts, event: Event) -> CaseFacts:
        """The case with the order as it then is."""
        decision, order = case.order(event.subject.id)
        return with_order(case, decision, self.on(order, event))
