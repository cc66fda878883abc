"""The endpoints of a case and the messages sent to them, as staff see them: never a secret."""

from datetime import datetime

from sqlalchemy import Connection, select

from workflow.lifecycle.facts import CaseFacts
from workflow.store.tables.outbox import endpoints, messages
from workflow.use_cases.views.shared import View


class EndpointView(View):
    """An endpoint; `last_sequence` is the number of its last message."""

    id: str
    case: str
    party: int
    url: str
    active: bool
    last_sequence: int
    created_at: datetime


class EndpointPage(View):
    """The endpoints of a case."""

    items: list[EndpointView]


class DeliveryView(View):
    """A message to an endpoint and what became of it."""

    id: str
    endpoint: str
    event: str
    sequence: int
    type: str
    state: str
    attempts: int
    next_attempt_at: datetime


class DeliveryPage(View):
    """The messages of a case, by endpoint and sequence."""

    items: list[DeliveryView]


def list_endpoints(connection: Connection, case: CaseFacts) -> EndpointPage:
    """The endpoints of a case, oldest first."""
    query = select(endpoints).where(endpoints.c.case == case.id).order_by(endpoints.c.created_at, endpoints.c.id)
    rows = connection.execute(query).mappings()
    return EndpointPage(items=[EndpointView.model_validate(dict(row)) for row in rows])


def list_deliveries(connection: Connection, case: CaseFacts) -> DeliveryPage:
    """The messages of a case."""
    query = select(messages).where(messages.c.case == case.id).order_by(messages.c.endpoint, messages.c.sequence)
    rows = connection.execute(query).mappings()
    return DeliveryPage(items=[DeliveryView.model_validate(dict(row)) for row in rows])
