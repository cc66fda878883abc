"""How large a body may be. The framework's own limit answers in plain text; ours is a problem like every error."""

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class BodySize:
    """Refuses a body beyond the limit as soon as it is read: by the length it declares, or by what has come."""

    def __init__(self, app: ASGIApp, largest: int) -> None:
        self.app = app
        self.largest = largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with its body watched."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        declared = Headers(scope=scope).get("content-length", "")
        size = int(declared) if declared.isdecimal() else 0

        async def watched() -> Message:
            nonlocal size
            if size <= self.largest:
                message = await receive()
                came = len(message.get("body", b""))
                size = size if declared else size + came
                if size <= self.largest:
                    return message
            raise HTTPException(413, f"At most {self.largest:,} bytes are read; send less at once.")

        await self.app(scope, watched, send)
