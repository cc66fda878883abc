"""`Idempotency-Key`: a write that makes something is done once, however often it is sent (an Internet-Draft).

draft-ietf-httpapi-idempotency-key-header has the key in quotes; most clients send it bare. Both are read, as one key.
"""

import json
import re
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Annotated, Any, Generic, TypeVar

from fastapi import Header, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, BeforeValidator, WithJsonSchema
from starlette.concurrency import run_in_threadpool

from api.state import State
from workflow.lifecycle.kernel.rules import Actor
from workflow.store.writer import UseCase
from workflow.use_cases.acting.once import HEADER, PLAIN, Asked, Made, MadeBefore, Memory, Once, nothing, once

A = TypeVar("A")
C = TypeVar("C")

LONGEST = 255
_NAME = HEADER.rpartition("/")[2]
_BARE = re.compile(r"[!#-~]+")
_QUOTED = re.compile(r'"((?:[ !#-\[\]-~]|\\["\\])+)"')
_ESCAPED = re.compile(r'\\(["\\])')
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def _key(value: str) -> str:
    quoted = _QUOTED.fullmatch(value)
    key = _ESCAPED.sub(r"\1", quoted[1]) if quoted else value
    if not (quoted or _BARE.fullmatch(value)) or len(key) > LONGEST:
        raise ValueError(f"a key of 1 to {LONGEST} printable characters of ASCII, best a UUID, not {value[:40]!r}")
    return key


_SCHEMA = {"type": "string", "pattern": r"^[!#-~]{1,255}$"}
Key = Annotated[str, BeforeValidator(_key), WithJsonSchema(_SCHEMA)]
IdempotencyKey = Annotated[
    Key | None,
    Header(
        description="A name of your own for this request, best a UUID: sent again under it within 7 days, it is not "
        "done again but answered as it was the first time. With another body it is refused. A refusal leaves the key "
        "free. The header is an Internet-Draft (draft-ietf-httpapi-idempotency-key-header)."
    ),
]


def asked(request: Request, key: str | None, body: BaseModel | str) -> Asked | None:
    """What is asked under a key: this body at this address, as it was understood; of a file, its hash."""
    if key is None:
        return None
    said = body.model_dump(mode="json") if isinstance(body, BaseModel) else body
    text = json.dumps([request.method, request.url.path, request.url.query, said], sort_keys=True)
    return Asked(key, sha256(text.encode()).hexdigest())


def one_where_taken(request: Request) -> None:
    """Reject a key on a request that creates nothing (ignoring it would be a false promise), and a repeated key."""
    sent = request.headers.getlist(_NAME)
    if not sent or request.method in _SAFE:
        return
    if all(each.alias != _NAME for each in request.scope["route"].dependant.header_params):
        raise not_taken()
    if len(sent) > 1:
        raise _refused("one key; the header stands there twice")


def not_taken() -> RequestValidationError:
    """The refusal of a key on a request that makes nothing."""
    return _refused("no key here, as this makes nothing new: leave the header out")


def _refused(why: str) -> RequestValidationError:
    error = {"type": "value_error", "loc": ("header", _NAME), "ctx": {"error": ValueError(why)}}
    return RequestValidationError([error])


@dataclass(frozen=True, slots=True)
class Answer(Generic[A]):
    """The outcome of a write, and the instant on the register's clock as of which it is shown."""

    outcome: A
    at: datetime


async def write_once(
    state: State, asked: Asked | None, use_case: UseCase[C, Actor, A], command: C, actor: Actor, memory: Memory[A]
) -> Answer[A]:
    """Have the writer run a use case, unless it was asked under the same key already: then with the answer of then."""
    if asked is None:
        return Answer(await state.write(use_case, command, actor), state.now)
    done = await state.write(once, Once(use_case, command, actor.account, asked, memory.keep), actor)
    (outcome,) = await run_in_threadpool(_outcomes, state, [done], memory)
    return Answer(outcome, done.at)


async def write_each_once(
    state: State,
    asked: Asked | None,
    use_case: UseCase[C, Actor, A],
    commands: list[C],
    actor: Actor,
    memory: Memory[A],
) -> list[A | BaseException]:
    """Have the writer run a use case with many commands, each a part of one request that answers for itself."""
    if asked is None:
        return await state.write_many([(use_case, command, actor) for command in commands])
    await write_once(state, asked, nothing, None, actor, PLAIN)
    parts = [
        Once(use_case, command, actor.account, replace(asked, part=n), memory.keep)
        for n, command in enumerate(commands, start=1)
    ]
    done = await state.write_many([(once, part, actor) for part in parts])
    return await run_in_threadpool(_outcomes, state, done, memory)


def _outcomes(state: State, done: list[Any], memory: Memory[A]) -> list[Any]:
    """What was made just now, what was made then, and what was refused, as it stands."""
    with state.reader.connect() as connection:

        def outcome(each: Made | MadeBefore | BaseException) -> Any:
            match each:
                case Made():
                    return each.outcome
                case MadeBefore():
                    return memory.find(connection, each.kept)
                case _:
                    return each

        return [outcome(each) for each in done]
