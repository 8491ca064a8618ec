"""Measure what a steward waits for: a delivery of 20,000 rows read, compared with what stands, and its effect told.

    python bench/difference.py [--rows 20000] [--runs 3]

In a throw-away PostgreSQL, behind row security, by the worker's account, each delivery in a process of its own as a job
of a worker that has just begun. A first delivery is accepted; what is measured comes after it: a delivery with one row
in ten changed, one in twenty new and one in fifty gone, and once more the very rows that stand. Reading is all up to
the findings that are kept, comparing is the difference and keeping it, effects are the agency's own figures before and
after. CPU is of the process and the child that reads; PostgreSQL's is told beside it.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import ParamSpec, TypeVar

import psutil

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
P, T = ParamSpec("P"), TypeVar("T")
FIRST, CHANGED, SAME = "first", "changed", "same"
TITLES = {CHANGED: "one in ten changed", SAME: "unchanged"}
STEPS = ("read", "compare", "effects")
YEAR, FUNDS = 2023, 20
GONE = 49  # one in fifty
INSTRUMENTS = ("aandelen", "converteerbare lening", "achtergestelde lening", "lening", "garantie")
STAGES = ("seed", "start-up", "later-stage", "groei")
HEADS = {
    "relaties.csv": "Nr;Naam;KvK;Postcode;Soort\n",
    "fondsen.csv": "Nr;Naam;Vermogen\n",
    "investeringen.csv": "Nr;Fonds;Relatie;Datum;Bedrag;Instrument;Stadium\n",
}
MAPPING = """
agency = "bom"
[[table]]
kind = "organisation"
table = "relaties"
header_row = 1
[table.fields]
number = "Nr"
name = "Naam"
kvk = "KvK"
postcode = "Postcode"
kind = "Soort"
[[table]]
kind = "fund"
table = "fondsen"
header_row = 1
[table.fields]
number = "Nr"
name = "Naam"
capital = "Vermogen"
[[table]]
kind = "investment"
table = "investeringen"
header_row = 1
[table.fields]
number = "Nr"
fund = "Fonds"
organisation = "Relatie"
date = "Datum"
amount = "Bedrag"
instrument = "Instrument"
stage = "Stadium"
"""


@dataclass(slots=True)
class Cost:
    """CPU seconds of the process and of PostgreSQL, and the most memory the process had, in MB."""

    cpu: float = 0.0
    database: float = 0.0
    peak: float = 0.0


class Meter:
    """Costs by step, of which one at a time is going on. ``database``: the process id of PostgreSQL."""

    def __init__(self, database: int) -> None:
        self.costs = {step: Cost() for step in STEPS}
        self._database, self._step, self._since = database, "", Cost()

    def turn_to(self, step: str) -> None:
        """What happens from now on counts for ``step``; for none where it is empty."""
        now = Cost(_cpu(), _database_cpu(self._database), _peak())
        if self._step:
            cost = self.costs[self._step]
            cost.cpu += now.cpu - self._since.cpu
            cost.database += now.database - self._since.database
            cost.peak = max(cost.peak, now.peak)
        Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
        self._step, self._since = step, now


def main() -> int:
    """Run all, print a Markdown table."""
    parser = argparse.ArgumentParser(description="Measure the difference of a delivery.")
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    said = parser.parse_args()
    if said.one:
        print(json.dumps(_one(said.one[0], int(said.one[1]), said.rows)))
        return 0
    runs = [_fresh(said.rows) for _ in range(said.runs)]
    print(f"{said.rows:,} rows, medians of {said.runs} runs\n")
    print("| delivery | step | CPU s | PostgreSQL CPU s | peak MB |\n|---|---|---|---|---|")
    for which, title in TITLES.items():
        for step in STEPS:
            cpu, database, peak = (
                statistics.median(run[which][step][at] for run in runs) for at in ("cpu", "database", "peak")
            )
            print(f"| {title} | {step} | {cpu:.2f} | {database:.2f} | {peak:.0f} |")
    return 0


def _fresh(rows: int) -> dict[str, dict[str, dict[str, float]]]:
    """One run on a database of its own."""
    from schakel.cli.database import prepare
    from schakel.cli.environments import process_environment
    from schakel.cli.postgres import Server

    with tempfile.TemporaryDirectory(prefix="schakel-bench-") as folder:
        var = Path(folder)
        with Server(var / "postgres") as server:
            prepare(server, var=var)
            environ = process_environment("owner", environ=os.environ, var=var) | {"SCHAKEL_LOG_LEVEL": "ERROR"}
            pid = (var / "postgres" / "postmaster.pid").read_text().split()[0]
            return {which: _run(which, pid, rows, environ) for which in (FIRST, CHANGED, SAME)}


def _run(which: str, pid: str, rows: int, environ: dict[str, str]) -> dict[str, dict[str, float]]:
    command = [sys.executable, str(Path(__file__)), "--one", which, pid, "--rows", str(rows)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=environ, cwd=ROOT)
    found: dict[str, dict[str, float]] = json.loads(done.stdout.splitlines()[-1])
    print(which, found, file=sys.stderr)
    return found


def _one(which: str, database: int, rows: int) -> dict[str, dict[str, float]]:
    """Deliver, in this process; what stands when ``which`` is the same is what the first left."""
    import django

    django.setup()
    from schakel.figures.effects import own_figures
    from schakel.intake.actions import accept, confirm_mapping, keep_difference, keep_examination, receive
    from schakel.intake.delivering import examine_delivery
    from schakel.intake.differing import difference
    from schakel.intake.effects import register_effect
    from schakel.network.actions import load_network
    from schakel.network.queries import party
    from schakel.sharing.roles import WORKER, database_role
    from schakel.trail.actors import Actor

    if which == FIRST:
        load_network(actor=Actor(party=None, process="bench"))
    bom, meter = party("bom"), Meter(database)
    actor = Actor(party=bom.pk, process="bench")
    register_effect("figures", _metered(own_figures, meter))
    with tempfile.TemporaryDirectory() as folder, database_role(WORKER):
        write_files(Path(folder), rows, which)
        if which == FIRST:
            confirm_mapping(actor=actor, text=MAPPING)
        delivery = receive(actor=actor, period=YEAR, paths=[Path(folder)]).delivery
        meter.turn_to("read")
        examination = examine_delivery(actor=actor, delivery=delivery, party=bom)
        keep_examination(actor=actor, delivery=delivery, examination=examination, still="comparing")
        meter.turn_to("compare")
        found = difference(actor=actor, delivery=delivery, examination=examination)
        keep_difference(actor=actor, delivery=delivery, difference=found)
        meter.turn_to("")

        if which == FIRST:
            accept(actor=actor, delivery=delivery, examination=examination)
    return {step: asdict(cost) for step, cost in meter.costs.items()}


def _metered(told: Callable[P, T], meter: Meter) -> Callable[P, T]:
    def metered(*args: P.args, **kwargs: P.kwargs) -> T:
        meter.turn_to("effects")
        try:
            return told(*args, **kwargs)
        finally:
            meter.turn_to("compare")

    return metered


def write_files(folder: Path, rows: int, which: str) -> None:
    """Organisations, funds and investments; where ``which`` is the second, one in ten changed and so on."""
    few = rows * 2 // 5
    books = {
        "relaties.csv": [_relation(i, again=_again(i, which)) for i in _numbers(few, which)],
        "fondsen.csv": [f"F{i};Fonds {i};{1_000_000 + i}" for i in range(FUNDS)],
        "investeringen.csv": [_deal(i, few, again=_again(i, which)) for i in _numbers(rows - few - FUNDS, which)],
    }
    for name, lines in books.items():
        folder.joinpath(name).write_text(HEADS[name] + "\n".join(lines) + "\n", encoding="utf-8")
    if which == SAME:  # the same rows are another delivery only where the files are not the very same
        with (folder / "fondsen.csv").open("a", encoding="utf-8") as file:
            file.write(";;\n")


def _numbers(count: int, which: str) -> list[int]:
    if which != CHANGED:
        return list(range(count))
    return [i for i in range(count + count // 20) if i % 50 != GONE or i >= count]


def _again(number: int, which: str) -> bool:
    return which == CHANGED and number % 10 == 0


def _relation(number: int, *, again: bool) -> str:
    name = f"Onderneming {number} {'Holding ' if again else ''}B.V."
    return f"R{number};{name};{10_000_000 + number};{1011 + number % 8000}AB;bedrijf"


def _deal(number: int, relations: int, *, again: bool) -> str:
    about = number % relations
    about += about % 50 == GONE  # it stays among those that are delivered
    day = date(YEAR, 1, 1) + timedelta(days=number % 365)
    amount = 25_000 + number % 900 * 1000 + again * 500
    instrument, stage = INSTRUMENTS[number % len(INSTRUMENTS)], STAGES[number % len(STAGES)]
    return f"I{number};F{number % FUNDS};R{about};{day:%d-%m-%Y};{amount};{instrument};{stage}"


def _cpu() -> float:
    """CPU seconds of this process and the children that ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _peak() -> float:
    """The most memory that this process had since it was last asked anew, in MB."""
    said = Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0]
    return int(said) / 1024


def _database_cpu(pid: int) -> float:
    """CPU seconds of PostgreSQL's processes, those that ended included."""
    top = psutil.Process(pid)
    times = [one.cpu_times() for one in (top, *top.children())]
    return sum(one.user + one.system for one in times) + times[0].children_user + times[0].children_system


if __name__ == "__main__":
    raise SystemExit(main())
