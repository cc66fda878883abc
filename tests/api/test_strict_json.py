"""Bodies are read strictly: what other readers would guess about is refused with its path, on every route."""

from importlib import import_module
from pkgutil import iter_modules

import pytest
from fastapi.routing import APIRoute

import api.v1
from api.strict_route import StrictRoute
from tests.api.conftest import Desk
from tests.api.refusals import errors_of, nothing_written, problem
from workflow.lifecycle.vocabulary import Role

JSON = {"content-type": "application/json"}


@pytest.mark.parametrize(
    ("body", "path", "said"),
    [
        (b'{"per": "P1D", "per": "P1W"}', "/per", "stands twice in one object; keep one"),
        (b'[{}, {"cap": {"units": 1, "units": 1}}]', "/1/cap/units", "stands twice"),
        (b'{"rate": NaN}', "/", "not JSON: NaN is no number of JSON"),
        (b'{"rate": ' + b"9" * 5000 + b"}", "/", "not JSON: a number of 5000 digits"),
        (b'{"rate": "\xff"}', "/", "not JSON: byte 11 is not UTF-8"),
        (b"{", "/", "not JSON: Expecting property name enclosed in double quotes at line 1, column 2"),
        (b"[" * 50_000, "/", "not JSON: it is nested too deeply"),
    ],
)
def test_a_body_is_read_strictly(shared_desk: Desk, body: bytes, path: str, said: str) -> None:
    answer = shared_desk.client.post("/v1/calculations/penalty", content=body, headers=JSON)
    [error] = problem(answer, 422, "invalid_request")["errors"]
    assert error["path"] == path
    assert error["problem"].startswith(said)


def test_who_asks_comes_before_what_is_in_the_body_and_nothing_is_written(shared_desk: Desk) -> None:
    twice = b'{"reference": "A", "reference": "B"}'
    keyed = JSON | shared_desk.key(Role.CASE_OFFICER)
    with nothing_written(shared_desk):
        problem(shared_desk.client.post("/v1/cases", content=twice, headers=JSON), 401, "not_authenticated")
        answer = shared_desk.client.post("/v1/cases", content=twice, headers=keyed)
        assert "/reference" in errors_of(problem(answer, 422, "invalid_request"))


def test_every_route_with_a_json_body_reads_it_strictly() -> None:
    routers = [import_module(f"api.v1.{module.name}") for module in iter_modules(api.v1.__path__)]
    routes = [route for module in routers if hasattr(module, "router") for route in module.router.routes]
    with_body = [route for route in routes if isinstance(route, APIRoute) and route.body_field]
    assert len(with_body) > 10
    assert [route.path for route in with_body if not isinstance(route, StrictRoute)] == []
