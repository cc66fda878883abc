"""Bundles: what stands in each version, the same bytes twice, and every byte that is changed is named."""

import ast
import io
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, delete

from tests.support.seeding import FIRST_FILE, FIRST_MESSAGES, OTHER_FILE, SEEDED_EVENTS, attached, references, seed
from workflow.law.invalid import InvalidRequest
from workflow.lifecycle.facts import case_id
from workflow.store.database import make_engine
from workflow.store.files import Files as Kept
from workflow.store.missing import NotFound
from workflow.store.tables.journal import event_text
from workflow.use_cases.bundle import verify as verify_bundle
from workflow.use_cases.bundle.build import BundleAudience, BundleFor, make_bundle
from workflow.use_cases.bundle.verify import Files, Touched, check, document, line, parts

NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
WHOLE, PUBLIC = BundleFor(), BundleFor(BundleAudience.PUBLIC)
CASE = case_id(references(1)[0])


def bundled(engine: Engine, wanted: BundleFor = WHOLE, kept: Kept | None = None) -> bytes:
    with engine.connect() as connection:
        return make_bundle(connection, CASE, wanted, NOW, kept).content


def opened(raw: bytes) -> Files:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def closed(files: Files, *, listed: bool = True) -> bytes:
    """The files as a bundle again, as a forger would who knows how."""
    if listed:
        others = {name: data for name, data in files.items() if name != "manifest.json"}
        files["manifest.json"] = document(
            {name: [len(data), sha256(data).hexdigest()] for name, data in others.items()}
        )
    files = dict(sorted(files.items()))
    return b"".join(part for _, _, part in parts(files))


def named(raw: bytes) -> str:
    """What the check says was touched."""
    try:
        said = list(check(raw))
    except Touched as found:
        return ": ".join(found.args)
    pytest.fail(f"nothing was found: {said}")


@pytest.fixture(scope="module")
def one(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[bytes]:
    path = tmp_path_factory.mktemp("bundle") / "enjoin.db"
    shutil.copyfile(sqlite_template, path)
    engine = make_engine(f"sqlite:///{path}")
    seed(engine, 1)
    yield bundled(engine)
    engine.dispose()


@pytest.fixture(scope="module")
def with_files(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Engine, Kept]]:
    """A database whose one case has files, and where these are."""
    folder = tmp_path_factory.mktemp("files")
    shutil.copyfile(sqlite_template, folder / "enjoin.db")
    engine, kept = make_engine(f"sqlite:///{folder}/enjoin.db"), Kept(folder / "kept")
    seed(engine, 1)
    attached(engine, kept)
    yield engine, kept
    engine.dispose()


@pytest.fixture
def holding(with_files: tuple[Engine, Kept]) -> bytes:
    """A bundle with two files in it."""
    engine, kept = with_files
    return bundled(engine, kept=kept)


def of(file: bytes) -> str:
    return f"attachments/{sha256(file).hexdigest()}"


def test_a_bundle_holds_the_files_its_events_name(holding: bytes, with_files: tuple[Engine, Kept]) -> None:
    engine, kept = with_files
    files = opened(holding)
    assert {name: files[name] for name in files if name.startswith("attachments/")} == {
        of(FIRST_FILE): FIRST_FILE,
        of(OTHER_FILE): OTHER_FILE,
    }
    assert list(check(holding))[-1] == "attachments: 2 are those that the events name"
    assert bundled(engine, kept=kept) == holding
    party = bundled(engine, BundleFor(addressee=1), kept)
    assert opened(party).keys() >= {of(FIRST_FILE), of(OTHER_FILE)}
    assert list(check(party))[-1] == "attachments: 2 are those that the events name"


def test_the_public_version_has_hashes_of_files_and_no_file(with_files: tuple[Engine, Kept]) -> None:
    raw = bundled(with_files[0], PUBLIC, with_files[1])
    assert list(check(raw))[-1] == "attachments: 0 are those that the events name"
    files = opened(raw)
    assert not any(name.startswith("attachments/") for name in files)
    assert sha256(FIRST_FILE).hexdigest().encode() in files["journal.jsonl"]
    assert b"A. Person" not in raw
    assert named(closed(files | {of(FIRST_FILE): FIRST_FILE})) == f"{of(FIRST_FILE)}: no event in this version names it"


def test_a_file_that_is_not_as_it_came_is_named_with_its_event(holding: bytes) -> None:
    files = opened(holding)
    name, last = of(FIRST_FILE), SEEDED_EVENTS + 2
    for listed in (True, False):
        changed = named(closed(files | {name: FIRST_FILE[:-1] + b"x"}, listed=listed))
        assert changed == f"{name}, which event {last} names: it is not what the event has the length and digest of"
        missing = {each: data for each, data in files.items() if each != name}
        assert named(closed(missing, listed=listed)) == f"{name}, which event {last} names: it is missing"
    more = files | {"attachments/x": b"x"}
    assert named(closed(more)) == "attachments/x: no event in this version names it"


def test_a_file_lost_by_the_register_is_named_in_the_bundle(with_files: tuple[Engine, Kept], tmp_path: Path) -> None:
    kept = Kept(shutil.copytree(with_files[1].folder, tmp_path / "kept"))
    (place,) = kept.folder.glob(f"*/{of(OTHER_FILE)[12:]}")
    place.write_bytes(OTHER_FILE + b"x")
    said = named(bundled(with_files[0], kept=kept))
    assert said.startswith(f"{of(OTHER_FILE)}, which event {SEEDED_EVENTS + 3} names: it is not what")
    place.unlink()
    assert named(bundled(with_files[0], kept=kept)).endswith(f"event {SEEDED_EVENTS + 3} names: it is missing")


def test_more_than_a_zip_can_hold_is_refused(with_files: tuple[Engine, Kept], monkeypatch: pytest.MonkeyPatch) -> None:
    size = len(bundled(with_files[0], kept=with_files[1]))
    monkeypatch.setattr("workflow.use_cases.bundle.build.LARGEST", size // 2)
    with pytest.raises(InvalidRequest, match="one party's holds its own alone"):
        bundled(with_files[0], kept=with_files[1])


def test_a_bundle_holds_everything_and_is_whole(engine: Engine) -> None:
    seed(engine, 1)
    raw = bundled(engine)
    files = opened(raw)
    assert list(files) == sorted(files)
    assert set(files) == {
        *("README.txt", "case.json", "deliveries.json", "journal.jsonl", "manifest.json"),
        *("receipts.json", "regimes/fr-cnil@1.toml", "texts.jsonl", "verify.py"),
    }
    assert bundled(engine) == raw
    said = list(check(raw))
    assert [each.partition(":")[0] for each in said] == [
        *("container", "manifest", "journal", "case", "texts", "receipts", "regimes", "deliveries", "attachments"),
    ]
    assert f"journal: {SEEDED_EVENTS} events chained, {SEEDED_EVENTS} of them with their text" in said[2]
    messages = json.loads(files["deliveries.json"])
    assert len(messages) == FIRST_MESSAGES
    assert messages[0]["host"] == "127.0.0.1"
    assert b"whsec_" not in raw
    assert b"A. Counsel" in files["texts.jsonl"]


def test_an_erased_text_is_missing_and_nothing_else_is(engine: Engine) -> None:
    seed(engine, 1)
    with engine.begin() as connection:
        connection.execute(delete(event_text))
    raw = bundled(engine)
    assert opened(raw)["texts.jsonl"] == b""
    assert "texts: 0 agree" in "\n".join(check(raw))


def test_the_public_version_holds_what_was_served_and_nothing_else(engine: Engine) -> None:
    seed(engine, 1)
    raw = bundled(engine, PUBLIC)
    list(check(raw))
    files = opened(raw)
    events = [json.loads(each) for each in files["journal.jsonl"].splitlines()]
    types = [json.loads(each["text"])["type"] for each in events if "text" in each]
    assert types == ["decision.served", *["order.entered_into_force"] * 3]
    assert [each.keys() for each in events if "text" not in each] == [{"seq", "hash", "previous"}] * 8
    assert "texts.jsonl" not in files
    for secret in (b"A. Counsel", b"drafted", b"salt", b"host", b"127.0.0.1", b'"error"'):
        assert secret not in b"".join(files[name] for name in files if name not in {"verify.py", "README.txt"})


def test_a_case_or_an_addressee_that_is_not_there_is_refused(engine: Engine) -> None:
    seed(engine, 1)
    with engine.connect() as connection:
        for id in ("authority", "x", "\x00"):
            with pytest.raises(NotFound):
                make_bundle(connection, id, WHOLE, NOW)
        for n in (0, 2, -1):
            with pytest.raises(InvalidRequest, match="the number of a party of the case: 1"):
                make_bundle(connection, CASE, BundleFor(addressee=n), NOW)


def regions(raw: bytes) -> Iterator[tuple[str, str, int, int]]:
    """File, part, beginning and end of everything in a bundle."""
    at = 0
    for name, what, part in parts(opened(raw)):
        yield name, what, at, at + len(part)
        at += len(part)


@pytest.mark.parametrize("bundle", ["one", "holding"])
def test_a_byte_that_is_changed_anywhere_is_named(bundle: str, request: pytest.FixtureRequest) -> None:
    one: bytes = request.getfixturevalue(bundle)
    changed = 0
    for name, what, begin, end in regions(one):
        every = what != "contents" or name == "manifest.json"
        step = 1 if every else max(1, (end - begin) // 60)
        for at in range(begin, end, step):
            for to in {one[at] ^ 1, one[at] ^ 0x80, 0, 10} - {one[at]} if at % 7 == 0 else {one[at] ^ 1}:
                said = named(one[:at] + bytes([to]) + one[at + 1 :])
                changed += 1
                if what == "contents" or (what != "end" and at - begin >= 4):
                    assert any(word in said for word in near(name, what)), (name, what, at - begin, said)
    assert changed > 1000


def near(name: str, what: str) -> list[str]:
    """The words that name a file; a header that lost its name or length is named by its place."""
    return [name] if what == "contents" else [name[2:-2], "its header in the zip", "the zip, byte", "directory"]


def test_a_changed_event_is_named_by_its_number(one: bytes) -> None:
    name, _, begin, end = next(each for each in regions(one) if each[0] == "journal.jsonl" and each[1] == "contents")
    lines, at = one[begin:end].splitlines(keepends=True), begin
    for n, each in enumerate(lines, 1):
        for offset in range(0, len(each), 101):
            where = at + offset
            said = named(one[:where] + bytes([one[where] ^ 1]) + one[where + 1 :])
            assert said.startswith(f"{name}, event {n}: "), said
        at += len(each)


def test_a_manifest_that_lists_nothing_is_named(one: bytes) -> None:
    files = dict(sorted((opened(one) | {"manifest.json": b"[]\n"}).items()))
    assert named(closed(files, listed=False)).startswith("manifest.json: it is not what it should be")


def test_a_bundle_cut_short_or_added_to_is_named(one: bytes) -> None:
    for cut in range(len(one) - 100, len(one)):
        assert named(one[:cut])
    assert named(one + b"x") == "the zip: more than its files, or not in their order"


@pytest.mark.parametrize("name", ["case.json", "journal.jsonl", "receipts.json", "deliveries.json", "texts.jsonl",
                                  "regimes/fr-cnil@1.toml", "verify.py", "README.txt"])  # fmt: skip
def test_a_file_replaced_under_right_checksums_is_named_by_the_manifest(one: bytes, name: str) -> None:
    files = opened(one)
    assert named(closed(files | {name: files[name] + b"\n"}, listed=False)).startswith(name)
    del files[name]
    assert named(closed(files, listed=False)).startswith(name)


def of_line(n: int, edit: Callable[[dict[str, Any]], object]) -> Callable[[bytes], bytes]:
    def edited(raw: bytes) -> bytes:
        lines = [json.loads(each) for each in raw.splitlines()]
        edit(lines[n - 1])
        return b"".join(line(each) + b"\n" for each in lines)

    return edited


def of_document(edit: Callable[[Any], object]) -> Callable[[bytes], bytes]:
    def edited(raw: bytes) -> bytes:
        value = json.loads(raw)
        edit(value)
        return document(value)

    return edited


@pytest.mark.parametrize(
    ("name", "edit", "found"),
    [
        (
            "journal.jsonl",
            of_line(3, lambda it: it.update(text=it["text"].replace("2022", "2021"))),
            "event 3: its hash",
        ),
        ("journal.jsonl", of_line(3, lambda it: it.pop("hash")), "journal.jsonl: it is not what it should be"),
        ("journal.jsonl", of_line(3, lambda it: it.update(hash="0" * 64)), "event 3: its hash is another"),
        ("journal.jsonl", of_line(3, lambda it: [it.pop("text"), it.update(hash="0" * 64)]), "event 4: it does not"),
        ("journal.jsonl", lambda raw: raw[raw.index(b"\n") + 1 :], "event 1: event 2 stands in its place"),
        ("journal.jsonl", lambda raw: raw[: raw[:-1].rindex(b"\n") + 1], "event 12: event 11 is the last"),
        ("texts.jsonl", of_line(1, lambda it: it.update(text="B. Counsel")), "line 1 (event 1): its event"),
        ("case.json", of_document(lambda it: it["parties"][0].update(name="Another")), "its parties are not those"),
        ("case.json", of_document(lambda it: it.update(reference="SAN-1")), "its id is not that of its reference"),
        ("case.json", of_document(lambda it: it.update(audience="public")), "event 1 is internal"),
        ("case.json", lambda _: b"[]\n", "case.json: it does not describe a case"),
        ("receipts.json", of_document(lambda it: it[1].update(path="/")), "receipt 2 (event 11): it is not the one"),
        ("receipts.json", of_document(lambda it: it.append(it[0])), "receipts that stand in no event"),
        ("regimes/fr-cnil@1.toml", lambda raw: raw + b"\n", "it is not the text"),
        ("deliveries.json", of_document(lambda it: it[2].update(event=CASE)), "message 3: the event it tells of"),
        ("deliveries.json", of_document(lambda it: it[2].update(sequence=9)), "message 3: it tells of something else"),
        ("deliveries.json", lambda _: b"7\n", "deliveries.json: it is not what it should be"),
    ],
)
def test_a_change_with_the_manifest_made_anew_is_named(
    one: bytes, name: str, edit: Callable[[bytes], bytes], found: str
) -> None:
    files = opened(one)
    said = named(closed(files | {name: edit(files[name])}))
    assert found in said
    assert said.startswith(name)


def alone(tmp_path: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the verify.py of a bundle in an interpreter that knows nothing of Enjoin."""
    command = [sys.executable, "-I", "-S", tmp_path / "verify.py", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)


def test_the_verifier_in_the_bundle_runs_without_enjoin(one: bytes, tmp_path: Path) -> None:
    (tmp_path / "verify.py").write_bytes(opened(one)["verify.py"])
    path = tmp_path / "case.zip"
    path.write_bytes(one)
    good = alone(tmp_path, path)
    assert (good.returncode, good.stderr) == (0, "")
    assert good.stdout.splitlines()[-1].startswith("whole: ")
    journal = next(begin for name, what, begin, _ in regions(one) if (name, what) == ("journal.jsonl", "contents"))
    at = one.index(b"order.entered_into_force", journal)
    path.write_bytes(one[:at] + b"X" + one[at + 1 :])
    bad = alone(tmp_path, path)
    assert (bad.returncode, bad.stderr) == (1, "")
    assert bad.stdout == "TOUCHED: journal.jsonl, event 10: its hash is another\n"
    for content in (b"", b"PK", b"PK\3\4 something", b"journal.jsonl"):
        path.write_bytes(content)
        none = alone(tmp_path, path)
        assert (none.returncode, none.stdout) == (2, ""), content
        assert none.stderr.endswith("case.zip is no bundle of Enjoin\n")
    for words in ((), (tmp_path / "none",), (tmp_path,)):
        refused = alone(tmp_path, *words)
        assert (refused.returncode, refused.stdout, refused.stderr.count("\n")) == (2, "", 1)


def test_the_verifier_is_one_short_file_of_plain_python() -> None:
    text = Path(verify_bundle.__file__).read_text()
    tree = ast.parse(text, feature_version=(3, 9))
    imported = {each.names[0].name for each in ast.walk(tree) if isinstance(each, ast.Import)}
    imported |= {str(each.module).partition(".")[0] for each in ast.walk(tree) if isinstance(each, ast.ImportFrom)}
    assert imported <= {*sys.stdlib_module_names}
    assert len(text.splitlines()) <= 230
