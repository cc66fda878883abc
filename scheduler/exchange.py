"""One HTTP/1.1 connection to a receiver: a request out, an answer in, and whether it may be used again.

Written for what a delivery needs and nothing else. The answer is parsed by llhttp (`httptools`), strictly.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Callable

import httptools
import httpx

LARGEST_HEAD = 65_536
"""Bytes that the head of an answer may have; a receiver needs a few hundred."""

READ_AHEAD = 65_536
"""Bytes of a body that wait for a reader before the connection is left to fill up."""

_TOKEN = re.compile(rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_NOT_IN_A_VALUE = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
_NOT_IN_A_TARGET = re.compile(rb"[^\x21-\x7e]")


class Exchange(asyncio.Protocol):
    """A connection. `send` waits for the head of the answer, `read` for the next piece of its body.

    `fresh` is true until an answer has been read whole, `silent` until a byte of the present one came. `whole` is true
    when the answer has been read to its end, and `reusable` when the receiver also means to answer again.
    """

    def __init__(self) -> None:
        self.fresh = self.silent = True
        self.whole = self.reusable = self.closed = False
        self.status = 0
        self.headers: list[tuple[bytes, bytes]] = []
        self._transport: asyncio.Transport | None = None
        self._parser: httptools.HttpResponseParser | None = None
        self._waiter: asyncio.Future[None] | None = None
        self._error: Exception | None = None
        self._body: list[bytes] = []
        self._held = self._head = 0
        self._in_body = self._paused = self._until_closed = False

    async def send(self, head: bytes, body: bytes) -> None:
        """Write a request and wait for the head of its answer; raises httpx's errors."""
        self.fresh = self.fresh and not self.whole
        self.silent = True
        self.whole = self.reusable = self._in_body = False
        self._head, self.headers = 0, []
        self._parser = httptools.HttpResponseParser(self)
        if self.closed or self._transport is None:
            raise httpx.RemoteProtocolError("the connection is closed")
        self._transport.write(head + body)
        while not self._in_body:
            await self._wait()

    async def read(self) -> bytes:
        """The next piece of the body as it arrives, empty at its end; raises httpx's errors."""
        while not self._body and not self.whole:
            await self._wait()
        piece = b"".join(self._body)
        self._body.clear()
        self._held = 0
        if self._paused and self._transport is not None:
            self._paused = False
            self._transport.resume_reading()
        return piece

    def abort(self) -> None:
        """Give the connection up at once."""
        self.closed = True
        if self._transport is not None:
            self._transport.abort()

    async def _wait(self) -> None:
        if self._error is not None:
            raise self._error
        self._waiter = asyncio.get_running_loop().create_future()
        try:
            await self._waiter
        finally:
            self._waiter = None

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    def _fail(self, error: Exception) -> None:
        self._error = self._error or error
        self.abort()
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_exception(self._error)

    # What the event loop calls.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember where to write."""
        self._transport = transport  # type: ignore[assignment]  # of a stream, so of the kind that reads and writes

    def data_received(self, data: bytes) -> None:
        """Take what came; nothing may come that was not asked for."""
        if self._parser is None or self.whole:
            self._fail(httpx.RemoteProtocolError("an answer that was not asked for"))
            return
        self.silent = False
        if not self._in_body:
            self._head += len(data)
        try:
            self._parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):
            self._fail(httpx.RemoteProtocolError("the answer is not HTTP"))
            return
        if not self._in_body and self._head > LARGEST_HEAD:
            self._fail(httpx.RemoteProtocolError("the head of the answer has no end"))
        elif self._in_body:
            self._wake()

    def eof_received(self) -> None:
        """Take the end of the stream; it ends a body that has no stated length."""
        if self._in_body and not self.whole and self._until_closed:
            self.whole = True
            self._wake()

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell whoever waits that nothing more will come."""
        self.closed = True
        if self.whole:
            return
        if exc is None:
            self._fail(httpx.RemoteProtocolError("closed before the end of the answer"))
        else:
            self._fail(httpx.ReadError(str(exc)))

    # What the parser calls.

    def on_header(self, name: bytes, value: bytes) -> None:
        """Keep a header."""
        self.headers.append((name, value))

    def on_headers_complete(self) -> None:
        """Take the status; an interim answer (1xx) is followed by another."""
        assert self._parser is not None
        self.status = self._parser.get_status_code()
        if self.status < 200:
            self.headers = []
            return
        names = {name.lower() for name, _ in self.headers}
        self._until_closed = not names & {b"content-length", b"transfer-encoding"}
        self._in_body = True

    def on_body(self, piece: bytes) -> None:
        """Hold a piece of the body for the reader."""
        self._body.append(piece)
        self._held += len(piece)
        if self._held > READ_AHEAD and not self._paused and self._transport is not None:
            self._paused = True
            self._transport.pause_reading()

    def on_message_complete(self) -> None:
        """Note that the answer is whole."""
        assert self._parser is not None
        if self._in_body:
            self.whole = True
            self.reusable = self._parser.should_keep_alive()


def head_of(request: httpx.Request) -> bytes:
    """The head of a request as it goes over the wire; raises LocalProtocolError for what could be taken for two."""
    target = request.url.raw_path
    if _NOT_IN_A_TARGET.search(target):
        raise httpx.LocalProtocolError("the path cannot be written")
    lines = [b"%b %b HTTP/1.1\r\n" % (request.method.encode("ascii"), target)]
    for name, value in request.headers.raw:
        if not _TOKEN.fullmatch(name) or _NOT_IN_A_VALUE.search(value):
            raise httpx.LocalProtocolError("a header cannot be written")
        if name.lower() == b"transfer-encoding":
            raise httpx.LocalProtocolError("a body is sent whole")
        lines.append(b"%b: %b\r\n" % (name, value))
    return b"".join(lines) + b"\r\n"


class Answer(httpx.AsyncByteStream):
    """The body of an answer as it arrives; closing it gives the connection back, or gives it up."""

    def __init__(self, exchange: Exchange, give_back: Callable[[Exchange], None]) -> None:
        self._exchange = exchange
        self._give_back = give_back

    async def __aiter__(self) -> AsyncIterator[bytes]:
        """Go through the pieces."""
        while piece := await self._exchange.read():
            yield piece

    async def aclose(self) -> None:
        """Be done with the connection."""
        self._give_back(self._exchange)
