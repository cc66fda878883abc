"""Replaying a case file through the API, as its people and the scheduler would do it, day by day."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import httpx

from enjoin.case_file import Act, CaseFile
from enjoin.clocks import JumpingClock
from enjoin.receiver import Inbox
from scheduler.client import ApiClient
from scheduler.deliver import deliver
from scheduler.escalate import sweep
from workflow.law.duration import read_duration
from workflow.law.money import grouped

LOOPBACK = frozenset({"127.0.0.1"})
_COLLECTIONS = {
    "case": "cases",
    "decision": "decisions",
    "order": "orders",
    "penalty_clause": "penalty-clauses",
    "penalty_decision": "penalty-decisions",
}


class ReplayFailed(Exception):
    """The case did not go as its file says; the text says where."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A line of the timeline: the legal date, who acted, what happened. `refused` is the problem's sentence."""

    on: date
    actor: str
    what: str
    refused: str | None = None

    def to_json(self) -> dict[str, str]:
        """The line as JSON."""
        line = {"on": self.on.isoformat(), "actor": self.actor, "what": self.what}
        return line if self.refused is None else line | {"refused": self.refused}


@dataclass
class Replay:
    """A case being replayed. `ids` are the things made so far, by the name a file calls them."""

    file: CaseFile
    http: httpx.Client
    keys: Mapping[str, str]
    scheduler: ApiClient
    clock: JumpingClock
    inbox: Inbox
    ids: dict[str, str] = field(default_factory=dict)
    timeline: list[Moment] = field(default_factory=list)
    refusals: dict[str, str] = field(default_factory=dict)
    _seen: int = 0

    def run(self) -> None:
        """Do every act of the file in turn; ReplayFailed at the first that goes otherwise than it says."""
        for act in self.file.acts:
            self.clock.jump(act.on)
            self._DO.get(act.do, Replay._pull)(self, act)
            self._deliver()
            self._look_up(act)

    def read(self, name: str, who: str = "case_officer") -> dict[str, Any]:
        """A thing as the API shows it, by its name in the file."""
        kind = name.partition("/")[0]
        return self.get(f"/v1/{_COLLECTIONS[kind]}/{self.ids[name]}", who)

    def get(self, path: str, who: str = "case_officer") -> dict[str, Any]:
        """A read through the API."""
        return self._answer(self.http.get(path, headers=self._as(who)), path)

    def _open(self, act: Act) -> None:
        made = self._post("/v1/cases", self.file.case, act)
        self.ids["case"] = made["id"]

    def _draft(self, act: Act) -> None:
        self._made_decision(self._post("/v1/decisions", {"case": self.ids["case"], **self.file.decision}, act))

    def _register_endpoint(self, act: Act) -> None:
        body = {"case": self.ids["case"], "party": 1, "url": self.inbox.url}
        self.inbox.secret = self._post("/v1/webhook-endpoints", body, act)["secret"]
        self.timeline.append(Moment(act.on, act.who or "", "endpoint of counsel registered"))

    def _sweep(self, act: Act) -> None:
        report = sweep(self.scheduler)
        if report.refused:
            raise ReplayFailed(f"{act.on}: the sweep was refused {report.refused} steps: {report.refusals}")

    def _pull(self, act: Act) -> None:
        if act.to is None or act.to not in self.ids:
            raise ReplayFailed(f"{act.on}: {act.do} names no thing made so far in `to`")
        kind = act.to.partition("/")[0]
        body = {"trigger": act.do, "data": act.data, "reason": act.reason, "assumed": list(act.assumed)}
        self._post(f"/v1/{_COLLECTIONS[kind]}/{self.ids[act.to]}/transitions", body, act, self._version(act))

    def _version(self, act: Act) -> int | None:
        """The version a person read; the scheduler reads nothing and sends none."""
        assert act.to is not None
        return None if act.who == "scheduler" else int(self.read(act.to)["version"])

    def _post(self, path: str, body: dict[str, Any], act: Act, version: int | None = None) -> dict[str, Any]:
        who = act.who or ""
        headers = self._as(who) | ({} if version is None else {"If-Match": f'"{version}"'})
        answer = self.http.post(path, json=body, headers=headers)
        if act.refused is None:
            return self._answer(answer, path)
        problem = answer.json()
        if problem.get("code") != act.refused:
            raise ReplayFailed(f"{act.on}: {act.do} should be refused as {act.refused}, got {answer.text[:300]}")
        self.refusals[f"{act.do} by {who}"] = f"{problem['status']}: {problem['detail']}"
        self.timeline.append(Moment(act.on, who, f"{act.do} on the {act.to}: refused", problem["detail"]))
        return {}

    def _deliver(self) -> None:
        report = deliver(self.scheduler, LOOPBACK)
        if report.failed:
            raise ReplayFailed(f"{report.failed} messages to counsel failed")

    def _look_up(self, act: Act) -> None:
        """Add to the timeline what the journal holds since the last look."""
        if "case" not in self.ids:
            return
        events = self.get(f"/v1/cases/{self.ids['case']}/journal")["items"]
        for event in events[self._seen :]:
            if event["subject"]["kind"] == "penalty_decision":
                self.ids["penalty_decision"] = event["subject"]["id"]
        self.timeline.extend(moments(events[self._seen :]))
        self._seen = len(events)

    def _made_decision(self, made: dict[str, Any]) -> None:
        self.ids["decision"] = made["id"]
        self.ids.update({f"order/{order['number'].rpartition('/')[2]}": order["id"] for order in made["orders"]})
        if made["clauses"]:
            self.ids["penalty_clause"] = made["clauses"][0]["id"]

    def _as(self, who: str) -> dict[str, str]:
        if who not in self.keys:
            raise ReplayFailed(f"nobody is called {who!r} in the file")
        return {"Authorization": f"Bearer {self.keys[who]}"}

    def _answer(self, answer: httpx.Response, path: str) -> dict[str, Any]:
        if answer.is_error:
            raise ReplayFailed(f"{path}: {answer.status_code} {answer.text[:500]}")
        body: dict[str, Any] = answer.json()
        return body

    _DO = {  # noqa: RUF012 (a table of methods, never changed)
        "open": _open,
        "draft": _draft,
        "register_endpoint": _register_endpoint,
        "sweep": _sweep,
    }


def moments(events: list[dict[str, Any]]) -> list[Moment]:
    """Events as lines of a timeline: what happened alike to several things in one go is one line."""
    grouped: dict[tuple[str, str, str], int] = {}
    for event in events:
        tell = _SENTENCES.get(event["type"])
        sentence = tell(event["data"]) if tell is not None else ""
        key = (event["effective_on"], event["actor"]["name"] or "?", f"{_words(event)}{sentence}")
        grouped[key] = grouped.get(key, 0) + 1
    return [
        Moment(date.fromisoformat(on), actor, what if count == 1 else f"{count} × {what}")
        for (on, actor, what), count in grouped.items()
    ]


def _words(event: dict[str, Any]) -> str:
    subject, _, happened = event["type"].partition(".")
    return f"{subject} {happened}".replace("_", " ")


def _served(data: dict[str, Any]) -> str:
    mark = " (assumed)" if "served_on" in data["assumed"] else ""
    return f" on {data['served_on']}{mark}"


_SENTENCES: dict[str, Callable[[dict[str, Any]], str]] = {
    "decision.served": _served,
    "decision.drafted": lambda data: f": a fine of {_sum(data['fine'])}" if "fine" in data else "",
    "order.entered_into_force": lambda data: f": last day {data['last_day']}",
    "order.reminded": lambda data: f": {_days(data['days_left'])} left",
    "order.period_expired": lambda data: f": last day was {data['last_day']}, no finding",
    "penalty_clause.drafted": lambda data: f": {_sum(data['rate'])} for each {_unit(data['per'])}",
    "penalty_decision.proposed": lambda data: (
        f": {data['units']} days, {data['from']} to {data['to']}, {_sum(data['amount'])}"
    ),
}


def _sum(money: dict[str, str]) -> str:
    return f"{money['currency']} {grouped(money['amount'])}"


def _unit(per: str) -> str:
    return read_duration(per).words.removeprefix("one ")


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"
