"""Cases that are due on the real clock, on both databases, each test with a copy of its own."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine

from enjoin.clocks import RealClock
from enjoin.wiring import register, serving
from migrations.run import upgrade
from scheduler.client import ApiClient, connect
from tests.support.postgres import Server
from tests.support.processes import SECRET_KEYS
from tests.support.receiver import Receiver, receiver
from tests.support.seeding import seed
from workflow.store.database import make_engine

CASES = 5
LOOPBACK = frozenset({"127.0.0.1"})


@dataclass(frozen=True)
class Seeded:
    """A database of seeded cases, and the key of a scheduler that is known there."""

    url: str
    key: str

    @contextmanager
    def serving(self, port: int = 0) -> Iterator[str]:
        """The API over it on a loopback port, with the ordinary writer."""
        with (
            register(self.url, RealClock(), LOOPBACK, secret_keys=SECRET_KEYS) as parts,
            serving(parts.app, "127.0.0.1", port) as server,
        ):
            yield server.url

    def client(self, url: str) -> ApiClient:
        """A scheduler's client of the API at a URL."""
        return connect(url, self.key)


@pytest.fixture(scope="session")
def seeded_sqlite(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    path = tmp_path_factory.mktemp("faults") / "seeded.db"
    return path, seeded_at(f"sqlite:///{path}")


@pytest.fixture(scope="session")
def seeded_postgresql(server: Server) -> Iterator[tuple[str, str]]:
    with template(server) as made:
        yield made


@contextmanager
def template(server: Server) -> Iterator[tuple[str, str]]:
    """A seeded database to copy on a server: its name and the key."""
    name = server.create(f"seeded_{uuid4().hex}")
    yield name, seeded_at(server.url(name))
    server.drop(name)


def seeded_at(url: str) -> str:
    engine = make_engine(url)
    upgrade(engine)
    key = seed(engine, CASES)
    engine.dispose()
    return key


@contextmanager
def copied(server: Server, source: tuple[str, str]) -> Iterator[Seeded]:
    """A copy of a seeded database."""
    template, key = source
    name = server.create(f"faults_{uuid4().hex}", template)
    yield Seeded(server.url(name), key)
    server.drop(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def seeded(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Seeded]:
    if request.param == "sqlite":
        template, key = request.getfixturevalue("seeded_sqlite")
        yield Seeded(f"sqlite:///{shutil.copyfile(template, tmp_path / 'enjoin.db')}", key)
        return
    source = request.getfixturevalue("seeded_postgresql")
    with copied(request.getfixturevalue("server"), source) as copy:
        yield copy


@pytest.fixture
def engine(seeded: Seeded) -> Iterator[Engine]:
    made = make_engine(seeded.url)
    yield made
    made.dispose()


@pytest.fixture
def mailbox() -> Iterator[Receiver]:
    with receiver() as one:
        yield one
