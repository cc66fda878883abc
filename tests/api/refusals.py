"""Asking for what must be refused, and proving that nothing at all was written."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx2
from sqlalchemy import select
from sqlmodel import SQLModel

from tests.api.conftest import Desk, Roles
from workflow.lifecycle.vocabulary import Role

MEMBERS = {"type", "title", "status", "detail", "code", "instance"}


def everything(desk: Desk) -> dict[str, list[str]]:
    """Every row of every table."""
    with desk.writer.engine.connect() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(select(table))))
            for table in SQLModel.metadata.sorted_tables
        }


@contextmanager
def nothing_written(desk: Desk) -> Iterator[None]:
    """Fail if the block leaves any row otherwise than it was."""
    before = everything(desk)
    yield
    after = everything(desk)
    assert {name for name in after if after[name] != before[name]} == set()


def problem(answer: httpx2.Response, status: int, code: str) -> dict[str, Any]:
    """The problem in an answer, once its shape is as every problem's."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    found: dict[str, Any] = answer.json()
    assert set(found) >= MEMBERS
    assert (found["status"], found["code"]) == (status, code), found
    assert found["type"] == f"urn:enjoin:problem:{code.replace('_', '-')}"
    assert found["instance"].startswith("urn:request:")
    return found


def refused(
    desk: Desk,
    path: str,
    body: Any,
    role: Roles = Role.CASE_OFFICER,
    version: int | None = None,
    *,
    status: int,
    code: str,
) -> dict[str, Any]:
    """The problem a write is answered with; nothing was written."""
    desk.key(role)
    with nothing_written(desk):
        answer = desk.post(path, body, role, version)
    return problem(answer, status, code)


def errors_of(found: dict[str, Any]) -> dict[str, str]:
    """The wrong members by path."""
    return {error["path"]: error["problem"] for error in found["errors"]}
