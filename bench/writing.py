"""Measure writing: 100,000 checked rows accepted as records of one agency, in one transaction.

    python bench/writing.py [--rows 100000] [--runs 3]

In a throw-away PostgreSQL with the usual guarantees (fsync on), behind row security, by the worker's
account. The rows are read and checked before the clock starts; what is measured is `accept`. The peer
in the same run is what Django itself would do: `bulk_create` of the same records, without delivered
rows, outcomes and provenance.
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
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
HEAD = "Nr;Naam;KvK;Postcode;Soort\n"
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
"""


def main() -> int:
    """Run all, print a Markdown table."""
    parser = argparse.ArgumentParser(description="Measure writing accepted rows.")
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    said = parser.parse_args()
    if said.one:
        print(json.dumps(_measure(said.rows)))
        return 0
    runs = [_fresh(said.rows) for _ in range(said.runs)]
    print(f"{said.rows:,} rows, medians of {said.runs} runs\n")
    print("| method | seconds | client CPU s | peak MB of the client |\n|---|---|---|---|")
    for name in ("Schakel, with every row kept and every cell known", "Django bulk_create, records only"):
        median = {key: statistics.median(run[name][key] for run in runs) for key in ("wall", "cpu", "peak")}
        print(f"| {name} | {median['wall']:.1f} | {median['cpu']:.1f} | {median['peak']:.0f} |")
    return 0


def _fresh(rows: int) -> dict[str, dict[str, float]]:
    """One run on a database of its own."""
    from schakel.cli.database import prepare
    from schakel.cli.environments import process_environment
    from schakel.cli.postgres import Server

    with tempfile.TemporaryDirectory(prefix="schakel-bench-") as folder:
        var = Path(folder)
        with Server(var / "postgres") as server:
            prepare(server, var=var)
            environ = process_environment("owner", environ=os.environ, var=var) | {"SCHAKEL_LOG_LEVEL": "ERROR"}
            command = [sys.executable, str(Path(__file__)), "--one", "--rows", str(rows)]
            done = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=environ, cwd=ROOT)
    found: dict[str, dict[str, float]] = json.loads(done.stdout.splitlines()[-1])
    return found


def _measure(rows: int) -> dict[str, dict[str, float]]:
    import django

    django.setup()
    from schakel.intake.actions import accept, confirm_mapping, keep_examination, receive
    from schakel.intake.delivering import examine_delivery
    from schakel.network.actions import load_network
    from schakel.network.queries import party
    from schakel.sharing.roles import WORKER, database_role
    from schakel.trail.actors import Actor

    load_network(actor=Actor(party=None, process="bench"))
    bom = party("bom")
    actor = Actor(party=bom.pk, process="bench")
    with tempfile.TemporaryDirectory() as folder, database_role(WORKER):
        lines = (f"R{i};Onderneming {i} B.V.;{10_000_000 + i};{1011 + i % 8000}AB;bedrijf\n" for i in range(rows))
        Path(folder, "relaties.csv").write_text(HEAD + "".join(lines), encoding="utf-8")
        confirm_mapping(actor=actor, text=MAPPING)
        delivery = receive(actor=actor, period=2023, paths=[Path(folder)]).delivery
        examination = examine_delivery(actor=actor, delivery=delivery, party=bom)
        keep_examination(actor=actor, delivery=delivery, examination=examination)
        ours = _timed(lambda: accept(actor=actor, delivery=delivery, examination=examination))
        peer = _timed(lambda: _bulk_create(actor, rows))
    return {
        "Schakel, with every row kept and every cell known": ours,
        "Django bulk_create, records only": peer,
    }


def _bulk_create(actor: object, rows: int) -> None:
    from schakel.intake.models import DeliveredRow, Delivery
    from schakel.register.models import Organisation
    from schakel.sharing.acting import acting
    from schakel.trail.actors import Actor

    assert isinstance(actor, Actor)
    with acting(actor):
        delivery, row = Delivery.objects.get(), DeliveredRow.objects.first()
        Organisation.objects.bulk_create(
            (
                Organisation(
                    owner_id=actor.owner,
                    period=2022,
                    number=f"R{i}",
                    name=f"Onderneming {i} B.V.",
                    kvk=str(10_000_000 + i),
                    postcode=f"{1011 + i % 8000}AB",
                    kind="company",
                    delivery=delivery,
                    source=row,
                )
                for i in range(rows)
            ),
            batch_size=5000,
        )


def _timed(work: Callable[[], object]) -> dict[str, float]:
    before, begun = resource.getrusage(resource.RUSAGE_SELF), time.monotonic()
    work()
    after = resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"wall": time.monotonic() - begun, "cpu": cpu, "peak": after.ru_maxrss / 1024}


if __name__ == "__main__":
    raise SystemExit(main())
