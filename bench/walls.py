"""Measure what row security costs: lists of 200,000 records of ten years, with the policies on and off.

    python bench/walls.py [--times 60]

The network is that of `bench/pages.py`. Each question is put by the web account for one agency, in turns: with the
policies on; with them on and what others share seen too, under agreements with all other agencies; and as the owner,
whom no policy holds, with the agency named in the question instead. Medians of milliseconds. Text goes through the
function that search itself asks, beside the same question put to the table by the owner.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
AGENCY, YEAR = "bom", 2023
# What is listed, and what narrows it: as pages ask it, the first fifty in their order.
LISTS = {
    "organisations": ("register_organisation", "true", "number, id"),
    "projects of a theme": (
        "innovate_innovationproject",
        "themes && ARRAY['energy-transition']::varchar[]",
        "number, id",
    ),
    "investments of an amount": ("invest_investment", "amount BETWEEN 100000 AND 250000", "amount DESC, id"),
    "investments between days": ("invest_investment", "date BETWEEN '2019-03-01' AND '2019-09-30'", "date, id"),
}
COUNTED = "SELECT count(*) FROM ({}) counted"
TEXT = "SELECT entry FROM search_candidates('zonneveld:* | bedrijf:*'::tsquery, 'x', 'x', 'zonneveld', %s, NULL, 51)"
TEXT_OFF = (
    'SELECT id FROM (SELECT DISTINCT ON (thing COLLATE "C", kind COLLATE "C") id, period, sort_key,'
    " CASE WHEN vector @@ 'x'::tsquery THEN 0 WHEN starts_with(sort_key, 'zonneveld') THEN 1"
    " WHEN vector @@ 'x'::tsquery THEN 2 ELSE 3 END AS place FROM search_searchentry"
    " WHERE vector @@ ('@{owner}'::tsquery && 'zonneveld:* | bedrijf:*'::tsquery)"
    " AND owner_id = {owner} AND kind = ANY (%s)"
    ' ORDER BY thing COLLATE "C", kind COLLATE "C", period DESC) once'
    ' ORDER BY place, period DESC NULLS LAST, sort_key COLLATE "C", id LIMIT 51'
)


def main() -> int:
    """Fill, ask in turns, print a Markdown table."""
    parser = argparse.ArgumentParser(description="Measure what row security costs.")
    parser.add_argument("--times", type=int, default=60)
    parser.add_argument("--ask", action="store_true", help=argparse.SUPPRESS)
    said = parser.parse_args()
    if said.ask:
        return _measured(said.times)
    from bench.pages import network

    with network() as (_server, _known, environment):
        words = [sys.executable, str(Path(__file__)), "--ask", "--times", str(said.times)]
        return subprocess.run(words, check=True, env=environment("owner")).returncode


def _measured(times: int) -> int:
    import django

    django.setup()
    from django.db import connection, transaction

    from schakel.network.queries import agencies, party
    from schakel.search.actions import index
    from schakel.sharing.roles import WORKER, database_role
    from schakel.trail.actors import Actor

    me = party(AGENCY).pk
    with database_role(WORKER):
        for agency in agencies():
            index(actor=Actor(party=agency.pk, process="bench"))
        _share_all()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print("| list | policies on | with what others share | off | on/off |\n|---|---:|---:|---:|---:|")
    with transaction.atomic(), connection.cursor() as cursor:
        for name, on, off in _questions(me):
            took: dict[str, list[float]] = {"on": [], "shared": [], "off": []}
            for _time in range(times):
                for how, times_took in took.items():
                    with _walls(cursor, me, how):
                        times_took.append(_milliseconds(cursor, off if how == "off" else on))
            own, shared, without = (statistics.median(took[how]) for how in took)
            print(f"| {name} | {own:.2f} ms | {shared:.2f} ms | {without:.2f} ms | {own / without:.2f} |")
        transaction.set_rollback(True)
    return 0


def _questions(me: int) -> Iterator[tuple[str, tuple[str, list[object]], tuple[str, list[object]]]]:
    """Each list and its count: as it is asked, and with the owner named instead of policies."""
    for name, (table, narrowed, order) in LISTS.items():
        on = f"SELECT * FROM {table} WHERE {narrowed}"
        off = f"SELECT * FROM {table} WHERE owner_id = {me} AND {narrowed}"
        yield name, (f"{on} ORDER BY {order} LIMIT 50", []), (f"{off} ORDER BY {order} LIMIT 50", [])
        yield f"{name}: how many", (COUNTED.format(on), []), (COUNTED.format(off), [])
    kinds: list[object] = [["organisation", "project"]]
    yield "text", (TEXT, kinds), (TEXT_OFF.format(owner=me), kinds)


@contextmanager
def _walls(cursor: CursorWrapper, me: int, how: str) -> Iterator[None]:
    """As the web process for one agency, or as whom row security does not hold."""
    cursor.execute(f"SET LOCAL ROLE {'NONE' if how == 'off' else 'schakel_web'}")
    acting = "" if how == "off" else str(me)
    cursor.execute(
        "SELECT set_config('schakel.party', %s, true), set_config('schakel.shared', %s, true)",
        [acting, "on" if how == "shared" else ""],
    )
    yield
    cursor.execute("SET LOCAL ROLE NONE")


def _milliseconds(cursor: CursorWrapper, question: tuple[str, list[object]]) -> float:
    begun = time.perf_counter()
    cursor.execute(*question)
    cursor.fetchall()
    return (time.perf_counter() - begun) * 1000


def _share_all() -> None:
    """Every other agency shares all it has with the one that asks."""
    import datetime as dt

    from django.utils import timezone

    from schakel.network.queries import agencies, party
    from schakel.sharing.agreements import Opened, Said, draft, named, propose, sign
    from schakel.sharing.models import Depth, Standing
    from schakel.trail.actors import Actor

    me, now = party(AGENCY), timezone.now()
    for giver in agencies().exclude(pk=me.pk):
        actor = Actor(party=giver.pk, process="bench")
        said = Said(
            standing=Standing.OTHER,
            title="All",
            purpose="measuring",
            legal_ground="none",
            since=now,
            until=now + dt.timedelta(days=1),
            named=named([me.pk], mutual=False, giver=giver.pk),
            opened=tuple(Opened(kind, Depth.FULL) for kind in ("organisation", "project", "investment")),
        )
        number = draft(actor=actor, said=said).pk
        propose(actor=actor, agreement_id=number)
        for who in (giver.pk, me.pk):
            sign(actor=Actor(party=who, process="bench"), agreement_id=number, signed_as="bench")


if __name__ == "__main__":
    sys.exit(main())
