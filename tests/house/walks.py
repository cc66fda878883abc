"""Which of our files a request crosses: those in which a function runs between its first byte and its answer.

    python -m tests.house.walks            the counts
    python -m tests.house.walks --files    and the files

On SQLite, one person asking, the answer rendered; `__init__.py` is left out, and so is what the client does.
"""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType
from typing import Any

from api.state import Options
from migrations.run import upgrade
from tests.api.conftest import VAULT, Desk, allow_all, opened
from workflow.lifecycle.vocabulary import Role
from workflow.store.database import make_engine

ROOT = Path(__file__).parents[2]
OURS = ("api", "workflow")


class Walk:
    """Notes the files in which functions run while it is on, in every thread that is born under it."""

    def __init__(self) -> None:
        self.on = False
        self.seen: set[str] = set()

    def __call__(self, frame: FrameType, event: str, _argument: Any) -> None:
        """What the interpreter calls for each call."""
        if self.on and event == "call":
            self.seen.add(frame.f_code.co_filename)

    def files(self) -> list[str]:
        """The files of ours that were crossed, by their path in the house."""
        ours = (Path(each).relative_to(ROOT) for each in self.seen if Path(each).is_relative_to(ROOT))
        return sorted(str(each) for each in ours if each.parts[0] in OURS and each.name != "__init__.py")


@contextmanager
def walking() -> Iterator[Walk]:
    """A walk that sees the threads begun inside."""
    walk = Walk()
    threading.setprofile(walk)
    sys.setprofile(walk)
    try:
        yield walk
    finally:
        sys.setprofile(None)
        threading.setprofile(None)


def walks() -> dict[str, list[str]]:
    """The files that each of the two requests crosses."""
    found = {}
    with TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{folder}/enjoin.db")
        upgrade(engine)
        with (
            walking() as walk,
            opened(engine, Options(check_url=allow_all, vault=VAULT, files=Path(folder) / "files")) as desk,
        ):
            order, version = _an_order(desk)
            for name in ("order read", "extend"):
                walk.seen.clear()
                walk.on = True
                if name == "extend":
                    body = {"trigger": "extend", "data": {"last_day": "2023-01-19"}}
                    answer = desk.post(f"{order}/transitions", body, Role.DECISION_MAKER, version)
                else:
                    answer = desk.get(order, Role.CASE_OFFICER)
                walk.on = False
                assert answer.status_code == 200, answer.text
                found[name] = walk.files()
        engine.dispose()
    return found


def _an_order(desk: Desk) -> tuple[str, int]:
    """The path and version of an order in force. Everything is asked for once before: caches are warm in a register."""
    decision = desk.serve()
    first, other = (f"/v1/orders/{each['id']}" for each in decision["orders"][:2])
    desk.clock.jump("2022-11-02")
    extended = desk.pull(other, "extend", Role.DECISION_MAKER, data={"last_day": "2023-01-19"})
    assert extended.status_code == 200, extended.text
    return first, desk.get(first).json()["version"]


def main(arguments: list[str]) -> None:
    """Print the counts, and the files when they are asked for."""
    for name, files in walks().items():
        sys.stdout.write(f"{name}: {len(files)} files\n")
        if arguments == ["--files"]:
            sys.stdout.write("".join(f"    {each}\n" for each in files))


if __name__ == "__main__":
    main(sys.argv[1:])
