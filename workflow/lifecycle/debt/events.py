"""What every event of a debt does: it changes the debt it is about."""

from workflow.lifecycle.facts import CaseFacts, Debt
from workflow.lifecycle.facts.frozen import frozen, replace
from workflow.lifecycle.kernel.events import Event
from workflow.lifecycle.kernel.rules import Act, Situation
from workflow.lifecycle.kernel.tree import Of, with_debt
from workflow.lifecycle.kernel.writing import written
from workflow.lifecycle.vocabulary import DebtState


class Dealing(Of[Debt]):
    """Something agreed, secured, suspended or given up about a debt: later dealings are not dated before it."""

    __slots__ = ()

    def fold(self, case: CaseFacts, event: Event) -> CaseFacts:
        """The case with the debt as it then is, and the day of this."""
        debt = self.on(case.debt(event.subject.id), event)
        return with_debt(case, replace(debt, acted_on=event.effective_on))


@frozen(kw_only=True)
class StateChange(Dealing):
    """A dealing that changes the state of the debt and nothing else."""

    state: DebtState

    def on(self, debt: Debt, event: Event) -> Debt:
        """In its new state."""
        return replace(debt, state=self.state)


def changes_state(said: type[StateChange]) -> Act:
    """The act that says this of a debt."""

    def act(at: Situation[Debt, None]) -> list[Event]:
        return [written(at, said(state=at.target))]

    return act
