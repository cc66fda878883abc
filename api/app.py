"""The application: routes, errors and the parts of the process they work with."""

from fastapi import Depends, FastAPI
from sqlalchemy import Engine

from api import calendar, health, idempotency
from api.body_size import BodySize
from api.openapi import describe
from api.problems import add_handlers
from api.state import Options, State
from api.v1 import (
    access_requests,
    attachments,
    bulk,
    bundles,
    calculations,
    cases,
    debts,
    decisions,
    deliveries,
    due,
    events,
    feeds,
    filings,
    forecast,
    machines,
    new_filing,
    orders,
    penalty_clauses,
    penalty_decisions,
    request_import,
    simulate,
    webhook_endpoints,
)
from api.watch import Watch
from workflow.store.clock import Clock
from workflow.store.database import reader
from workflow.store.writer import Writer


def create_app(engine: Engine, writer: Writer, clock: Clock, options: Options) -> FastAPI:
    """The API over an engine for reads, the writer of the process and a register's clock. It makes no outgoing call."""
    checks = [Depends(idempotency.one_where_taken)]
    # A path that lost its id at the end is not the list of everything, so nobody is sent there.
    app = FastAPI(
        title="Enjoin",
        version="0.1.0",
        redoc_url=None,
        docs_url=None,
        dependencies=checks,
        redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,
    )
    form = options.largest_body + new_filing.MOST_FILES * options.largest_attachment
    larger = {attachments.PATH: options.largest_attachment, new_filing.PATH: form}
    app.add_middleware(BodySize, largest=options.largest_body, larger=larger)
    reads = reader(engine)
    app.state.enjoin = State(reads, writer, clock, options, Watch(reads))
    add_handlers(app)
    for each in (
        bundles,
        cases,
        decisions,
        orders,
        penalty_clauses,
        penalty_decisions,
        filings,
        new_filing,
        attachments,
        access_requests,
        request_import,
        debts,
        bulk,
        due,
        forecast,
        simulate,
        webhook_endpoints,
        events,
        feeds,
        calendar,
        deliveries,
        calculations,
        machines,
        health,
    ):
        app.include_router(each.router)
    describe(app)
    _prepare_routes(app)
    return app


def _prepare_routes(app: FastAPI) -> None:
    """Build every route now: FastAPI would at the first request, and two threads at once may not build schemas."""
    for route in app.routes:
        route.matches({"type": "http", "method": "GET", "path": "/", "headers": [], "root_path": ""})
