"""Both databases for every test that asks for `engine`: migrated, empty, and its own."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import settings
from sqlalchemy import Engine

from migrations.run import upgrade
from tests.support.postgres import Server, postgres
from workflow.store.database import make_engine

settings.register_profile("enjoin", deadline=None)  # a busy machine is no defect of what is tested
settings.load_profile("enjoin")


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """PostgreSQL for the whole session. Without it the tests fail: half of what they show would be missing."""
    with postgres() as running:
        yield running


@pytest.fixture(scope="session")
def postgresql_template(server: Server) -> Iterator[str]:
    """A migrated database to copy."""
    name = server.create(f"template_{uuid4().hex}")
    engine = make_engine(server.url(name))
    upgrade(engine)
    engine.dispose()
    yield name
    server.drop(name)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file to copy."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    engine = make_engine(f"sqlite:///{path}")
    upgrade(engine)
    engine.dispose()  # the last connection to close folds the write-ahead log into the file
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a fresh, migrated database, for tests that start processes of their own."""
    if request.param == "sqlite":
        path = tmp_path / "enjoin.db"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    server: Server = request.getfixturevalue("server")
    name = server.create(f"test_{uuid4().hex}", request.getfixturevalue("postgresql_template"))
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on a fresh, migrated database; the test runs once on each kind."""
    made = make_engine(database_url)
    yield made
    made.dispose()
