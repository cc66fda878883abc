"""Every trigger of every machine, posted with data that its published schema generates."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings

from tests.api.conftest import Desk
from tests.api.every_state import World
from tests.api.test_openapi import CHECKS
from workflow.lifecycle.vocabulary import Role
from workflow.use_cases.accounts.keys import CONSOLE, NewKey, create_key

pytestmark = pytest.mark.long

EXAMPLES = 6
STAFF = frozenset(Role) - {Role.SCHEDULER, Role.COUNSEL}


@pytest.fixture(scope="module")
def world(shared_desk: Desk) -> Desk:
    World(shared_desk).build()
    return shared_desk


def variants(document: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    """The path, the trigger and the reference of each schema that may be posted to a thing."""
    schemas = document["components"]["schemas"]
    for path, operations in document["paths"].items():
        if path.endswith("/{id}/transitions"):
            (said,) = operations["post"]["requestBody"]["content"].values()
            union = schemas[said["schema"]["$ref"].rpartition("/")[2]]
            for trigger, reference in union["discriminator"]["mapping"].items():
                yield path, trigger, reference


def alone(document: dict[str, Any], path: str, reference: str) -> Any:
    """The operation as if this schema were the only one that may be posted."""
    post = document["paths"][path]["post"]
    body = {"required": True, "content": {"application/json": {"schema": {"$ref": reference}}}}
    cut = {**document, "paths": {path: {"post": {**post, "requestBody": body}}}}
    return schemathesis.openapi.from_dict(cut)[path]["POST"]


@dataclass
class Poster:
    """Posts generated bodies as somebody with every role of staff, and as the scheduler; counts the answers."""

    desk: Desk
    staff: dict[str, str]
    outcomes: Counter[tuple[str, str, int]] = field(default_factory=Counter)

    def read(self, path: str) -> dict[str, Any]:
        """The thing, or the list, at a path."""
        answer = self.desk.client.get(path, headers=self.staff)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def thing(self, path: str, trigger: str) -> str:
        """The id of a thing that the trigger is open on, else of the first of its kind."""
        kind = path.removesuffix("/{id}/transitions")
        ids = [line["id"] for line in self.read(f"{kind}?limit=500")["items"]]
        for id in ids:
            offered = self.read(f"{kind}/{id}")["open_transitions"]
            if any(each["trigger"] == trigger and each["open"] for each in offered):
                return str(id)
        return str(ids[0])

    def post(self, case: Any, path: str, trigger: str, id: str) -> None:
        """Post one body as both, with the version as it now is, and hold the answers against the document."""
        version = self.read(path.replace("{id}/transitions", id))["version"]
        case.path_parameters = {"id": id}
        for given_version, key in (
            ({"If-Match": f'"{version}"'}, self.staff),
            ({}, self.desk.key(Role.SCHEDULER)),
        ):
            case.headers = given_version
            answer = case.call(app=self.desk.client.app, headers=key)
            case.validate_response(answer, checks=CHECKS)
            self.outcomes[path, trigger, answer.status_code] += 1


def each_of(generated: Any, post: Callable[[Any], None]) -> None:
    """Post the example of the schema and some that it generates."""

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(generated)
    def ask(case: Any) -> None:
        post(case)

    ask()


def test_every_trigger_is_answered_within_its_schema_whatever_its_data(world: Desk) -> None:
    document: dict[str, Any] = world.client.get("/openapi.json").json()
    key = world.writer.run(create_key, NewKey("everybody", STAFF), CONSOLE).key
    poster = Poster(world, {"Authorization": f"Bearer {key}"})
    for path, trigger, reference in variants(document):
        post = partial(poster.post, path=path, trigger=trigger, id=poster.thing(path, trigger))
        each_of(alone(document, path, reference).as_strategy(), post)

    posted = {(path, trigger) for path, trigger, _ in variants(document)}
    taken = {(path, trigger) for path, trigger, status in poster.outcomes if status < 300}
    assert posted == {(path, trigger) for path, trigger, _ in poster.outcomes}
    assert len(taken) > len(posted) / 3, "too few of them were open on anything"
