"""A running register for the API's tests: the app on a fresh database, a clock that jumps, a key a role."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Engine
from starlette.datastructures import State as Parts

from api.app import create_app
from api.state import Options, State
from api.watch import Watch
from tests.support.postgres import Server
from tests.support.register import CASE, a_draft
from workflow.lifecycle.vocabulary import Role
from workflow.store.database import make_engine, reader
from workflow.store.sealed import Vault
from workflow.store.writer import Writer
from workflow.use_cases.accounts.keys import CONSOLE, NewKey, create_key

Roles = Role | tuple[Role, ...]
VAULT = Vault([bytes(32)])
"""Keys that seal the secrets of the tests."""

_BUILT: dict[tuple[int, int], FastAPI] = {}


@dataclass
class JumpingClock:
    """A register's clock for tests: noon in UTC of the day it was set to."""

    instant: datetime = datetime(2022, 6, 2, 12, tzinfo=UTC)

    def now(self) -> datetime:
        """The instant it was set to."""
        return self.instant

    def jump(self, day: str) -> None:
        """Let it be noon of this day."""
        self.instant = datetime.fromisoformat(f"{day}T12:00:00+00:00")


def allow_all(_url: str) -> None:
    """A check of addresses that finds nothing."""


@dataclass
class Desk:
    """The API as people with roles use it."""

    client: TestClient
    writer: Writer
    clock: JumpingClock
    keys: dict[str, str] = field(default_factory=dict)

    def key(self, roles: Roles) -> dict[str, str]:
        """The header of the account with these roles, made when it is first asked for."""
        roles = (roles,) if isinstance(roles, Role) else roles
        name = "+".join(roles)
        if name not in self.keys:
            self.keys[name] = self.writer.run(create_key, NewKey(name, frozenset(roles)), CONSOLE).key
        return {"Authorization": f"Bearer {self.keys[name]}"}

    def get(self, path: str, role: Roles = Role.CASE_OFFICER, **more: Any) -> httpx2.Response:
        """Read as somebody."""
        return self.client.get(path, headers=self.key(role), **more)

    def post(
        self, path: str, json: Any, role: Roles = Role.CASE_OFFICER, version: int | None = None
    ) -> httpx2.Response:
        """Write as somebody, with the version they read."""
        headers = self.key(role) | ({} if version is None else {"If-Match": f'"{version}"'})
        return self.client.post(path, json=json, headers=headers)

    def attach(
        self, filing: str, file: bytes, role: Roles = Role.REGISTRAR, media_type: str = "application/pdf", **query: Any
    ) -> httpx2.Response:
        """Attach a file to the filing at this path, with the version as it now is."""
        version = query.pop("version", None) or self.get(filing).json()["version"]
        headers = self.key(role) | {"If-Match": f'"{version}"', "Content-Type": media_type}
        params = {"name": "evidence.pdf", **query}
        return self.client.post(f"{filing}/attachments", content=file, headers=headers, params=params)

    def delete(self, path: str, role: Roles = Role.CASE_OFFICER, version: int | None = None) -> httpx2.Response:
        """Remove as somebody, with the version they read."""
        headers = self.key(role) | ({} if version is None else {"If-Match": f'"{version}"'})
        return self.client.delete(path, headers=headers)

    def pull(self, path: str, trigger: str, role: Roles, **body: Any) -> httpx2.Response:
        """Pull a trigger with the version as it now is."""
        version = self.get(path).json()["version"]
        return self.post(f"{path}/transitions", {"trigger": trigger, **body}, role, version)

    def accept_compliance(self, order: str, complied_on: str) -> httpx2.Response:
        """Accept compliance with an order: an officer proposes it, the head of enforcement confirms."""
        proposed = self.pull(order, "accept_compliance", Role.CASE_OFFICER, data={"complied_on": complied_on})
        assert proposed.status_code == 202, proposed.text
        return self.pull(order, "confirm", Role.HEAD_OF_ENFORCEMENT)

    def open_case(self, **members: Any) -> dict[str, Any]:
        """The case, open since 2 June 2022."""
        self.clock.jump("2022-06-02")
        made = self.post("/v1/cases", CASE | members)
        assert made.status_code == 201, made.text
        case: dict[str, Any] = made.json()
        return case

    def draft(self, in_case: str = "SAN-2022-019", **members: Any) -> dict[str, Any]:
        """The decision drafted on 13 October 2022, in a case of its own."""
        parties = [{"name": "Clearview AI Inc.", "country": "US"}, {"name": "Clearview AI SAS", "country": "FR"}]
        case = self.open_case(reference=in_case, parties=parties)
        self.clock.jump("2022-10-13")
        made = self.post("/v1/decisions", {"case": case["id"], **a_draft(**members)})
        assert made.status_code == 201, made.text
        decision: dict[str, Any] = made.json()
        return decision

    def adopt(self, **members: Any) -> dict[str, Any]:
        """The decision adopted on 17 October 2022."""
        path = f"/v1/decisions/{self.draft(**members)['id']}"
        assert self.pull(path, "submit", Role.CASE_OFFICER).status_code == 200
        self.clock.jump("2022-10-17")
        adopted = self.pull(path, "adopt", Role.DECISION_MAKER)
        assert adopted.status_code == 200, adopted.text
        decision: dict[str, Any] = adopted.json()
        return decision

    def serve(self, **members: Any) -> dict[str, Any]:
        """The decision served on 19 October 2022."""
        path = f"/v1/decisions/{self.adopt(**members)['id']}"
        self.clock.jump("2022-10-19")
        data = {"addressee": 1, "served_on": "2022-10-19", "channel": "registered_letter"}
        served = self.pull(path, "record_service", Role.REGISTRAR, data=data, assumed=["served_on"])
        assert served.status_code == 200, served.text
        decision: dict[str, Any] = served.json()
        return decision

    def sweep(self) -> list[dict[str, Any]]:
        """Do what the scheduler does, until nothing is due."""
        taken: list[dict[str, Any]] = []
        while items := self.get("/v1/due", Role.SCHEDULER).json()["items"]:
            steps = [{key: item[key] for key in ("subject", "trigger", "step")} for item in items]
            answer = self.post("/v1/transitions", {"items": steps}, Role.SCHEDULER)
            assert answer.status_code in (200, 202), answer.text
            taken += answer.json()["results"]
        return taken


def an_app(engine: Engine, writer: Writer, clock: JumpingClock, options: Options) -> FastAPI:
    """The app with parts of its own. Its routes, which take a tenth of a second, are built once for all the desks."""
    sizes = (options.largest_body, options.largest_attachment)
    if sizes not in _BUILT:
        _BUILT[sizes] = create_app(engine, writer, clock, options)
    app, reads = copy(_BUILT[sizes]), reader(engine)
    app.state = Parts({"enjoin": State(reads, writer, clock, options, Watch(reads))})
    return app


@contextmanager
def opened(engine: Engine, options: Options) -> Iterator[Desk]:
    """A desk over this database."""
    clock = JumpingClock()
    writer = Writer(engine, clock)
    with TestClient(an_app(engine, writer, clock, options), raise_server_exceptions=False) as client:
        yield Desk(client, writer, clock)
    writer.close()


@pytest.fixture
def desk(engine: Engine, tmp_path: Path) -> Iterator[Desk]:
    """The API on a fresh database of each kind."""
    with opened(engine, Options(check_url=allow_all, vault=VAULT, files=tmp_path / "files")) as desk:
        yield desk


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def shared_engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine on a database of each kind that the tests of a module share."""
    if request.param == "sqlite":
        path = tmp_path_factory.mktemp("shared") / "enjoin.db"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        url = f"sqlite:///{path}"
    else:
        server: Server = request.getfixturevalue("server")
        url = server.url(server.create(f"shared_{uuid4().hex}", request.getfixturevalue("postgresql_template")))
    engine = make_engine(url)
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def shared_desk(shared_engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The API on a database that the tests of a module share: each takes a case of its own, or changes nothing."""
    files = tmp_path_factory.mktemp("files")
    with opened(shared_engine, Options(check_url=allow_all, vault=VAULT, files=files)) as desk:
        for role in Role:
            desk.key(role)
        yield desk


def only_counsel(url: str) -> None:
    """A check of addresses that knows one host."""
    if not url.startswith("https://counsel.example/"):
        raise ValueError("only https is permitted")


@pytest.fixture
def guarded(engine: Engine) -> Iterator[Desk]:
    """A desk that lets deliveries go to counsel.example alone."""
    with opened(engine, Options(check_url=only_counsel, vault=VAULT)) as desk:
        yield desk


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """The machine's clock, which this moves on by seconds; it stands still otherwise."""
    at = datetime.now(UTC)
    monkeypatch.setattr("workflow.store.writer.machine_now", lambda: at)

    def move(seconds: float) -> None:
        nonlocal at
        at += timedelta(seconds=seconds)

    return move
