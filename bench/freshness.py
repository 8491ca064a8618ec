"""Measure how soon an acceptance is in the figures: ten years of nine agencies, 200,000 records, all processes running.

    python bench/freshness.py [--rows 2000] [--runs 3]

An agency's delivery of some thousands of rows is accepted while the counting process keeps the answers to everybody's
overviews. From the moment that the acceptance is written, the figure is asked over and over: told are the first answer
that has the new records, and the last that still changed, as what was accepted is joined with what others have.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from bench.difference import FIRST, MAPPING, YEAR, write_files  # noqa: E402 - found by the line above
from bench.serving import running  # noqa: E402
from bench.ten_years import YEARS, fill  # noqa: E402

WATCHED = 60.0  # seconds after the acceptance
ASKED = ("invested_eur", "companies_invested_in")


def main() -> int:
    """Run all, print a Markdown table; 1 if it takes 10 seconds or more."""
    parser = argparse.ArgumentParser(description="Measure how soon an acceptance is in the figures.")
    parser.add_argument("--rows", type=int, default=2_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--do", choices=["fill", "accept"], help=argparse.SUPPRESS)
    said = parser.parse_args()
    if said.do:
        print(json.dumps({"fill": _filled, "accept": _accepted}[said.do](said.rows)))
        return 0
    runs = [_run(said.rows) for _ in range(said.runs)]
    first, last = (statistics.median(run[part] for run in runs) for part in range(2))
    print(f"{said.rows:,} rows accepted beside 200,000 records, medians of {said.runs} runs\n")
    print("| | seconds after the acceptance |\n|---|---|")
    print(f"| the first answer with the new records | {first:.1f} |")
    print(f"| the last that changed, once they are joined | {last:.1f} |")
    return int(last >= 10)


def _run(rows: int) -> tuple[float, float]:
    from schakel.cli.database import prepare
    from schakel.cli.environments import process_environment
    from schakel.cli.postgres import Server

    with tempfile.TemporaryDirectory(prefix="schakel-bench-") as folder:
        var = Path(folder)
        with Server(var / "postgres") as server:
            prepare(server, var=var)
            environ = {**os.environ, "SCHAKEL_LOG_LEVEL": "ERROR", "PYTHONPATH": str(ROOT)}
            owner, counter, linker = (
                process_environment(role, environ=environ, var=var) for role in ("owner", "counter", "linker")
            )
            _done("fill", rows, owner)
            with running(counter, "counter"), running(linker, "work", "--queue", "link", "--alone"):
                before = _settled(var / "run" / "counting.sock")
                accepted = float(_done("accept", rows, owner))
                return _changes(var / "run" / "counting.sock", before, accepted)


def _done(what: str, rows: int, environ: dict[str, str]) -> str:
    command = [sys.executable, str(Path(__file__)), "--do", what, "--rows", str(rows)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True, env=environ, cwd=ROOT)
    return done.stdout.splitlines()[-1]


def _settled(socket: Path) -> list[int]:
    """What is told before, once everybody's overviews were answered and nothing changes any more."""
    from schakel.figures.asking import Audience, Question
    from schakel.figures.process import ask, ask_all

    for _try in range(600):
        if socket.exists():
            break
        time.sleep(0.1)
    everyone = Audience(all_agencies=True, maker=True)
    for by in ("agency", "province"):
        ask_all(socket, [Question("figures", (), (by,), {"year": [year]}, everyone) for year in YEARS])
    ask(socket, Question("years", audience=everyone))
    return _told(socket)


def _told(socket: Path) -> list[int]:
    from schakel.figures.asking import Audience, Question
    from schakel.figures.process import ask

    question = Question("figures", ASKED, (), {"year": [YEAR]}, Audience(all_agencies=True, maker=True))
    return [each["total"]["amount"] for each in ask(socket, question)["figures"]]


def _changes(socket: Path, before: list[int], accepted: float) -> tuple[float, float]:
    """Seconds from the acceptance to the first and the last change of what is told."""
    moments, told = [], before
    while time.time() < accepted + WATCHED:
        now = _told(socket)
        if now != told:
            moments.append(time.time() - accepted)
            told = now
        time.sleep(0.02)
    if not moments:
        raise RuntimeError("what was accepted is in no figure")
    print(moments, file=sys.stderr)
    return moments[0], moments[-1]


def _filled(_rows: int) -> int:
    import django

    django.setup()
    from django.db import transaction

    from schakel.network.actions import load_network
    from schakel.register.actions import link
    from schakel.sharing.roles import LINKER, database_role
    from schakel.trail.actors import Actor

    load_network(actor=Actor(party=None, process="bench"))
    records = fill()
    with transaction.atomic(), database_role(LINKER):
        link()
    return records


def _accepted(rows: int) -> float:
    """When a delivery of ``rows`` rows was accepted, by the clock that all processes share."""
    import django

    django.setup()
    from schakel.intake.actions import confirm_mapping
    from schakel.intake.delivering import deliver
    from schakel.network.queries import party
    from schakel.sharing.roles import WORKER, database_role
    from schakel.trail.actors import Actor

    bom = party("bom")
    actor = Actor(party=bom.pk, process="bench")
    with tempfile.TemporaryDirectory() as folder, database_role(WORKER):
        write_files(Path(folder), rows, FIRST)
        confirm_mapping(actor=actor, text=MAPPING)
        deliver(actor=actor, party=bom, period=YEAR, paths=[Path(folder)])
    return time.time()


if __name__ == "__main__":
    raise SystemExit(main())
