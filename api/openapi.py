"""The OpenAPI description: every answer that is no success is a problem."""

import re
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api.openapi_calculators import CALCULATIONS, describe_calculation
from api.openapi_transitions import tidy, transitions
from api.openapi_webhooks import webhooks
from api.problems import DESCRIBED, Problem
from api.v1.transitions import TransitionBody, operation_of
from workflow.lifecycle.vocabulary import SubjectKind
from workflow.use_cases.counsel.file import FilingBody

_ALWAYS = {"500": "Something broke here."}
_KEYED = {
    "401": "No key, or one that is unknown or revoked.",
    "403": "Your role may not do this.",
    "503": "The database is busy or away: try again.",
}
_NAMED = {"case", "endpoint"}
"""What a query may name that is not there."""

_FOUND = {"404": "There is no such thing."}
_READ = {"422": "The request cannot be read."}
_WRITTEN = {"413": "The body is too large."}
_MOVED = {
    "409": "Not from this state, or a condition is not met.",
    "412": "Someone was faster.",
    "428": "Say which version you read.",
}


_FILE: dict[str, Any] = {"type": "string", "format": "binary", "description": "The file itself."}


def describe(app: FastAPI) -> None:
    """Give the app an OpenAPI document that names its problems."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _document(app: FastAPI) -> dict[str, Any]:
    document = get_openapi(title=app.title, version=app.version, routes=app.routes, description=app.__doc__)
    document["info"]["description"] = "Compliance orders: deadlines, daily penalties, decisions, word to counsel."
    schemas = document["components"]["schemas"]
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    for model in (Problem, FilingBody):
        schema = model.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas.update(schema.pop("$defs"))
        schemas[model.__name__] = schema
    pulling = {operation_of(kind): kind for kind in SubjectKind}
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            _add_problems(operation, path, method)
            operation["summary"] = _first_sentence(operation.get("description", operation["summary"]))
            if operation["operationId"] in CALCULATIONS:
                describe_calculation(schemas, operation)
            if operation["operationId"] in pulling:
                body = transitions(schemas, pulling[operation["operationId"]])
                operation["requestBody"]["content"]["application/json"]["schema"] = body
    del schemas[TransitionBody.__name__]
    document["webhooks"] = webhooks(schemas)
    _name_by_title(document)
    tidied: dict[str, Any] = tidy(document)
    return tidied


def _name_by_title(document: dict[str, Any]) -> None:
    """Name the schema of a page by its title, and say of an answer without a schema that it is a file.

    The framework names a generic model after how it is written.
    """
    schemas = document["components"]["schemas"]
    renamed = {name: schemas[name]["title"] for name in schemas if name.startswith("Page_")}
    for name, title in renamed.items():
        schemas[title] = schemas.pop(name)
    for operations in document["paths"].values():
        for operation in operations.values():
            for answer in operation["responses"].values():
                for content in answer.get("content", {}).values():
                    name = content.setdefault("schema", _FILE).get("$ref", "").rpartition("/")[2]
                    if name in renamed:
                        content["schema"] = {"$ref": f"#/components/schemas/{renamed[name]}"}


def _first_sentence(text: str) -> str:
    return re.split(r"[.:]\s", text, maxsplit=1)[0].rstrip(".").replace("\n", " ")


def _names_a_thing(operation: dict[str, Any]) -> bool:
    return any(each["name"] in _NAMED for each in operation.get("parameters", ()) if each["in"] == "query")


def _add_problems(operation: dict[str, Any], path: str, method: str) -> None:
    problems = dict(_ALWAYS)
    if "security" in operation:
        problems |= _KEYED
    if "{" in path or ("security" in operation and (method == "post" or _names_a_thing(operation))):
        problems |= _FOUND
    if "requestBody" in operation or operation.get("parameters"):
        problems |= _READ
    if method == "post":
        problems |= _WRITTEN
    if method in ("post", "delete") and "security" in operation:
        problems |= _MOVED
    operation["responses"].pop("422", None)
    for status, description in problems.items():
        operation["responses"].setdefault(status, {"description": description, "content": DESCRIBED})
