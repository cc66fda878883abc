"""Random requests that can be computed: every feature of a penalty, in a few years, so that edges meet."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

FIRST = date(2023, 1, 15)
SPAN = 420
Draw = st.DrawFn
REDUCTIONS: list[dict[str, Any] | None] = [
    None,
    {"rate": "3"},
    {"fraction": "1/3"},
    {"fraction": "5/4"},
    {"amount": "99.99"},
    {"waived": True},
]

near = st.integers(0, SPAN).map(lambda n: (FIRST + timedelta(days=n)).isoformat())
amounts = st.sampled_from(["1", "100", "150.5", "33.33", "0", "7"])
units = st.sampled_from(["P1D", "P1D", "P3D", "P1W", "P2W", "P1M", "P2M", "P1Y", "lump_sum", "breach"])


@st.composite
def spans(draw: Draw, most: int = 3) -> list[dict[str, str]]:
    found = []
    for _ in range(draw(st.integers(0, most))):
        first = draw(st.integers(-20, SPAN))
        length = draw(st.integers(0, 70))
        begin = FIRST + timedelta(days=first)
        found.append({"from": begin.isoformat(), "to": (begin + timedelta(days=length)).isoformat()})
    return found


@st.composite
def slices(draw: Draw) -> list[dict[str, str]]:
    found, begin = [], FIRST
    for _ in range(draw(st.integers(0, 3))):
        begin += timedelta(days=draw(st.integers(0, 30)))
        last = begin + timedelta(days=draw(st.integers(0, 60)))
        found.append({"from": begin.isoformat(), "to": last.isoformat()})
        begin = last + timedelta(days=1)
    return found


@st.composite
def caps(draw: Draw) -> dict[str, Any]:
    cap: dict[str, Any] = {}
    if draw(st.booleans()):
        cap["amount"] = draw(st.sampled_from(["500", "1000.01", "40", "12345"]))
    if draw(st.booleans()):
        cap["units"] = draw(st.integers(1, 60))
    if not cap or draw(st.booleans()):
        cap["until"] = draw(near)
    return cap


@st.composite
def duties(draw: Draw, per: str, own: bool) -> list[dict[str, Any]]:
    found = []
    for n in range(draw(st.integers(1, 3))):
        duty: dict[str, Any] = {"name": f"duty {n}"}
        ways = ["none", "complied_on", "unmet", *(["met"] if per == "lump_sum" else [])]
        way = draw(st.sampled_from(ways))
        if way == "complied_on":
            duty[way] = draw(near)
        elif way == "unmet":
            duty[way] = draw(spans()) or [{"from": draw(near)}]
        elif way == "met":
            duty[way] = draw(st.booleans())
        if own:
            for name, values in (("rate", amounts), ("count", st.integers(1, 3)), ("cap", caps())):
                if draw(st.integers(0, 3)) == 0:
                    duty[name] = draw(values)
        found.append(duty)
    return found


@st.composite
def penalties(draw: Draw, simple: bool = False) -> dict[str, Any]:
    """A whole request; `simple` leaves out parties and the reduction."""
    per = draw(units)
    request: dict[str, Any] = {"currency": "EUR", "per": per, "rate": draw(amounts), "assessed_to": draw(near)}
    request["accrual_from"] = (FIRST + timedelta(days=draw(st.integers(0, 40)))).isoformat()
    if per == "breach":
        request["breaches"] = draw(st.lists(near, max_size=6))
    if draw(st.booleans()):
        request["partial_unit"] = draw(st.sampled_from(["started", "completed"]))
    request["suspensions"], request["excused"] = draw(spans()), draw(spans(most=1))
    request["already_liquidated"] = draw(slices())
    if draw(st.integers(0, 2)) == 0:
        request["complied_on"] = draw(near)
        request["compliance_day_counts"] = draw(st.booleans())
    if draw(st.booleans()):
        request["cap"] = draw(caps())
    way = draw(st.sampled_from(["rate", "changes", "tiers", "growth", "growing changes"]))
    if "changes" in way:
        days = draw(st.lists(near, unique=True, max_size=3))
        request["rate_changes"] = [{"from": day, "rate": draw(amounts)} for day in days]
    if way == "tiers":
        steps = draw(st.lists(st.integers(1, 20), min_size=1, max_size=3))
        request["tiers"] = [{"units": n, "rate": draw(amounts)} for n in steps] + [{"rate": draw(amounts)}]
        del request["rate"]
    if way.startswith("grow"):
        request["growth"] = {"factor": draw(st.sampled_from(["0.5", "1.01", "1", "1.03"]))}
    if not simple:
        _parties(draw, request, way)
    return request


def _parties(draw: Draw, request: dict[str, Any], way: str) -> None:
    if draw(st.integers(0, 2)) == 0:
        request["scope"] = draw(st.sampled_from(["whole", "per_obligation"]))
        request["obligations"] = draw(duties(request["per"], request["scope"] == "per_obligation"))
        if way == "tiers":
            for duty in request["obligations"]:
                duty.pop("rate", None)
    if request.get("scope") != "per_obligation" and draw(st.integers(0, 2)) == 0:
        request["liability"] = draw(st.sampled_from(["several", "joint"]))
        request["addressees"] = [{"name": "first"}, {"name": "second"}]
        if request["liability"] == "several" and way != "tiers":
            request["addressees"][1]["rate"] = draw(amounts)
    reduction = draw(st.sampled_from(REDUCTIONS))
    if reduction is not None:
        request["reduction"] = {**reduction, "reason": "conduct"}
