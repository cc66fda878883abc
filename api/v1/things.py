"""Reading the things of a case: one by id, or a list of lines filtered on named fields."""

from typing import Annotated, Any, Generic, TypeVar

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from api.access import Reader, sees_nothing
from api.state import state_of
from workflow.lifecycle.events import Subject
from workflow.lifecycle.rules import Actor
from workflow.lifecycle.vocabulary import SubjectKind
from workflow.store.missing import NotFound
from workflow.use_cases.listing import list_rows
from workflow.use_cases.members import OneLine
from workflow.use_cases.reading import read_case
from workflow.use_cases.views.shared import View
from workflow.use_cases.views.show import Shown, show

Line = TypeVar("Line")


class Page(View, Generic[Line]):
    """Lines of a list, by id. `truncated` says that there are more than `limit`: filter further."""

    items: list[Line]
    truncated: bool


class CaseQuery(BaseModel):
    """The case a list is about; any other name is an error."""

    model_config = ConfigDict(extra="forbid")

    case: OneLine


class Filter(BaseModel):
    """What a list can be filtered on; any other name is an error."""

    model_config = ConfigDict(extra="forbid")

    limit: Annotated[int, Field(ge=1, le=500)] = 100

    def columns(self) -> dict[str, Any]:
        """The columns asked for, with their values."""
        return self.model_dump(exclude={"limit"}, exclude_none=True)


def read_one(request: Request, response: Response, kind: SubjectKind, id: str, actor: Actor) -> Shown:
    """One thing with its ETag; NotFound when there is none."""
    state = state_of(request)
    with state.reader.connect() as connection:
        case = read_case(connection, kind, id)
        view = show(connection, case, Subject(kind, id), state.viewer(actor))
    response.headers["ETag"] = f'"{view.version}"'
    return view


def find_case(request: Request, actor: Actor, body: Any) -> None:
    """Raise NotFound when the case a body names is not there for the one who asks, whatever else the body holds."""
    id = body.get("case") if isinstance(body, dict) else None
    if not isinstance(id, str):
        return
    if sees_nothing(actor):
        raise NotFound(SubjectKind.CASE, id)
    with state_of(request).reader.connect() as connection:
        read_case(connection, SubjectKind.CASE, id)


def add_reads(router: APIRouter, kind: SubjectKind, view: Any, line: type[View], filters: type[Filter]) -> None:
    """Add `GET /` and `GET /{id}` for one kind of thing."""

    def read_list(request: Request, _actor: Reader, query: Annotated[Any, Depends(_query(filters))]) -> Any:
        with state_of(request).reader.connect() as connection:
            rows, more = list_rows(connection, kind, query.columns(), query.limit)
        return Page[Any](items=[line.model_validate(row) for row in rows], truncated=more)

    def read_thing(request: Request, response: Response, id: str, actor: Reader) -> Any:
        return read_one(request, response, kind, id, actor)

    name = kind.value.replace("_", " ")
    router.add_api_route("", read_list, response_model=Page[line], name=f"list: {name}", methods=["GET"])  # type: ignore[valid-type]
    router.add_api_route("/{id}", read_thing, response_model=view, name=f"read: {name}", methods=["GET"])


def _query(filters: type[Filter]) -> Any:
    def read(query: Annotated[Filter, Query()]) -> Filter:
        return query

    read.__annotations__["query"] = Annotated[filters, Query()]
    return read
