"""Measure pages of findings: a delivery with 5,000, eight clients at once, each another person and page.

    python bench/findings.py [--findings 5000] [--clients 8] [--requests 60] [--runs 3]

The web processes of `schakel up` (granian, the web account, row security) on a throw-away PostgreSQL; the clients
ask over HTTP, each the next page as soon as it has the last. Beside it in the same run: the change list of Django's own
admin over the same rows, served the same way, also fifty a page. Times are of whole answers, in milliseconds; CPU is
that of the web processes per answer.
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
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
PORT = 8291
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
                    with _served(env, target) as pid:
                        runs[name].append(_asked(pages, known["sessions"], said.requests, pid))
                        print(name, runs[name][-1], file=sys.stderr)
            return runs


@contextmanager
def _served(environ: dict[str, str], target: str) -> Iterator[int]:
    """The web process as `schakel up` starts it, with another application where one is asked; gives its id."""
    from schakel.cli.processes import web

    command = [*web("127.0.0.1", PORT)[:-1], target]
    process = subprocess.Popen(command, env=environ, cwd=ROOT)
    try:
        _wait()
        yield process.pid
    finally:
        process.terminate()
        process.wait(30)


def _wait() -> None:
    for _try in range(300):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=10)
            connection.request("GET", "/aanmelden/")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the web process does not answer")


def _asked(pages: list[str], sessions: list[str], requests: int, pid: int) -> tuple[float, float, float, float]:
    """p50 and p95 in ms, CPU ms an answer and answers a second; each client begins at another page."""
    times: list[float] = []
    for measured in (False, True):  # the first round warms up what compiles once
        times.clear()
        before, begun = _cpu(pid), time.monotonic()
        clients = [
            threading.Thread(target=_client, args=(pages, session, at, requests if measured else 5, times))
            for at, session in enumerate(sessions)
        ]
        for client in clients:
            client.start()
        for client in clients:
            client.join()
        wall, cpu = time.monotonic() - begun, _cpu(pid) - before
    listed = sorted(times)
    if len(listed) != requests * len(sessions):
        raise RuntimeError("a page was not answered")
    share = len(listed)
    return listed[share // 2] * 1000, listed[int(share * 0.95)] * 1000, cpu / share * 1000, share / wall


def _client(pages: list[str], session: str, at: int, requests: int, times: list[float]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
    step = max(1, len(pages) // 8)
    for number in range(requests):
        begun = time.perf_counter()
        connection.request("GET", pages[(at * step + number) % len(pages)], headers={"Cookie": f"sessionid={session}"})
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200 or b"Blad" not in body:
            raise RuntimeError(f"status {answer.status}")
        times.append(time.perf_counter() - begun)


def _cpu(pid: int) -> float:
    """CPU seconds of a process and its children: granian serves from a child."""
    children = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], stdout=subprocess.PIPE, text=True
    ).stdout.split()
    total = 0
    for one in (str(pid), *children):
        fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / os.sysconf("SC_CLK_TCK")


def _filled(findings: int, clients: int) -> dict[str, list[str]]:
    """People with sessions, and a delivery with ``findings`` of twelve checks; the addresses of its pages."""
    import django

    django.setup()
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.db import connection

    from schakel.intake.checks import all_checks
    from schakel.intake.models import Delivery, DeliveryFinding
    from schakel.network.actions import give_role, load_network
    from schakel.network.queries import party
    from schakel.sharing.acting import acting
    from schakel.trail.actors import Actor

    system = Actor(party=None, process="bench")
    load_network(actor=system)
    bom, sessions = party("bom"), []
    for number in range(clients):
        person = give_role(
            actor=system,
            email=f"p{number}@example.org",
            name=f"Persoon {number}",
            party=bom,
            role="steward",
            password="a-long-enough-word",
        ).person
        session = SessionStore()
        session[SESSION_KEY], session[HASH_SESSION_KEY] = str(person.pk), person.get_session_auth_hash()
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session.create()
        sessions.append(str(session.session_key))
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
