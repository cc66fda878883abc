"""`enjoin demo`: cases replayed through the real API with the scheduler's own sweep and deliver over HTTP."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx

from enjoin.case_file import CaseFile, load, names
from enjoin.checks import Checked, check_all
from enjoin.clocks import JumpingClock
from enjoin.receiver import PING, Message, receiving
from enjoin.replay import LOOPBACK, Replay, ReplayFailed
from enjoin.timeline import Moment
from enjoin.wiring import Register, register, serving
from scheduler.client import ApiClient
from workflow.store.verify import verify
from workflow.use_cases.accounts.keys import CONSOLE, NewKey, create_key

FILE = "enjoin.db"


class KeepRefused(Exception):
    """The folder to keep the database in is not usable; the text says why."""


@dataclass(frozen=True, slots=True)
class Demo:
    """What a replay came to, as read back through the API. `statement` is there where the file has figures."""

    file: CaseFile
    result: dict[str, Any]
    checks: list[Checked]
    timeline: list[Moment]
    statement: dict[str, Any] | None
    messages: list[Message]


@dataclass(frozen=True, slots=True)
class Ended:
    """How one of all the cases ended: the replay, or why it stopped on the way; and what differs from its file."""

    name: str
    file: CaseFile
    demo: Demo | None
    differs: list[str]
    seconds: float

    @property
    def checked(self) -> int:
        """How many values the file says."""
        figures = self.file.expect.figures
        return len(self.file.expect.checks) + (len(type(figures).model_fields) if figures is not None else 0)

    @property
    def agreeing(self) -> int:
        """How many of them were found."""
        if self.demo is None:
            return 0
        figures = self.file.expect.figures
        said = figures.model_dump(mode="json") if figures is not None else {}
        found = sum(bool(self.demo.result[name] == value) for name, value in said.items())
        return found + sum(each.agrees for each in self.demo.checks)

    def to_json(self) -> dict[str, Any]:
        """The end of the case as JSON."""
        result = self.demo.result if self.demo is not None else {}
        counts = ("webhooks_sent", "webhooks_verified", "journal_events", "journal_verified")
        return {
            "name": self.name,
            "title": self.file.title,
            "case": self.file.case["reference"],
            "agrees": not self.differs,
            "differs": self.differs,
            "checks": [each.to_json() for each in self.demo.checks] if self.demo is not None else [],
            **{name: result.get(name) for name in counts},
        }


def run_demo(name: str, keep: Path | None) -> Demo:
    """Replay a case file on a fresh SQLite file; ReplayFailed when it ends otherwise than the file expects.

    The database is left in `keep`, which is empty or new (else KeepRefused); without it, it goes with the demo.
    """
    demo = _replay(load(name), keep)
    differs = _differences(demo)
    if differs:
        raise ReplayFailed(f"{demo.file.title}: " + "; ".join(differs))
    return demo


def run_all(keep: Path | None) -> Iterator[Ended]:
    """Replay every case of the package in turn, each on a database of its own, a folder of `keep` each."""
    with nullcontext(None) if keep is None else _folder(keep) as folder:
        for name in names():
            file, begun = load(name), time.monotonic()
            try:
                demo = _replay(file, folder / name if folder is not None else None)
                differs = _differences(demo)
            except ReplayFailed as failed:
                demo, differs = None, [str(failed)]
            yield Ended(name, file, demo, differs, time.monotonic() - begun)


def _replay(file: CaseFile, keep: Path | None) -> Demo:
    logging.getLogger("httpx").setLevel(logging.WARNING)
    with _folder(keep) as folder:
        clock = JumpingClock(file.acts[0].on, file.timezone)
        with register(f"sqlite:///{folder / FILE}", clock, LOOPBACK) as parts:
            return _served(file, parts, clock)


def _served(file: CaseFile, parts: Register, clock: JumpingClock) -> Demo:
    people = {
        name: parts.writer.run(create_key, NewKey(name, frozenset(roles)), CONSOLE)
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
            headers={"Authorization": f"Bearer {people['scheduler'].key}"},
        ) as scheduler,
    ):
        replay = Replay(file, http, people, ApiClient(scheduler), clock, inbox)
        replay.run()
        result, statement = _result(replay, parts), None
        if file.expect.figures is not None:
            result = _figures(replay) | result | _assumed(replay)
            statement = replay.read("penalty_decision")["statement"]
        result |= {"timeline": [moment.to_json() for moment in replay.timeline]}
        return Demo(file, result, check_all(replay), replay.timeline, statement, inbox.distinct)


def _result(replay: Replay, parts: Register) -> dict[str, Any]:
    # A ping is nothing of the case: it asks whether somebody answers.
    sent = [each for each in replay.get(f"/v1/deliveries?case={replay.case}")["items"] if each["type"] != PING]
    with parts.engine.connect() as connection:
        findings = verify(connection)
    return {
        "case": replay.read("case")["reference"],
        "webhooks_sent": len(sent),
        "webhooks_verified": len([message for message in replay.inbox.distinct if message.verified]),
        "journal_events": len(replay.get(f"/v1/cases/{replay.case}/journal")["items"]),
        "journal_verified": not findings,
    }


def _figures(replay: Replay) -> dict[str, Any]:
    order, clause, penalty = (replay.read(name) for name in ("order/1", "penalty_clause", "penalty_decision"))
    return {
        "last_day": order["period"]["last_day"],
        "first_late_day": clause["first_late_day"],
        "days_late": penalty["units"],
        "amount": penalty["amount"]["amount"],
        "currency": penalty["amount"]["currency"],
        "penalty_decision_state": penalty["state"],
    }


def _assumed(replay: Replay) -> dict[str, Any]:
    assumed = replay.read("penalty_decision")["assumed"]
    return {
        "adopt_by_scheduler": "refused" if "adopt by scheduler" in replay.refusals else "not tried",
        "assumed": sorted(assumed, key=lambda name: name != "served_on"),
    }


def _differences(demo: Demo) -> list[str]:
    """What ended otherwise than the file says, each in a sentence."""
    result, expected = demo.result, demo.file.expect
    figures = expected.figures.model_dump(mode="json") if expected.figures is not None else {}
    wrong = [f"{name} is {result[name]!r}, not {value!r}" for name, value in figures.items() if result[name] != value]
    wrong += [f"{each.what} is {each.found!r}, not {each.check.is_!r}" for each in demo.checks if not each.agrees]
    sent, verified = result["webhooks_sent"], result["webhooks_verified"]
    if not (sent == verified == expected.messages):
        wrong.append(f"{sent} messages sent, {verified} verified, not {expected.messages}")
    if not result["journal_verified"]:
        wrong.append("the journal does not verify")
    return wrong


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
