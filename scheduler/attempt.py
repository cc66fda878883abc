"""One attempt to deliver one message: the exact bytes, one total deadline, and a short word on what came of it."""

import asyncio
import functools
import logging
import ssl
import time
from typing import cast

import httpx

from scheduler.egress import Blocked, NoAddress
from scheduler.escalate import machine_now
from scheduler.retry_after import retry_after
from scheduler.wire import Attempt, Lease

LONGEST_S = 15.0
"""No attempt lasts longer, whatever the lease says: the lease itself must not run out under it."""

BODY_READ = 4096
"""Bytes of an answer's body that are read, and thrown away. A receiver speaks by its status."""

_ALWAYS = {"user-agent": "enjoin", "accept-encoding": "identity"}
_EXTENSIONS = {"timeout": {"connect": 5.0}}
_log = logging.getLogger(__name__)


async def attempt(transport: httpx.AsyncBaseTransport, message: Lease) -> Attempt:
    """Send a message once. 2xx is `delivered`; anything else, 3xx too, is `failed` with an error of a few words.

    The deadline covers everything from the name's resolution to the last byte read: a receiver that answers 200 and
    then drips its body for longer has failed, and its status is reported all the same. Raises nothing but
    cancellation, and then nobody knows whether the message arrived.
    """
    began = time.monotonic()
    deadline = min(message.deadline_s, LONGEST_S)
    seen: list[httpx.Response] = []
    failure, error = "", ""
    try:
        async with asyncio.timeout(deadline):
            await _send(transport, message, seen)
    except TimeoutError:
        failure, error = "timeout", f"no complete answer within {deadline:g} s"
    except Blocked as blocked:
        failure = "name_not_found" if isinstance(blocked, NoAddress) else "blocked"
        error = f"blocked: {blocked.reason}"
    except (httpx.HTTPError, httpx.InvalidURL) as why:
        failure, error = _named(why)
    except Exception as why:  # one message must not take the others down
        _log.exception("message %s could not be sent", message.id)
        failure, error = "not_sent", f"not sent: {type(why).__name__}"

    answer = seen[0] if seen else None
    if answer is not None and not error and not answer.is_success:
        failure, error = ("redirect", "redirects are not followed") if answer.is_redirect else ("status", "")
        error = error or f"answered {answer.status_code}"
    return Attempt(
        id=message.id,
        lease=message.lease,
        outcome="failed" if error else "delivered",
        took_ms=round((time.monotonic() - began) * 1000),
        status=None if answer is None else answer.status_code,
        failure=failure or None,
        error=error[:200] or None,
        retry_after_s=retry_after(answer, machine_now()) if answer is not None and error else None,
    )


async def _send(transport: httpx.AsyncBaseTransport, message: Lease, seen: list[httpx.Response]) -> None:
    # No httpx client around it: what a client adds (cookies of another receiver, redirects, authentication) is what a
    # delivery must not have, and it took half of the time.
    url, body = _url(message.url), message.body.encode()
    own = {"host": url.netloc.decode("ascii"), "content-length": str(len(body))}
    request = httpx.Request(
        "POST", url, headers=_ALWAYS | message.headers | own, stream=httpx.ByteStream(body), extensions=_EXTENSIONS
    )
    answer = await transport.handle_async_request(request)
    seen.append(answer)
    try:
        size = 0
        # As it arrives: asking for chunks of a size would wait until they are full.
        async for chunk in cast(httpx.AsyncByteStream, answer.stream):
            size += len(chunk)
            if size >= BODY_READ:
                break
    finally:
        await answer.aclose()


@functools.lru_cache(1024)
def _url(text: str) -> httpx.URL:
    return httpx.URL(text)


def _named(failure: Exception) -> tuple[str, str]:
    """Why nothing was answered: the API's word for it, and a few words of ours.

    They are not the library's, where its text may quote what the receiver sent.
    """
    match failure:
        case httpx.ConnectTimeout():
            return "timeout", "no connection in time"
        case httpx.ConnectError():
            return _unconnected(failure), f"no connection: {failure}" if str(failure) else "no connection"
        case httpx.RemoteProtocolError():
            return "not_http", "closed without an answer, or the answer is not HTTP"
        case httpx.ReadError() | httpx.WriteError():
            return "lost", "the connection was lost before the answer"
        case httpx.InvalidURL() | httpx.UnsupportedProtocol():
            return "not_sent", "the URL is not one to deliver to"
        case _:
            return "not_sent", type(failure).__name__


def _unconnected(failure: BaseException) -> str:
    """Why there is no connection, from the errors it came from."""
    found: BaseException | None = failure
    while found is not None:
        if isinstance(found, ssl.SSLError):
            return "tls"
        if isinstance(found, ConnectionRefusedError):
            return "refused"
        found = found.__cause__ or found.__context__
    return "unreachable"
