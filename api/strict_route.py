"""Routes that read a JSON body strictly: the framework takes the last of two members of one name, and NaN."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

from workflow.use_cases.acting.strict_json import read_json


class _StrictRequest(Request):
    async def json(self) -> Any:
        """The body, read strictly; the framework makes one error of whatever this raises, with its cause."""
        return read_json(await self.body())


class StrictRoute(APIRoute):
    """A route whose body is JSON."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Answer with the framework's handler, on a request that reads strictly."""
        handler = super().get_route_handler()

        async def strict(request: Request) -> Response:
            return await handler(_StrictRequest(request.scope, request.receive))

        return strict
