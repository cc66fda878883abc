"""Every command at the console: what it does, and the one sentence it says when it cannot."""

import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from enjoin.serve import ACCOUNT
from enjoin.settings import Settings
from tests.enjoin.console import complaint, enjoin
from tests.support.processes import run
from workflow.lifecycle.vocabulary import Role
from workflow.store.database import reader
from workflow.use_cases.accounts.keys import actor_of


@pytest.fixture
def new_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'enjoin.db'}"


@pytest.fixture
def locked(sqlite_template: Path) -> Iterator[str]:
    with sqlite3.connect(sqlite_template, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        yield f"sqlite:///{sqlite_template}?timeout=0.05"
        other.execute("ROLLBACK")
    other.close()


def test_a_database_is_migrated_once_and_again_without_harm(new_url: str) -> None:
    first, second = (enjoin("migrate", ENJOIN_DATABASE_URL=new_url) for _ in range(2))
    assert (first.exit_code, first.stdout) == (0, "the database is at 0001\n")
    assert (second.exit_code, second.stdout) == (0, first.stdout)
    assert enjoin("journal", "verify", ENJOIN_DATABASE_URL=new_url).exit_code == 0


def test_a_key_is_shown_once_works_and_is_revoked(engine: Engine) -> None:
    new_url = engine.url.render_as_string(hide_password=False)
    made = enjoin(
        "key", "create", "--name", "Ana", "--role", "registrar", "--role", "case_officer", ENJOIN_DATABASE_URL=new_url
    )
    key = made.stdout.strip()
    with reader(engine).connect() as connection:
        actor = actor_of(connection, key)
        assert actor is not None
        assert actor.roles == {Role.REGISTRAR, Role.CASE_OFFICER}
    listed = enjoin("key", "list", ENJOIN_DATABASE_URL=new_url).stdout
    prefix, _, rest = listed.partition("…")
    assert key.startswith(prefix)
    assert key not in listed
    assert "in use" in rest
    assert rest.strip().endswith(f"Ana (case_officer, registrar)  {actor.account}")
    assert enjoin("key", "revoke", prefix, ENJOIN_DATABASE_URL=new_url).stdout == f"revoked {prefix}… of Ana\n"
    with reader(engine).connect() as connection:
        assert actor_of(connection, key) is None
    assert "revoked" in enjoin("key", "list", ENJOIN_DATABASE_URL=new_url).stdout
    again = complaint(enjoin("key", "revoke", prefix, ENJOIN_DATABASE_URL=new_url), 2)
    assert again == f"0 keys in use begin with '{prefix}'; `enjoin key list` shows them"
    assert enjoin("journal", "verify", ENJOIN_DATABASE_URL=new_url).exit_code == 0


def test_one_person_may_have_several_keys_but_one_set_of_roles(new_url: str) -> None:
    create = ("key", "create", "--name", "Ana", "--role")
    keys = {enjoin(*create, "registrar", ENJOIN_DATABASE_URL=new_url).stdout for _ in range(2)}
    assert len(keys) == 2
    said = complaint(enjoin(*create, "decision_maker", ENJOIN_DATABASE_URL=new_url), 2)
    assert said == "the account 'Ana' has the roles registrar; choose another --name, or give the same roles"


def test_a_key_is_somebodys(new_url: str) -> None:
    said = complaint(enjoin("key", "create", "--name", " ", "--role", "registrar", ENJOIN_DATABASE_URL=new_url), 2)
    assert said == "--name says who the key is for; it is blank"


def test_the_help_names_every_role() -> None:
    said = " ".join(enjoin("key", "create", "--help").stdout.split())
    assert all(role in said for role in Role)


def test_an_unknown_role_is_refused_with_those_there_are(new_url: str) -> None:
    said = complaint(enjoin("key", "create", "--name", "Ana", "--role", "king", ENJOIN_DATABASE_URL=new_url), 2)
    assert said.startswith("--role king: no such role; there are case_officer, ")
    assert not Path(new_url.removeprefix("sqlite:///")).exists()


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("ENJOIN_DATABSE_URL", "is not a setting of Enjoin; is ENJOIN_DATABASE_URL meant?"),
        ("ENJOIN_COLOUR", "is not a setting of Enjoin; known are ENJOIN_API_KEY, "),
    ],
)
@pytest.mark.parametrize("words", ["migrate", "serve", "key list", "journal verify"])
def test_a_misspelt_setting_is_refused(words: str, name: str, says: str) -> None:
    assert complaint(enjoin(*words.split(), **{name: "x"}), 2).startswith(f"{name} {says}")


@pytest.mark.parametrize("bytes_", ["0", "-1", "much", "1e9"])
def test_a_limit_of_files_that_is_none_is_refused(new_url: str, bytes_: str) -> None:
    refused = enjoin("serve", ENJOIN_LARGEST_ATTACHMENT=bytes_, ENJOIN_DATABASE_URL=new_url)
    assert complaint(refused, 2).startswith("ENJOIN_LARGEST_ATTACHMENT: ")


@pytest.mark.parametrize(
    ("address", "folder"),
    [
        ("sqlite:////var/register/enjoin.db", "/var/register/enjoin-files"),
        ("sqlite:///enjoin.db", "enjoin-files"),
        ("postgresql://host/name", "enjoin-files"),
    ],
)
def test_files_lie_beside_the_database_unless_a_folder_is_named(address: str, folder: str) -> None:
    assert Settings(database_url=address).folder == Path(folder)
    assert Settings(database_url=address, files=Path("/mnt/files")).folder == Path("/mnt/files")


def test_a_wrong_port_is_refused(new_url: str) -> None:
    assert complaint(enjoin("serve", ENJOIN_PORT="99999", ENJOIN_DATABASE_URL=new_url), 2).startswith("ENJOIN_PORT: ")


@pytest.mark.parametrize(
    ("address", "code", "says"),
    [
        ("nonsense", 2, "ENJOIN_DATABASE_URL: this is no address of a database, such as sqlite:///enjoin.db or"),
        ("postgresql://host:port/name", 2, "ENJOIN_DATABASE_URL: this is no address of a database"),
        ("mysql://host/name", 2, "ENJOIN_DATABASE_URL: a database is sqlite:///… or postgresql://…, not mysql://"),
        ("sqlite://", 2, "ENJOIN_DATABASE_URL: a SQLite database is a file"),
        ("sqlite:////no/such/folder/x.db", 1, "the database sqlite:////no/such/folder/x.db cannot be used: unable to"),
        (
            "postgresql://ana:secret@127.0.0.1:1/x",
            1,
            "the database postgresql://ana:***@127.0.0.1:1/x cannot be used: connection failed: ",
        ),
    ],
)
@pytest.mark.parametrize("words", ["migrate", "key list"])
def test_a_database_that_is_not_to_be_had_is_one_sentence(words: str, address: str, code: int, says: str) -> None:
    assert complaint(enjoin(*words.split(), ENJOIN_DATABASE_URL=address), code).startswith(says)


def test_postgresql_without_its_driver_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    said = complaint(enjoin("migrate", ENJOIN_DATABASE_URL="postgresql://host/name"), 2)
    assert said == "PostgreSQL needs its driver: pip install 'enjoin[postgres]'"


def test_verify_makes_no_database_and_knows_when_there_is_none(new_url: str) -> None:
    path = Path(new_url.removeprefix("sqlite:///"))
    said = complaint(enjoin("journal", "verify", ENJOIN_DATABASE_URL=new_url), 2)
    assert said == f"there is no database {path}: `enjoin migrate` makes it, ENJOIN_DATABASE_URL names another"
    assert not path.exists()
    path.touch()
    for words in (("journal", "verify"), ("bundle", "SAN-2022-019")):
        said = complaint(enjoin(*words, ENJOIN_DATABASE_URL=new_url), 1)
        assert said == f"the database {new_url} is empty; `enjoin migrate` brings it up to date"
    path.write_text("no database at all, but long enough to be taken for one by its size" * 20)
    said = complaint(enjoin("journal", "verify", ENJOIN_DATABASE_URL=new_url), 1)
    assert said == f"the database {new_url} cannot be used: file is not a database"


def test_verify_says_when_postgresql_is_away() -> None:
    said = complaint(enjoin("journal", "verify", ENJOIN_DATABASE_URL="postgresql://127.0.0.1:1/x"), 1)
    assert said.startswith("the database postgresql://127.0.0.1:1/x cannot be used: connection failed: ")


def test_a_database_somebody_else_is_writing_to_is_one_sentence(locked: str) -> None:
    said = complaint(enjoin("key", "create", "--name", "Ana", "--role", "registrar", ENJOIN_DATABASE_URL=locked), 1)
    assert said.endswith("cannot be used: database is locked")


def test_a_database_of_a_later_version_is_one_sentence(new_url: str) -> None:
    enjoin("migrate", ENJOIN_DATABASE_URL=new_url)
    with sqlite3.connect(new_url.removeprefix("sqlite:///")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    said = complaint(enjoin("migrate", ENJOIN_DATABASE_URL=new_url), 1)
    assert said.startswith(f"the database {new_url} is not of this version: ")


def test_the_schedulers_name_taken_by_somebody_else_is_one_sentence(
    new_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    enjoin("key", "create", "--name", ACCOUNT, "--role", "registrar", ENJOIN_DATABASE_URL=new_url)
    monkeypatch.setattr("enjoin.serve._stop_on_signals", lambda: None)  # they are the test run's own
    said = complaint(enjoin("serve", ENJOIN_PORT="0", ENJOIN_DATABASE_URL=new_url), 1)
    assert said.startswith(f"the account '{ACCOUNT}' has the roles registrar; ")


def test_without_a_command_there_is_help() -> None:
    result = enjoin()
    assert all(command in result.output for command in ("demo", "serve", "migrate", "key", "journal"))


@pytest.mark.parametrize("module", ["enjoin", "enjoin.cli"])
def test_the_command_runs_as_a_module_too(module: str) -> None:
    found = run([sys.executable, "-m", module, "regimes", "list"])
    assert (found.returncode, found.stderr) == (0, "")
    assert "fr-cnil" in found.stdout


def test_a_new_database_is_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "private.db"
    assert enjoin("migrate", ENJOIN_DATABASE_URL=f"sqlite:///{file}").exit_code == 0
    assert file.stat().st_mode & 0o077 == 0
