"""Every event there is, by its type as it goes over the wire.

The modules named here declare those that no machine of a thing writes; the others come with the kinds.
"""

from collections.abc import Mapping

from workflow.lifecycle.case import dead_letters as dead_letters
from workflow.lifecycle.door import four_eyes as four_eyes
from workflow.lifecycle.door import kinds as kinds
from workflow.lifecycle.kernel import authority as authority
from workflow.lifecycle.kernel.events import EVENTS as _EVENTS
from workflow.lifecycle.kernel.events import Payload
from workflow.lifecycle.vocabulary import Audience

EVENTS: Mapping[str, type[Payload]] = dict(sorted(_EVENTS.items()))

SERVED: Mapping[str, type[Payload]] = {
    type_: each for type_, each in EVENTS.items() if each.audience is Audience.SERVED
}
"""Those that counsel is told of."""
