"""`python -m tests.check_migrations`: on both databases, the migrations make what the code expects, or exit 1."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from migrations.run import check, upgrade
from tests.support.postgres import postgres
from workflow.store.database import make_engine


def differences(url: str) -> list[object]:
    """How a database made by the migrations differs from the tables in the code."""
    engine = make_engine(url)
    try:
        upgrade(engine)
        return check(engine)
    finally:
        engine.dispose()


def main() -> int:
    """Check both; what differs is printed."""
    with TemporaryDirectory() as folder, postgres() as server:
        found = {
            "sqlite": differences(f"sqlite:///{Path(folder) / 'check.db'}"),
            "postgresql": differences(server.url(server.create("check_migrations"))),
        }
    for database, different in found.items():
        sys.stdout.write(f"{database}: {different or 'no new operations'}\n")
    return 1 if any(found.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
