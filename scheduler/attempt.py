"""One attempt to deliver one message: the exact bytes, one total deadline, and a short word on what came of it."""

import asyncio
import functools
import logging
import time
from typing import cast

import httpx

from scheduler.egress import Blocked
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
    error: str | None = None
    try:
        async with asyncio.timeout(deadline):
            await _send(transport, message, seen)
    except TimeoutError:
        error = f"no complete answer within {deadline:g} s"
    except Blocked as blocked:
        error = f"blocked: {blocked.reason}"
    except (httpx.HTTPError, httpx.InvalidURL) as failure:
        error = _named(failure)
    except Exception as failure:  # one message must not take the others down
        _log.exception("message %s could not be sent", message.id)
        error = f"not sent: {type(failure).__name__}"

    answer = seen[0] if seen else None
    if answer is not None and error is None and not answer.is_success:
        error = "redirects are not followed" if answer.is_redirect else f"answered {answer.status_code}"
    return Attempt(
        id=message.id,
        lease=message.lease,
        outcome="delivered" if error is None else "failed",
        took_ms=round((time.monotonic() - began) * 1000),
        status=None if answer is None else answer.status_code,
        error=None if error is None else error[:200],
        retry_after_s=None if answer is None or error is None else retry_after(answer, machine_now()),
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


def _named(failure: Exception) -> str:
    # Our words, not the library's, where its text may quote what the receiver sent.
    match failure:
        case httpx.ConnectTimeout():
            return "no connection in time"
        case httpx.ConnectError():
            return f"no connection: {failure}" if str(failure) else "no connection"
        case httpx.RemoteProtocolError():
            return "closed without an answer, or the answer is not HTTP"
        case httpx.ReadError() | httpx.WriteError():
            return "the connection was lost before the answer"
        case httpx.InvalidURL() | httpx.UnsupportedProtocol():
            return "the URL is not one to deliver to"
        case _:
            return type(failure).__name__
