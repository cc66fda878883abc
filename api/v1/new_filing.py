"""POST /v1/filings: what a party says and its files in one request, streamed to the disk, answered with a receipt."""

import json
import re
from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from api.access import Rule, actor_again
from api.idempotency import Answer, IdempotencyKey, asked, write_once
from api.multipart import MEDIA_TYPE, PartBegins, boundary_of, parts
from api.state import State, state_of
from workflow.law.days import local_day
from workflow.law.invalid import invalid
from workflow.law.regime import regime
from workflow.lifecycle.filing.kind import FILING
from workflow.lifecycle.kernel.faults import errors_below
from workflow.lifecycle.kernel.rules import Actor
from workflow.store.files import Files
from workflow.use_cases.accounts.visible import read_visible
from workflow.use_cases.acting.attachments import attached_to
from workflow.use_cases.acting.body_types import Body, Name, read_body
from workflow.use_cases.acting.media_types import check_contents, check_declared
from workflow.use_cases.acting.once import OUTCOMES
from workflow.use_cases.acting.outcome import Outcome
from workflow.use_cases.acting.strict_json import NotJSON, read_json
from workflow.use_cases.counsel.file import AT, FilingBody, NewFile, NewFiling, file, may_file, recorded_at
from workflow.use_cases.views.filing import AttachmentView
from workflow.use_cases.views.shared import CaseRef, PartyRef, SubjectRef, View

PATH = re.compile(r"/v1/filings")
"""The path that has a limit of its own for the length of a body."""
MOST_FILES = 20
"""How many files come with one filing; more are attached to it one by one."""

router = APIRouter(prefix="/v1/filings", tags=["filings"])

_FILES = frozenset(role for row in FILING.rows if row.parent_kind is not None for role in row.roles)
Filer = Annotated[Actor, Depends(Rule("Filing", _FILES))]

_FORM = {
    "type": "object",
    "required": ["filing"],
    "additionalProperties": False,
    "properties": {
        "filing": {"$ref": f"#/components/schemas/{FilingBody.__name__}"},
        "file": {"type": "array", "maxItems": MOST_FILES, "items": {"type": "string", "format": "binary"}},
    },
}
_DESCRIBED: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "One part `filing`, best the first; any number of parts `file`, each with its name and type.",
        "content": {MEDIA_TYPE: {"schema": _FORM, "encoding": {"filing": {"contentType": "application/json"}}}},
    }
}


class FiledFileView(AttachmentView):
    """A file of the receipt, with the event that recorded it."""

    event: str


class FilingReceiptView(View):
    """The receipt: what was filed, the instant at which it was recorded, and whether that was in time.

    `recorded_on` is the day of that instant for the authority, `received_on` the day that counts: the same, unless an
    officer recorded that it had come before. `in_time` says whether that day was not after `file_by`; both are null
    where there was no day to be in time for.
    """

    filing: str
    n: int
    version: int
    case: CaseRef
    kind: str
    about: SubjectRef
    party: PartyRef
    event: str
    recorded_at: datetime
    recorded_on: date
    received_on: date
    in_time: bool | None
    file_by: date | None
    files: list[FiledFileView]


class _FileBody(Body):
    name: Name


class _Arriving:
    """A file on its way in, with what it is declared as; `at` is where it stands in the form."""

    def __init__(self, begun: PartBegins, at: str, files: Files) -> None:
        said = {} if begun.filename is None else {"name": begun.filename}
        self.name: str = read_body(_FileBody, said, at).name
        self.media_type = begun.media_type
        self.at = at
        check_declared(self.media_type, self.name, f"{at}/type", f"{at}/name")
        self.incoming = files.incoming()


@router.post("", name="file", status_code=201, openapi_extra=_DESCRIBED)
async def create(
    request: Request, response: Response, actor: Filer, idempotency_key: IdempotencyKey = None
) -> FilingReceiptView:
    """File a compliance report, observations, or a request for time, with its files: all of it is recorded, or nothing.

    What counsel files is received on the day on which it is recorded, however long it took to send.
    """
    state = state_of(request)
    new = await _taken_in(state, request, actor)
    said = [new.body.model_dump(mode="json"), [(each.file.sha256, each.media_type, each.name) for each in new.files]]
    wanted = asked(request, idempotency_key, json.dumps(said, sort_keys=True))
    answer = await write_once(state, wanted, file, new, actor, OUTCOMES)
    response.headers["ETag"] = f'"{answer.outcome.version}"'
    response.headers["Location"] = f"/v1/filings/{answer.outcome.subject.id}"
    return await run_in_threadpool(_receipt, state, answer)


async def _taken_in(state: State, request: Request, actor: Actor) -> NewFiling:
    """Take the form in piece by piece; of one that cannot be read to its end nothing is kept."""
    files: list[_Arriving] = []
    try:
        body = await _read(state, request, actor, files)
        await run_in_threadpool(actor_again, request)
        kept = [
            NewFile(await run_in_threadpool(each.incoming.keep), each.media_type, each.name)
            for each in _different(files)
        ]
        return NewFiling(body, tuple(kept))
    finally:
        for each in files:
            await run_in_threadpool(each.incoming.drop)


async def _read(state: State, request: Request, actor: Actor, files: list[_Arriving]) -> FilingBody:
    """The filing of a form, once all its parts have come; its files are left in `files`, each as soon as it begins."""
    said = bytearray()
    body: FilingBody | None = None
    into: _Arriving | None = None
    async for each in parts(request, boundary_of(request)):
        match each:
            case PartBegins(name="filing"):
                if body is not None:
                    raise invalid(AT, "it stands twice; a form has one")
                into = None
            case PartBegins(name="file"):
                into = await run_in_threadpool(_begun, state, each, files)
            case PartBegins():
                raise invalid(f"/{each.name[:60]}", "unknown part; a form has one part filing, and parts file")
            case bytes():
                if into is None:
                    said += each
                    _check_length("filing", len(said), state.options.largest_body)
                else:
                    await run_in_threadpool(into.incoming.take, each)
                    _check_length("file", into.incoming.size, state.options.largest_attachment)
            case None:
                if into is None:
                    body = await run_in_threadpool(_said, state, bytes(said), actor)
                else:
                    check_contents(into.media_type, into.incoming.head, into.at)
    if body is None:
        raise invalid(AT, "required; it is missing")
    return body


def _begun(state: State, begun: PartBegins, files: list[_Arriving]) -> _Arriving:
    if len(files) == MOST_FILES:
        raise invalid("/file", f"at most {MOST_FILES} files at once; attach more to the filing, one by one")
    files.append(_Arriving(begun, f"/file/{len(files)}", state.files))
    return files[-1]


def _check_length(part: str, length: int, largest: int) -> None:
    if length > largest:
        raise HTTPException(413, f"Of a part {part} at most {largest:,} bytes are read; send less at once.")


def _said(state: State, raw: bytes, actor: Actor) -> FilingBody:
    """The part `filing`, read and asked after: what is wrong with it is said before the files are sent in vain."""
    try:
        with errors_below(AT):
            said = read_json(raw)
    except NotJSON as why:
        raise invalid(AT, f"not JSON: {why}") from None
    body: FilingBody = read_body(FilingBody, said, AT)
    body.check_about()
    with state.reader.connect() as connection:
        case = read_visible(connection, body.about.kind, body.about.id, actor)
    may_file(case, body, actor, state.viewer(actor).today(case))
    body.content()
    return body


def _different(files: list[_Arriving]) -> list[_Arriving]:
    """The files, when none of them is another; InvalidRequest names the second of two."""
    seen: dict[str, str] = {}
    for each in files:
        if (first := seen.setdefault(each.incoming.sha256, each.at)) != each.at:
            raise invalid(each.at, f"the same file as {first}; a file comes once with what it came with")
    return files


def _receipt(state: State, answer: Answer[Outcome]) -> FilingReceiptView:
    outcome = answer.outcome
    case = outcome.case
    filing = next(each for each in case.filings if each.id == outcome.subject.id)
    with state.reader.connect() as connection:
        files = attached_to(connection, case.id, filing.id)
        instant = recorded_at(connection, outcome.events[0])
    return FilingReceiptView(
        filing=filing.id,
        n=filing.n,
        version=outcome.version,
        case=CaseRef.of(case),
        kind=filing.kind.value,
        about=SubjectRef(kind=filing.about_kind, id=filing.about),
        party=PartyRef.of(case, filing.party),
        event=outcome.events[0],
        recorded_at=instant,
        recorded_on=local_day(instant, regime(case.regime).timezone),
        received_on=filing.received_on,
        in_time=filing.in_time,
        file_by=filing.file_by,
        files=[
            FiledFileView(
                **AttachmentView.of(each, files[each.sha256].name).model_dump(), event=files[each.sha256].event
            )
            for each in filing.attachments
        ],
    )
