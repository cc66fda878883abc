"""`enjoin serve`: the API and its scheduler on one machine. When either dies, both stop."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from socket import gethostname

from enjoin.clocks import RealClock
from enjoin.complaints import shown
from enjoin.settings import Settings
from enjoin.wiring import CannotServe, Register, Server, register, serving, settle_memory
from workflow.lifecycle.vocabulary import Role
from workflow.use_cases.accounts.keys import CONSOLE, NewKey, OtherRoles, create_key, find_keys, revoke_key
from workflow.use_cases.webhooks.endpoint_secrets import unopened

OK, CHILD_DIED, API_DIED = 0, 1, 1
STOP_SECONDS = 10
ACCOUNT = "scheduler"


def serve(settings: Settings, with_scheduler: bool) -> int:
    """Serve until SIGTERM or SIGINT; returns 0 then, 1 when the API or the scheduler ended by itself.

    Raises CannotServe, with nothing left running.
    """
    stopping = _stop_on_signals()
    with register(
        settings.database_url,
        RealClock(),
        settings.egress_allow,
        secret_keys=settings.keys,
        files=settings.folder,
        largest_attachment=settings.largest_attachment,
    ) as parts:
        check_secrets(parts)
        settle_memory()
        with (
            serving(parts.app, settings.host, settings.port) as server,
            _scheduler(parts, server) if with_scheduler else nullcontext() as child,
        ):
            sys.stderr.write(f"Enjoin serves {server.url} over {shown(parts.engine.url)}\n")
            while not stopping.wait(0.2):
                if child is not None and child.poll() is not None and not stopping.is_set():
                    sys.stderr.write(f"the scheduler ended with {child.returncode}: stopping\n")
                    return CHILD_DIED
                if not server.is_alive:
                    sys.stderr.write("the API ended: stopping\n")
                    return API_DIED
    return OK


def check_secrets(parts: Register) -> None:
    """CannotServe when secrets of endpoints could not be sealed, or not be opened again."""
    if parts.vault.is_empty:
        raise CannotServe(
            "ENJOIN_SECRET_KEYS is missing: with PostgreSQL every process needs the same keys to seal the secrets of "
            "webhooks with; `enjoin secrets new` prints one"
        )
    with parts.engine.connect() as connection:
        shut = unopened(connection, parts.vault)
    if shut:
        raise CannotServe(
            f"the secrets of {len(shut)} endpoints open with none of the keys at hand, the first of them {shut[0]}: "
            "give the key they were sealed with beside the new one, in ENJOIN_SECRET_KEYS or in the file of keys"
        )


@contextmanager
def _scheduler(parts: Register, server: Server) -> Iterator[subprocess.Popen[bytes]]:
    """The scheduler as a child with a key of its own, which is revoked when it has ended."""
    _revoke_left(parts)
    try:
        made = parts.writer.run(create_key, NewKey(ACCOUNT, frozenset({Role.SCHEDULER}), _process()), CONSOLE)
    except OtherRoles as other:
        raise CannotServe(f"{other}; the scheduler of `enjoin serve` needs that name, with its own role") from None
    # The sender holds no secret, and no key to one.
    inherited = {name: value for name, value in os.environ.items() if name.upper() != "ENJOIN_SECRET_KEYS"}
    environment = {**inherited, "ENJOIN_API_URL": server.url, "ENJOIN_API_KEY": made.key}
    command = [sys.executable, "-m", "scheduler", "--with-parent", str(os.getpid())]
    try:
        # In a session of its own, so that Ctrl-C reaches this process alone, which then ends the child in order.
        child = subprocess.Popen(command, env=environment, start_new_session=True)  # noqa: S603
        try:
            yield child
        finally:
            _end(child)
    finally:
        parts.writer.run(revoke_key, made.id, CONSOLE)


def _process() -> str:
    """This process, as its key names it."""
    return f"enjoin serve, {gethostname()}, {os.getpid()}"


def _revoke_left(parts: Register) -> None:
    """Revoke the keys of former processes that were killed and could not do it themselves."""
    with parts.engine.connect() as connection:
        in_use = [key for key in find_keys(connection) if key.process is not None and not key.revoked]
    left = [key for key in in_use if _has_ended(str(key.process), parts.engine.dialect.name == "sqlite")]
    for key in left:
        parts.writer.run(revoke_key, key.id, CONSOLE)
        sys.stderr.write(f"revoked {key.prefix}…, which {key.process} left when it was killed\n")


def _has_ended(process: str, alone: bool) -> bool:
    """Whether a process is no more. Of another machine it is known only where one alone serves, as over SQLite."""
    _, host, pid = process.split(", ")
    if host != gethostname():
        return alone
    if int(pid) == os.getpid():
        return True  # in a container every process has the number of the one before it
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def _end(child: subprocess.Popen[bytes]) -> None:
    child.terminate()
    try:
        child.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _stop_on_signals() -> threading.Event:
    stopping = threading.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: stopping.set())
    return stopping
