"""The outgoing messages in the OpenAPI document, from the models that docs/webhooks.md is written from."""

from typing import Any

from workflow.use_cases.webhooks.examples import example
from workflow.use_cases.webhooks.models import message_models, schema_of

_COMPONENT = "#/components/schemas/{model}"
_HEADERS = {
    "webhook-id": "The id of the message, alike in every attempt: a message that was seen before can be dropped.",
    "webhook-timestamp": "When this attempt was signed, in seconds since 1970.",
    "webhook-signature": "`v1,` and a signature by Standard Webhooks; several, separated by spaces, during a rotation.",
}
_ANSWERS = {
    "2XX": "Taken. Anything else but 410 is tried again.",
    "410": "Gone for good: the endpoint is disabled and nothing more is sent.",
}


def webhooks(schemas: dict[str, Any]) -> dict[str, Any]:
    """Every message as a webhook; what they are made of is added to `schemas`."""
    found = {}
    for type_ in message_models():
        schema = schema_of(type_, _COMPONENT)
        for name, part in schema.pop("$defs", {}).items():
            schemas.setdefault(name, part)
        found[type_] = {"post": _operation(type_, schema)}
    return found


def _operation(type_: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {
        "summary": type_,
        "tags": ["webhooks"],
        "parameters": [
            {"name": name, "in": "header", "required": True, "description": says, "schema": {"type": "string"}}
            for name, says in _HEADERS.items()
        ],
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": schema, "example": example(type_)}},
        },
        "responses": {status: {"description": says} for status, says in _ANSWERS.items()},
    }
