"""What people write into an act: any `data` its content takes, near the truth more often than far from it."""

from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from tests.workflow.lifecycle.register import a_clause, a_draft, an_order
from workflow.law.money import Money
from workflow.lifecycle.contents import CONTENT, DraftContent
from workflow.lifecycle.contents.text import Text
from workflow.lifecycle.events import Subject
from workflow.lifecycle.facts import CaseFacts, Debt
from workflow.lifecycle.standing import find
from workflow.lifecycle.vocabulary import Trigger

Draw = Callable[[st.SearchStrategy[Any]], Any]
BACK = st.sampled_from([0, 0, 0, 1, 2, 7, 30])
PRIVATE = "PRIVATE"
"""What free text says: it must be found beside the journal alone."""
SUMS = ["1.00", "1000.00", "250000.00"]


def a_whole_draft(draw: Draw) -> dict[str, Any]:
    """A draft against one or two parties, with its clauses."""
    orders = [
        an_order(1, "answer_access_requests", period=draw(st.sampled_from(["P10D", "P1M", "P2M"]))),
        an_order(2, "delete_data", after=[1], limbs=[{"n": 1, "text": "faces"}, {"n": 2, "text": "vectors"}]),
        an_order(3, "cease_collection", nature="continuous", addressee=draw(st.sampled_from([1, 2])), period="P15D"),
    ]
    cap = draw(st.sampled_from([None, {"amount": "300000.00"}, {"units": 9}]))
    terms = {
        "covers": draw(st.sampled_from([[1, 2, 3], [2], [1, 3]])),
        "rate": draw(st.sampled_from(["100000.00", "0.33"])),
        "assess_after": draw(st.sampled_from(["P10D", "P1M"])),
        "assess_every": draw(st.sampled_from([None, "P7D"])),
        **({} if cap is None else {"cap": cap}),
    }
    parties = sorted({order["addressee"] for order in orders})
    clause = a_clause(**{key: value for key, value in terms.items() if value is not None})
    return a_draft(addressees=parties, orders=orders, clauses=[clause], assumed=[])


def data_for(draw: Draw, case: CaseFacts, subject: Subject, trigger: Trigger, today: date) -> dict[str, Any]:
    """The `data` of a trigger on a thing, every member its content requires and some it does not."""
    content: Any = CONTENT.get((subject.kind, trigger))
    if content is None:
        return {}
    if content is DraftContent:
        return a_whole_draft(draw)
    given = _object(draw, content, today)
    standing = find(case, subject)
    if "addressee" in given and standing is not None and standing.decision is not None:
        given["addressee"] = draw(st.sampled_from(standing.decision.addressees))
    if "amount" in given and standing is not None and isinstance(standing.thing, Debt) and draw(st.booleans()):
        owed = abs(standing.thing.outstanding)
        given["amount"] = Money(max(owed, 1), standing.thing.amount.currency).to_json()
    return given


def _object(draw: Draw, type_: Any, today: date) -> dict[str, Any]:
    hints = get_type_hints(type_, include_extras=True)
    given = {}
    for each in fields(type_):
        required = each.default is MISSING and each.default_factory is MISSING
        if required or draw(st.sampled_from([False, False, True])):
            value = _value(draw, hints[each.name], today)
            if value is not None:
                given[each.name.rstrip("_")] = value
    return given


def _value(draw: Draw, hint: Any, today: date) -> Any:
    if hint == Text:
        return f"{PRIVATE} words"
    options = [each for each in get_args(hint) if each is not type(None)]
    if get_origin(hint) is tuple:
        return [_value(draw, options[0], today) for _ in range(draw(st.sampled_from([1, 1, 2])))]
    if type(None) in get_args(hint):
        return _value(draw, options[0], today)
    if hint is date:
        ahead = draw(st.sampled_from([False, False, False, True]))
        days = draw(BACK)
        return (today + timedelta(days=days) if ahead else today - timedelta(days=days)).isoformat()
    if hint is Money:
        return {"amount": draw(st.sampled_from(SUMS)), "currency": "EUR"}
    if hint is bool:
        return draw(st.booleans())
    if hint is int:
        return draw(st.sampled_from([1, 1, 1, 2, 3]))
    if hint is str:
        return draw(st.sampled_from(["one", "two", "P1M"]))
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return draw(st.sampled_from(list(hint))).value
    if is_dataclass(hint):
        return _object(draw, hint, today)
    return None
