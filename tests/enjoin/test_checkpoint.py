"""Signed checkpoints: what is proved by one, what is named when a chain was cut or written anew, and the keys."""

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from tests.enjoin.console import complaint, enjoin
from tests.support.seeding import SEEDED_EVENTS, references, seed
from workflow.lifecycle.facts import case_id
from workflow.store.canonical import chained, first_hash
from workflow.store.database import make_engine

FIRST, SECOND = map(case_id, references(2))
AGREE = "every chain, every fold, every current row and every attached file agree\n"


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("keys") / "k"
    assert enjoin("journal", "key", "--out", str(path)).exit_code == 0
    return path


@pytest.fixture(scope="module")
def signed(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory, keys: Path) -> Path:
    """A folder with a register and the checkpoint of its two cases."""
    folder = tmp_path_factory.mktemp("signed")
    file = shutil.copyfile(sqlite_template, folder / "enjoin.db")
    engine = make_engine(f"sqlite:///{file}")
    seed(engine, 2)
    engine.dispose()
    made = sign(folder, keys)
    assert made.exit_code == 0, made.output
    assert "3 chains signed by ed25519:" in made.stdout
    return folder


def sign(folder: Path, keys: Path, name: str = "checkpoint.json") -> Any:
    out = str(folder / name)
    return enjoin(
        "journal", "checkpoint", "--key", str(keys), "--out", out, ENJOIN_DATABASE_URL=f"sqlite:///{folder}/enjoin.db"
    )


@pytest.fixture
def folder(signed: Path, tmp_path: Path) -> Path:
    return shutil.copytree(signed, tmp_path / "copy")


@pytest.fixture
def by_hand(folder: Path) -> Iterator[Callable[..., Any]]:
    """Statements on the file, every trigger dropped before."""
    with closing(sqlite3.connect(folder / "enjoin.db", isolation_level=None)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        yield lambda statement, *values: connection.execute(statement, values)


def verify(folder: Path, *more: str) -> Any:
    return enjoin(
        "journal",
        "verify",
        "--checkpoint",
        str(folder / "checkpoint.json"),
        *more,
        ENJOIN_DATABASE_URL=f"sqlite:///{folder}/enjoin.db",
    )


def named(folder: Path) -> list[str]:
    """What is found against the checkpoint alone."""
    result = verify(folder)
    assert result.exit_code == 1, result.output
    return [line for line in result.stdout.splitlines() if line.startswith("checkpoint: ")]


def test_a_register_that_only_grew_passes(folder: Path, keys: Path) -> None:
    url = f"sqlite:///{folder}/enjoin.db"
    public = f"{keys}.pub"
    assert enjoin("key", "create", "--name", "Later", "--role", "auditor", ENJOIN_DATABASE_URL=url).exit_code == 0
    result = verify(folder, "--public-key", public)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith(AGREE + "each of 3 chains passes through the checkpoint of 20")
    assert "signed by ed25519:" in verify(folder).stdout
    assert sign(folder, keys, "second.json").exit_code == 0
    second = json.loads((folder / "second.json").read_bytes())["checkpoint"]
    (authority,) = [each for each in second["streams"] if each["case"] == "authority"]
    first = json.loads((folder / "checkpoint.json").read_bytes())["checkpoint"]
    assert authority["seq"] > next(each["seq"] for each in first["streams"] if each["case"] == "authority") + 1


def test_the_stream_of_the_authority_says_what_was_signed_and_verifies(
    folder: Path, by_hand: Callable[..., Any]
) -> None:
    ((body,),) = by_hand("SELECT body FROM journal WHERE type = 'checkpoint.signed'").fetchall()
    said = json.loads(body)
    document = json.loads((folder / "checkpoint.json").read_bytes())
    assert said["audience"] == "internal"
    assert said["data"]["streams"] == 3
    assert said["data"]["key"] == said["subject"]["id"]
    assert document["algorithm"] == "Ed25519"
    assert enjoin("journal", "verify", ENJOIN_DATABASE_URL=f"sqlite:///{folder}/enjoin.db").stdout == AGREE


def rewrite(by_hand: Callable[..., Any], case: str) -> None:
    """Write the whole chain of a case anew, as somebody with the file in hand could: every hash follows."""
    rows = by_hand('SELECT seq, body FROM journal WHERE "case" = ? ORDER BY seq', case).fetchall()
    previous = first_hash(case)
    for seq, body in rows:
        body = body.replace('"late_by":null', '"late_by":"P1D"') if seq == 3 else body
        previous = chained(previous, body)
        by_hand('UPDATE journal SET body = ?, hash = ? WHERE "case" = ? AND seq = ?', body, previous, case, seq)
    by_hand("UPDATE journal SET late_by = 'P1D' WHERE \"case\" = ? AND seq = 3", case)
    by_hand('UPDATE case_head SET hash = ? WHERE "case" = ?', previous, case)


def test_a_chain_written_anew_is_found_by_the_checkpoint_alone(folder: Path, by_hand: Callable[..., Any]) -> None:
    rewrite(by_hand, FIRST)
    assert enjoin("journal", "verify", ENJOIN_DATABASE_URL=f"sqlite:///{folder}/enjoin.db").stdout == AGREE
    said = (
        f"checkpoint: case {FIRST}, event {SEEDED_EVENTS}: rewritten: the event has another hash than at the checkpoint"
    )
    assert named(folder) == [said]


def test_a_chain_that_was_cut_is_named(folder: Path, by_hand: Callable[..., Any]) -> None:
    by_hand('DELETE FROM journal WHERE "case" = ? AND seq = ?', FIRST, SEEDED_EVENTS)
    ((hash,),) = by_hand('SELECT hash FROM journal WHERE "case" = ? AND seq = ?', FIRST, SEEDED_EVENTS - 1).fetchall()
    by_hand('UPDATE case_head SET seq = ?, hash = ? WHERE "case" = ?', SEEDED_EVENTS - 1, hash, FIRST)
    said = f"it had {SEEDED_EVENTS} events at the checkpoint, and has {SEEDED_EVENTS - 1}"
    assert named(folder) == [f"checkpoint: case {FIRST}: cut_tail: {said}"]


def test_a_case_that_is_gone_and_an_event_that_is_gone_are_named(folder: Path, by_hand: Callable[..., Any]) -> None:
    by_hand('DELETE FROM journal WHERE "case" = ?', FIRST)
    said = f"checkpoint: case {FIRST}: missing_case: it had {SEEDED_EVENTS} events at the checkpoint, and has none"
    assert named(folder) == [said]
    by_hand('UPDATE journal SET seq = seq + 1 WHERE "case" = ? AND seq = ?', SECOND, SEEDED_EVENTS)
    assert (
        f"checkpoint: case {SECOND}, event {SEEDED_EVENTS}: gap: the event at the head of the checkpoint is gone"
        in (named(folder))
    )


def test_an_authority_that_knows_nothing_of_the_checkpoint_is_named(folder: Path, by_hand: Callable[..., Any]) -> None:
    by_hand("DELETE FROM journal WHERE type = 'checkpoint.signed'")
    assert named(folder) == [
        "checkpoint: case authority: rewritten: no event of the authority says that this checkpoint was signed"
    ]


@pytest.mark.parametrize("member", ["seq", "hash"])
def test_a_checkpoint_that_was_changed_does_not_hold(folder: Path, member: str) -> None:
    file = folder / "checkpoint.json"
    document = json.loads(file.read_bytes())
    document["checkpoint"]["streams"][0][member] = 1 if member == "seq" else "0" * 64
    file.write_text(json.dumps(document))
    said = complaint(verify(folder), 1)
    assert said.startswith(f"{file} was changed after ed25519:")


def test_a_checkpoint_signed_by_somebody_else_is_refused(folder: Path, tmp_path: Path, keys: Path) -> None:
    other = tmp_path / "other"
    assert enjoin("journal", "key", "--out", str(other)).exit_code == 0
    said = complaint(verify(folder, "--public-key", f"{other}.pub"), 1)
    assert " is signed by ed25519:" in said
    said = complaint(verify(folder, "--public-key", str(keys)), 2)
    assert said == f"{keys} holds no public key"


@pytest.mark.parametrize(
    "text", ["{}", "[]", '{"checkpoint": {}, "public_key": "", "signature": ""}', '{"checkpoint": 1}']
)
def test_what_is_no_checkpoint_is_refused(folder: Path, text: str) -> None:
    (folder / "checkpoint.json").write_text(text)
    assert "is no signed checkpoint" in complaint(verify(folder), 2)


def test_keys_are_for_their_owner_alone_and_never_replaced(keys: Path, tmp_path: Path) -> None:
    assert keys.stat().st_mode & 0o777 == 0o600
    assert "is there already" in complaint(enjoin("journal", "key", "--out", str(keys)), 2)
    (tmp_path / "x.pub").write_text("mine")
    assert "x.pub is there already" in complaint(enjoin("journal", "key", "--out", str(tmp_path / "x")), 2)
    assert not (tmp_path / "x").exists()


def test_a_checkpoint_needs_a_key_and_a_place(folder: Path, keys: Path, tmp_path: Path) -> None:
    said = complaint(sign(folder, tmp_path / "none", "new.json"), 2)
    assert said == f"{tmp_path}/none: No such file or directory; `enjoin journal key` makes one"
    assert "holds no private key" in complaint(sign(folder, Path(f"{keys}.pub"), "new.json"), 2)
    assert "is there already; --out names another" in complaint(sign(folder, keys), 2)
    assert not (folder / "new.json").exists()
    url = f"sqlite:///{tmp_path}/no.db"
    assert "there is no database" in complaint(
        enjoin("journal", "checkpoint", "--key", str(keys), ENJOIN_DATABASE_URL=url), 2
    )
    said = complaint(enjoin("journal", "verify", "--public-key", str(keys), ENJOIN_DATABASE_URL=url), 2)
    assert said.startswith("--public-key says who signed a checkpoint")


def test_on_either_database(engine: Engine, keys: Path, tmp_path: Path) -> None:
    seed(engine, 1)
    url = engine.url.render_as_string(hide_password=False)
    out = str(tmp_path / "c.json")
    made = enjoin("journal", "checkpoint", "--key", str(keys), "--out", out, ENJOIN_DATABASE_URL=url)
    assert made.exit_code == 0, made.output
    result = enjoin("journal", "verify", "--checkpoint", out, ENJOIN_DATABASE_URL=url)
    assert result.exit_code == 0, result.output
