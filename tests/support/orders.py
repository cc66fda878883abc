"""Acts on orders and clauses in a register, and what a clause makes of them."""

from datetime import date
from typing import Any

from tests.support.register import DECIDER, OFFICER, REGISTRAR, Register, a_clause, an_order, served
from workflow.lifecycle.facts import Clause
from workflow.lifecycle.kernel.events import Event
from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.penalty_clause.accrual import lateness

LIMBS = [{"n": 1, "text": "stop"}, {"n": 2, "text": "delete"}, {"n": 3, "text": "report"}]


def under_order(clause: dict[str, Any] | None = None, **members: Any) -> Register:
    """One order of three limbs and a continuous duty, served on 19 October 2022: its last day is 19 December."""
    order = an_order(1, members.pop("kind", "cease_collection"), **({"nature": "continuous", "limbs": LIMBS} | members))
    return served(orders=[order], clauses=[a_clause(covers=[1], **(clause or {}))], assumed=[])


def judge(register: Register, trigger: str, data: dict[str, Any], n: int = 1, **members: Any) -> list[Event]:
    """An officer proposes an act on an order, the head confirms it."""
    register.pull(OFFICER, trigger, register.order(n), data, **members)
    return register.confirm(register.order(n))


def find_unmet(register: Register, *limbs: int, **members: Any) -> list[Event]:
    """Establish non-compliance of these limbs."""
    sheet = [{"limb": n, "finding": "not done", "evidence": "visit", "method": "on site"} for n in limbs]
    return judge(
        register, "establish_non_compliance", {"limbs": [{"n": n} | members for n in limbs], "findings": sheet}
    )


def extend(register: Register, last_day: str, n: int = 1, **members: Any) -> list[Event]:
    """Give an order a new last day."""
    return register.pull(DECIDER, "extend", register.order(n), {"last_day": last_day, **members})


def suspend(register: Register, from_: str, effect: str = "no_accrual", n: int = 1, **members: Any) -> list[Event]:
    """Stay an order, or a limb of it."""
    data = {"scope": "limb" if "limb" in members else "order", "effect": effect, "from": from_, **members}
    return register.pull(REGISTRAR, "suspend", register.order(n), data)


def resume(register: Register, on: str, n: int = 1, **members: Any) -> list[Event]:
    """End a stay of an order."""
    return register.pull(REGISTRAR, "resume", register.order(n), {"resumed_on": on, **members})


def lift(register: Register, effect: str = "ex_nunc", n: int = 1, actor: Actor = DECIDER) -> list[Event]:
    """Lift an order."""
    return register.pull(actor, "lift", register.order(n), {"effect": effect})


def on_clause(register: Register, trigger: str, data: dict[str, Any], actor: Actor = DECIDER) -> list[Event]:
    """An act on the clause."""
    return register.pull(actor, trigger, register.clause(), data)


def clause_of(register: Register) -> Clause:
    """The first clause, as the facts have it."""
    return register.case.decisions[0].clauses[0]


def late(register: Register, until: str) -> list[tuple[str, str]]:
    """The runs of days up to this one that are late under the clause, each counted once."""
    decision, last = register.case.decisions[0], date.fromisoformat(until).toordinal()
    days: set[int] = set()
    for span in lateness(register.case, decision, decision.clauses[0]).spans:
        end = last if span.last is None else min(span.last.toordinal(), last)
        days |= set(range(span.first.toordinal(), end + 1))
    runs: list[tuple[str, str]] = []
    for day in sorted(days):
        first = runs.pop()[0] if day - 1 in days and runs else str(date.fromordinal(day))
        runs.append((first, str(date.fromordinal(day))))
    return runs
