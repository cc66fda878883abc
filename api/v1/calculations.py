"""The public calculators and the regimes they count by: a date or a sum without a case, for anybody."""

from functools import cache
from typing import Annotated, Any

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Body, Depends

from api.access import anybody
from api.problems import problem_of
from api.strict_route import StrictRoute
from workflow.law.invalid import InvalidRequest
from workflow.law.regime import regime, regimes
from workflow.store.missing import NotFound
from workflow.use_cases.calculators.calculate import calculate
from workflow.use_cases.views.regime import RegimePage, RegimeView, regime_line, regime_view

router = APIRouter(dependencies=[Depends(anybody)], route_class=StrictRoute)

_REQUEST = "One request, or a list of at most 1,000; a list gives a list of answers, a bad one a problem in its place."
Request = Annotated[dict[str, Any] | list[Any], Body(description=_REQUEST)]
Answer = dict[str, Any] | list[dict[str, Any]]


@router.post("/v1/calculations/deadline", tags=["calculations"])
async def compute_deadline(request: Request) -> Answer:
    """The last day of a period, with the rules that lead to it."""
    return await _answer("deadline", request)


@router.post("/v1/calculations/penalty", tags=["calculations"])
async def compute_penalty(request: Request) -> Answer:
    """A penalty, line by line, with the rules that lead to it."""
    return await _answer("penalty", request)


@router.post("/v1/calculations/interest", tags=["calculations"])
async def compute_interest(request: Request) -> Answer:
    """The interest on a debt that was not paid in time, or a surcharge in its place, line by line."""
    return await _answer("interest", request)


@router.post("/v1/calculations/readings", tags=["calculations"])
async def compute_readings(request: Request) -> Answer:
    """One request with alternatives for disputed facts, in every combination, side by side."""
    return await _answer("readings", request)


@router.get("/v1/regimes", tags=["regimes"])
def read_regimes() -> RegimePage:
    """Every version of every regime."""
    return RegimePage(items=[regime_line(each) for each in regimes()])


@router.get("/v1/regimes/{id}", tags=["regimes"])
def read_regime(id: str) -> RegimeView:
    """A regime by id (`fr-cnil`, its newest version) or pinned (`fr-cnil@1`), every value with its reference."""
    try:
        return regime_view(regime(id))
    except InvalidRequest:
        raise NotFound("regime", id) from None


async def _answer(name: str, request: Any) -> Answer:
    answer: Answer = await to_thread.run_sync(calculate, name, request, problem_of, limiter=_limiter())
    return answer


@cache
def _limiter() -> CapacityLimiter:
    """One calculation at a time, in a thread of its own: whoever has no key keeps nobody who has one waiting."""
    return CapacityLimiter(1)
