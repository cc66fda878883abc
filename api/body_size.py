"""How large a body may be. The framework's own limit answers in plain text; ours is a problem like every error."""

import re
from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class BodySize:
    """Refuses a body beyond the limit as soon as it is read: by the length it declares, or by what has come.

    `larger` has the limits of the paths that have one of their own.
    """

    def __init__(self, app: ASGIApp, largest: int, larger: Mapping[re.Pattern[str], int] | None = None) -> None:
        self.app = app
        self.largest = largest
        self.larger = dict(larger or {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with its body watched."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        own = (limit for path, limit in self.larger.items() if path.fullmatch(scope["path"]))
        largest = next(own, self.largest)
        declared = Headers(scope=scope).get("content-length", "")
        size = int(declared) if declared.isdecimal() else 0

        async def watched() -> Message:
            nonlocal size
            if size <= largest:
                message = await receive()
                came = len(message.get("body", b""))
                size = size if declared else size + came
                if size <= largest:
                    return message
            raise HTTPException(413, f"At most {largest:,} bytes are read; send less at once.")

        await self.app(scope, watched, send)
