"""What is asked of webhook endpoints, and what is answered beside what they are."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StrictInt

from workflow.use_cases.acting.body_types import Body, Name, Number, OneLine
from workflow.use_cases.views.shared import View
from workflow.use_cases.webhooks.endpoint_list import EndpointView
from workflow.use_cases.webhooks.models import known_types

LONGEST_OVERLAP_HOURS = 7 * 24


class EndpointBody(Body):
    """Where to tell counsel of what concerns party number `party` of a case; `types` are all when left out."""

    case: Name
    party: Number
    url: Annotated[str, Field(min_length=1, max_length=2000)]
    types: Annotated[tuple[Name, ...], Field(min_length=1, max_length=100), AfterValidator(known_types)] | None = None


class RotateBody(Body):
    """For how many hours the secret before signs beside the new one; 0 for one that became known."""

    keep_old_hours: Annotated[StrictInt, Field(ge=0, le=LONGEST_OVERLAP_HOURS)]


class ReplayBody(Body):
    """Messages from sequence `first` to `last`, both included: `first` alone for all since, both alike for one."""

    first: Number
    last: Number | None = None


class EndpointQuery(BaseModel):
    """The case of the endpoints; counsel may leave it out. Any other name is an error."""

    model_config = ConfigDict(extra="forbid")

    case: OneLine | None = None
    limit: Annotated[int, Field(ge=1, le=500)] = 100
    cursor: Annotated[OneLine | None, Field(description="`next` of the page before, under the same filters.")] = None
    sort: Literal["created_at", "-created_at", "party", "-party", "state", "-state"] = "created_at"


class MadeEndpointView(EndpointView):
    """An endpoint with a new secret, which verifies its messages and is shown this once.

    Asked again under the same `Idempotency-Key` it is shown again while nothing was done with the endpoint since; once
    it has answered its ping, or was changed, `secret` is null: rotate it if the first answer was lost.
    """

    secret: str | None


class PingView(View):
    """A ping that is on its way: the message's id, under which /v1/deliveries tells what became of it."""

    message: str


class ReplayView(View):
    """How many messages are sent again, up to which sequence; `more` of the span are left for another request."""

    count: int
    through: int | None
    more: bool
