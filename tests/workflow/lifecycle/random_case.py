"""Random drafts against two parties: orders with short periods, and clauses of every make over them."""

from typing import Any

from hypothesis import strategies as st

from tests.support.register import a_draft, an_order

PERIODS: st.SearchStrategy[dict[str, Any]] = st.sampled_from(
    [
        {"period": "P3D"},
        {"period": "P9D"},
        {"period": "P1M"},
        {"period": "P20D", "roll": "next_working_day"},
        {"period": None},
        {"period": None, "comply_by_fixed": "2022-11-15"},
    ]
)
CAPS = st.none() | st.sampled_from(
    [{"units": 12}, {"amount": "1250000.00"}, {"until": "2022-12-10"}, {"units": 30, "amount": "2000000.00"}]
)
ORDERS = [(1, 1, "answer_access_requests"), (2, 1, "delete_data"), (3, 2, "cease_collection")]


@st.composite
def drafts(draw: st.DrawFn) -> dict[str, Any]:
    """A draft with three orders, the second after the first, and one or two clauses."""
    orders = [
        an_order(n, kind, addressee=addressee, after=[1] if n == 2 else [], **draw(PERIODS))
        for n, addressee, kind in ORDERS
    ]
    covers = draw(st.sampled_from([[[1, 2, 3]], [[1, 2], [3]], [[2, 3]]]))
    clauses = [_clause(draw, n, covered) for n, covered in enumerate(covers, start=1)]
    return a_draft(addressees=[1, 2], orders=orders, clauses=clauses)


def _clause(draw: st.DrawFn, n: int, covers: list[int]) -> dict[str, Any]:
    members: dict[str, Any] = {
        "n": n,
        "covers": covers,
        "rate": "100000.00",
        "currency": "EUR",
        "per": "P1D",
        "assess_after": draw(st.sampled_from(["P1D", "P5D", "P20D"])),
        "assess_every": draw(st.sampled_from([None, "P7D", "P1M"])),
        "liability": draw(st.sampled_from(["several", "joint"])),
        "cap": draw(CAPS),
    }
    fixed = draw(st.none() | st.sampled_from(["2022-10-01", "2022-11-20"]))
    if fixed is not None:
        members |= {"accrues_from": "fixed_date", "accrues_from_on": fixed}
    return members
