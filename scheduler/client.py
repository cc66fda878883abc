"""The four calls that the scheduler makes to the API, and what may go wrong with any of them."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, TypeVar

import httpx

from scheduler.retry_after import retry_after
from scheduler.wire import Attempt, DuePage, DueStep, Lease, StepResult

T = TypeVar("T")


class CallFailed(Exception):
    """A call to the API came to nothing. Its text is one sentence: what was asked, where, and what was answered."""


class ApiAway(CallFailed):
    """The API is away or busy: not reached, no answer in time, 429 or 5xx. Trying again later is the remedy.

    `retry_after_s` is the time the API asked to be left alone, in seconds, if it said so.
    """

    def __init__(self, sentence: str, retry_after_s: float | None = None) -> None:
        super().__init__(sentence)
        self.retry_after_s = retry_after_s


class KeyRefused(CallFailed):
    """The API does not accept the key (401), or it is not a scheduler's (403). Trying again does not help."""


class ApiDisagrees(CallFailed):
    """The API answered what was not agreed: a defect, another version, or something that is not Enjoin at that URL."""


class ApiClient:
    """The API as the scheduler knows it. Threads may share one; closing it closes the client inside.

    `http` has the base URL and the `Authorization` header already; `connect` makes such a one.
    """

    def __init__(self, http: httpx.Client) -> None:
        self._http = http

    def __enter__(self) -> "ApiClient":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def due(self, limit: int, cursor: str | None = None) -> DuePage:
        """Ask for a page of at most `limit` steps due now. Claims nothing. Raises CallFailed, as all four do."""
        params: dict[str, str | int] = {"limit": limit}
        if cursor is not None:
            params["cursor"] = cursor
        return self._call(
            "GET",
            "/v1/due",
            lambda answer: DuePage(
                tuple(DueStep.read(item) for item in answer["items"]),
                answer["next"] if answer["next"] is None else str(answer["next"]),
            ),
            params=params,
        )

    def transitions(self, steps: Sequence[DueStep]) -> list[StepResult]:
        """Pull the triggers of 1 to 500 steps; one result a step, in the order given."""

        def read(answer: Any) -> list[StepResult]:
            by_index = {item["index"]: StepResult.read(item) for item in answer["results"]}
            return [by_index[index] for index in range(len(steps))]

        return self._call("POST", "/v1/transitions", read, json={"items": [step.to_json() for step in steps]})

    def lease(self, limit: int) -> list[Lease]:
        """Take at most `limit` messages (1 to 100) to send now; each comes back by itself if nothing is reported."""
        return self._call(
            "POST",
            "/v1/deliveries/lease",
            lambda answer: [Lease.read(item) for item in answer["items"]],
            json={"limit": limit},
        )

    def report(self, attempts: Sequence[Attempt]) -> int:
        """Report what came of attempts; returns how many came too late to count (`stale`). May be repeated."""
        return self._call(
            "POST",
            "/v1/deliveries/report",
            lambda answer: [item["outcome"] for item in answer["results"]].count("stale"),
            json={"items": [attempt.to_json() for attempt in attempts]},
        )

    def _call(self, method: str, path: str, read: Callable[[Any], T], **arguments: Any) -> T:
        where = f"{method} {self._http.base_url.join(path.lstrip('/'))}"
        try:
            answer = self._http.request(method, path, **arguments)
        except httpx.TransportError as error:
            raise ApiAway(f"{where}: the API cannot be reached ({_named(error)})") from error
        if answer.status_code in (401, 403):
            raise KeyRefused(f"{where}: the API refuses the key in ENJOIN_API_KEY ({_said(answer)})")
        if answer.status_code == 429 or answer.is_server_error:
            raise ApiAway(f"{where}: the API is away or busy ({_said(answer)})", retry_after(answer, datetime.now(UTC)))
        if answer.status_code != 200:
            raise ApiDisagrees(f"{where}: the API did not take this ({_said(answer)})")
        try:
            return read(answer.json())
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise ApiDisagrees(f"{where}: the answer is not what was agreed ({_named(error)})") from error


def connect(url: str, key: str) -> ApiClient:
    """Make a client for the API at a URL, with a bearer key. Proxies set in the environment are ignored."""
    # A batch of 500 may wait behind others on the writer, so reading has far more time than connecting.
    timeout = httpx.Timeout(60, connect=5, pool=5)
    headers = {"authorization": f"Bearer {key}", "user-agent": "enjoin-scheduler"}
    return ApiClient(httpx.Client(base_url=url, headers=headers, timeout=timeout, trust_env=False))


def _said(answer: httpx.Response) -> str:
    try:
        problem = answer.json()
        said = problem.get("detail") or problem.get("title")
    except (ValueError, AttributeError):
        said = None
    return f"{answer.status_code}: {_short(str(said))}" if said else f"{answer.status_code} {answer.reason_phrase}"


def _named(error: Exception) -> str:
    return _short(f"{type(error).__name__}: {error}" if str(error) else type(error).__name__)


def _short(text: str) -> str:
    return " ".join(text.split())[:300]
