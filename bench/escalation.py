"""How many penalty decisions a second the scheduler proposes, beside the limit of the database.

    python -m bench.escalation --orders 10000

One JSON line a database: `per_second` from the scheduler process's first request to its last answer, through the HTTP
API, and `limit_per_second` for exactly the rows this writes, by SQLAlchemy Core in batches of 1,000 with a hash a row.
Medians of three runs, each on a fresh copy of the seeded database, durable commits. The cases are alike, as after a
campaign of decisions served on one day, so their statements are computed once; `--varied` gives each its own rate.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from datetime import datetime

from sqlalchemy import func, select

from bench.limit import limit_per_second
from bench.processes import DATABASES, api, store
from bench.seed import seed
from enjoin.clocks import RealClock
from enjoin.wiring import register
from migrations.run import upgrade
from workflow.lifecycle.vocabulary import Role
from workflow.store.database import make_engine
from workflow.store.sealed import new_key
from workflow.store.tables.current import penalty_decisions
from workflow.use_cases.accounts.keys import CONSOLE, NewKey, create_key

RUNS = 3


def main() -> None:
    """Measure both databases."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, default=10_000)
    parser.add_argument("--varied", action="store_true", help="give each case a rate of its own")
    parser.add_argument("--database", choices=DATABASES, action="append")
    options = parser.parse_args()
    with ExitStack() as stack:
        stores = {name: stack.enter_context(store(name)) for name in options.database or DATABASES}
        with ProcessPoolExecutor(len(stores)) as pool:
            seeding = [pool.submit(_seed, restore(None), options.orders, options.varied) for restore in stores.values()]
            for seeded in seeding:
                seeded.result()
        for name, restore in stores.items():
            measured = {"database": name, "orders": options.orders, "varied": options.varied}
            print(json.dumps(measured | measure(options.orders, restore)), flush=True)


def _seed(url: str, orders: int, varied: bool) -> None:
    engine = make_engine(url)
    upgrade(engine)
    engine.dispose()
    seed(url, orders, varied)


def measure(orders: int, restore: Callable[[str | None], str]) -> dict[str, object]:
    """Run three times on a copy of the seeded database, each run beside its limit."""
    rates, limits = [], []
    for n in range(RUNS):
        url = restore(f"run{n}")
        rates.append(orders / _escalate(url, orders))
        limits.append(limit_per_second(url, restore(f"limit{n}")))
    rate, limit = statistics.median(rates), statistics.median(limits)
    return {"per_second": round(rate), "limit_per_second": round(limit), "ratio": round(rate / limit, 3)}


def _escalate(url: str, orders: int) -> float:
    """One sweep by a scheduler process over an API process; the seconds between its first request and last answer."""
    with register(url, RealClock(), frozenset(), secret_keys=new_key()) as parts:
        key = parts.writer.run(create_key, NewKey("scheduler", frozenset({Role.SCHEDULER})), CONSOLE).key
    with api(url) as address:
        environment = {**os.environ, "ENJOIN_API_URL": address, "ENJOIN_API_KEY": key}
        once = subprocess.run(
            [sys.executable, "-m", "scheduler", "--once"], env=environment, check=True, capture_output=True, text=True
        )
    report = json.loads(once.stdout)["sweep"]
    assert report["done"] == orders, report
    engine = make_engine(url)
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(penalty_decisions)) == orders
    engine.dispose()
    return (_instant(report["last_answer_at"]) - _instant(report["first_request_at"])).total_seconds()


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


if __name__ == "__main__":
    main()
