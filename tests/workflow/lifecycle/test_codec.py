"""Facts and contents survive the way to JSON text and back, whatever they hold."""

import json
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.register import served
from workflow.law.money import Money
from workflow.lifecycle import facts
from workflow.lifecycle.door import contents
from workflow.lifecycle.kernel.codec import structure, unstructure
from workflow.lifecycle.vocabulary import CaseState

MONEY = st.builds(Money, st.integers(0, 2**63 - 1), st.sampled_from(["EUR", "USD", "SEK"]))
st.register_type_strategy(Money, MONEY)
JSON = st.dictionaries(st.text(max_size=5), st.text(max_size=5) | st.integers() | st.booleans() | st.none(), max_size=3)
st.register_type_strategy(facts.PendingAct, st.builds(facts.PendingAct, content=JSON))
st.register_type_strategy(facts.PenaltyDecision, st.builds(facts.PenaltyDecision, relied_on=JSON))
st.register_type_strategy(date, st.dates(date(1950, 1, 1), date(2150, 1, 1)))

FACTS = [each for each in vars(facts).values() if isinstance(each, type) and is_dataclass(each)]
CONTENTS = sorted(set(contents.CONTENT.values()), key=lambda type_: type_.__name__)

for _type in FACTS + CONTENTS:
    if _type.__subclasses__():  # a value of the type itself, and not of one that says more
        st.register_type_strategy(_type, st.builds(_type))


@pytest.mark.parametrize("type_", FACTS + CONTENTS, ids=lambda type_: type_.__name__)
@given(data=st.data())
@settings(max_examples=25)
def test_what_goes_to_json_comes_back_the_same(type_: type[Any], data: st.DataObject) -> None:
    value = data.draw(st.from_type(type_))
    text = json.dumps(unstructure(value))
    assert structure(type_, json.loads(text)) == value
    assert "." not in text or not _floats(json.loads(text))


def _floats(found: Any) -> bool:
    if isinstance(found, Mapping):
        return any(map(_floats, found.values()))
    if isinstance(found, list):
        return any(map(_floats, found))
    return isinstance(found, float)


@pytest.mark.parametrize("type_", FACTS, ids=lambda type_: type_.__name__)
@given(data=st.data())
@settings(max_examples=5)
def test_a_member_at_its_default_is_left_out(type_: type[Any], data: st.DataObject) -> None:
    value = data.draw(st.from_type(type_))
    json_ = unstructure(value)
    for each in fields(type_):
        default = each.default_factory() if each.default_factory is not MISSING else each.default
        assert (each.name.rstrip("_") in json_) is (getattr(value, each.name) != default), each.name


def test_a_case_that_was_lived_comes_back_the_same() -> None:
    register = served().on("2023-02-10")
    register.sweep()
    text = json.dumps(unstructure(register.case))
    assert structure(facts.CaseFacts, json.loads(text)) == register.case
    assert '"from": "2022-12-20"' in text


def test_an_unknown_member_or_word_is_an_error() -> None:
    with pytest.raises(KeyError):
        structure(facts.Limb, {"n": 1, "text": "x", "met": None})
    case = unstructure(served().case) | {"state": "opened"}
    with pytest.raises(KeyError):
        structure(facts.CaseFacts, case)
    assert structure(facts.CaseFacts, case | {"state": "open"}).state is CaseState.OPEN
