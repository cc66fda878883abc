"""Reading the things of a case: one by id, or a list of lines filtered on named fields."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated, Any, Generic, Literal, TypeVar

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field, create_model

from api.access import CaseReader
from api.problems import DESCRIBED
from api.state import state_of
from api.unreadable import reads
from workflow.law.invalid import invalid
from workflow.lifecycle.kernel.events import Subject
from workflow.lifecycle.kernel.rules import Actor
from workflow.lifecycle.vocabulary import SubjectKind
from workflow.store.cases import Instant, case_ever_holding
from workflow.store.paging import Paging
from workflow.store.projections import TABLES
from workflow.use_cases.accounts.visible import read_visible
from workflow.use_cases.acting.body_types import OneLine
from workflow.use_cases.reading.lines import in_style, sortable_by
from workflow.use_cases.reading.listing import list_rows
from workflow.use_cases.views.shared import View, Viewer
from workflow.use_cases.views.show import Shown, show

Line = TypeVar("Line")


class Page(View, Generic[Line]):
    """Lines of a list, by `sort`. `next` is the cursor of the page after it, null on the last."""

    items: list[Line]
    next: str | None

    @classmethod
    def model_parametrized_name(cls, params: tuple[Any, ...]) -> str:
        """The name of the schema: a page of `OrderLine` is an `OrderPage`."""
        return f"{params[0].__name__.removesuffix('Line')}Page"


class CaseQuery(BaseModel):
    """The case a list is about; any other name is an error."""

    model_config = ConfigDict(extra="forbid")

    case: OneLine


class KnownAt(BaseModel):
    """The instant at which a thing is looked back at; any other name is an error."""

    model_config = ConfigDict(extra="forbid")

    as_known_at: Annotated[
        Instant | None,
        Field(description="Show the thing as it was then: from what was recorded until that instant, on its day."),
    ] = None


class Filter(BaseModel):
    """What a list can be filtered and sorted on; any other name is an error."""

    model_config = ConfigDict(extra="forbid")

    limit: Annotated[int, Field(ge=1, le=500)] = 100
    cursor: Annotated[OneLine | None, Field(description="`next` of the page before, under the same filters.")] = None
    sort: str = "id"

    def columns(self) -> dict[str, Any]:
        """The columns asked for, with their values."""
        return self.model_dump(exclude=set(Filter.model_fields), exclude_none=True)

    def paging(self, sortable: Mapping[str, str]) -> Paging:
        """The page asked for; `sortable` says which column each field of a line is."""
        down = "-" if self.sort.startswith("-") else ""
        return Paging(self.limit, self.cursor, down + sortable[self.sort.removeprefix("-")])


def read_one(request: Request, response: Response, kind: SubjectKind, id: str, actor: Actor) -> Shown:
    """One thing with its ETag; NotFound when there is none."""
    state = state_of(request)
    with state.reader.connect() as connection:
        case = read_visible(connection, kind, id, actor)
        view = show(connection, case, Subject(kind, id), state.viewer(actor))
    response.headers["ETag"] = f'"{view.version}"'
    return view


def read_one_as_known(request: Request, kind: SubjectKind, id: str, actor: Actor, instant: datetime) -> Shown:
    """One thing as it was known at an instant that is over; without an ETag, as nothing can be written there."""
    state = state_of(request)
    with state.reader.connect() as connection:
        case = read_visible(connection, kind, id, actor, instant)
        if instant > state.now:
            raise invalid("/query/as_known_at", f"an instant that is over: it is {state.now.isoformat()} now")
        return show(connection, case, Subject(kind, id), Viewer(actor, instant, past=True))


def find_case(request: Request, actor: Actor, body: Any) -> None:
    """Raise NotFound when the case a body names is not there for the one who asks, whatever else the body holds."""
    id = body.get("case") if isinstance(body, dict) else None
    if not isinstance(id, str):
        return
    with state_of(request).reader.connect() as connection:
        read_visible(connection, SubjectKind.CASE, id, actor)


def article(kind: SubjectKind) -> str:
    """A thing of this kind, in words."""
    words = kind.value.replace("_", " ")
    return f"an {words}" if words[0] in "aeiou" else f"a {words}"


def add_reads(router: APIRouter, kind: SubjectKind, view: Any, line: type[View], filters: type[Filter]) -> None:
    """Add `GET /` and `GET /{id}` for one kind of thing; TypeError for a filter on no column of its rows."""
    if unknown := set(filters.model_fields) - set(Filter.model_fields) - set(TABLES[kind].columns.keys()):
        names = ", ".join(sorted(unknown))
        raise TypeError(f"{filters.__name__} filters on {names}, no column of {TABLES[kind].name}")
    sortable = sortable_by(TABLES[kind], line)

    def read_list(
        request: Request, actor: CaseReader, query: Annotated[Any, Depends(_query(_sorted(filters, sortable)))]
    ) -> Any:
        with state_of(request).reader.connect() as connection:
            page = list_rows(connection, kind, query.columns(), query.paging(sortable), actor)
            shown = in_style(connection, page.rows, actor)
        return Page[Any](items=[line.model_validate(row) for row in shown], next=page.next)

    def read_thing(
        request: Request, response: Response, id: str, actor: CaseReader, query: Annotated[KnownAt, Query()]
    ) -> Any:
        if query.as_known_at is not None:
            return read_one_as_known(request, kind, id, actor, query.as_known_at)
        return read_one(request, response, kind, id, actor)

    reads(read_thing, KnownAt, first=_known(kind))
    missing: Any = {404: {"description": "What a filter names is not there.", "content": DESCRIBED}}
    listed: Any = Page[line]  # type: ignore[valid-type]
    router.add_api_route(
        "",
        read_list,
        response_model=listed,
        responses=missing,
        name=f"list_{kind.value}s",
        summary=f"List the {kind.value.replace('_', ' ')}s that match a filter",
        methods=["GET"],
    )
    router.add_api_route(
        "/{id}",
        read_thing,
        response_model=view,
        name=f"read_{kind.value}",
        summary=f"Read {article(kind)}",
        methods=["GET"],
    )


def _known(kind: SubjectKind) -> Callable[[Request, Actor, Any], None]:
    """Raise NotFound for what never was, before anything is said of a query that cannot be read."""

    def before_body(request: Request, actor: Actor, _body: Any) -> None:
        with state_of(request).reader.connect() as connection:
            if actor.is_counsel:
                read_visible(connection, kind, request.path_params["id"], actor)
            else:
                case_ever_holding(connection, kind, request.path_params["id"])

    return before_body


def _sorted(filters: type[Filter], sortable: Mapping[str, str]) -> type[Filter]:
    """The filters of a list with the fields of its lines to sort on."""
    fields = tuple(each for name in sortable for each in (name, f"-{name}"))
    described = Field(description="The field to sort by, with - before it from the last down; no value comes last.")
    sort = Annotated[Literal[fields], described]  # type: ignore[valid-type]
    return create_model(filters.__name__, __base__=filters, __doc__=filters.__doc__, sort=(sort, "id"))


def _query(filters: type[Filter]) -> Any:
    def read(query: Annotated[Filter, Query()]) -> Filter:
        return query

    read.__annotations__["query"] = Annotated[filters, Query()]
    return read
