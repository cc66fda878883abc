"""`enjoin demo`: a real case, replayed through the real API with the scheduler's own sweep and deliver over HTTP."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx

from enjoin.case_file import CaseFile, load
from enjoin.clocks import JumpingClock
from enjoin.receiver import PING, Message, receiving
from enjoin.replay import LOOPBACK, Moment, Replay, ReplayFailed
from enjoin.wiring import Register, register, serving
from scheduler.client import ApiClient
from workflow.store.verify import verify
from workflow.use_cases.keys import CONSOLE, NewKey, create_key

FILE = "enjoin.db"


class KeepRefused(Exception):
    """The folder to keep the database in is not usable; the text says why."""


@dataclass(frozen=True, slots=True)
class Demo:
    """What a replay came to, as read back through the API."""

    file: CaseFile
    result: dict[str, Any]
    timeline: list[Moment]
    statement: dict[str, Any]
    messages: list[Message]


def run_demo(name: str, keep: Path | None) -> Demo:
    """Replay a case file on a fresh SQLite file; ReplayFailed when it ends otherwise than the file expects.

    The database is left in `keep`, which is empty or new (else KeepRefused); without it, it goes with the demo.
    """
    logging.getLogger("httpx").setLevel(logging.WARNING)
    file = load(name)
    with _folder(keep) as folder:
        clock = JumpingClock(file.acts[0].on, file.timezone)
        with register(f"sqlite:///{folder / FILE}", clock, LOOPBACK) as parts:
            demo = _replay(file, parts, clock)
    _check(demo)
    return demo


def _replay(file: CaseFile, parts: Register, clock: JumpingClock) -> Demo:
    keys = {
        name: parts.writer.run(create_key, NewKey(name, frozenset(roles)), CONSOLE).key
        for name, roles in file.people.items()
    }
    with (
        receiving() as inbox,
        serving(parts.app, "127.0.0.1", 0) as server,
        httpx.Client(base_url=server.url, trust_env=False, timeout=30) as http,
        httpx.Client(
            base_url=server.url,
            trust_env=False,
            timeout=30,
            headers={"Authorization": f"Bearer {keys['scheduler']}"},
        ) as scheduler,
    ):
        replay = Replay(file, http, keys, ApiClient(scheduler), clock, inbox)
        replay.run()
        result = _result(replay, parts)
        statement = replay.read("penalty_decision")["statement"]
        return Demo(file, result, replay.timeline, statement, inbox.distinct)


def _result(replay: Replay, parts: Register) -> dict[str, Any]:
    order, clause, penalty = (replay.read(name) for name in ("order/1", "penalty_clause", "penalty_decision"))
    case = replay.ids["case"]
    # A ping is nothing of the case: it asks whether somebody answers.
    sent = [each for each in replay.get(f"/v1/deliveries?case={case}")["items"] if each["type"] != PING]
    with parts.engine.connect() as connection:
        findings = verify(connection)
    return {
        "case": replay.read("case")["reference"],
        "last_day": order["period"]["last_day"],
        "first_late_day": clause["first_late_day"],
        "days_late": penalty["units"],
        "amount": penalty["amount"]["amount"],
        "currency": penalty["amount"]["currency"],
        "penalty_decision_state": penalty["state"],
        "webhooks_sent": len(sent),
        "webhooks_verified": len([message for message in replay.inbox.distinct if message.verified]),
        "journal_events": len(replay.get(f"/v1/cases/{case}/journal")["items"]),
        "journal_verified": not findings,
        "adopt_by_scheduler": "refused" if "adopt by scheduler" in replay.refusals else "not tried",
        "assumed": sorted(penalty["assumed"], key=lambda name: name != "served_on"),
        "timeline": [moment.to_json() for moment in replay.timeline],
    }


def _check(demo: Demo) -> None:
    result, expected = demo.result, demo.file.expect.model_dump(mode="json")
    messages = expected.pop("messages")
    wrong = [f"{name} is {result[name]!r}, not {value!r}" for name, value in expected.items() if result[name] != value]
    if not (result["webhooks_sent"] == result["webhooks_verified"] == messages):
        wrong.append(f"{result['webhooks_sent']} messages sent, {result['webhooks_verified']} verified, not {messages}")
    if not result["journal_verified"]:
        wrong.append("the journal does not verify")
    if wrong:
        raise ReplayFailed(f"{demo.file.title}: " + "; ".join(wrong))


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    if keep is None:
        with TemporaryDirectory(prefix="enjoin-demo-") as name:
            yield Path(name)
        return
    try:
        keep.mkdir(parents=True, exist_ok=True)
        empty = not any(keep.iterdir())
    except OSError as error:
        raise KeepRefused(f"{keep} cannot be used: {error.strerror}; name a new or an empty folder") from None
    if not empty:
        raise KeepRefused(f"{keep} is not empty: name a new or an empty folder")
    yield keep
