"""What is said of a path that is not there, and of a method that a path does not take."""

from fastapi import Request
from starlette.routing import Match

_SHOWN = 200
_METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")


def no_such_path(request: Request) -> str:
    """Why nothing is found, and where the paths are listed."""
    return f"There is no path {request.url.path[:_SHOWN]}; GET /openapi.json lists every path there is."


def wrong_method(request: Request) -> str:
    """Which methods the path takes."""
    return f"{request.url.path[:_SHOWN]} takes {' and '.join(methods_of(request))}, not {request.method[:20]}."


def methods_of(request: Request) -> list[str]:
    """The methods of every route of this path: the framework names those of the first one alone."""
    asked = ({**request.scope, "method": method} for method in _METHODS)
    routes = request.app.routes
    return [each["method"] for each in asked if any(route.matches(each)[0] is Match.FULL for route in routes)]
