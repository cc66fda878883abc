"""What the document and the machines say of each trigger is what is read: names, words, types, examples."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.api.conftest import Desk
from workflow.lifecycle.door.contents import CONTENT
from workflow.lifecycle.door.decide import triggers_on
from workflow.lifecycle.vocabulary import SubjectKind, Trigger
from workflow.use_cases.acting.bodies import body_class, read_content
from workflow.use_cases.acting.body_types import read_body
from workflow.use_cases.acting.fields import DataField, example_of, fields_of

POSTED = [
    (kind, trigger)
    for kind in SubjectKind
    for trigger in triggers_on(kind).values()
    if trigger not in (Trigger.OPEN, Trigger.ATTACH)
]
WITH_DATA = [pull for pull in POSTED if pull in CONTENT]


@pytest.fixture(scope="module")
def document(shared_desk: Desk) -> dict[str, Any]:
    document: dict[str, Any] = shared_desk.client.get("/openapi.json").json()
    return document


def _operations(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for operations in document["paths"].values():
        yield from operations.values()


@pytest.mark.parametrize(("kind", "trigger"), POSTED)
def test_each_trigger_stands_in_the_union_of_its_kind(
    document: dict[str, Any], kind: SubjectKind, trigger: Trigger
) -> None:
    schemas = document["components"]["schemas"]
    union = next(
        each["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        for each in _operations(document)
        if each["operationId"] == f"transition_{kind}"
    )
    name = schemas[union]["discriminator"]["mapping"][trigger.value].rpartition("/")[2]
    said = schemas[name]
    assert said["properties"]["trigger"]["const"] == trigger.value
    assert ("data" in said["properties"]) is ((kind, trigger) in CONTENT)
    if (kind, trigger) in CONTENT:
        data = schemas[said["properties"]["data"]["$ref"].rpartition("/")[2]]
        assert list(data["properties"]) == [each.name for each in sorted(fields_of(kind, trigger), key=_place(data))]


def _place(data: dict[str, Any]) -> Any:
    names = list(data["properties"])
    return lambda field: names.index(field.name)


@pytest.mark.parametrize(("kind", "trigger"), WITH_DATA)
def test_the_example_of_a_trigger_is_read(kind: SubjectKind, trigger: Trigger) -> None:
    assert read_content(kind, trigger, example_of(kind, trigger)) is not None


@pytest.mark.parametrize(("kind", "trigger"), WITH_DATA)
def test_each_member_says_what_it_is_and_has_an_example(kind: SubjectKind, trigger: Trigger) -> None:
    for field in _all(fields_of(kind, trigger)):
        assert field.says.endswith("."), field
        assert field.example not in (None, {}, []), field
        assert (field.type == "choice") is (field.choices is not None), field
        assert field.type != "list" or (field.items is None) is (field.fields is not None), field


def _all(fields: list[DataField]) -> Iterator[DataField]:
    for field in fields:
        yield field
        yield from _all(field.fields or [])


@pytest.mark.parametrize(("kind", "trigger"), WITH_DATA)
def test_the_example_of_each_member_is_read(kind: SubjectKind, trigger: Trigger) -> None:
    body, whole = body_class(CONTENT[kind, trigger]), example_of(kind, trigger)
    for field in fields_of(kind, trigger):
        read_body(body, whole | {field.name: field.example})


def test_operation_ids_are_words_and_summaries_are_sentences(document: dict[str, Any]) -> None:
    found = [each["operationId"] for each in _operations(document)]
    assert len(found) == len(set(found))
    for each in _operations(document):
        assert re.fullmatch(r"[a-z]+(_[a-z]+)*", each["operationId"])
        assert len(each["summary"].split()) >= 3, each["summary"]


def test_a_name_and_a_title_are_one(document: dict[str, Any]) -> None:
    for name, schema in document["components"]["schemas"].items():
        assert schema.get("title", name) == name
        assert re.fullmatch(r"[A-Za-z]+", name)


def test_whole_numbers_are_written_whole(document: dict[str, Any]) -> None:
    def numbers(part: Any) -> Iterator[float]:
        if isinstance(part, float):
            yield part
        for each in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
            yield from numbers(each)

    assert [each for each in numbers(document) if each.is_integer()] == []


def test_machines_and_open_transitions_say_what_a_trigger_takes(shared_desk: Desk) -> None:
    rows = shared_desk.client.get("/v1/machines/order").json()["rows"]
    extend = next(row for row in rows if row["trigger"] == "extend")
    assert [(each["name"], each["type"], each["required"]) for each in extend["fields"]] == [
        ("last_day", "date", True),
        ("undoes_accrued", "flag", False),
        ("request", "whole_number", False),
    ]
    assert all(not row["fields"] for row in rows if row["effect_of"])
