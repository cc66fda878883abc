import asyncio
import json
import ssl
import threading
import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from scheduler import delivery_round
from scheduler.attempt import attempt
from scheduler.client import ApiAway, ApiDisagrees, KeyRefused
from scheduler.deliver import DeliverReport, deliver
from scheduler.egress import Blocked, NoAddress
from scheduler.wire import Lease
from tests.scheduler.fake_api import FakeApi, message
from tests.support.receiver import Receiver
from workflow.store.tables.outbox import DeliveryFailure

ALLOW = frozenset({"127.0.0.1"})


def send(api: FakeApi, **options: Any) -> DeliverReport:
    with api.client() as client:
        return deliver(client, ALLOW, **options)


def one(mailbox: Receiver, manner: str, deadline_s: float = 5) -> dict[str, Any]:
    """Send one message to a receiver of that manner; gives what was reported, without the time it took."""
    api = FakeApi(outbox=[message(1, f"{mailbox.url}/{manner}", deadline_s=deadline_s)])
    send(api)
    (outcome,) = api.outcomes().values()
    assert 0 <= outcome.pop("took_ms") < 5000
    assert (outcome.pop("id"), outcome.pop("lease")) == ("msg_1", "lease-1")
    return outcome


def test_nothing_to_send_is_one_question() -> None:
    api = FakeApi()
    report = send(api)
    assert api.asked == ["POST /v1/deliveries/lease"]
    assert (report.leased, report.leases) == (0, 1)
    assert json.loads(json.dumps(report.to_json()))["delivered"] == 0


def test_the_bytes_and_headers_are_sent_as_given(mailbox: Receiver) -> None:
    body = '{"type": "order.reminded",  "data":{"name":"Ü\u2028 \\u00e9"}}\n'
    item = message(1, f"{mailbox.url}/ok?x=%2F", body)
    item["headers"] |= {"webhook-signature": "v1,abc= v1,def="}
    api = FakeApi(outbox=[item])
    report = send(api)
    ((path, headers, sent),) = mailbox.got
    assert sent == body.encode()
    assert path == "/ok?x=%2F"
    assert headers.items() >= item["headers"].items()
    assert set(headers) - set(item["headers"]) == {"host", "content-length", "user-agent", "accept-encoding"}
    assert (report.delivered, report.failed) == (1, 0)
    assert api.outcomes()["msg_1"]["status"] == 204


def test_many_are_sent_without_a_cookie_from_one_to_the_next(mailbox: Receiver) -> None:
    api = FakeApi(outbox=[message(number, f"{mailbox.url}/ok") for number in range(150)])
    report = send(api, concurrency=24)
    assert (report.leased, report.delivered) == (150, 150)
    assert {headers["webhook-id"] for _, headers, _ in mailbox.got} == {f"msg_{number}" for number in range(150)}
    assert not any("cookie" in headers for _, headers, _ in mailbox.got)
    assert max(api.leased) == 48  # the next are fetched while the first are under way
    assert len(api.leased) < 15
    assert max(map(len, api.reports)) <= 250


def caused(failure: Exception) -> httpx.ConnectError:
    """No connection, for this reason."""
    error = httpx.ConnectError("no connection")
    error.__cause__ = failure
    return error


@pytest.mark.parametrize("status", [400, 404, 410, 500])
def test_a_status_that_is_not_2xx_is_a_failure(mailbox: Receiver, status: int) -> None:
    said = {"failure": "status", "error": f"answered {status}"}
    assert one(mailbox, str(status)) == {"outcome": "failed", "status": status, **said}


def test_a_redirect_is_not_followed(mailbox: Receiver) -> None:
    said = {"failure": "redirect", "error": "redirects are not followed"}
    assert one(mailbox, "redirect") == {"outcome": "failed", "status": 302, **said}
    assert [path for path, _, _ in mailbox.got] == ["/redirect"]


def test_a_receiver_that_asks_for_time_is_quoted(mailbox: Receiver) -> None:
    assert one(mailbox, "busy")["retry_after_s"] == 120


def test_of_a_big_answer_only_the_beginning_is_read(mailbox: Receiver) -> None:
    assert one(mailbox, "big") == {"outcome": "delivered", "status": 200}
    assert mailbox.body_bytes_taken < 20_000_000  # what the sockets' buffers hold


def test_a_connection_that_is_dropped_or_speaks_no_http(mailbox: Receiver) -> None:
    said = {"failure": "not_http", "error": "closed without an answer, or the answer is not HTTP"}
    assert one(mailbox, "drop") == {"outcome": "failed", **said}
    assert one(mailbox, "nonsense") == {"outcome": "failed", **said}


def test_nobody_listens() -> None:
    api = FakeApi(outbox=[message(1, "http://127.0.0.1:1/")])
    send(api)
    assert api.outcomes()["msg_1"]["error"].startswith("no connection")
    assert api.outcomes()["msg_1"]["failure"] == "refused"


@pytest.mark.parametrize(
    ("failure", "word"),
    [
        (httpx.ConnectTimeout("no connection in time"), "timeout"),
        (caused(ssl.SSLCertVerificationError("expired")), "tls"),
        (caused(ConnectionRefusedError()), "refused"),
        (caused(OSError("no route to host")), "unreachable"),
        (httpx.ReadError(""), "lost"),
        (NoAddress("counsel.example has no address"), "name_not_found"),
        (Blocked("10.0.0.1 is no public address"), "blocked"),
        (ValueError("what is it?"), "not_sent"),
    ],
)
def test_why_nothing_was_answered_is_one_word(failure: Exception, word: str) -> None:
    async def refuse(_request: httpx.Request) -> httpx.Response:
        raise failure

    sent = Lease.read(message(1, "https://counsel.example/"))
    attempted = asyncio.run(attempt(httpx.MockTransport(refuse), sent))
    assert (attempted.outcome, attempted.failure) == ("failed", word)
    assert DeliveryFailure(word)


def test_a_receiver_that_hangs_has_failed_at_the_deadline(mailbox: Receiver) -> None:
    said = {"failure": "timeout", "error": "no complete answer within 0.1 s"}
    assert one(mailbox, "hang", 0.1) == {"outcome": "failed", **said}


def test_a_receiver_that_drips_has_failed_at_the_deadline(mailbox: Receiver) -> None:
    said = {"failure": "timeout", "error": "no complete answer within 0.15 s"}
    assert one(mailbox, "drip", 0.15) == {"outcome": "failed", "status": 200, **said}


def test_receivers_that_hang_or_drip_do_not_hold_up_the_rest(mailbox: Receiver) -> None:
    slow = [message(number, f"{mailbox.url}/{manner}", deadline_s=4) for number, manner in enumerate(["hang", "drip"])]
    quick = [message(number, f"{mailbox.url}/ok") for number in range(2, 40)]
    api = FakeApi(outbox=slow + quick)
    stop = threading.Event()
    thread = threading.Thread(target=lambda: send(api, concurrency=4, stopping=stop.is_set))
    began = time.monotonic()
    thread.start()
    with api.reported:
        assert api.reported.wait_for(lambda: len(api.outcomes()) == 38, timeout=3.5)
    assert time.monotonic() - began < 3.5
    assert {item["outcome"] for item in api.outcomes().values()} == {"delivered"}
    # What comes in while the slow ones are under way is sent too.
    api.outbox.append(message(99, f"{mailbox.url}/ok"))
    with api.reported:
        assert api.reported.wait_for(lambda: "msg_99" in api.outcomes(), timeout=3)
    mailbox.closing.set()
    stop.set()
    thread.join()


def test_who_is_slow_gives_its_place_up(mailbox: Receiver) -> None:
    slow = [message(number, f"{mailbox.url}/hang", deadline_s=3) for number in range(2)]
    quick = [message(number, f"{mailbox.url}/ok") for number in range(2, 30)]
    api = FakeApi(outbox=slow + quick)
    thread = threading.Thread(target=lambda: send(api, concurrency=2))
    thread.start()
    with api.reported:
        assert api.reported.wait_for(lambda: len(api.outcomes()) == 28, timeout=2.5)
    mailbox.closing.set()
    thread.join()


def test_a_stop_gives_back_what_was_not_begun(mailbox: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery_round, "GRACE_S", 0.1)
    monkeypatch.setattr(delivery_round, "SLOW_AFTER_S", 60)
    outbox = [message(number, f"{mailbox.url}/hang", deadline_s=15) for number in range(2)]
    report = send(FakeApi(outbox=outbox), concurrency=1, stopping=lambda: len(mailbox.got) == 1)
    assert (report.leased, report.abandoned, report.unsent) == (2, 1, 1)


def test_what_waited_too_long_is_given_back(mailbox: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery_round, "BEGUN_WITHIN_S", -1)
    api = FakeApi(outbox=[message(1, f"{mailbox.url}/ok")])
    assert send(api).unsent == 1
    assert api.outcomes()["msg_1"]["outcome"] == "unsent"
    assert not mailbox.got


def test_the_next_are_fetched_while_the_first_are_under_way(mailbox: Receiver) -> None:
    api = FakeApi(outbox=[message(number, f"{mailbox.url}/hang", deadline_s=1) for number in range(40)])
    send(api, concurrency=10)
    assert api.leased[:2] == [20, 20]
    assert len(api.outcomes()) == 40


def test_a_stop_cuts_short_what_hangs_and_reports_the_rest(mailbox: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery_round, "GRACE_S", 0.1)
    api = FakeApi(outbox=[message(1, f"{mailbox.url}/hang", deadline_s=15), message(2, f"{mailbox.url}/ok")])
    report = send(api, stopping=lambda: len(mailbox.got) == 2)
    assert (report.leased, report.delivered, report.abandoned) == (2, 1, 1)
    assert set(api.outcomes()) == {"msg_2"}


def test_after_its_time_a_round_leases_no_more(mailbox: Receiver) -> None:
    api = FakeApi(outbox=[message(1, f"{mailbox.url}/ok")])
    assert send(api, budget_s=0).leases == 0
    assert len(api.outbox) == 1


def test_a_blocked_address_is_never_connected_to(mailbox: Receiver) -> None:
    port = mailbox.url.rpartition(":")[2]
    urls = [
        f"http://localhost:{port}/ok",
        f"http://127.0.0.2:{port}/ok",
        "https://inside.example/",
        "http://[::1",
        "x:y",
    ]
    api = FakeApi(outbox=[message(number, url) for number, url in enumerate(urls)])
    send(api, resolve=lambda host, _: {"localhost": ["127.0.0.2"], "inside.example": ["127.0.0.1", "10.0.0.1"]}[host])
    errors = [api.outcomes()[f"msg_{number}"]["error"] for number in range(5)]
    assert errors == [
        "blocked: 127.0.0.2 is this machine",
        "blocked: 127.0.0.2 is this machine",
        "blocked: 10.0.0.1 is not a public address",
        "the URL is not one to deliver to",
        "blocked: only https is permitted",
    ]
    assert not mailbox.got


def test_a_message_that_cannot_be_written_fails_alone(mailbox: Receiver, caplog: pytest.LogCaptureFixture) -> None:
    good, bad, worse = (message(number, f"{mailbox.url}/ok") for number in range(3))
    bad["headers"]["x"] = "a\r\nb: c"
    worse["body"] = "\ud800"
    api = FakeApi(outbox=[good, bad, worse])
    send(api)
    assert [api.outcomes()[f"msg_{number}"]["outcome"] for number in range(3)] == ["delivered", "failed", "failed"]
    assert "msg_2 could not be sent" in caplog.text


def failing(api: FakeApi, path: str, answers: list[httpx.Response]) -> Callable[[httpx.Request], httpx.Response]:
    whole = api.handle

    def handle(request: httpx.Request) -> httpx.Response:
        return answers.pop(0) if answers and request.url.path.endswith(path) else whole(request)

    return handle


def test_a_report_is_tried_again_and_the_round_goes_on(mailbox: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery_round, "REPORT_AFTER_S", 0.01)
    api = FakeApi(outbox=[message(1, f"{mailbox.url}/ok")])
    monkeypatch.setattr(api, "handle", failing(api, "report", [httpx.Response(503), httpx.Response(503)]))
    assert send(api).delivered == 1
    assert len(mailbox.got) == 1


def test_an_api_that_stays_away_ends_the_round(mailbox: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery_round, "REPORT_AFTER_S", 0.01)
    api = FakeApi(outbox=[message(number, f"{mailbox.url}/ok") for number in range(3)])
    monkeypatch.setattr(api, "handle", failing(api, "report", [httpx.Response(503) for _ in range(50)]))
    with pytest.raises(ApiAway):
        send(api)


@pytest.mark.parametrize(("answer", "error"), [(httpx.Response(422), ApiDisagrees), (httpx.Response(401), KeyRefused)])
def test_what_the_api_will_never_take_is_not_tried_again(
    mailbox: Receiver, monkeypatch: pytest.MonkeyPatch, answer: httpx.Response, error: type[Exception]
) -> None:
    api = FakeApi(outbox=[message(1, f"{mailbox.url}/ok")])
    monkeypatch.setattr(api, "handle", failing(api, "report", [answer]))
    with pytest.raises(error):
        send(api)
    assert api.reports == []


def test_a_lease_that_fails_lets_what_is_under_way_end_first(
    mailbox: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    api = FakeApi(outbox=[message(number, f"{mailbox.url}/ok") for number in range(2)])
    first = httpx.Response(200, json={"items": [message(9, f"{mailbox.url}/ok")]})
    away = [httpx.Response(503) for _ in range(5)]
    monkeypatch.setattr(api, "handle", failing(api, "lease", [first, *away]))
    with pytest.raises(ApiAway):
        send(api, concurrency=1)
    assert set(api.outcomes()) == {"msg_9"}


def test_no_thread_and_no_loop_is_left(mailbox: Receiver) -> None:
    before = set(threading.enumerate())
    api = FakeApi(outbox=[message(1, f"{mailbox.url}/ok")])
    send(api)
    assert [thread for thread in threading.enumerate() if thread not in before and "resolve" in thread.name] == []
    with pytest.raises(RuntimeError):
        asyncio.get_running_loop()
