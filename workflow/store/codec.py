"""The facts of a case as the text in its head, and back.

A head is read and written with every act, so this is the short way: msgspec writes and builds the dataclasses as they
are, from their type hints. It is nobody's contract: a head can be folded again from the journal at any time. The JSON
that the world sees is `workflow.lifecycle.kernel.codec`'s.
"""

from msgspec.json import Decoder, Encoder

from workflow.lifecycle.facts import CaseFacts
from workflow.store.requests import without_requests

NO_FACTS = "{}"
"""What stands in the head of a stream that is no case's."""

_ENCODER = Encoder(order="deterministic")
_DECODER = Decoder(CaseFacts)


def dump(facts: CaseFacts) -> str:
    """Write facts as text; equal facts give equal text, whatever order the versions were counted in."""
    return _ENCODER.encode(without_requests(facts)).decode()


def load(text: str) -> CaseFacts:
    """Build facts from what `dump` wrote. A member added since, with a default, takes its default."""
    return _DECODER.decode(text)
