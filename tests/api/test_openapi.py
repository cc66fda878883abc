"""The OpenAPI document is true: it is valid, and generated requests find no answer that it does not describe."""

from collections import Counter
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from jsonschema_rs import meta
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.api.conftest import Desk
from workflow.lifecycle.vocabulary import Role

CHECKS: list[Any] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


@pytest.fixture(scope="module")
def document(shared_desk: Desk) -> dict[str, Any]:
    document: dict[str, Any] = shared_desk.client.get("/openapi.json").json()
    return document


def test_the_document_is_openapi_3_1_and_its_schemas_are_schemas(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    for name, schema in document["components"]["schemas"].items():
        assert meta.is_valid({**schema, "$schema": "https://json-schema.org/draft/2020-12/schema"}), name


def test_every_reference_of_the_document_leads_somewhere(document: dict[str, Any]) -> None:
    def references(part: Any) -> set[str]:
        if isinstance(part, list):
            return set().union(*map(references, part))
        if not isinstance(part, dict):
            return set()
        own = {part["$ref"]} if isinstance(part.get("$ref"), str) else set()
        return own.union(*map(references, part.values()))

    known = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert references(document) <= known


def test_no_two_schemas_of_the_document_have_one_name(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    # FastAPI puts the module before the names of two models that are called alike.
    assert [name for name in schemas if "__" in name] == []
    titles = Counter(schema["title"] for schema in schemas.values() if "title" in schema)
    assert [title for title, count in titles.items() if count > 1] == []


def test_every_error_is_described_as_a_problem(document: dict[str, Any]) -> None:
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    keyed = {"401", "403", "500", "503"}
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            errors = {status: each for status, each in operation["responses"].items() if int(status) >= 400}
            assert keyed <= set(errors) or "security" not in operation, (method, path)
            assert all(each["content"] == problem for each in errors.values()), (method, path)


@pytest.mark.long
def test_generated_requests_find_nothing_undescribed(shared_desk: Desk) -> None:
    decision = shared_desk.serve()
    shared_desk.clock.jump("2023-02-10")
    shared_desk.sweep()
    shared_desk.client.app.openapi_schema = None  # type: ignore[attr-defined]
    schema = schemathesis.openapi.from_asgi("/openapi.json", shared_desk.client.app)
    keys = [shared_desk.key((Role.CASE_OFFICER, Role.HEAD_OF_ENFORCEMENT)), shared_desk.key(Role.SCHEDULER)]
    things = {"case": decision["case"]["id"], "id": decision["orders"][0]["id"]}

    for operation in schema.get_all_operations():
        assert isinstance(operation, Ok)
        found = operation.ok()

        @settings(
            max_examples=5,
            derandomize=True,
            database=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        def ask(case: Any) -> None:
            for headers in keys:
                case.call_and_validate(headers=headers, checks=CHECKS)
            if case.path_parameters:
                case.path_parameters = dict.fromkeys(case.path_parameters, things["id"])
                case.call_and_validate(headers=keys[0], checks=CHECKS)

        given(case=found.as_strategy())(ask)()
