"""How many webhooks a second arrive, signed, with durable lease and report, beside a bare loop of the same client.

    python -m bench.webhooks --messages 5000

One JSON line a database and latency of the receiver: `per_second` from the first arrival to the last, sent by
a scheduler process through an API process; `bare_per_second` by a bare loop of the same client over the same messages,
64 at once, with nothing kept; `raw_per_second` by plain sockets. With `--hanging`, the same with one endpoint among
a hundred that never answers: `others_share` is the others' rate beside what it was without it. Medians of so many runs,
all in turn, durable commits.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from typing import Any

from sqlalchemy import func, select

from bench.messages import seed
from bench.processes import DATABASES, api, store
from bench.receiver import receiving, told
from migrations.run import upgrade
from workflow.store.database import make_engine
from workflow.store.tables.outbox import MessageState, messages

CONCURRENCY = 64
ENDPOINTS = 100


def main() -> None:
    """Measure each database at each latency."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--messages", type=int, default=5000)
    parser.add_argument("--database", choices=DATABASES, action="append")
    parser.add_argument("--latency-ms", type=float, action="append")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--hanging", action="store_true", help="one endpoint among 100 never answers")
    options = parser.parse_args()
    for database in options.database or DATABASES:
        with store(database) as fresh:
            engine = make_engine(fresh(None))
            upgrade(engine)
            engine.dispose()
            for latency_ms in options.latency_ms or (0.0, 20.0):
                measured = {"database": database, "messages": options.messages, "latency_ms": latency_ms}
                names = (f"run{latency_ms:g}-{n}".replace(".", "_") for n in range(10_000))
                runs = [_once(options, fresh, names, latency_ms) for _ in range(options.runs)]
                medians = {name: statistics.median(run[name] for run in runs) for name in runs[0]}
                print(json.dumps(measured | {name: round(value, 3) for name, value in medians.items()}), flush=True)


def _once(options: Any, fresh: Any, names: Any, latency_ms: float) -> dict[str, float]:
    bare = {kind: _bare(kind, options.messages, latency_ms) for kind in ("own", "raw")}
    rate = _deliver(fresh(next(names)), options.messages, latency_ms, hanging=0)
    found = {
        "per_second": rate,
        "bare_per_second": bare["own"],
        "raw_per_second": bare["raw"],
        "share_of_bare": rate / bare["own"],
    }
    if options.hanging:
        others = _deliver(fresh(next(names)), options.messages, latency_ms, hanging=1)
        found |= {"beside_hanging_per_second": others, "others_share": others / rate}
    return found


def _bare(kind: str, count: int, latency_ms: float) -> float:
    with receiving(latency_ms) as url:
        command = [sys.executable, "-m", "bench.clients", kind, f"{url}/hook", str(count), str(CONCURRENCY)]
        return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _deliver(database_url: str, count: int, latency_ms: float, hanging: int) -> float:
    """Deliver all by a scheduler process; how many a second arrived at those who answer."""
    with receiving(latency_ms) as url:
        key = seed(database_url, url, count, ENDPOINTS, hanging)
        answering = count - hanging * (count // ENDPOINTS)
        with api(database_url) as address:
            settings = {"ENJOIN_API_URL": address, "ENJOIN_API_KEY": key, "ENJOIN_EGRESS_ALLOW": "127.0.0.1"}
            command = [sys.executable, "-m", "scheduler", "--once"]
            with subprocess.Popen(command, env=os.environ | settings, stdout=subprocess.PIPE) as sender:
                while told(url)["received"] < answering and sender.poll() is None:
                    time.sleep(0.1)
                if hanging:
                    sender.kill()  # it would wait for the one who hangs
                else:
                    assert sender.wait() == 0
        arrived = told(url, verify=True)
    assert (arrived["received"], arrived["distinct"], arrived["signed"]) == (answering,) * 3, arrived
    if not hanging:
        assert _delivered(database_url) == count
    return float(answering / arrived["took"])


def _delivered(database_url: str) -> int:
    engine = make_engine(database_url)
    with engine.connect() as connection:
        query = select(func.count()).where(messages.c.state == MessageState.DELIVERED)
        count = connection.scalar(query) or 0
    engine.dispose()
    return count


if __name__ == "__main__":
    main()
