import asyncio
import shutil
import ssl
import subprocess
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Any

import httpx
import pytest

from scheduler.egress import Blocked
from scheduler.pinned import PinnedTransport


class Recorder(httpx.AsyncBaseTransport):
    def __init__(self, unreachable: Sequence[str] = ()) -> None:
        self.requests: list[httpx.Request] = []
        self.unreachable = unreachable

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        if request.url.host in self.unreachable:
            raise httpx.ConnectError("refused")
        return httpx.Response(204)


def post(transport: PinnedTransport, url: str) -> httpx.Response:
    async def send() -> httpx.Response:
        async with httpx.AsyncClient(transport=transport, trust_env=False) as client:
            return await client.post(url, content=b"body")

    return asyncio.run(send())


def names(*answers: str) -> Callable[[str, int], Sequence[str]]:
    left = [list(answers)]
    return lambda *_: left.pop()  # a second question is an error


def test_the_checked_address_is_connected_to_under_the_name_of_the_url() -> None:
    inner = Recorder()
    post(PinnedTransport(frozenset(), resolve=names("93.184.215.14"), inner=inner), "https://büro.example/hook?a=b")
    (sent,) = inner.requests
    assert str(sent.url) == "https://93.184.215.14/hook?a=b"
    assert sent.headers["host"] == "xn--bro-hoa.example"
    assert sent.extensions["sni_hostname"] == sent.headers["host"]


def test_an_ipv6_address_too() -> None:
    inner = Recorder()
    post(PinnedTransport(frozenset(), resolve=names("2606:2800:21f::1"), inner=inner), "https://counsel.example/")
    assert str(inner.requests[0].url) == "https://[2606:2800:21f::1]/"


@pytest.mark.parametrize("answers", [["10.0.0.1"], ["93.184.215.14", "127.0.0.1"], []])
def test_a_name_with_one_bad_address_is_never_connected_to(answers: list[str]) -> None:
    inner = Recorder()
    with pytest.raises(Blocked):
        post(PinnedTransport(frozenset(), resolve=names(*answers), inner=inner), "https://counsel.example/")
    assert not inner.requests


def test_an_address_in_the_url_needs_no_resolver() -> None:
    inner = Recorder()
    post(PinnedTransport(frozenset({"127.0.0.1"}), resolve=lambda *_: 1 / 0, inner=inner), "http://127.0.0.1:9/")  # type: ignore[arg-type]
    assert str(inner.requests[0].url) == "http://127.0.0.1:9/"


def test_the_next_address_is_tried_when_one_cannot_be_connected_to() -> None:
    inner = Recorder(unreachable=["2606:2800:21f::1"])
    resolve = names("2606:2800:21f::1", "93.184.215.14")
    assert (
        post(PinnedTransport(frozenset(), resolve=resolve, inner=inner), "https://counsel.example/").status_code == 204
    )
    assert [request.url.host for request in inner.requests] == ["2606:2800:21f::1", "93.184.215.14"]


def test_when_none_can_be_connected_to_the_last_error_stands() -> None:
    answers = [f"93.184.215.{last}" for last in range(9)]
    inner = Recorder(unreachable=answers)
    with pytest.raises(httpx.ConnectError):
        post(PinnedTransport(frozenset(), resolve=names(*answers), inner=inner), "https://counsel.example/")
    assert len(inner.requests) == 3


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of counsel.test with its key, in one file."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl is not installed")
    folder = tmp_path_factory.mktemp("tls")
    key, cert, both = folder / "key.pem", folder / "cert.pem", folder / "both.pem"
    command = [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    command += ["-days", "2", "-subj", "/CN=counsel.test", "-addext", "subjectAltName=DNS:counsel.test"]
    subprocess.run([*command, "-keyout", key, "-out", cert], check=True, capture_output=True)
    both.write_bytes(key.read_bytes() + cert.read_bytes())
    return both


def with_tls_server(certificate: Path, talk: Callable[[int, list[str | None]], Coroutine[Any, Any, None]]) -> None:
    """Run `talk(port, connections)` beside a TLS server; `connections` holds the name that each asked for."""
    connections: list[str | None] = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    context.sni_callback = lambda _, name, __: connections.append(name)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")
        await reader.read()  # kept open: closing is the client's choice
        writer.close()

    async def run() -> None:
        server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
        async with server:
            await talk(server.sockets[0].getsockname()[1], connections)

    asyncio.run(run())


def test_tls_verifies_the_name_of_the_url_on_every_connection(certificate: Path) -> None:
    async def talk(port: int, connections: list[str | None]) -> None:
        trust = ssl.create_default_context(cafile=certificate)
        transport = PinnedTransport(frozenset({"127.0.0.1"}), resolve=lambda *_: ["127.0.0.1"], verify=trust)
        async with httpx.AsyncClient(transport=transport, trust_env=False) as client:
            assert (await client.post(f"https://counsel.test:{port}/")).status_code == 204
            # The same address under another name, which the certificate does not hold.
            with pytest.raises(httpx.ConnectError, match="certificate verify failed"):
                await client.post(f"https://other.test:{port}/")
            assert (await client.post(f"https://counsel.test:{port}/")).status_code == 204
        assert connections == ["counsel.test", "other.test", "counsel.test"]

    with_tls_server(certificate, talk)
