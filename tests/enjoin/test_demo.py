"""The demo as a process and as people see it: the values that are promised, and nothing left behind."""

import json
import os
import subprocess
import threading
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from enjoin.demo import FILE, Demo, run_demo
from tests.enjoin.console import complaint, enjoin
from tests.support.processes import ENJOIN, PATIENCE, ROOT, environment
from workflow.lifecycle.vocabulary import Audience
from workflow.store.database import make_engine, reader
from workflow.store.tables.journal import journal
from workflow.store.tables.outbox import messages

PROMISED = {
    "case": "SAN-2022-019",
    "last_day": "2022-12-19",
    "first_late_day": "2022-12-20",
    "days_late": 52,
    "amount": "5200000.00",
    "currency": "EUR",
    "penalty_decision_state": "draft",
    "webhooks_sent": 16,
    "webhooks_verified": 16,
    "journal_events": 28,
    "journal_verified": True,
    "adopt_by_scheduler": "refused",
    "assumed": ["served_on", "hearing.window_ended_on"],
}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "new" / "folder"


@pytest.fixture(scope="module")
def demo(kept: Path) -> Demo:
    before = set(threading.enumerate())
    done = run_demo("cnil-clearview", kept)
    assert [each.name for each in threading.enumerate() if each not in before] == []
    return done


def session_of(pid: int) -> list[str]:
    """What still runs in the session a process led."""
    found = subprocess.run(["ps", "-o", "pid=,args=", "-s", str(pid)], capture_output=True, text=True, check=False)
    return found.stdout.splitlines()


def test_the_process_prints_what_is_promised_and_leaves_nothing(tmp_path: Path) -> None:
    with subprocess.Popen(
        [*ENJOIN, "demo", "--json"],
        env=environment(TMPDIR=str(tmp_path)),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        printed, complained = process.communicate(timeout=PATIENCE)
    assert (process.returncode, complained) == (0, "")
    result: dict[str, Any] = json.loads(printed)
    timeline = result.pop("timeline")
    assert result == PROMISED
    assert {"on": "2022-10-17", "actor": "decision_maker", "what": "decision adopted"} in timeline
    assert [line["on"] for line in timeline] == sorted(line["on"] for line in timeline)
    assert session_of(process.pid) == []
    assert list(tmp_path.iterdir()) == []


def test_the_kept_database_verifies(demo: Demo, kept: Path) -> None:
    assert {path.name for path in kept.iterdir()} == {FILE, f"{FILE}.key"}
    result = enjoin("journal", "verify", ENJOIN_DATABASE_URL=f"sqlite:///{kept / FILE}")
    said = "every chain, every fold, every current row and every attached file agree\n"
    assert (result.exit_code, result.stdout) == (0, said)


def test_counsel_received_nothing_that_is_internal(demo: Demo, kept: Path) -> None:
    engine = make_engine(f"sqlite:///{kept / FILE}")
    with reader(engine).connect() as connection:
        recorded = {row.id: row for row in connection.execute(select(journal).where(journal.c.case != "authority"))}
        event_of = {row.id: row.event for row in connection.execute(select(messages)) if row.event is not None}
    engine.dispose()
    assert {message.id for message in demo.messages} == set(event_of)
    assert all(message.verified for message in demo.messages)
    for message in demo.messages:
        event = recorded[event_of[message.id]]
        assert event.audience is Audience.SERVED
        assert message.body["type"] == event.type
        assert event.audience is Audience.SERVED
    told = {event_of[message.id] for message in demo.messages}
    served = {id for id, row in recorded.items() if row.audience is Audience.SERVED}
    assert told == served
    words = json.dumps([message.body for message in demo.messages])
    assert not any(word in words for word in ("proposed", "drafted", "submitted", "5200000.00"))


def test_counsel_sees_a_sequence_without_gaps(demo: Demo) -> None:
    assert [message.body["data"]["sequence"] for message in demo.messages] == list(range(1, 17))


def test_people_read_dates_the_sum_what_is_assumed_and_what_counsel_received(
    demo: Demo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("enjoin.demo.run_demo", lambda *_: demo)
    shown = " ".join(enjoin("demo", COLUMNS="140").stdout.replace("│", " ").split())
    for said in (
        "17 Oct 2022",
        "19 Oct 2022",
        "last day 2022-12-19",
        "20 Dec 2022",
        "10 Feb 2023",
        "From 20 December 2022 to 9 February 2023, both included, 52 days",
        "EUR 100,000.00",
        "EUR 5,200,000.00",
        "on 2022-10-19 (assumed)",
        "Assumed: served_on, hearing.window_ended_on",
        "16 messages, 16 verified",
        "adopt is for decision_maker; you are scheduler.",
        "28 events in the journal, chain verified.",
    ):
        assert said in shown
    assert shown.count("2022 verified") == 6, "one row for messages of one type and day"
    assert "5–7 order.reminded SAN-2022-019/1, /2, /3 19 Nov 2022 verified" in shown
    assert "not verified" not in shown
    assert "BROKEN" not in shown


def test_a_folder_that_is_not_empty_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    said = complaint(enjoin("demo", "--keep", str(tmp_path)), 2)
    assert said == f"{tmp_path} is not empty: name a new or an empty folder"
    assert os.listdir(tmp_path) == ["mine"]
    said = complaint(enjoin("demo", "--keep", str(tmp_path / "mine")), 2)
    assert said == f"{tmp_path / 'mine'} cannot be used: File exists; name a new or an empty folder"
