"""A client generated from the OpenAPI document alone, in an environment of its own, runs the first case."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from enjoin.clocks import RealClock
from tests.enjoin.test_serve import address, serving
from workflow.lifecycle.vocabulary import Role
from workflow.store.database import make_engine
from workflow.store.writer import Writer
from workflow.use_cases.accounts.keys import CONSOLE, NewKey, create_key

HERE = Path(__file__).parent
ROLES = (Role.CASE_OFFICER, Role.DECISION_MAKER, Role.REGISTRAR, Role.COMMITTEE_SECRETARY)


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment that holds the generator, and nothing of ours."""
    folder = tmp_path_factory.mktemp("client")
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    pins = HERE / "constraints.txt"
    pip = folder / "bin" / "pip"
    subprocess.run([pip, "install", "-q", "-c", pins, "openapi-python-client"], check=True, capture_output=True)
    return folder / "bin" / "python"


@pytest.fixture
def engine(sqlite_template: Path, tmp_path: Path) -> Iterator[Engine]:
    path = tmp_path / "enjoin.db"
    shutil.copyfile(sqlite_template, path)
    made = make_engine(f"sqlite:///{path}")
    yield made
    made.dispose()


def generated(python: Path, url: str, folder: Path) -> str:
    """Generate the client of a running API into a folder, and give what the generator said."""
    made = subprocess.run(
        [
            *(python.with_name("openapi-python-client"), "generate"),
            *("--url", f"{url}/openapi.json", "--config", HERE / "config.yml"),
            *("--meta", "none", "--output-path", folder / "enjoin_client"),
        ],
        check=True,
        capture_output=True,
        text=True,
        env={"PATH": f"{python.parent}:/usr/bin:/bin"},
    )
    return made.stdout + made.stderr


@pytest.mark.long
def test_the_generated_client_takes_clearview_to_an_adopted_penalty(
    python: Path, engine: Engine, tmp_path: Path
) -> None:
    writer = Writer(engine, RealClock())
    keys = {role.value: writer.run(create_key, NewKey(role.value, frozenset({role})), CONSOLE).key for role in ROLES}
    others = [NewKey(f"member {n}", frozenset({Role.DECISION_MAKER})) for n in (1, 2, 3)]
    members = [writer.run(create_key, each, CONSOLE).account for each in others]
    writer.close()
    with serving(engine, ENJOIN_TICK="3600") as server:
        url = address(server)
        said = generated(python, url, tmp_path)
        assert "arning" not in said, said
        ran = subprocess.run(
            [python, HERE / "clearview.py", url],
            input=json.dumps({"keys": keys, "members": members}),
            capture_output=True,
            text=True,
            env={"PYTHONPATH": str(tmp_path)},
        )
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout) == {
        "last_day": "2022-12-19",
        "state": "adopted",
        "amount": "5200000.00",
        "currency": "EUR",
    }
