"""Random requests over the further members of the calculators, against slow counts over days that share no code.

    python -m tests.campaign.further_members --count 40000 --seed 1

Half of the requests are deadlines, three in ten penalties at a share of turnover, the rest interest. Each that differs
is printed. Exit status 1: at least one differs.
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from tests.workflow.law import slow_deadline, slow_interest, slow_turnover
from workflow.law.interest import compute_interest
from workflow.law.penalty import compute_penalty
from workflow.law.period import compute_deadline

Request = dict[str, Any]
MOST_SHOWN = 10


def deadline(random: Random) -> tuple[Request, Any, Any]:
    """A deadline: the request, the last day as computed and as counted."""
    request = slow_deadline.a_request(random)
    asked = {name: value for name, value in request.items() if name != "parts"}
    return asked, compute_deadline(asked)["last_day"], slow_deadline.SlowDeadline(request).last_day().isoformat()


def penalty(random: Random) -> tuple[Request, Any, Any]:
    """A penalty at a share of turnover: the request, its units and sums as computed and as counted."""
    request = slow_turnover.a_request(random)
    answer = compute_penalty(request)
    return (
        request,
        tuple(answer[name] for name in ("units", "gross", "amount")),
        slow_turnover.SlowTurnover(request).work(),
    )


def interest(random: Random) -> tuple[Request, Any, Any]:
    """Interest or a surcharge: the request, amount and total as computed and as counted."""
    request = slow_interest.a_request(random)
    answer = compute_interest(request)
    return request, (answer["amount"], answer["total"]), slow_interest.SlowInterest(request).work()


PARTS: tuple[tuple[Callable[[Random], tuple[Request, Any, Any]], int], ...] = (
    (deadline, 5),
    (penalty, 3),
    (interest, 2),
)
"""Each calculator, and how many of ten requests are for it."""


def differing(make: Callable[[Random], tuple[Request, Any, Any]], count: int, seed: int) -> Iterator[str]:
    """Describe each of so many requests of one kind on which the two counts differ."""
    random = Random(f"{make.__name__} {seed}")
    for _ in range(count):
        request, computed, counted = make(random)
        if computed != counted:
            yield f"{request}: computed {computed}, counted {counted}"


def main(arguments: list[str]) -> int:
    """Run a campaign; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=40_000, help="how many requests, at least ten")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(arguments)
    differ = 0
    for make, share in PARTS:
        count = asked.count * share // 10
        found = list(differing(make, count, asked.seed))
        print(f"{make.__name__}: {count} requests, {len(found)} differ", flush=True)
        print(*found[:MOST_SHOWN], sep="\n", end="\n" if found else "")
        differ += len(found)
    return int(differ > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
