"""Measure pages of findings: a delivery with 5,000, eight clients at once, each another person and page.

    python bench/findings.py [--findings 5000] [--clients 8] [--requests 60] [--runs 3]

The web processes of `schakel up` (granian, the web account, row security) on a throw-away PostgreSQL; the clients
ask over HTTP, each the next page as soon as it has the last. Beside it in the same run: the change list of Django's own
admin over the same rows, served the same way, also fifty a page. Times are of whole answers, in milliseconds; CPU is
that of the web processes per answer.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from bench.serving import asked, served, signed_in  # noqa: E402 - found by the line above

CHECKS = 12
PAGE = 50


def main() -> int:
    """Run all, print a Markdown table; 1 if our pages are not answered within 150 ms at the 95th percentile."""
    parser = argparse.ArgumentParser(description="Measure pages of findings.")
    parser.add_argument("--findings", type=int, default=5000)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--requests", type=int, default=60)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--fill", action="store_true", help=argparse.SUPPRESS)
    said = parser.parse_args()
    if said.fill:
        print(json.dumps(_filled(said.findings, said.clients)))
        return 0
    told = _measured(said)
    print(f"{said.findings:,} findings, {said.clients} clients, medians of {said.runs} runs; 2 cores for all of it\n")
    print("| pages | p50 ms | p95 ms | CPU ms an answer | answers a second |\n|---|---|---|---|---|")
    for name, runs in told.items():
        p50, p95, cpu, rate = (statistics.median(run[part] for run in runs) for part in range(4))
        print(f"| {name} | {p50:.0f} | {p95:.0f} | {cpu:.1f} | {rate:.0f} |")
    ours = next(iter(told.values()))
    return int(statistics.median(run[1] for run in ours) >= 150)


def _measured(said: argparse.Namespace) -> dict[str, list[tuple[float, float, float, float]]]:
    from schakel.cli.database import prepare
    from schakel.cli.environments import process_environment
    from schakel.cli.postgres import Server

    with tempfile.TemporaryDirectory(prefix="schakel-bench-") as folder:
        var = Path(folder)
        with Server(var / "postgres") as server:
            prepare(server, var=var)
            environ = {**os.environ, "SCHAKEL_LOG_LEVEL": "ERROR", "PYTHONPATH": f"{ROOT}:{ROOT / 'bench'}"}
            owner = process_environment("owner", environ=environ, var=var)
            fill = [sys.executable, str(Path(__file__)), "--fill", "--findings", str(said.findings)]
            done = subprocess.run(
                [*fill, "--clients", str(said.clients)], stdout=subprocess.PIPE, check=True, env=owner
            )
            known = json.loads(done.stdout.splitlines()[-1])
            collect = [sys.executable, "-m", "django", "collectstatic", "--no-input", "--verbosity", "0"]
            both = owner | {"DJANGO_SETTINGS_MODULE": "findings_admin"}
            subprocess.run(collect, check=True, env=both, cwd=ROOT)
            web = process_environment("web", environ=environ, var=var)
            sites = {
                "Schakel: groups, pages of a group": (web, "schakel.wsgi:application", known["pages"]),
                "Django admin: change list": (
                    web | {"DJANGO_SETTINGS_MODULE": "findings_admin"},
                    "findings_admin:application",
                    known["admin"],
                ),
            }
            runs: dict[str, list[tuple[float, float, float, float]]] = {name: [] for name in sites}
            for _run in range(said.runs):
                for name, (env, target, pages) in sites.items():
                    with served(env, target) as pid:
                        each = [pages[len(pages) // said.clients * n :] + pages for n in range(said.clients)]
                        runs[name].append(asked(each, known["sessions"], said.requests, pid, said=b"Blad"))
                        print(name, runs[name][-1], file=sys.stderr)
            return runs


def _filled(findings: int, clients: int) -> dict[str, list[str]]:
    """People with sessions, and a delivery with ``findings`` of twelve checks; the addresses of its pages."""
    import django

    django.setup()
    from django.db import connection

    from schakel.intake.checks import all_checks
    from schakel.intake.models import Delivery, DeliveryFinding
    from schakel.network.actions import load_network
    from schakel.network.queries import party
    from schakel.sharing.acting import acting
    from schakel.trail.actors import Actor

    system = Actor(party=None, process="bench")
    load_network(actor=system)
    bom, sessions = party("bom"), signed_in([("bom", "steward")] * clients)
    checks = [check for check in all_checks() if not check.network_only][:CHECKS]
    with acting(Actor(party=bom.pk, process="bench")):
        delivery = Delivery.objects.create(owner=bom, period=2023, content_digest="bench", state="checked")
        made = (_finding(delivery, checks[number % CHECKS], number) for number in range(findings))
        DeliveryFinding.objects.bulk_create(made, batch_size=1000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    url, each = f"/aanleveringen/{delivery.pk}/bevindingen/", -(-findings // CHECKS // PAGE)
    pages = [url] * 8 + [f"{url}?check={check.id}&page={page}" for check in checks for page in range(1, each + 1)]
    admin = [f"/admin/intake/deliveryfinding/?p={page}" for page in range(1, findings // PAGE)]
    return {"pages": pages, "admin": admin, "sessions": sessions}


def _finding(delivery: object, check: object, number: int) -> object:
    from schakel.intake.checks.check import Check
    from schakel.intake.models import Delivery, DeliveryFinding

    assert isinstance(delivery, Delivery)
    assert isinstance(check, Check)
    return DeliveryFinding(
        owner_id=delivery.owner_id,
        delivery=delivery,
        period=2023,
        check_id=check.id,
        severity=check.severity.value,
        file="relaties.xlsx",
        table=f"Blad{number % 3}",
        cell=f"Blad{number % 3}!D{number}",
        row=number,
        column="D",
        header="Omvang",
        kind="organisation",
        field="name",
        number=f"R{number}",
        value=("n.b.", "onbekend", str(number))[number % 3],
        message_nl=f"'{number}' in deze cell is geen getal.",
        message_en=f"'{number}' in this cell is not a number.",
        remedy_nl="Schrijf alleen het getal.",
        remedy_en="Write the number only.",
    )


if __name__ == "__main__":
    raise SystemExit(main())
