"""Where connections go, under which name, and when one is used again."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from scheduler import pinned
from scheduler.egress import Blocked, Target
from scheduler.exchange import Exchange
from scheduler.pinned import PinnedTransport
from tests.support.certificates import certificate_of

LOOPBACK = frozenset({"127.0.0.1"})
NO_CONTENT = b"HTTP/1.1 204 No Content\r\n\r\n"


class Dialled(PinnedTransport):
    """Remembers where it was to connect to, and connects nowhere."""

    def __init__(self, resolve: Callable[[str, int], Sequence[str]], **options: Any) -> None:
        super().__init__(options.pop("allow", frozenset()), resolve=resolve, tls=ssl.create_default_context())
        self.dialled: list[tuple[str, str, int]] = []

    async def _dial(self, target: Target, address: str, patience: float) -> Exchange:
        self.dialled.append((target.host, address, target.port))
        raise httpx.ConnectError("refused")


def dialled(url: str, *answers: str) -> list[tuple[str, str, int]]:
    left = [list(answers)]
    transport = Dialled(lambda *_: left.pop())  # a second question is an error
    with pytest.raises((httpx.ConnectError, Blocked)):
        asyncio.run(post(transport, url))
    return transport.dialled


async def post(transport: PinnedTransport, url: str, **options: Any) -> httpx.Response:
    """Send once, as an attempt does; the answer is read."""
    answer = await transport.handle_async_request(httpx.Request("POST", url, content=b"body", **options))
    await answer.aread()
    await answer.aclose()
    return answer


def test_the_checked_address_is_connected_to_under_the_name_of_the_url() -> None:
    assert dialled("https://büro.example/hook", "93.184.215.14") == [("xn--bro-hoa.example", "93.184.215.14", 443)]
    assert dialled("https://counsel.example/", "2606:2800:21f::1") == [("counsel.example", "2606:2800:21f::1", 443)]


@pytest.mark.parametrize("answers", [["10.0.0.1"], ["93.184.215.14", "127.0.0.1"], ["93.184.215.14", "::1"], []])
def test_a_name_with_one_bad_address_is_never_connected_to(answers: list[str]) -> None:
    assert dialled("https://counsel.example/", *answers) == []


def test_the_next_addresses_are_tried_when_one_cannot_be_connected_to() -> None:
    answers = [f"93.184.215.{last}" for last in range(9)]
    assert [address for _, address, _ in dialled("https://counsel.example/", *answers)] == answers[:3]


class Server:
    """A server on loopback: counts its connections, and answers each request with the next of `answers`."""

    def __init__(self, *answers: bytes, then: str = "keep") -> None:
        self.answers = list(answers)
        self.then = then
        self.connections: list[asyncio.StreamWriter] = []
        self.requests: list[bytes] = []
        self.names: list[str | None] = []
        self.port = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections.append(writer)
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                self.requests.append(head + await reader.readexactly(4))
                writer.write(self.answers.pop(0) if self.answers else NO_CONTENT)
                if self.then == "close":
                    break
        except (asyncio.IncompleteReadError, OSError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def listening(server: Server, tls: ssl.SSLContext | None = None) -> AsyncIterator[str]:
    async with await asyncio.start_server(server.serve, "127.0.0.1", 0, ssl=tls) as listener:
        server.port = listener.sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{server.port}/hook?a=%2F"
        for writer in server.connections:
            writer.close()


def talk(server: Server, use: Callable[[PinnedTransport, str], Awaitable[None]]) -> None:
    async def run() -> None:
        async with listening(server) as url, PinnedTransport(LOOPBACK) as transport:
            await use(transport, url)

    asyncio.run(run())


def test_a_connection_is_used_again_and_carries_what_was_asked() -> None:
    server = Server(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok", b"HTTP/1.1 100 Continue\r\n\r\n" + NO_CONTENT)

    async def use(transport: PinnedTransport, url: str) -> None:
        first = await post(transport, url, headers={"x-a": "1"})
        assert (first.status_code, first.content) == (200, b"ok")
        assert (await post(transport, url)).status_code == 204
        chunked = b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n"
        server.answers.append(chunked)
        assert (await post(transport, url)).content == b"abc"
        assert len(server.connections) == 1

    talk(server, use)
    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    assert (lines[0], body) == (b"POST /hook?a=%2F HTTP/1.1", b"body")
    assert {line.lower() for line in lines[1:]} == {
        f"host: 127.0.0.1:{server.port}".encode(),
        b"content-length: 4",
        b"x-a: 1",
    }


def test_one_that_the_receiver_closed_meanwhile_costs_nothing() -> None:
    server = Server(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n", then="close")

    async def use(transport: PinnedTransport, url: str) -> None:
        assert (await post(transport, url)).status_code == 200
        assert (await post(transport, url)).status_code == 204  # sent at the very moment of the closing
        await asyncio.sleep(0.05)
        assert (await post(transport, url)).status_code == 204
        assert len(server.connections) == 3

    talk(server, use)


def test_an_idle_one_is_forgotten_after_a_while_and_few_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    async def use(transport: PinnedTransport, url: str) -> None:
        await post(transport, url)
        monkeypatch.setattr(pinned, "KEPT_S", -1.0)
        await post(transport, url)
        assert len(server.connections) == 2
        monkeypatch.undo()
        monkeypatch.setattr(pinned, "KEPT", 0)
        await post(transport, url)
        await post(transport, url)
        assert len(server.connections) == 3

    server = Server()
    talk(server, use)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (b"HTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", None),
        (b"nonsense\r\n\r\n", httpx.RemoteProtocolError),
        (b"HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n", httpx.RemoteProtocolError),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\ncontent-length: 3\r\n\r\nabc", httpx.RemoteProtocolError),
        (b"HTTP/1.1 200 OK\r\nx: " + b"a" * 70_000, httpx.RemoteProtocolError),
        (b"HTTP/1.1 200 OK\r\n" + b"x: a\r\n" * 20_000, httpx.RemoteProtocolError),
        (b"", httpx.RemoteProtocolError),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc", httpx.RemoteProtocolError),
        (b"HTTP/1.1 200 OK\r\n\r\nuntil the end", None),
    ],
)
def test_an_answer_that_is_none_ends_the_connection(answer: bytes, error: type[Exception] | None) -> None:
    server = Server(answer, then="close")

    async def use(transport: PinnedTransport, url: str) -> None:
        if error is None:
            assert (await post(transport, url)).is_success
        else:
            with pytest.raises(error):
                await post(transport, url)
        assert len(server.connections) == 1  # never sent twice once the receiver has said something
        await post(transport, url)
        assert len(server.connections) == 2

    talk(server, use)


def test_a_body_is_read_no_further_than_the_reader_goes() -> None:
    head = b"HTTP/1.1 200 OK\r\ncontent-length: 100000000\r\n\r\n"
    server = Server(head + b"x" * 10_000_000)

    async def use(transport: PinnedTransport, url: str) -> None:
        answer = await transport.handle_async_request(httpx.Request("POST", url, content=b"body"))
        await asyncio.sleep(0.1)
        stream: Any = answer.stream
        assert stream._exchange._held < 1_000_000  # what is held is nobody else's business
        async for piece in stream:
            assert piece
            break
        await answer.aclose()
        await post(transport, url)
        assert len(server.connections) == 2

    talk(server, use)


@pytest.mark.parametrize(
    "options",
    [
        {"headers": {"x": "a\r\nb: c"}},
        {"headers": {"x": "a\nb"}},
        {"headers": {"x\r\ny": "a"}},
        {"headers": {"x y": "a"}},
        {"headers": {"x": "a\0"}},
        {"headers": {"transfer-encoding": "chunked"}},
    ],
)
def test_what_could_be_taken_for_two_requests_is_not_sent(options: Any) -> None:
    server = Server()

    async def use(transport: PinnedTransport, url: str) -> None:
        with pytest.raises(httpx.LocalProtocolError):
            await post(transport, url, **options)

    talk(server, use)
    assert not server.connections


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate_of("counsel.test", tmp_path_factory.mktemp("tls"))


def test_tls_verifies_the_name_of_the_url_and_no_connection_serves_another_name(certificate: Path) -> None:
    server = Server()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    context.sni_callback = lambda _, name, __: server.names.append(name)

    async def run() -> None:
        trust = ssl.create_default_context(cafile=certificate)
        here = PinnedTransport(LOOPBACK, resolve=lambda *_: ["127.0.0.1"], tls=trust)
        async with listening(server, context), here as transport:
            for _ in range(2):
                assert (await post(transport, f"https://counsel.test:{server.port}/")).status_code == 204
            # The same address under another name, which the certificate does not hold.
            with pytest.raises(httpx.ConnectError, match="certificate verify failed"):
                await post(transport, f"https://other.test:{server.port}/")
            assert (await post(transport, f"https://COUNSEL.test.:{server.port}/")).status_code == 204

    asyncio.run(run())
    assert server.names == ["counsel.test", "other.test", "counsel.test"]
