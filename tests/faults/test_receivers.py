"""Receivers that fail in every way there is: tried for days, nobody else waits, and in the end it is said aloud."""

import ssl
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from scheduler.deliver import deliver
from tests.faults.afterwards import assert_whole, let_leases_run_out, tried
from tests.faults.conftest import CASES, LOOPBACK, Seeded
from tests.support.certificates import certificate_of
from tests.support.receiver import Receiver
from tests.support.seeding import FIRST_MESSAGES, references, send_to
from workflow.lifecycle.facts import case_id
from workflow.store.clock import machine_now
from workflow.store.database import reader
from workflow.store.tables.journal import journal
from workflow.store.tables.outbox import EndpointState, MessageState, attempts, endpoints, messages
from workflow.use_cases.webhooks.retry_plan import ATTEMPTS, JITTER, RETRY_SECONDS

pytestmark = pytest.mark.long

BAD = ("500", "hang", "drip")
CASE = list(map(case_id, references(CASES)))
MANNER = dict(zip(CASE, [*BAD, *["ok"] * CASES], strict=False))
"""What counsel of each case does."""

WELL = (CASES - len(BAD)) * FIRST_MESSAGES
LATE = "no complete answer within 1 s"


@pytest.fixture(autouse=True)
def short_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workflow.use_cases.webhooks.deliveries.ATTEMPT_SECONDS", 1)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """The machine's clock of the API, which this moves on."""
    ahead = timedelta()
    monkeypatch.setattr("workflow.store.writer.machine_now", lambda: machine_now() + ahead)

    def move(by: timedelta) -> None:
        nonlocal ahead
        ahead += by

    return move


def states(engine: Engine) -> Counter[tuple[str, str]]:
    """How many messages are in which state, by the manner of their receiver."""
    with reader(engine).connect() as connection:
        return Counter((MANNER[row.case], row.state) for row in connection.execute(select(messages)))


def test_bad_receivers_are_tried_again_later_and_hold_up_nobody(
    seeded: Seeded, engine: Engine, mailbox: Receiver
) -> None:
    send_to(engine, lambda case: f"{mailbox.url}/{MANNER[case]}")
    with seeded.serving() as url, seeded.client(url) as client:
        report = deliver(client, LOOPBACK)
        assert (report.delivered, report.failed) == (WELL, len(BAD) * FIRST_MESSAGES)
        bad = {(manner, MessageState.PENDING): FIRST_MESSAGES for manner in BAD}
        assert states(engine) == {("ok", MessageState.DELIVERED): WELL, **bad}
        assert_the_others_came_first(engine)
        assert deliver(client, LOOPBACK).leased == 0  # later, not now

        send_to(engine, lambda _: f"{mailbox.url}/ok")
        let_leases_run_out(engine)
        assert deliver(client, LOOPBACK).delivered == len(BAD) * FIRST_MESSAGES
    assert {state for _, state in states(engine)} == {MessageState.DELIVERED}
    assert_sent_under_one_id(mailbox, CASES * FIRST_MESSAGES)
    assert Counter(map(tuple, tried(engine).values())) == {
        ((204, None),): WELL,
        ((500, "answered 500"), (204, None)): FIRST_MESSAGES,
        ((None, LATE), (204, None)): FIRST_MESSAGES,
        ((200, LATE), (204, None)): FIRST_MESSAGES,
    }


def assert_sent_under_one_id(mailbox: Receiver, count: int) -> None:
    """So many messages, each always with the same body."""
    told: dict[str, set[bytes]] = {}
    for _, headers, body in mailbox.got:
        told.setdefault(headers["webhook-id"], set()).add(body)
    assert len(told) == count
    assert all(len(bodies) == 1 for bodies in told.values())


def assert_the_others_came_first(engine: Engine) -> None:
    """What could be delivered was, before those who hang or drip ran out of time."""
    with reader(engine).connect() as connection:
        rows = connection.execute(select(attempts)).all()
    slow = [row.reported_at for row in rows if row.error and "no complete answer" in row.error]
    assert max(row.reported_at for row in rows if row.error is None) < min(slow)


ALWAYS = {
    "500": (500, "answered 500"),
    "patience": (429, "answered 429"),
    "moved": (307, "redirects are not followed"),
    "nonsense": (None, "closed without an answer, or the answer is not HTTP"),
}
"""What some receivers always do: the status and the error that are kept."""


def test_every_message_ends_delivered_or_dead_with_a_task(
    seeded: Seeded, engine: Engine, mailbox: Receiver, later: Callable[[timedelta], None]
) -> None:
    manner = dict(zip(CASE, [*ALWAYS, "big"], strict=True))
    mailbox.moved_to = f"{mailbox.url}/ok"
    send_to(engine, lambda case: f"{mailbox.url}/{manner[case]}")
    with seeded.serving() as url, seeded.client(url) as client:
        for wait in (*RETRY_SECONDS, 0):
            deliver(client, LOOPBACK)
            later(timedelta(seconds=max(wait, 7200) * (1 + JITTER)))
        assert deliver(client, LOOPBACK).leased == 0
    with reader(engine).connect() as connection:
        ended = Counter((manner[row.case], row.state, row.dead) for row in connection.execute(select(messages)))
        said = Counter(
            manner[row.case]
            for row in connection.execute(select(journal.c.case).where(journal.c.type == "webhook.dead_lettered"))
        )
    given_up = {(each, MessageState.FAILED, True): FIRST_MESSAGES for each in ALWAYS}
    assert ended == {("big", MessageState.DELIVERED, False): FIRST_MESSAGES, **given_up}
    assert said == dict.fromkeys(ALWAYS, FIRST_MESSAGES)
    endings: dict[tuple[tuple[int | None, str | None], ...], int] = {((200, None),): FIRST_MESSAGES}
    endings |= {(ending,) * ATTEMPTS: FIRST_MESSAGES for ending in ALWAYS.values()}
    assert Counter(map(tuple, tried(engine).values())) == endings
    assert Counter(path for path, _, _ in mailbox.got)["/ok"] == 0
    assert_sent_under_one_id(mailbox, CASES * FIRST_MESSAGES)
    assert_waited(engine, manner)
    assert_whole(engine)


def assert_waited(engine: Engine, manner: dict[str, str]) -> None:
    """No attempt came sooner than its plan, nor than the receiver had asked."""
    began: dict[tuple[str, str], list[datetime]] = {}
    with reader(engine).connect() as connection:
        every = select(attempts, messages.c.case).join(messages, messages.c.id == attempts.c.message)
        for row in connection.execute(every.order_by(attempts.c.message, attempts.c.n)):
            began.setdefault((row.message, manner[row.case]), []).append(row.started_at)
    for (_, behaves), at in began.items():
        for wait, first, second in zip(RETRY_SECONDS, at, at[1:], strict=False):
            assert (second - first).total_seconds() >= max(wait, 7200 if behaves == "patience" else 0)


def test_gone_is_gone_at_once_and_said(seeded: Seeded, engine: Engine, mailbox: Receiver) -> None:
    send_to(engine, lambda case: f"{mailbox.url}/{'410' if case == CASE[0] else 'ok'}")
    with seeded.serving() as url, seeded.client(url) as client:
        deliver(client, LOOPBACK)
        assert deliver(client, LOOPBACK).leased == 0
    with reader(engine).connect() as connection:
        off = connection.execute(select(endpoints).where(endpoints.c.state == EndpointState.DISABLED)).one()
        said = connection.scalars(
            select(journal.c.type).where(journal.c.type.in_(("endpoint.disabled", "webhook.dead_lettered")))
        ).all()
        ended = Counter((row.case == off.case, row.state) for row in connection.execute(select(messages)))
    assert off.case == CASE[0]
    assert Counter(said) == {"endpoint.disabled": 1, "webhook.dead_lettered": FIRST_MESSAGES}
    well = (CASES - 1) * FIRST_MESSAGES
    assert ended == {(True, MessageState.FAILED): FIRST_MESSAGES, (False, MessageState.DELIVERED): well}
    assert_whole(engine)


@contextmanager
def with_tls(certificate: Path) -> Iterator[int]:
    """A receiver over TLS with this certificate; gives its port."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raise AssertionError("nothing is to be sent to it")

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)

    class Server(ThreadingHTTPServer):
        request_queue_size = 128

        def get_request(self) -> tuple[ssl.SSLSocket, tuple[str, int]]:
            plain, address = self.socket.accept()
            return context.wrap_socket(plain, server_side=True, do_handshake_on_connect=False), address

        def handle_error(self, *_: object) -> None:
            """The sender hangs up in the middle of the handshake, as it should."""

    with Server(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def test_a_wrong_name_in_the_certificate_is_a_failure(
    seeded: Seeded, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = certificate_of("other.test", tmp_path)
    trust = ssl.create_default_context(cafile=certificate)  # all is right with it but the name
    monkeypatch.setattr("scheduler.deliver._tls", lambda: trust)
    with with_tls(certificate) as port, seeded.serving() as url, seeded.client(url) as client:
        send_to(engine, lambda _: f"https://counsel.test:{port}/")
        report = deliver(client, LOOPBACK, resolve=lambda *_: ["127.0.0.1"])
    assert (report.delivered, report.failed) == (0, CASES * FIRST_MESSAGES)
    errors = {str(error) for ((_, error),) in tried(engine).values()}
    assert all("Hostname mismatch" in error for error in errors), errors
