"""What people write into an act: any `data` its content takes, near the truth more often than far from it."""

from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, timedelta
from enum import StrEnum
from random import Random
from typing import Any, get_args, get_origin, get_type_hints

from tests.support.register import a_clause, a_draft, an_order
from workflow.law.money import Money
from workflow.lifecycle.decision.contents import DraftContent
from workflow.lifecycle.door.contents import CONTENT
from workflow.lifecycle.door.kinds import find
from workflow.lifecycle.facts import CaseFacts
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.kernel.text import Text
from workflow.lifecycle.vocabulary import Trigger

PRIVATE = "PRIVATE"
"""What free text says: it must be found beside the journal alone."""

INWARD = "INWARD"
"""What the authority writes into its sheets: it stands in the chain, and no party reads it."""

BENCH = ("decision_maker", "second decision_maker", "committee_secretary", "head_of_enforcement", "chief")
SUMS = ["1.00", "1000.00", "250000.00"]
AHEAD = {"until", "last_day", "window_ends_on", "due_by"}
BACK = [0, 0, 0, 0, 1, 2, 7, 30]
Data = dict[str, Any]


def a_whole_draft(dice: Random) -> Data:
    """A draft against one or two parties, with its clause."""
    second = dice.choice([1, 2])
    orders = [
        an_order(1, "answer_access_requests", period=dice.choice(["P10D", "P1M", "P2M"])),
        an_order(2, "delete_data", after=[1], limbs=[{"n": 1, "text": "faces"}, {"n": 2, "text": "vectors"}]),
        an_order(3, "cease_collection", nature="continuous", addressee=second, period="P15D"),
    ]
    terms = {
        "covers": dice.choice([[1, 2, 3], [2], [1, 3]]),
        "rate": dice.choice(["100000.00", "0.33"]),
        "assess_after": dice.choice(["P10D", "P1M"]),
        "assess_every": dice.choice([None, "P7D"]),
        "cap": dice.choice([None, {"amount": "300000.00"}, {"units": 9}]),
        "liability": dice.choice([None, None, "joint"]),
    }
    clause = a_clause(**{key: value for key, value in terms.items() if value is not None})
    fine = dice.choice([None, {"amount": "5000.00", "currency": "EUR"}])
    more = {} if fine is None else {"fine": fine}
    return a_draft(addressees=sorted({1, second}), orders=orders, clauses=[clause], assumed=[], **more)


def data_for(dice: Random, case: CaseFacts, subject: Subject, trigger: Trigger, today: date) -> Data:
    """The `data` of a trigger on a thing: every member its content requires, some it does not."""
    content: Any = CONTENT.get((subject.kind, trigger))
    if content is None:
        return {}
    if content is DraftContent:
        return a_whole_draft(dice)
    given = _object(dice, content, today)
    standing = find(case, subject)
    thing: Any = standing.thing if standing is not None else None
    if "addressee" in given and standing is not None and standing.decision is not None:
        given["addressee"] = dice.choice(standing.decision.addressees)
    if trigger in _SENSIBLE and dice.random() < 0.9:
        given |= _SENSIBLE[trigger](dice, thing, today)
    return {key: value for key, value in given.items() if value is not None}


def _served(dice: Random, thing: Any, today: date) -> Data:
    return {"served_on": _day(dice, today), "basis": "delivered"}


def _corrected(dice: Random, thing: Any, today: date) -> Data:
    never = dice.random() < 0.2
    return {"never_served": never, "served_on": None if never else _day(dice, today), "basis": "delivered"}


def _suspended(dice: Random, thing: Any, today: date) -> Data:
    kind = type(thing).__name__
    if kind == "Debt":
        return {"scope": "collection", "effect": "collection_only"}
    if kind == "Clause":
        return {"scope": "clause", "effect": "no_accrual"}
    scope = dice.choice(["order", "order", "limb"])
    effect = dice.choice(["no_accrual", "period_stops", "period_restarts", "new_last_day"])
    if scope == "limb":
        return {"scope": scope, "effect": "no_accrual", "limb": 1}
    return {"scope": scope, "effect": effect, "limb": None}


def _ruled(dice: Random, thing: Any, today: date) -> Data:
    kinds = ["decision", "order", "limb", "clause", "fine"] if hasattr(thing, "orders") else ["penalty"]
    kind = dice.choice(kinds)
    outcome = dice.choice(["upheld", "annulled", "annulled", "reduced_to", "suspended", "remitted", "reinstated"])
    item: Data = {"item": kind, "outcome": outcome}
    if kind in ("order", "limb", "clause"):
        item["number"] = 1 if kind == "clause" else dice.choice([1, 2, 3])
    if kind == "limb":
        item["limb"] = 1
    if outcome == "reduced_to":
        item["amount"] = {"amount": "1000.00", "currency": "EUR"}
    return {"appeal": 1, "items": [item]}


def _found(dice: Random, thing: Any, today: date) -> Data:
    return {"limbs": [{"n": 1}], "findings": [{"limb": 1, "finding": f"{INWARD} unmet"}]}


def _paid(dice: Random, thing: Any, today: date) -> Data:
    owed = max(abs(thing.outstanding), 1)
    part = owed if dice.random() < 0.5 else max(owed // 2, 1)
    return {"amount": Money(part, thing.amount.currency).to_json()}


def _agreed(dice: Random, thing: Any, today: date) -> Data:
    owed = max(thing.outstanding, 2)
    sums = (owed // 2, owed - owed // 2)
    days = (today + timedelta(days=10), today + timedelta(days=40))
    return {
        "parts": [
            {"due_by": day.isoformat(), "amount": Money(part, thing.amount.currency).to_json()}
            for day, part in zip(days, sums, strict=True)
        ]
    }


def _tomorrow(dice: Random, thing: Any, today: date) -> Data:
    return {"from_": None, "from": (today + timedelta(days=1)).isoformat()}


def _sat(dice: Random, thing: Any, today: date) -> Data:
    return {"session_on": today.isoformat(), "present": [*BENCH]}


def _unreduced(dice: Random, thing: Any, today: date) -> Data:
    return {"reduction": None, "reasons": None}


_SENSIBLE: dict[Trigger, Callable[[Random, Any, date], Data]] = {
    Trigger.RECORD_SERVICE: _served,
    Trigger.CORRECT_SERVICE: _corrected,
    Trigger.SUSPEND: _suspended,
    Trigger.RECORD_RULING: _ruled,
    Trigger.ESTABLISH_NON_COMPLIANCE: _found,
    Trigger.RECORD_PAYMENT: _paid,
    Trigger.RECORD_REFUND: _paid,
    Trigger.AGREE_INSTALMENTS: _agreed,
    Trigger.CHANGE_RATE: _tomorrow,
    Trigger.DELIBERATE: _sat,
    Trigger.ADOPT: _unreduced,
}
"""Members that would seldom fit each other by chance."""


def _day(dice: Random, today: date) -> str:
    return (today - timedelta(days=dice.choice(BACK))).isoformat()


def _object(dice: Random, type_: Any, today: date) -> Data:
    hints = get_type_hints(type_, include_extras=True)
    given = {}
    for each in fields(type_):
        required = each.default is MISSING and each.default_factory is MISSING
        if required or dice.random() < 0.2:
            name = each.name.rstrip("_")
            given[name] = _value(dice, hints[each.name], today, name)
    return given


def _value(dice: Random, hint: Any, today: date, name: str = "") -> Any:
    if hint == Text:
        return f"{PRIVATE} words"
    options = [each for each in get_args(hint) if each is not type(None)]
    if get_origin(hint) is tuple:
        return [_value(dice, options[0], today) for _ in range(dice.choice([1, 1, 2]))]
    if type(None) in get_args(hint):
        return _value(dice, options[0], today, name)
    if hint is date:
        return (today + timedelta(days=dice.choice([3, 20, 60]))).isoformat() if name in AHEAD else _day(dice, today)
    if hint is Money:
        return {"amount": dice.choice(SUMS), "currency": "EUR"}
    if hint is bool:
        return dice.random() < 0.5
    if hint is int:
        return dice.choice([1, 1, 1, 2, 3])
    if hint is str:
        return dice.choice(["one", "two", "P1M"])
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return dice.choice(list(hint)).value
    if is_dataclass(hint):
        return _object(dice, hint, today)
    return None
