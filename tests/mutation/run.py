"""Run the nearest tests against each mutant, in copies of the tree, and tell which survive."""

import os
import re
import resource
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory
from threading import Lock

from tests.mutation.sites import Mutant

MEMORY = 6 << 30
"""What a run may take: a mutant that never ends its list must not take the machine."""
_FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+?\.py)", re.MULTILINE)


def nearest_tests(root: Path, path: str) -> str:
    """The folder of tests that mirrors the file's own, or the nearest above it that there is."""
    for folder in Path(path).parents:
        if (root / "tests" / folder).is_dir():
            return str(Path("tests") / folder)
    raise FileNotFoundError(path)


@dataclass
class Runs:
    """Copies of the tree, one a worker, and what is learned on the way: which files of tests kill most."""

    root: Path
    copies: SimpleQueue[Path]
    kills: Counter[str] = field(default_factory=Counter)
    limits: dict[str, float] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def unchanged(self, tests: str) -> float:
        """Pass the tests on the tree as it is, and return the seconds they took; a mutant may take thrice as long."""
        with self._copy() as copy:
            began = time.monotonic()
            ended = _pytest(copy, [tests], None)
        if ended is None or ended.returncode != 0:
            raise SystemExit(f"{tests} does not pass on the tree as it is:\n{ended.stdout if ended else ''}")
        took = time.monotonic() - began
        self.limits[tests] = 3 * took + 20
        return took

    def killed_by(self, mutant: Mutant) -> str | None:
        """The file of the first test that fails, `time` for a run without end, or None for a survivor."""
        tests = nearest_tests(self.root, mutant.path)
        with self.lock:
            first = [file for file, _ in self.kills.most_common() if file.startswith(tests)]
        with self._copy() as copy:
            changed = copy / mutant.path
            before = changed.read_text()
            changed.write_text(mutant.code(copy))
            try:
                ended = _pytest(copy, [*first, tests], self.limits[tests])
            finally:
                changed.write_text(before)
        if ended is None:
            return "time"
        if ended.returncode == 0:
            return None
        failed = _FAILED.search(ended.stdout)
        if failed is None:
            return "import"
        with self.lock:
            self.kills[failed[1]] += 1
        return failed[1]

    @contextmanager
    def _copy(self) -> Iterator[Path]:
        copy = self.copies.get()
        try:
            yield copy
        finally:
            self.copies.put(copy)


def run(root: Path, chosen: Sequence[Mutant], workers: int) -> Iterator[tuple[Mutant, str | None]]:
    """What killed each mutant, in the order given."""
    with TemporaryDirectory() as scratch, ThreadPoolExecutor(workers) as pool:
        copies: SimpleQueue[Path] = SimpleQueue()
        for n in range(workers):
            copies.put(_copied(root, Path(scratch) / str(n)))
        runs = Runs(root, copies)
        for tests in sorted({nearest_tests(root, mutant.path) for mutant in chosen}):
            print(f"{tests}: passes unchanged in {runs.unchanged(tests):.0f} s", flush=True)
        yield from zip(chosen, pool.map(runs.killed_by, chosen), strict=True)


def _copied(root: Path, to: Path) -> Path:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, check=True, capture_output=True, text=True)
    for name in filter(None, listed.stdout.split("\0")):
        if (root / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(root / name, to / name)
    return to


def _pytest(copy: Path, what: Sequence[str], limit: float | None) -> subprocess.CompletedProcess[str] | None:
    """The run as it ended, or None where it took longer than the limit."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "--no-header", "--tb=no", "-p", "no:cacheprovider"]
    inherited = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(copy)}
    try:
        return subprocess.run(
            [*command, "--hypothesis-seed=0", *what],
            cwd=copy,
            env=inherited,
            capture_output=True,
            text=True,
            timeout=limit,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
        )
    except subprocess.TimeoutExpired:
        return None
