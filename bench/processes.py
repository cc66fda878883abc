"""What benches stand on: a migrated database of either kind, and an API process over it."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.support.postgres import postgres

SECRET_KEYS = "B" * 43 + "="
DATABASES = ("sqlite", "postgresql")


@contextmanager
def api(url: str) -> Iterator[str]:
    """An API process over a database; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {"ENJOIN_DATABASE_URL": url, "ENJOIN_PORT": str(port), "ENJOIN_SECRET_KEYS": SECRET_KEYS}
    command = [sys.executable, "-m", "enjoin", "serve", "--api-only"]
    process = subprocess.Popen(command, env=os.environ | settings, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        while True:
            try:
                httpx.get(f"{address}/health/ready", trust_env=False)
                break
            except httpx.TransportError:
                assert process.poll() is None, "the API ended"
                time.sleep(0.05)
        yield address
    finally:
        process.terminate()
        process.wait()


@contextmanager
def store(database: str) -> Iterator[Callable[[str | None], str]]:
    """Yield a function that gives the URL of the seeded database (None), or of a fresh copy of it by name."""
    with tempfile.TemporaryDirectory() as folder:
        if database == "sqlite":
            seeded = Path(folder) / "seeded.db"

            def copy_file(name: str | None) -> str:
                if name is None:
                    return f"sqlite:///{seeded}"
                target = Path(folder) / f"{name}.db"
                target.write_bytes(seeded.read_bytes())
                return f"sqlite:///{target}"

            yield copy_file
            return
        with postgres(durable=True) as server:
            server.create("seeded")

            def copy_database(name: str | None) -> str:
                return server.url("seeded" if name is None else server.create(name, "seeded"))

            yield copy_database
