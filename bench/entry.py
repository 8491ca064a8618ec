"""Measure the warning on entry: 200,000 own records and a register of 300,000, each question another half-typed name.

    python bench/entry.py REGISTER.parquet LISTS.parquet [--own 200000] [--questions 400]

The files are the shared generator's. In a throw-away PostgreSQL with the usual guarantees, by the web account, behind
row security: what is measured is what the page's endpoint does, from the texts that were typed to what is shown. Wall
and CPU milliseconds, as other work may share the machine. No peer is there to be measured: no open tool does this.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import sys
import tempfile
import time
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def main() -> int:
    """Fill, ask, print a Markdown table and the plan of one question."""
    from bench.search import _prepare, _stop

    parser = argparse.ArgumentParser(description="Measure the warning on entry.")
    parser.add_argument("register", type=Path)
    parser.add_argument("lists", type=Path)
    parser.add_argument("--own", type=int, default=200_000)
    parser.add_argument("--questions", type=int, default=400)
    said = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="schakel-bench-", ignore_cleanup_errors=True) as folder:
        _prepare(Path(folder))
        print(_fill(said.register, said.lists, said.own))
        _ask(said.lists, said.questions)
        print(f"\n```\n{_plan()}\n```")
        _stop(Path(folder))
    return 0


def _fill(register: Path, lists: Path, own: int) -> str:
    """The register, and ``own`` records of one agency over ten years, with their keys; says how fast those came."""
    from schakel.network.queries import party
    from schakel.register.actions import know, load_register
    from schakel.sharing.roles import WORKER, database_role
    from schakel.trail.actors import Actor

    actor = Actor(party=None, process="measurement")
    load_register(actor=actor, path=register, source="generator", reference_date=dt.date(2024, 1, 1))
    agency = party("bom")
    _records(agency.pk, lists, own)
    begun, server = time.process_time(), _server()
    before = _cpu(server)
    with database_role(WORKER):
        made = know(actor=Actor(party=agency.pk, process="measurement"))
    spent = time.process_time() - begun + _cpu(server) - before
    return f"Keys of {made:,} records made in {spent:.1f} s of CPU.\n"


def _records(owner: int, lists: Path, own: int) -> None:
    """Own records straight into the table, as if they had been delivered."""
    import polars as pl
    from django.db import connection

    from schakel.intake.models import DeliveredRow, DeliveredTable, Delivery
    from schakel.sharing.acting import acting
    from schakel.trail.actors import Actor

    told = pl.read_parquet(lists)
    rows = [
        (f"R{n}", row["name"], (row["kvk"] or "")[:8] or None, row["street"], row["postcode"], row["city"], 2015 + year)
        for year in range(10)
        for n, row in enumerate(told.iter_rows(named=True))
    ][:own]
    with acting(Actor(party=owner, process="measurement")):
        delivery = Delivery.objects.create(owner_id=owner, period=2023, content_digest="made")
        table = DeliveredTable.objects.create(
            owner_id=owner, delivery=delivery, kind="organisation", file="made.xlsx", name="Made", form="sheet"
        )
        source = DeliveredRow.objects.create(owner_id=owner, table=table, row=2, number="1", outcome="new")
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE TEMPORARY TABLE made (number text, name text, kvk text, address text, postcode text, city text,"
                " period int) ON COMMIT DROP"
            )
            with cursor.copy("COPY made FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            cursor.execute(
                "INSERT INTO register_organisation (owner_id, period, number, delivery_id, source_id, state,"
                " state_reason, name, kvk, address, postcode, city, kind) SELECT %s, period, number, %s, %s, 'stands',"
                " '', name, kvk, address, left(postcode, 12), city, 'company' FROM made",
                [owner, delivery.pk, source.pk],
            )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _ask(lists: Path, questions: int) -> None:
    from schakel.network.queries import party
    from schakel.register.entry.likely import likely
    from schakel.sharing.acting import acting
    from schakel.sharing.roles import WEB, database_role
    from schakel.trail.actors import Actor

    actor = Actor(party=party("bom").pk, process="measurement")
    walls, spent, found = [], [], 0
    with database_role(WEB):
        server = _server()
        for n, typed in enumerate(_typed(lists, questions + 20)):
            begun, used, theirs = time.perf_counter(), time.process_time(), _cpu(server)
            with acting(actor):
                known = likely(typed)
            if n >= 20:  # the first compile what is compiled once
                walls.append((time.perf_counter() - begun) * 1000)
                spent.append((time.process_time() - used + _cpu(server) - theirs) * 1000)
                found += bool(known)
    walls.sort()
    print("| questions | pointed at something | median ms | 95th percentile ms | worst ms | CPU ms each |")
    print("|---|---|---|---|---|---|")
    at95 = walls[int(len(walls) * 0.95)]
    each = sum(spent) / len(spent)
    print(f"| {len(walls)} | {found} | {walls[len(walls) // 2]:.1f} | {at95:.1f} | {walls[-1]:.1f} | {each:.1f} |")


def _typed(lists: Path, count: int) -> list[dict[str, str]]:
    """Names of records cut off somewhere, as they stand while somebody types; of some the number or the place too."""
    import polars as pl

    dice = random.Random(5)
    rows = pl.read_parquet(lists).sample(count, seed=5).to_dicts()
    made = []
    for row in rows:
        name = row["name"][: dice.randint(4, max(4, len(row["name"])))]
        typed = {"name": name, "city": row["city"] or "" if dice.random() < 0.3 else ""}
        made.append(typed | ({"kvk": row["kvk"] or ""} if dice.random() < 0.3 else {}))
    return made


def _plan() -> str:
    """How the database looks for own records of one key, with the settings of the function that does it."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET enable_seqscan = off")
        cursor.execute(
            "EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) SELECT record_id FROM register_knownkeys"
            " WHERE keys @> ARRAY[hashtextextended('wzorggroep', 1)] AND owner_id = 1 LIMIT 201"
        )
        return "\n".join(row[0] for row in cursor.fetchall())


def _server() -> psutil.Process:
    from django.db import connection

    connection.ensure_connection()
    return psutil.Process(connection.connection.info.backend_pid)


def _cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


if __name__ == "__main__":
    raise SystemExit(main())
