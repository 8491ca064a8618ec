"""Measure search: 200,000 entries of nine agencies, eight clients, each asking something else.

    python bench/search.py [--entries 200000] [--clients 8] [--seconds 20]

In a throw-away PostgreSQL with the usual guarantees, by the web account, behind row security, through the
function that search itself calls. What is measured is a question as the search box asks it: candidates, and the
reading of what is shown. The peer in the same run is the same question put to the table itself behind row security.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
FIRST = (
    "Zonneveld",
    "Agro",
    "Blauw",
    "Delta",
    "Energie",
    "Fotonica",
    "Groen",
    "Haven",
    "Kas",
    "Licht",
    "Maas",
    "Noord",
)
SECOND = ("bedrijf", "loop", "techniek", "systemen", "bouw", "kring", "werken", "data", "zorg", "water", "stof", "net")
FORM = ("B.V.", "N.V.", "Holding B.V.", "Coöperatie U.A.", "Groep")
SUBJECT = ("Slimme", "Duurzame", "Circulaire", "Digitale", "Regionale", "Nieuwe")
THING = ("energietransitie", "kassen", "sensoren", "waterstof", "fotonica", "zorgpaden", "grondstoffen", "veiligheid")
KINDS = ("organisation", "project")
PLACES = ("Breda", "Zwolle", "Middelburg", "Utrecht", "Groningen", "Eindhoven", "Delft", "Almere", "Maastricht")
Ask = Callable[[int, str], None]
# The peer: the same question, and the same order, of the table behind row security.
TABLE = """
SELECT id, title, subtitle, period FROM (
    SELECT DISTINCT ON (thing COLLATE "C", kind COLLATE "C") *,
        CASE WHEN vector @@ %s::tsquery THEN 0
        WHEN starts_with(sort_key, %s) THEN 1 WHEN vector @@ %s::tsquery THEN 2 ELSE 3 END AS place
    FROM search_searchentry WHERE vector @@ %s::tsquery ORDER BY thing COLLATE "C", kind COLLATE "C", period DESC
) once ORDER BY place, period DESC, sort_key, id LIMIT 8
"""


def main() -> int:
    """Fill, ask, print a Markdown table."""
    parser = argparse.ArgumentParser(description="Measure search.")
    parser.add_argument("--entries", type=int, default=200_000)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=20)
    said = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="schakel-bench-") as folder:
        _prepare(Path(folder))
        filled = _fill(said.entries)
        print(f"{said.entries:,} entries of nine agencies, {said.clients} clients, each question another\n")
        print("| question | asked | median ms | 95th percentile ms | worst ms |\n|---|---|---|---|---|")
        for name, ask in (("Schakel: candidates, then the eight shown", _ask), ("The table itself", _ask_table)):
            times = sorted(_all(ask, said.clients, said.seconds))
            at95 = times[int(len(times) * 0.95)]
            print(f"| {name} | {len(times):,} | {statistics.median(times):.1f} | {at95:.1f} | {times[-1]:.1f} |")
        print(f"\n{filled}")
        _stop(Path(folder))
    return 0


def _prepare(var: Path) -> None:
    """A server of its own with the tables and the parties, and Django on it as the owner."""
    os.environ |= {"SCHAKEL_VAR": str(var), "SCHAKEL_DATABASE_ROLE": "owner", "SCHAKEL_LOG_LEVEL": "WARNING"}
    os.environ["DJANGO_SETTINGS_MODULE"] = "schakel.settings"
    os.environ.pop("DATABASE_URL", None)
    from schakel.cli.database import prepare
    from schakel.cli.postgres import Server

    prepare(Server(var / "postgres").start(), var=var)
    import django

    django.setup()
    from schakel.network.actions import load_network
    from schakel.trail.actors import Actor

    load_network(actor=Actor(party=None, process="measurement"))


def _stop(var: Path) -> None:
    from django.db import connections

    from schakel.cli.postgres import Server

    connections.close_all()
    Server(var / "postgres").stop()


def _fill(entries: int) -> str:
    """Invented organisations and projects of four years, written as the worker writes them; says how fast."""
    from schakel.network.queries import agencies
    from schakel.search import registry
    from schakel.search.actions import index
    from schakel.sharing.roles import WORKER, database_role
    from schakel.trail.actors import Actor
    from schakel.words import Words

    parties = list(agencies())
    each = entries // len(parties)
    words = Words("x", "x")
    registry._families.clear()
    registry._declared.clear()
    for kind in KINDS:
        told = partial(_documents, kind=kind, count=each // 2)
        registry.register(registry.Source(kind, words, words, told, str))
    began = time.perf_counter()
    with database_role(WORKER):
        for party in parties:
            index(actor=Actor(party=party.pk, process="measurement"))
    return f"The index was written at {entries / (time.perf_counter() - began):,.0f} entries a second."


def _documents(scope: object, *, kind: str, count: int) -> Iterator[object]:
    """``count`` things of a kind, a quarter of them in each of four years."""
    from schakel.search.documents import Document

    owner = scope.owner
    for n in range(count):
        one, year = n // 4, 2021 + n % 4
        dice = random.Random(f"{owner} {kind} {one}")
        number = f"{kind[0].upper()}-{owner}-{one:05}"
        kvk = str(dice.randrange(10_000_000, 99_999_999))
        yield Document(
            owner=owner,
            kind=kind,
            id=f"{owner}-{n}",
            title=_title(kind, dice),
            subtitle=f"{number} · {dice.choice(PLACES)}",
            numbers=(number, kvk) if kind == "organisation" else (number,),
            words=" ".join(dice.choices(THING + PLACES, k=8)),
            period=year,
            thing=str(one),
        )


def _title(kind: str, dice: random.Random) -> str:
    if kind == "organisation":
        return f"{dice.choice(FIRST)}{dice.choice(SECOND)} {dice.randrange(1000)} {dice.choice(FORM)}"
    return f"{dice.choice(SUBJECT)} {dice.choice(THING)} in {dice.choice(PLACES)} {dice.randrange(1000)}"


def _question(dice: random.Random) -> str:
    """What somebody types: the beginning of a name, two words, a number, a word that very many have."""
    kind = dice.choice(KINDS)
    title = _title(kind, dice).split()
    return dice.choice(
        (
            title[0][: dice.randrange(2, 8)],
            " ".join(title[:2])[: dice.randrange(6, 20)],
            f"{title[-1]} {title[0]}",
            f"O-{dice.randrange(2, 10)}-{dice.randrange(2000):05}",
            str(dice.randrange(1000, 99_999_999)),
            dice.choice(("bv", "in", "holding", "nieuwe", "energie", "breda")),
        )
    )


def _all(ask: Ask, clients: int, seconds: float) -> list[float]:
    """Milliseconds of each question of all clients, each a thread with its own connection and agency."""
    from django.db import connection

    from schakel.network.queries import agencies
    from schakel.sharing.roles import WEB, database_role

    parties = [party.pk for party in agencies()]
    times: list[float] = []

    def client(number: int) -> None:
        dice, party = random.Random(number), parties[number % len(parties)]
        until = time.perf_counter() + seconds
        with database_role(WEB):
            while time.perf_counter() < until:
                question = _question(dice)
                began = time.perf_counter()
                ask(party, question)
                times.append(1000 * (time.perf_counter() - began))
        connection.close()

    threads = [threading.Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def _ask(party: int, question: str) -> None:
    from schakel.search.queries import entries, find
    from schakel.sharing.acting import acting
    from schakel.trail.actors import Actor

    with acting(Actor(party=party)):
        entries(find(question, at_most=8).candidates)


def _ask_table(party: int, question: str) -> None:
    from django.db import connection

    from schakel.search.asking import asked
    from schakel.sharing.acting import acting
    from schakel.trail.actors import Actor

    said = asked(question)
    with acting(Actor(party=party)), connection.cursor() as cursor:
        cursor.execute(TABLE, [said.exact, said.begins, said.titled, said.found])
        cursor.fetchall()


if __name__ == "__main__":
    raise SystemExit(main())
