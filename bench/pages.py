"""Measure the pages of figures: ten years of nine agencies, 200,000 records, eight people each at another page.

    python bench/pages.py [--requests 40] [--runs 3]

The web processes of `schakel up` (granian, the web account, row security) and its counting process, on a throw-away
PostgreSQL; the clients ask over HTTP, each the next page as soon as it has the last, each another URL, cut and year.
All years are as they are counted now, so the people are of agencies and the secretariat. Each kind of page is measured
as it is run, where the counting process keeps the answers it gave until the data moves on, and where it keeps none. The
first page of a fresh start is told apart, and so is how long the counting process works ahead after it while nobody
asks; then the first thirty of each person, which write what is written once. Times are of whole answers, CPU is of web
and counting.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from schakel.cli.postgres import ServerInfo

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from bench.serving import PORT, Measured, asked, running, served, signed_in, worked_ahead  # noqa: E402 - found by the line above
from bench.ten_years import YEARS, fill  # noqa: E402

PEOPLE = (
    ("bom", "steward"),
    ("oost-nl", "reader"),
    ("liof", "reader"),
    ("nom", "steward"),
    ("rom-nederland", "secretary"),
    ("rom-inwest", "reader"),
    ("impuls-zeeland", "reader"),
    ("innovationquarter", "reader"),
)


_PROVINCES = ("provincie-nb", "provincie-gr", "provincie-ut")
_WARM = 30  # pages of each person that are asked before any is measured


def main() -> int:
    """Run all, print a Markdown table; 1 if pages are not answered within 150 ms at the 95th percentile."""
    parser = argparse.ArgumentParser(description="Measure the pages of figures.")
    parser.add_argument("--requests", type=int, default=40)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--fill", action="store_true", help=argparse.SUPPRESS)
    said = parser.parse_args()
    if said.fill:
        print(json.dumps(_filled()))
        return 0
    known, runs, cold = _measured(said)
    print(f"{known['records']:,} records, {len(PEOPLE)} clients, medians of {said.runs} runs; 2 cores for all of it\n")
    print("| pages | p50 ms | p95 ms | CPU ms an answer | answers a second | first after a start, ms |")
    print("|---|---|---|---|---|---|")
    worst = 0.0
    for name, measured in runs.items():
        p50, p95, cpu, rate = (statistics.median(run[part] for run in measured) for part in range(4))
        print(f"| {name} | {p50:.0f} | {p95:.0f} | {cpu:.1f} | {rate:.0f} | {cold[name]:.0f} |")
        worst = max(worst, p95)
    return int(worst >= 150)


def _measured(said: argparse.Namespace) -> tuple[dict, dict[str, list[Measured]], dict[str, float]]:
    with network() as (_server, known, environment):
        counters = {"": {}, ", no answer kept": {"SCHAKEL_COUNTING_KEEPS": "0"}}
        asked_of = {
            kind + how: (pages, environment("counter", **more))
            for kind, pages in known["pages"].items()
            for how, more in counters.items()
        }
        runs: dict[str, list[Measured]] = {name: [] for name in asked_of}
        cold: dict[str, float] = {}
        ahead: dict[str, float] = {}
        for _run in range(said.runs):
            for name, (pages, counter) in asked_of.items():
                first, worked, measured = asked_afresh(
                    pages, known["sessions"], said.requests, environment("web"), counter
                )
                cold.setdefault(name, first)
                ahead.setdefault(name, worked)
                runs[name].append(measured)
                print(name, measured, file=sys.stderr)
        print(f"worked ahead after a start, s: {max(ahead.values()):.0f}", file=sys.stderr)
        return known, runs, cold


@contextmanager
def network() -> Iterator[tuple[ServerInfo, dict, Callable[..., dict[str, str]]]]:
    """A throw-away PostgreSQL with the ten years in it.

    Gives the server, what is known of the years (``records``, ``sessions`` and ``pages`` by kind, of each of the
    people), and what makes the environment of a process: of its role, with more variables.
    """
    from schakel.cli.database import prepare
    from schakel.cli.environments import process_environment
    from schakel.cli.postgres import Server

    with tempfile.TemporaryDirectory(prefix="schakel-bench-") as folder:
        var = Path(folder)
        environ = {**os.environ, "SCHAKEL_LOG_LEVEL": "ERROR", "PYTHONPATH": str(ROOT)}

        def environment(role: str, **more: str) -> dict[str, str]:
            return process_environment(role, environ=environ | more, var=var)

        with Server(var / "postgres") as server:
            prepare(server, var=var)
            owner = environment("owner")
            words = [sys.executable, str(Path(__file__)), "--fill"]
            done = subprocess.run(words, stdout=subprocess.PIPE, check=True, env=owner)
            subprocess.run(
                [sys.executable, "-m", "django", "collectstatic", "--no-input", "--verbosity", "0"],
                check=True, env=owner, cwd=ROOT,
            )  # fmt: skip
            yield server, json.loads(done.stdout.splitlines()[-1]), environment


def asked_afresh(
    pages: Sequence[Sequence[str]],
    sessions: Sequence[str],
    requests: int,
    web: dict[str, str],
    counter: dict[str, str],
) -> tuple[float, float, Measured]:
    """Start web and counting, and ask; gives the first page's milliseconds, the seconds worked ahead, what it took."""
    with running(counter, "counter") as counting, served(web) as pid:
        first = _first(pages[0][0], sessions[0])
        worked = worked_ahead(counting)
        return first, worked, asked(pages, sessions, requests, pid, counting, said=b"</main>", warm=_WARM)


def _first(page: str, session: str) -> float:
    """Milliseconds of the first page after a start."""
    for _try in range(600):
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=120)
        begun = time.perf_counter()
        connection.request("GET", page, headers={"Cookie": f"sessionid={session}"})
        answer = connection.getresponse()
        answer.read()
        if answer.status == 200:
            return (time.perf_counter() - begun) * 1000
        time.sleep(0.1)
    raise RuntimeError("the counting process does not answer")


def _filled() -> dict[str, object]:
    """The ten years, people with sessions, and the addresses of each."""
    import django

    django.setup()
    from schakel.network.actions import load_network
    from schakel.trail.actors import Actor

    load_network(actor=Actor(party=None, process="bench"))
    records = fill()
    sessions = signed_in(PEOPLE)
    return {"records": records, "sessions": sessions, "pages": _pages()}


def _pages() -> dict[str, list[list[str]]]:
    """Addresses by kind of page: a list a client, beginning elsewhere, none the same as another's at one moment."""
    from schakel.figures.catalogue import catalogue

    years = list(YEARS)
    names = list(catalogue())
    mapped = ("innovation_projects", "invested_eur", "trade_activities")
    overview = [f"/?year={year}&kaart={name}" for name in mapped for year in years]
    indicator = [f"/cijfers/{name}/?year={year}" for year in years for name in names]
    lists = [f"/cijfers/{name}/lijst/?year={year}" for name in names[:16] for year in years]
    all_figures = [f"/cijfers/?year={year}&voor={voor}" for voor in ("netwerk", *_PROVINCES) for year in years]
    kinds = {
        "Overview": overview,
        "All figures": all_figures,
        "An indicator": indicator,
        "The list behind a figure": lists,
    }
    return {name: [_from(pages, client) for client in range(len(PEOPLE))] for name, pages in kinds.items()}


def _from(pages: list[str], client: int) -> list[str]:
    at = len(pages) // len(PEOPLE) * client
    return pages[at:] + pages[:at]


if __name__ == "__main__":
    raise SystemExit(main())
