"""Replaying a case file through the API, as its people and the scheduler would do it, day by day."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from enjoin.case_file import Act, CaseFile
from enjoin.clocks import JumpingClock
from enjoin.receiver import Inbox
from enjoin.timeline import Moment, moments
from scheduler.client import ApiClient
from scheduler.deliver import deliver
from scheduler.escalate import sweep
from workflow.lifecycle.facts import child_id
from workflow.lifecycle.reading.paths import kind_at, request_at
from workflow.use_cases.accounts.keys import MadeKey

LOOPBACK = frozenset({"127.0.0.1"})
_ACCOUNT = "account:"


class ReplayFailed(Exception):
    """The case did not go as its file says; the text says where."""


@dataclass
class Replay:
    """A case being replayed. `seen` are the things of each kind made so far, in the order they were made."""

    file: CaseFile
    http: httpx.Client
    people: Mapping[str, MadeKey]
    scheduler: ApiClient
    clock: JumpingClock
    inbox: Inbox
    seen: dict[str, list[str]] = field(default_factory=dict)
    timeline: list[Moment] = field(default_factory=list)
    refusals: dict[str, str] = field(default_factory=dict)
    _last: int = 0

    @property
    def case(self) -> str:
        """The id of the case, once it is open."""
        return self.seen["case"][0]

    def run(self) -> None:
        """Do every act of the file in turn; ReplayFailed at the first that goes otherwise than it says."""
        for act in self.file.acts:
            self.clock.jump(act.on)
            self._DO.get(act.do, Replay._pull)(self, act)
            self._deliver()
            self._look_up()

    def read(self, name: str, who: str = "case_officer", as_known_at: str | None = None) -> dict[str, Any]:
        """A thing as the API shows it, by its name in the file."""
        kind, id = self.find(name)
        return self.get(_path(kind, id) + (f"?as_known_at={as_known_at}" if as_known_at is not None else ""), who)

    def get(self, path: str, who: str = "case_officer") -> dict[str, Any]:
        """A read through the API."""
        return self._answer(self.http.get(path, headers=self._as(who)), path)

    def find(self, name: str) -> tuple[str, str]:
        """Kind and id of a thing by its path; ReplayFailed when there is none yet."""
        try:
            kind = kind_at(name).value
        except ValueError as error:
            raise ReplayFailed(f"{name}: {error}") from None
        number = name.partition("/")[2]
        made = self.seen.get(kind, [])
        if kind == "access_request" and number:
            id = request_at(self.case, name)
        elif kind == "order" and number:
            decision, _, n = number.rpartition(".")
            id = child_id(self.case, kind, f"{decision or 1}.{n}")
        else:
            place = int(number or len(made)) - 1
            id = made[place] if 0 <= place < len(made) else None
        if id is None or id not in made:
            raise ReplayFailed(f"nothing made so far is called {name}")
        return kind, id

    def _open(self, act: Act) -> None:
        self._post("/v1/cases", self.file.case, act)

    def _draft(self, act: Act) -> None:
        self._post("/v1/decisions", {"case": self.case, **(act.data or self.file.decision)}, act)

    def _register_endpoint(self, act: Act) -> None:
        party = act.data.get("party", 1)
        address = self.inbox.address(party)
        made = self._post("/v1/webhook-endpoints", {"case": self.case, "party": party, "url": address}, act)
        self.inbox.secrets[address] = made["secret"]
        self.timeline.append(Moment(act.on, act.who or "", "endpoint of counsel registered"))

    def _sweep(self, act: Act) -> None:
        report = sweep(self.scheduler)
        if report.refused:
            raise ReplayFailed(f"{act.on}: the sweep was refused {report.refused} steps: {report.refusals}")

    def _pull(self, act: Act) -> None:
        if act.to is None:
            raise ReplayFailed(f"{act.on}: {act.do} says not on what: `to` is missing")
        kind, id = self.find(act.to)
        body: dict[str, Any] = {"trigger": act.do, "data": self._filled(act.data), "assumed": list(act.assumed)}
        if act.reason is not None:
            body["reason"] = act.reason
        if act.effective_on is not None:
            body["effective_on"] = act.effective_on.isoformat()
        self._post(f"{_path(kind, id)}/transitions", body, act, self._version(act))
        if act.confirm is not None:
            second = act.model_copy(update={"do": "confirm", "who": act.confirm, "confirm": None})
            self._post(f"{_path(kind, id)}/transitions", {"trigger": "confirm"}, second, self._version(second))

    def _version(self, act: Act) -> int | None:
        """The version a person read; the scheduler reads nothing and sends none."""
        assert act.to is not None
        return None if act.who == "scheduler" else int(self.read(act.to)["version"])

    def _post(self, path: str, body: dict[str, Any], act: Act, version: int | None = None) -> dict[str, Any]:
        who = act.who or ""
        headers = self._as(who) | ({} if version is None else {"If-Match": f'"{version}"'})
        answer = self.http.post(path, content=_json(body), headers=headers | {"content-type": "application/json"})
        if act.refused is None:
            return self._answer(answer, f"{act.on}: {act.do} on {act.to or path}")
        problem = answer.json()
        if problem.get("code") != act.refused:
            raise ReplayFailed(f"{act.on}: {act.do} should be refused as {act.refused}, got {answer.text[:300]}")
        self.refusals[f"{act.do} by {who}"] = f"{problem['status']}: {problem['detail']}"
        self.timeline.append(
            Moment(act.on, who, f"{act.do} on the {(act.to or 'case').replace('_', ' ')}: refused", problem["detail"])
        )
        return {}

    def _deliver(self) -> None:
        report = deliver(self.scheduler, LOOPBACK)
        if report.failed:
            raise ReplayFailed(f"{report.failed} messages to counsel failed")

    def _look_up(self) -> None:
        """Add to the timeline, and to what is seen, what the journal holds since the last look."""
        if "case" not in self.seen:
            self.seen["case"] = [self.get("/v1/cases")["items"][0]["id"]]
        events = self.get(f"/v1/cases/{self.case}/journal?after={self._last}")["items"]
        for event in events:
            made = self.seen.setdefault(event["subject"]["kind"], [])
            if event["subject"]["id"] not in made:
                made.append(event["subject"]["id"])
        self.timeline.extend(moments(events))
        self._last = events[-1]["seq"] if events else self._last

    def _as(self, who: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._person(who).key}"}

    def _person(self, who: str) -> MadeKey:
        if who not in self.people:
            raise ReplayFailed(f"nobody is called {who!r} in the file")
        return self.people[who]

    def _filled(self, value: Any) -> Any:
        """Data as they are posted: `account:NAME` is the account of a person of the file."""
        if isinstance(value, dict):
            return {name: self._filled(member) for name, member in value.items()}
        if isinstance(value, list):
            return [self._filled(member) for member in value]
        named = isinstance(value, str) and value.startswith(_ACCOUNT)
        return self._person(value.removeprefix(_ACCOUNT)).account if named else value

    def _answer(self, answer: httpx.Response, what: str) -> dict[str, Any]:
        if answer.is_error:
            raise ReplayFailed(f"{what}: {answer.status_code} {answer.text[:500]}")
        body: dict[str, Any] = answer.json()
        return body

    _DO = {  # noqa: RUF012 (a table of methods, never changed)
        "open": _open,
        "draft": _draft,
        "register_endpoint": _register_endpoint,
        "sweep": _sweep,
    }


def _path(kind: str, id: str) -> str:
    return f"/v1/{kind.replace('_', '-')}s/{id}"


def _json(body: dict[str, Any]) -> bytes:
    """A body as JSON; a TOML date is written as the API reads it."""
    return json.dumps(body, default=str).encode()
