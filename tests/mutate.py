"""How many small changes of the code its nearest tests notice.

    python -m tests.mutate workflow/law --sample 300 --seed 1
    python -m tests.mutate workflow/lifecycle --returning 'Denial | None' --sample 300 --seed 1    the guards
    python -m tests.mutate workflow/law workflow/lifecycle --days    every comparison of two days, by the same day

cosmic-ray makes the changes: `pip install -c constraints.txt -e '.[mutation]'` brings it. A sample is one change at
each of so many places, drawn by the seed. Each change is run against the folder of tests that mirrors the file's.
Exit status 1: a change survived.
"""

import argparse
import random
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.mutation.days import comparisons_of_days
from tests.mutation.run import run
from tests.mutation.sites import SAME_DAY, Mutant, mutants

ROOT = Path(__file__).parents[1]


def drawn(found: Sequence[Mutant], sample: int | None, seed: int) -> list[Mutant]:
    """One mutant at each of as many places; without a sample, every mutant."""
    if sample is None:
        return list(found)
    draw = random.Random(seed)
    places: dict[tuple[str, int, int], list[Mutant]] = {}
    for mutant in found:
        places.setdefault((mutant.path, mutant.line, mutant.column), []).append(mutant)
    chosen = draw.sample(sorted(places), min(sample, len(places)))
    return sorted(draw.choice(places[place]) for place in chosen)


def of_days(paths: Sequence[Path], found: Sequence[Mutant]) -> list[Mutant]:
    """The mutants that move a comparison of two days by the same day."""
    places = set(comparisons_of_days(ROOT, paths))
    return [mutant for mutant in found if mutant.step.endswith(SAME_DAY) and mutant.after(places)]


def main() -> None:
    said = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    said.add_argument("path", nargs="+", type=Path, help="files or folders of code")
    said.add_argument("--sample", type=int, help="how many places; all changes of all places if left out")
    said.add_argument("--seed", type=int, default=1)
    said.add_argument("--returning", help="only functions that are annotated to return this")
    said.add_argument("--days", action="store_true", help="only comparisons of two days, moved by the same day")
    said.add_argument("--workers", type=int, default=2)
    asked = said.parse_args()
    given = [path.resolve() for path in asked.path]
    paths = sorted(file for path in given for file in (path.rglob("*.py") if path.is_dir() else [path]))
    found = sorted(mutant for path in paths for mutant in mutants(ROOT, path, asked.returning))
    if asked.days:
        found = of_days(paths, found)
    chosen = drawn(found, asked.sample, asked.seed)
    print(f"{len(found)} mutants; {len(chosen)} drawn by seed {asked.seed}", flush=True)
    survivors = []
    for mutant, killer in run(ROOT, chosen, asked.workers):
        print(f"{mutant}  {killer or 'SURVIVED'}", flush=True)
        if killer is None:
            survivors.append(mutant)
    killed = len(chosen) - len(survivors)
    print(f"killed {killed} of {len(chosen)}, {killed / max(1, len(chosen)):.1%}")
    for mutant in survivors:
        print(f"survived: {mutant}\n    {(ROOT / mutant.path).read_text().splitlines()[mutant.line - 1].strip()}")
    sys.exit(bool(survivors))


if __name__ == "__main__":
    main()
