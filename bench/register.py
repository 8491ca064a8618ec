"""Measure loading a trade register: a whole one, the next one with a tenth changed, and the reading for the linker.

    python bench/register.py REGISTER.parquet

The file is one of the shared generator's registers. In a throw-away PostgreSQL with the usual guarantees. CPU seconds
of this process and of the server's, as other work may share the machine.
"""

from __future__ import annotations

import datetime as dt
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))


def main() -> int:
    """Load twice and read, print a Markdown table."""
    import polars as pl

    from bench.search import _prepare, _stop

    source = Path(sys.argv[1])
    with tempfile.TemporaryDirectory(prefix="schakel-bench-", ignore_cleanup_errors=True) as folder:
        _prepare(Path(folder))
        from schakel.register.actions import load_register
        from schakel.register.facts.frame import register_frame
        from schakel.trail.actors import Actor

        rows = pl.scan_parquet(source).select(pl.len()).collect().item()
        later = Path(folder, "later.parquet")
        _changed(pl.read_parquet(source)).write_parquet(later)
        asked = {"actor": Actor(party=None, process="measurement"), "source": "generator"}
        print(f"{rows:,} entries\n\n| what | CPU s | of which database | rows a CPU second | wall s | peak MB |")
        print("|---|---|---|---|---|---|")
        for name, work in (
            ("first load", lambda: load_register(path=source, reference_date=dt.date(2024, 1, 1), **asked)),
            (
                "next load, a tenth changed",
                lambda: load_register(path=later, reference_date=dt.date(2025, 1, 1), **asked),
            ),
            ("read as one frame", register_frame),
        ):
            _measured(name, work, rows, Path(folder))
        print(f"\n{_sizes()}")
        _stop(Path(folder))
    return 0


def _measured(name: str, work: Callable[[], object], rows: int, var: Path) -> None:
    from django.db import connection

    connection.ensure_connection()
    server = psutil.Process(connection.connection.info.backend_pid)
    own, theirs, wall = _cpu(), _of(server), time.perf_counter()
    work()
    wall, database = time.perf_counter() - wall, _of(server) - theirs
    spent = _cpu() - own + database
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"| {name} | {spent:.1f} | {database:.1f} | {rows / spent:,.0f} | {wall:.1f} | {peak:,} |", flush=True)


def _cpu() -> float:
    spent = resource.getrusage(resource.RUSAGE_SELF)
    return spent.ru_utime + spent.ru_stime


def _of(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def _changed(register: object) -> object:
    """The register of a year later: of a tenth the name, street or all is another; two in a hundred are gone or new."""
    import polars as pl

    dice = random.Random(11)
    drawn = pl.Series([dice.random() for _ in range(register.height)])
    new = register.sample(fraction=0.02, seed=3).with_columns(
        kvk=pl.lit("9") + pl.int_range(pl.len()).cast(pl.String).str.zfill(7), name=pl.col("name") + pl.lit(" Nieuw")
    )
    kept = register.with_columns(drawn=drawn).filter(pl.col("drawn") > 0.02)
    moved = pl.when(pl.col("drawn") < 0.07).then(pl.lit("Nieuwe Markt")).otherwise("street").alias("street")
    named = pl.when(pl.col("drawn").is_between(0.07, 0.12)).then(pl.col("name") + " Nu").otherwise("name").alias("name")
    return pl.concat([kept.with_columns(moved, named).drop("drawn"), new])


def _sizes() -> str:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_table_size('register_registerfact') / 1e6, pg_indexes_size('register_registerfact') / 1e6"
        )
        table, indexes = cursor.fetchone()
    return f"The table takes {table:,.0f} MB, its indexes {indexes:,.0f} MB."


if __name__ == "__main__":
    raise SystemExit(main())
