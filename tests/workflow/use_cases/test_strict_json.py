"""JSON read strictly: what another reader would guess about is refused, with its place."""

import time

import pytest

from workflow.law.invalid import InvalidRequest
from workflow.use_cases.acting.strict_json import NotJSON, read_json


@pytest.mark.parametrize("text", ['{"a": [1, 2.5, null, true, "é"]}', '\ufeff{"a": 1}', "3", '"\\ud800"', "1e400"])
def test_what_is_json_is_read(text: str) -> None:
    assert read_json(text.encode()) is not None


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b" ", "it is empty"),
        (b"[1,,]", "Expecting value at line 1, column 4"),
        (b"{", "Expecting property name"),
        (b'{"a": 1,}', "column"),
        (b'{"a": NaN}', "NaN is no number of JSON"),
        (b"[-Infinity]", "-Infinity is no number"),
        (b'{"a": "\xe9"}', "byte 8 is not UTF-8"),
        ('{"a": 1}'.encode("utf-16"), "byte 1 is not UTF-8"),
        (b"[" + b"9" * 5000 + b"]", "a number of 5000 digits"),
        (b"[" * 100_000, "nested too deeply"),
        (b"\x00\x00", "Expecting value"),
        (b"1 2", "Extra data"),
    ],
)
def test_what_is_no_json_is_said_in_a_sentence(raw: bytes, said: str) -> None:
    with pytest.raises(NotJSON, match=said):
        read_json(raw)


@pytest.mark.parametrize(
    "text",
    [
        "[" + ",".join(['{"a": 1, "a": 1}'] * 50_000) + "]",
        '{"' + "a" * 1_000_000 + '": {"b": 1, "b": 1, ' + ",".join(f'"{n}": [{{}}]' for n in range(50_000)) + "}}",
    ],
    ids=["many objects", "a long path"],
)
def test_what_stands_twice_is_found_in_one_pass_and_a_few_are_named(text: str) -> None:
    began = time.process_time()
    with pytest.raises(InvalidRequest) as refused:
        read_json(text.encode())
    assert time.process_time() - began < 5
    assert len(refused.value.errors) <= 20


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ('{"per": "P1D", "per": "P1D"}', ["/per"]),
        ('[{"a": 1}, {"b": {"c": 1, "c": 1, "c": 2}}]', ["/1/b/c"]),
        ('{"a/b~c": 1, "a/b~c": 2}', ["/a~1b~0c"]),
        ('{"a": {"x": 1, "x": 2}, "a": {}}', ["/a"]),
        ('{"a": {"x": 1, "x": 2}, "b": [{"y": 1, "y": 1}]}', ["/a/x", "/b/0/y"]),
    ],
)
def test_a_member_that_stands_twice_is_named_by_its_path(text: str, paths: list[str]) -> None:
    with pytest.raises(InvalidRequest) as refused:
        read_json(text.encode())
    assert [error.path for error in refused.value.errors] == paths
