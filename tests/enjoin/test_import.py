"""Importing cases with their history: what is written, what is refused, and that running it again does no harm."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from tests.enjoin.console import complaint, enjoin
from tests.support.register import CASE, a_draft
from workflow.lifecycle.door.evolve import fold
from workflow.lifecycle.facts import CaseFacts, case_id
from workflow.store import journal as journal_store
from workflow.store.database import reader
from workflow.store.journal import read_case
from workflow.store.tables.access import accounts
from workflow.store.tables.journal import case_head, journal
from workflow.store.verify import verify

SERVICE = {"addressee": 1, "served_on": "2022-10-19", "channel": "registered_letter"}
WHO = {
    "case_officer": "A. Officer",
    "decision_maker": "D. Maker",
    "registrar": "R. Registrar",
    "head_of_enforcement": "H. Head",
    "committee_secretary": "S. Secretary",
}


def act(on: str, role: str, do: str, to: str = "case", case: str = "OLD-1", **more: Any) -> dict[str, Any]:
    return {"case": case, "on": on, "who": {"account": WHO[role], "role": role}, "do": do, "to": to, **more}


def history(case: str = "OLD-1") -> list[dict[str, Any]]:
    """A decision served in 2022, two orders complied with, the third expired and a penalty proposed."""
    opening = {key: CASE[key] for key in ("regime", "parties")}
    complied = [
        act("2022-12-05", "case_officer", "accept_compliance", "order/1", data={"complied_on": "2022-12-01"}),
        act("2022-12-05", "head_of_enforcement", "confirm", "order/1"),
        act("2022-12-06", "case_officer", "accept_compliance", "order/2", data={"complied_on": "2022-12-01"}),
        act("2022-12-06", "head_of_enforcement", "confirm", "order/2"),
    ]
    lines = [
        act("2022-06-02", "case_officer", "open", data=opening),
        act("2022-10-13", "case_officer", "draft", data=a_draft()),
        act("2022-10-13", "case_officer", "submit", "decision", reason="As reviewed in the old register"),
        act("2022-10-17", "decision_maker", "adopt", "decision"),
        act("2022-10-20", "registrar", "record_service", "decision", data=SERVICE, assumed=["served_on"]),
        *complied,
        act("2022-12-20", "case_officer", "record_expiry", "order/3"),
        act("2023-02-10", "case_officer", "propose_penalty", "penalty_clause"),
        act("2023-02-13", "case_officer", "take_up", "penalty_decision/1"),
    ]
    return [{**line, "case": case} for line in lines]


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., str]:
    def write(*lines: dict[str, Any] | str) -> str:
        path = tmp_path / "old.jsonl"
        path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines) + "\n")
        return str(path)

    return write


def facts_of(engine: Engine, reference: str) -> CaseFacts:
    with reader(engine).connect() as connection:
        return fold(None, [each.event for each in read_case(connection, case_id(reference))])


def written(engine: Engine) -> list[str]:
    with reader(engine).connect() as connection:
        rows = [repr(row) for table in (journal, case_head, accounts) for row in connection.execute(select(table))]
        assert verify(connection) == []
    return sorted(rows)


def test_a_running_case_comes_in_with_its_history(engine: Engine, url: str, file: Callable[..., str]) -> None:
    result = enjoin("import", file(*history()), "--database", url)
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines()[3] == "line 4  OLD-1  2022-10-17  adopt decision  done"
    assert result.stdout.splitlines()[-1] == "12 done"
    case = facts_of(engine, "OLD-1")
    assert [order.state.value for order in case.decisions[0].orders] == ["complied", "complied", "expired"]
    (penalty,) = case.penalty_decisions
    assert (penalty.state.value, penalty.units, penalty.amount.amount) == ("draft", 52, "5200000.00")
    with reader(engine).connect() as connection:
        assert verify(connection) == []
        events = journal_store.read_case(connection, case.id)
        named = {row.id: row.name for row in connection.execute(select(accounts))}
    assert all(each.recorded_at.year == datetime.now(UTC).year for each in events)
    assert {each.event.effective_on.year for each in events} == {2022, 2023}
    assert {named[each.event.actor] for each in events} == set(WHO.values()) - {WHO["committee_secretary"]}
    (proposed,) = [each.event for each in events if each.event.type == "penalty_decision.proposed"]
    assert proposed.effective_on.isoformat() == "2023-02-10"


def test_a_dry_run_says_the_same_and_writes_nothing(engine: Engine, url: str, file: Callable[..., str]) -> None:
    lines = [*history("OLD-1"), *history("OLD-2")]
    before = written(engine)
    rehearsed = enjoin("import", file(*lines), "--dry-run", ENJOIN_DATABASE_URL=url)
    assert (rehearsed.exit_code, written(engine)) == (0, before)
    assert rehearsed.stdout.splitlines()[-1] == "24 done; nothing was written"
    really = enjoin("import", file(*lines), ENJOIN_DATABASE_URL=url)
    assert really.stdout.splitlines()[:-1] == rehearsed.stdout.splitlines()[:-1]


def test_running_it_again_imports_nothing_twice(engine: Engine, url: str, file: Callable[..., str]) -> None:
    lines = history()
    assert enjoin("import", file(*lines[:6]), "--database", url).stdout.endswith("\n6 done\n")
    spaced = [json.dumps(line, indent=None, separators=(" , ", " : ")) for line in lines]
    assert enjoin("import", file(*spaced), "--database", url).stdout.endswith("\n6 already imported, 6 done\n")
    before = written(engine)
    again = enjoin("import", file(*lines), "--database", url)
    assert (again.exit_code, again.stdout.splitlines()[-1]) == (0, "12 already imported")
    assert written(engine) == before


def test_a_refused_line_stops_its_case_and_no_other(engine: Engine, url: str, file: Callable[..., str]) -> None:
    wrong = history("OLD-1")
    wrong[4] = {**wrong[4], "data": SERVICE | {"served_on": "2022-10-01"}}
    result = enjoin("import", file(*wrong, *history("OLD-2")), "--database", url)
    assert result.exit_code == 1
    said = result.stdout.splitlines()
    assert said[4].startswith("line 5  OLD-1  2022-10-20  record_service decision  refused: guard_refused: ")
    assert said[0].endswith("not kept: line 5 of the case was refused")
    assert said[5].endswith("skipped: line 5 of the case was refused")
    assert said[-1] == "4 not kept, 1 refused, 7 skipped, 12 done"
    assert "12 of 24 lines were not imported; mend them and run the file again" in result.stderr
    with pytest.raises(ValueError, match="begins with an event"):
        facts_of(engine, "OLD-1")
    assert facts_of(engine, "OLD-2").penalty_decisions
    mended = enjoin("import", file(*history("OLD-1"), *history("OLD-2")), "--database", url)
    assert mended.stdout.splitlines()[-1] == "12 done, 12 already imported"


def test_nobody_adopts_what_they_drafted_in_an_import_either(url: str, file: Callable[..., str]) -> None:
    lines = history()[:4]
    lines[3] = {**lines[3], "who": {"account": "A. Officer", "role": "decision_maker"}}
    result = enjoin("import", file(*lines), "--database", url)
    assert result.exit_code == 1
    assert "line 4  OLD-1  2022-10-17  adopt decision  refused: guard_refused: " in result.stdout
    assert "draft" in result.stdout.splitlines()[3]


def test_nobody_confirms_what_they_proposed_in_an_import_either(url: str, file: Callable[..., str]) -> None:
    lines = history()[:7]
    lines[6] = {**lines[6], "who": {"account": "A. Officer", "role": "head_of_enforcement"}}
    result = enjoin("import", file(*lines), "--database", url)
    assert "line 7  OLD-1  2022-12-05  confirm order/1  refused: guard_refused: You proposed act 1" in result.stdout


def test_a_file_is_not_imported_by_its_hash(url: str, file: Callable[..., str]) -> None:
    report = {"received_on": "2022-12-01", "claims": [{"limb": 1, "met_on": "2022-12-01"}]}
    named = {"sha256": "0" * 64, "size": 1, "media_type": "application/pdf", "name": "a.pdf"}
    lines = [
        *history()[:5],
        act("2022-12-01", "registrar", "record_report", "order/1", data=report),
        act("2022-12-01", "registrar", "attach", "filing", data=named),
    ]
    result = enjoin("import", file(*lines), "--database", url)
    assert "attach filing  refused: /trigger: a file is attached by sending it: POST " in result.stdout


REFUSED = [
    ({"who": {"account": "S", "role": "scheduler"}}, "the scheduler's steps are not imported"),
    ({"on": "2022-10-12"}, "dated 2022-10-12, before 2022-10-13, the day of an act imported before it"),
    ({"on": "2990-01-01"}, "dated 2990-01-01, after today, "),
    ({"to": "decision/2"}, "there is no decision/2 in the case on 2022-10-13"),
    ({"to": "decisions"}, "/to: a thing of the case, like decision"),
    ({"do": "submitt"}, "unknown_trigger: decision has no trigger 'submitt'; did you mean submit?"),
    ({"who": {"account": "R", "role": "registrar"}}, "role_not_permitted: submit is for case_officer"),
    ({"data": {"a": 1}}, "/data/a: submit takes no data"),
    ({"effective_on": "2022-10-14"}, "guard_refused: The act is dated 2022-10-14, after today, 2022-10-13."),
]


@pytest.mark.parametrize(("members", "why"), REFUSED, ids=lambda value: str(value)[:30])
def test_a_line_that_could_not_have_been_is_refused(
    sqlite_engine: Engine, file: Callable[..., str], members: dict[str, Any], why: str
) -> None:
    url = str(sqlite_engine.url)
    lines = history()[:3]
    lines[2] = {**lines[2], **members}
    result = enjoin("import", file(*lines), "--database", url, "--dry-run")
    assert f"  refused: {why}" in result.stdout.splitlines()[2]


UNREADABLE = [
    ("{", "not JSON: Expecting property name enclosed in double quotes at column 2"),
    ('{"case": "OLD-1", "on": "2022-06-02", "on": "2022-06-03"}', "/on: stands twice in one object; keep one"),
    (
        json.dumps(act("2022-06-02", "case_officer", "open"))[:-1] + ', "data": {}, "data": "\\ud800"}',
        "/data: stands twice",
    ),
    ("[]", "a JSON object, one act a line"),
    ('{"case": "OLD-1"}', "/on: required; it is missing"),
    (json.dumps(act("2022-13-01", "case_officer", "open")), "/on: 2022-13-01 is no day of the calendar"),
    (json.dumps(act("2022-06-02", "case_officer", "open") | {"when": 1}), "/when: unknown member"),
]


@pytest.mark.parametrize(("line", "why"), UNREADABLE, ids=lambda value: str(value)[:30])
def test_a_line_that_cannot_be_read_is_told_and_stops_its_case(
    sqlite_engine: Engine, file: Callable[..., str], line: str, why: str
) -> None:
    lines = history()[:3]
    result = enjoin("import", file(lines[0], line, *lines[1:]), "--database", str(sqlite_engine.url), "--dry-run")
    assert result.exit_code == 1
    assert any(said.startswith("line 2  unreadable: ") and why in said for said in result.stdout.splitlines())
    stopped = '"case"' in line
    assert ("line 2 of the case cannot be read" in result.stdout) is stopped


def test_a_case_that_was_opened_here_is_left_to_the_api(sqlite_engine: Engine, file: Callable[..., str]) -> None:
    from tests.support.seeding import seed

    seed(sqlite_engine, 1)
    lines = [{**line, "case": "SAN-2022-001"} for line in history()]
    result = enjoin("import", file(*lines), "--database", str(sqlite_engine.url))
    assert "refused: guard_refused: There is a case SAN-2022-001 already." in result.stdout
    result = enjoin("import", file(*lines[1:]), "--database", str(sqlite_engine.url))
    assert "refused: the case SAN-2022-001 was opened here: its acts go through the API" in result.stdout


def test_requests_are_registered_once_and_named_by_their_reference(
    sqlite_engine: Engine, file: Callable[..., str]
) -> None:
    url = str(sqlite_engine.url)
    asked = {"reference": "R-1", "received_on": "2022-10-03"}
    begun = [*history()[:5], act("2022-10-24", "case_officer", "register_request", "order/1", data=asked)]
    assert enjoin("import", file(*begun), "--database", url).exit_code == 0
    answered = act(
        "2022-10-26", "case_officer", "record_answer", "access_request/1/R-1", data={"answered_on": "2022-10-25"}
    )
    again = act("2022-10-27", "case_officer", "register_request", "order/1", data=asked)
    result = enjoin("import", file(*begun, again), "--database", url)
    assert "refused: the request R-1 was registered before" in result.stdout.splitlines()[6]
    result = enjoin("import", file(*begun, answered, again), "--database", url)
    assert [line.partition(": Request")[0] for line in result.stdout.splitlines()[-3:]] == [
        "line 7  OLD-1  2022-10-26  record_answer access_request/1/R-1  not kept: line 8 of the case was refused",
        "line 8  OLD-1  2022-10-27  register_request order/1  refused: guard_refused",
        "6 already imported, 1 not kept, 1 refused",
    ]
    with reader(sqlite_engine).connect() as connection:
        assert verify(connection) == []


def test_an_account_in_the_data_is_found_by_its_name(sqlite_engine: Engine, file: Callable[..., str]) -> None:
    url = str(sqlite_engine.url)
    recused = [act("2023-02-14", "committee_secretary", "record_recusal", "penalty_decision/1", data={"account": named})
               for named in ("account:D. Maker", "account:Nobody")]  # fmt: skip
    result = enjoin("import", file(*history(), *recused), "--database", url)
    assert " not kept: " in result.stdout.splitlines()[12], result.output
    assert "refused: no account is called 'Nobody'" in result.stdout.splitlines()[13]


def test_an_account_of_other_roles_is_not_lent(sqlite_engine: Engine, file: Callable[..., str]) -> None:
    url = str(sqlite_engine.url)
    create = ("key", "create", "--name", "A. Officer", "--role", "auditor")
    assert enjoin(*create, ENJOIN_DATABASE_URL=url).exit_code == 0
    result = enjoin("import", file(*history()), "--database", url)
    assert "refused: the account 'A. Officer' has the roles auditor, not case_officer" in result.stdout


def test_a_dry_run_makes_no_database(tmp_path: Path, file: Callable[..., str]) -> None:
    path = tmp_path / "none.db"
    said = complaint(enjoin("import", file(*history()), "--dry-run", "--database", f"sqlite:///{path}"), 2)
    assert said == f"there is no database {path}: `enjoin migrate` makes it, ENJOIN_DATABASE_URL names another"
    assert not path.exists()


def test_a_dry_run_over_an_empty_database_names_the_way_out(tmp_path: Path, file: Callable[..., str]) -> None:
    (tmp_path / "empty.db").touch()
    url = f"sqlite:///{tmp_path / 'empty.db'}"
    said = complaint(enjoin("import", file(*history()), "--dry-run", "--database", url), 1)
    assert said == f"the database {url} is empty; `enjoin migrate` brings it up to date"
