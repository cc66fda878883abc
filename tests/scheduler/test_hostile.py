"""Hostile addresses, one a line: each is sent to as a delivery is, and nothing ever connects to the listener here.

The listener stands where they lead: on every address of this machine, on the very port that deliveries go to.
"""

import asyncio
import os
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest

from scheduler import egress
from scheduler.attempt import attempt
from scheduler.egress import Blocked, check_url, system_resolve
from scheduler.pinned import PinnedTransport, trust
from scheduler.wire import Attempt, Lease
from tests.support.receiver import Receiver

NAMES = {
    "inside.example": ["127.0.0.1"],
    "both.example": ["93.184.215.14", "127.0.0.1"],
    "six.example": ["::1"],
    "mapped.example": ["::ffff:127.0.0.1"],
    "compatible.example": ["::127.0.0.1"],
    "nat64.example": ["64:ff9b::7f00:1"],
    "own-nat64.example": ["64:ff9b:1::7f00:1"],
    "sixtofour.example": ["2002:7f00:1::"],
    "teredo.example": ["2001:0:7f00:1::80ff:fffe"],
    "metadata.example": ["169.254.169.254"],
    "zone.example": ["fe80::1%lo"],
    "nobody.example": [],
    "zero.example": ["0.0.0.0"],
    "strange.example": ["127.1"],
}

HOSTILE = """
https://127.0.0.1/
https://127.0.0.1./
https://127.1/
https://127.0.1/
https://127.255.255.254/
https://2130706433/
https://0x7f000001/
https://0x7f.1/
https://0x7F.0x0.0x0.0x1/
https://017700000001/
https://0177.0.0.1/
https://0177.0.0.01/
https://00000177.0.0.1/
https://127.0.0.1.nip.io.inside.example/
https://0/
https://0.0.0.0/
https://0x0/
https://[::1]/
https://[::]/
https://[0:0:0:0:0:0:0:1]/
https://[0000:0000:0000:0000:0000:0000:0000:0001]/
https://[::ffff:127.0.0.1]/
https://[::ffff:7f00:1]/
https://[::FFFF:7F00:0001]/
https://[0:0:0:0:0:ffff:127.0.0.1]/
https://[::127.0.0.1]/
https://[::7f00:1]/
https://[64:ff9b::127.0.0.1]/
https://[64:ff9b::7f00:1]/
https://[64:ff9b:1::7f00:1]/
https://[2002:7f00:1::]/
https://[2002:7f00:0001::1]/
https://[2001:0:7f00:1::80ff:fffe]/
https://[2001::1]/
https://[fe80::1]/
https://[fe80::1%25lo]/
https://[fe80::1%lo]/
https://[::1%25lo]/
https://[fc00::1]/
https://[fd00:ec2::254]/
https://[ff02::1]/
https://[fec0::1]/
https://[::1/
https://[127.0.0.1]/
https://[v1.127]/
https://10.0.0.1/
https://172.16.0.1/
https://192.168.0.1/
https://100.64.0.1/
https://169.254.169.254/latest/meta-data/
https://[::ffff:169.254.169.254]/latest/meta-data/
https://0xa9fea9fe/latest/meta-data/
https://2852039166/latest/meta-data/
https://168.63.129.16/
https://192.0.0.192/
https://192.88.99.1/
https://198.18.0.1/
https://203.0.113.1/
https://224.0.0.1/
https://240.0.0.1/
https://255.255.255.255/
https://localhost/
https://localhost./
https://LOCALHOST/
https://inside.example/
https://INSIDE.example./
https://both.example/
https://six.example/
https://mapped.example/
https://compatible.example/
https://nat64.example/
https://own-nat64.example/
https://sixtofour.example/
https://teredo.example/
https://metadata.example/
https://zone.example/
https://zero.example/
https://nobody.example/
https://strange.example/
https://１２７.０.０.１/
https://127。0。0。1/
https://①②⑦.⓪.⓪.①/
https://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/
https://loc\u0430lhost/
https://ｌｏｃａｌｈｏｓｔ/
https://localhost\u200b/
https://xn--/
https://counsel.example@127.0.0.1/
https://counsel.example:443@127.0.0.1/
https://user:word@inside.example/
https://127.0.0.1\\@counsel.example/
https://127.0.0.1\\.counsel.example/
https://127.0.0.1#@counsel.example/
https://127.0.0.1?@counsel.example/
https://127.0.0.1%23@counsel.example/
https://127.0.0.1%2e/
https://127%2e0%2e0%2e1/
https://127.0.0.1%00.counsel.example/
https://127.0.0.1 .counsel.example/
https://127.0.0.1\t/
https:127.0.0.1/
https:/127.0.0.1/
https:///127.0.0.1/
https:\\\\127.0.0.1/
//127.0.0.1/
127.0.0.1
http://127.0.0.1/
HTTP://127.0.0.1/
http://inside.example/
ws://127.0.0.1/
wss://127.0.0.1/
ftp://127.0.0.1/
file://127.0.0.1/etc/passwd
file:///etc/passwd
gopher://127.0.0.1/_POST
dict://127.0.0.1/
ldap://127.0.0.1/
unix:///var/run/docker.sock
http+unix://%2Fvar%2Frun%2Fdocker.sock/
javascript:alert(1)
data:text/plain,x
https://127.0.0.1:{port}/
https://127.0.0.1:0{port}/
https://inside.example:{port}/
http://127.0.0.1:{port}/
https://127.0.0.1:22/
https://127.0.0.1:0/
https://127.0.0.1:99999/
https://127.0.0.1:-1/
https://counsel.example:8443/
https://counsel.example:80/
""".strip("\n").split("\n")
CASES = [*HOSTILE, "https://127.0.0.1\r\nHost: counsel.example/", "https://127.0.0.1\n.counsel.example/", ""]


TLS = trust()


def resolve(host: str, port: int) -> Sequence[str]:
    name = host.lower().rstrip(".")
    if name in NAMES:
        return NAMES[name]
    if name.endswith(".example"):
        raise OSError("no such name")
    return system_resolve(host, port)  # which knows every way of writing an address, and localhost


class Listener:
    """Counts who connects, on every address of this machine."""

    def __init__(self) -> None:
        self.visits = 0
        self._sockets = [socket.create_server(("0.0.0.0", 0))]
        self.port: int = self._sockets[0].getsockname()[1]
        if socket.has_dualstack_ipv6():
            self._sockets.append(socket.create_server(("::", self.port), family=socket.AF_INET6))
        self._threads = [threading.Thread(target=self._count, args=(each,), daemon=True) for each in self._sockets]
        for thread in self._threads:
            thread.start()

    def _count(self, listening: socket.socket) -> None:
        while True:
            try:
                visitor, _ = listening.accept()
            except OSError:
                return
            self.visits += 1
            visitor.close()

    def close(self) -> None:
        for each in self._sockets:
            each.shutdown(socket.SHUT_RDWR)
            each.close()
        for thread in self._threads:
            thread.join()


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    one = Listener()
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(egress._PORTS, "https", one.port)  # so that an address alone is between it and us
        patch.setitem(egress._PORTS, "http", one.port)
        yield one
    one.close()


def send(url: str, allow: frozenset[str] = frozenset()) -> Attempt:
    message = Lease("msg", "lease", url, {"webhook-id": "msg"}, "{}", 5.0)

    async def run() -> Attempt:
        async with PinnedTransport(allow, resolve=resolve, tls=TLS) as transport:
            return await attempt(transport, message)

    return asyncio.run(run())


def test_there_are_enough_of_them() -> None:
    assert len(set(CASES)) >= 120


@pytest.mark.parametrize("url", CASES)
def test_it_is_not_reached(url: str, listener: Listener) -> None:
    before = listener.visits
    url = url.replace("{port}", str(listener.port))
    sent = send(url)
    assert (sent.outcome, sent.status) == ("failed", None)
    assert sent.error is not None
    assert sent.error.startswith(("blocked: ", "the URL is not one to deliver to", "not sent: ")), sent.error
    with pytest.raises(Blocked):
        check_url(url, frozenset(), resolve)
    assert listener.visits == before


def test_the_listener_is_where_they_lead(listener: Listener) -> None:
    """What none of them reached is there to be reached: an address that is allowed reaches it."""
    before = listener.visits
    reachable = ["http://127.0.0.1/", "http://2130706433/", "http://inside.example/", "http://[::ffff:127.0.0.1]/"]
    for url in reachable:
        sent = send(url, frozenset({"127.0.0.1"}))
        assert sent.outcome == "failed"  # it hangs up on whoever comes
    assert listener.visits == before + len(reachable)


@contextmanager
def environment(**names: str) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name, value in names.items():
            patch.setenv(name, value)
        yield


def test_no_proxy_of_the_environment_is_asked(listener: Listener, mailbox: Receiver) -> None:
    proxy = f"http://127.0.0.1:{listener.port}"
    before = listener.visits
    with environment(HTTP_PROXY=proxy, HTTPS_PROXY=proxy, ALL_PROXY=proxy, http_proxy=proxy, all_proxy=proxy):
        assert os.environ["ALL_PROXY"] == proxy
        assert send(f"{mailbox.url}/ok", frozenset({"127.0.0.1"})).outcome == "delivered"
    assert listener.visits == before


@pytest.mark.parametrize(
    "to", ["http://169.254.169.254/latest/meta-data/", "http://127.0.0.2:{port}/", "//[::1]:{port}/"]
)
def test_no_redirect_is_followed(listener: Listener, mailbox: Receiver, to: str) -> None:
    before = listener.visits
    mailbox.moved_to = to.replace("{port}", str(listener.port))
    sent = send(f"{mailbox.url}/moved", frozenset({"127.0.0.1"}))
    assert (sent.outcome, sent.status, sent.error) == ("failed", 307, "redirects are not followed")
    assert (len(mailbox.got), listener.visits) == (1, before)


def test_a_name_that_moves_after_it_was_registered_is_not_followed(listener: Listener) -> None:
    answers = iter([["93.184.215.14"], ["127.0.0.1"]])
    before = listener.visits
    check_url("https://rebinding.example/", frozenset(), lambda *_: next(answers))

    async def run() -> Attempt:
        async with PinnedTransport(frozenset(), resolve=lambda *_: next(answers), tls=TLS) as transport:
            return await attempt(transport, Lease("msg", "lease", "https://rebinding.example/", {}, "{}", 5.0))

    assert asyncio.run(run()).error == "blocked: 127.0.0.1 is this machine"
    assert listener.visits == before
