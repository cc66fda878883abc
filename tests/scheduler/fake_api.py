"""An API that answers as agreed, from memory: in-process through a mock transport, or on a loopback port."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx

from scheduler.client import ApiClient

KEY = "key-of-the-scheduler"


def step(number: int, trigger: str = "remind") -> dict[str, Any]:
    order = f"00000000-0000-4000-8000-{number:012}"
    return {
        "subject": {"kind": "order", "id": order},
        "case": "00000000-0000-4000-9000-000000000001",
        "trigger": trigger,
        "step": f"order/{order}/{trigger}/2022-11-19/1",
        "due_on": "2022-11-19",
        "due_at": "2022-11-18T23:00:00Z",
    }


def message(number: int, url: str, body: str = "{}", deadline_s: float = 5) -> dict[str, Any]:
    headers = {"webhook-id": f"msg_{number}", "webhook-timestamp": "1", "content-type": "application/json"}
    return {
        "id": f"msg_{number}",
        "lease": f"lease-{number}",
        "url": url,
        "headers": headers,
        "body": body,
        "deadline_s": deadline_s,
    }


@dataclass
class FakeApi:
    """`due` holds open steps; pulling one removes it and opens those in `then`. `outbox` is leased once, in order."""

    due: list[dict[str, Any]] = field(default_factory=list)
    then: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    refuse: set[str] = field(default_factory=set)
    taken: set[str] = field(default_factory=set)
    outbox: list[dict[str, Any]] = field(default_factory=list)
    reports: list[list[dict[str, Any]]] = field(default_factory=list)
    reported: threading.Condition = field(default_factory=threading.Condition)
    page: int = 500
    key: str = KEY
    failures: list[httpx.Response | Exception] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    leased: list[int] = field(default_factory=list)

    def client(self) -> ApiClient:
        headers = {"authorization": f"Bearer {KEY}"}
        return ApiClient(
            httpx.Client(base_url="http://api", headers=headers, transport=httpx.MockTransport(self.handle))
        )

    def handle(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(f"{request.method} {request.url.raw_path.decode()}")
        if self.failures:
            failure = self.failures.pop(0)
            if isinstance(failure, Exception):
                raise failure
            return failure
        if request.headers.get("authorization") != f"Bearer {self.key}":
            return httpx.Response(401, json={"title": "No such key", "status": 401, "code": "not_authenticated"})
        body = json.loads(request.content or b"null")
        match request.method, request.url.path:
            case "GET", "/v1/due":
                return httpx.Response(200, json=self._due(request.url.params))
            case "POST", "/v1/transitions":
                results = [self._pull(index, item) for index, item in enumerate(body["items"])]
                return httpx.Response(200, json={"results": results})
            case "POST", "/v1/deliveries/lease":
                self.leased.append(body["limit"])
                items, self.outbox = self.outbox[: body["limit"]], self.outbox[body["limit"] :]
                return httpx.Response(200, content=json.dumps({"items": items}))  # ASCII: any text can be written
            case "POST", "/v1/deliveries/report":
                with self.reported:
                    self.reports.append(body["items"])
                    self.reported.notify_all()
                return httpx.Response(
                    200, json={"results": [{"id": item["id"], "outcome": "recorded"} for item in body["items"]]}
                )
        return httpx.Response(404, json={"title": "Not found", "status": 404})

    def outcomes(self) -> dict[str, dict[str, Any]]:
        return {item["id"]: item for batch in self.reports for item in batch}

    def _due(self, params: httpx.QueryParams) -> dict[str, Any]:
        # A cursor is the last step shown, as the list shrinks while it is walked.
        limit, after = min(int(params["limit"]), self.page), params.get("cursor", "")
        rest = sorted((one for one in self.due if one["step"] > after), key=lambda one: str(one["step"]))
        shown = rest[:limit]
        return {"items": shown, "next": shown[-1]["step"] if len(rest) > limit else None}

    def _pull(self, index: int, item: dict[str, Any]) -> dict[str, Any]:
        assert set(item) == {"subject", "trigger", "step"}
        result = {"index": index, "subject": item["subject"], "version": 2, "events": []}
        if item["step"] in self.refuse:
            return {"index": index, "outcome": "refused", "problem": {"code": "guard", "detail": "Not so."}}
        if item["step"] in self.taken:
            return result | {"outcome": "already_done"}
        self.due = [one for one in self.due if one["step"] != item["step"]]
        self.due += self.then.pop(item["step"], [])
        return result | {"outcome": "done"}


@contextmanager
def on_a_port(api: FakeApi) -> Iterator[str]:
    """Serve a fake API on a free loopback port; gives its URL."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            content = self.rfile.read(int(self.headers.get("content-length", 0)))
            request = httpx.Request(self.command, f"http://api{self.path}", headers=dict(self.headers), content=content)
            answer = api.handle(request)
            self.send_response(answer.status_code)
            self.send_header("content-type", answer.headers.get("content-type", "text/plain"))
            self.send_header("content-length", str(len(answer.content)))
            self.end_headers()
            self.wfile.write(answer.content)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
