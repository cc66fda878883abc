"""Facts survive the head: any facts the types allow come back equal."""

import json
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.register import served
from workflow.law.money import Money
from workflow.lifecycle.facts import CaseFacts, Clause, Order, PenaltyDecision
from workflow.store.codec import dump, load

MONEY = st.builds(Money, st.integers(0, 2**53), st.sampled_from(["EUR", "NOK", "JPY"]))
st.register_type_strategy(Money, MONEY)
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
st.register_type_strategy(str, TEXT)
st.register_type_strategy(int, st.integers(-(2**53), 2**53))
st.register_type_strategy(Order, st.builds(Order, requests=st.dictionaries(TEXT, st.integers(0, 9), max_size=3)))
RESTED_ON = st.dictionaries(TEXT, TEXT | st.booleans() | st.lists(TEXT, max_size=2), max_size=3)
st.register_type_strategy(PenaltyDecision, st.builds(PenaltyDecision, relied_on=RESTED_ON))


@settings(max_examples=60)
@given(
    st.builds(CaseFacts, decisions=st.just(()), requests=st.just(()), pending=st.just(())),
    st.lists(st.from_type(Order), max_size=2),
    st.lists(st.from_type(Clause), max_size=2),
    st.lists(st.from_type(PenaltyDecision), max_size=2),
)
def test_facts_come_back_as_they_were(
    facts: CaseFacts, orders: list[Order], clauses: list[Clause], penalties: list[PenaltyDecision]
) -> None:
    decision = replace(served().case.decisions[0], orders=tuple(orders), clauses=tuple(clauses))
    whole = replace(facts, decisions=(decision,), penalty_decisions=tuple(penalties))
    assert load(dump(whole)) == whole
    assert dump(load(dump(whole))) == dump(whole)


def test_a_head_of_before_a_member_was_added_takes_its_default() -> None:
    facts = served().case
    old = json.loads(dump(facts))
    del old["decisions"][0]["orders"][0]["reminded"]
    del old["representatives"]
    assert load(json.dumps(old)) == replace(facts, representatives=())
