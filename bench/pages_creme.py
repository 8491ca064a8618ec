"""Measure a list of Creme CRM, a Django peer, beside our list behind a figure: eight people each at another page.

    python bench/pages_creme.py [--requests 40] [--runs 3] [--venv FOLDER]

Creme runs in an environment of its own, FOLDER, which is made where there is none (some minutes), by hand with

    python -m venv FOLDER && FOLDER/bin/pip install "creme-crm[pgsql]==2.8.*" "psycopg[binary]==3.1.*" granian

as its documentation says to set it up, with kept connections as we have them. Its list has 1,104 organisations, on the
same throw-away PostgreSQL in a database of its own, and is served as ours is: granian, two processes. Ours is that of
`pages.py`, which also says what is measured and how; CPU is of Creme's web processes, of our web and counting. Creme's
people have the role that it makes for a regular user, and ask every page in every order and what a search finds.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from schakel.cli.postgres import ServerInfo

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from bench.pages import PEOPLE, asked_afresh, network  # noqa: E402 - found by the line above
from bench.serving import Measured, asked, served  # noqa: E402 - found by the line above

ORGANISATIONS = 1104
OURS = "The list behind a figure"
_SITE = "bench.pages_creme_site"
_PACKAGES = ("creme-crm[pgsql]==2.8.*", "psycopg[binary]==3.1.*", f"granian=={version('granian')}")


def main() -> int:
    """Run all, print a Markdown table; 1 if our list is not answered sooner than Creme's at the 95th percentile."""
    parser = argparse.ArgumentParser(description="Measure a list of Creme beside ours.")
    parser.add_argument("--requests", type=int, default=40)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--venv", type=Path, default=Path(tempfile.gettempdir()) / "schakel-bench-peers" / "creme")
    said = parser.parse_args()
    load = os.getloadavg()[0]
    runs = _measured(said, _python(said.venv.absolute()))
    print(f"{len(PEOPLE)} clients, medians of {said.runs} runs; 2 cores for all of it, load {load:.1f} when it began\n")
    print("| pages | p50 ms | p95 ms | CPU ms an answer | answers a second | p95 to ours | CPU to ours |")
    print("|---|---|---|---|---|---|---|")
    medians = {name: [statistics.median(part) for part in zip(*each, strict=True)] for name, each in runs.items()}
    ours = medians[OURS]
    for name, (p50, p95, cpu, rate) in medians.items():
        ratios = f"{p95 / ours[1]:.1f} | {cpu / ours[2]:.1f}"
        print(f"| {name} | {p50:.0f} | {p95:.0f} | {cpu:.1f} | {rate:.1f} | {ratios} |")
    return int(any(p95 < ours[1] for _p50, p95, _cpu, _rate in medians.values()))


def _python(venv: Path) -> Path:
    python = venv / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *_PACKAGES], check=True)
    return python


def _measured(said: argparse.Namespace, python: Path) -> dict[str, list[Measured]]:
    with network() as (server, known, environment), _creme(server, python) as (creme, environ):
        runs: dict[str, list[Measured]] = {name: [] for name in (OURS, *(f"Creme: {one}" for one in creme["pages"]))}
        for _run in range(said.runs):
            web, counter = environment("web"), environment("counter")
            runs[OURS].append(asked_afresh(known["pages"][OURS], known["sessions"], said.requests, web, counter)[-1])
            for name, pages in creme["pages"].items():
                with served(environ, f"{_SITE}:application", str(python)) as pid:
                    measured = asked(pages, creme["sessions"], said.requests, pid, said=b"Bedrijf ")
                runs[f"Creme: {name}"].append(measured)
            print({name: each[-1] for name, each in runs.items()}, file=sys.stderr)
        return runs


@contextmanager
def _creme(server: ServerInfo, python: Path) -> Iterator[tuple[dict, dict[str, str]]]:
    """Creme filled, in a database of its own: its sessions and pages by kind, and the environment of its processes."""
    with server.connect() as connection:
        connection.execute("CREATE DATABASE creme")
    with tempfile.TemporaryDirectory(prefix="schakel-bench-creme-") as folder:
        environ = os.environ | {
            "PGHOST": server.host, "PGPORT": str(server.port), "PGUSER": server.superuser,
            "PGPASSWORD": server.password, "PEER_FOLDER": folder, "PYTHONPATH": str(ROOT),
            "DJANGO_SETTINGS_MODULE": _SITE, "PYTHONWARNINGS": "ignore",
        }  # fmt: skip
        for command in ("migrate", "creme_populate", "generatemedia"):
            words = [str(python), "-m", "django", command, "--verbosity", "0"]
            subprocess.run(words, check=True, env=environ, cwd=ROOT, stdout=sys.stderr)
        words = [str(python), "-m", _SITE, str(ORGANISATIONS), str(len(PEOPLE))]
        done = subprocess.run(words, stdout=subprocess.PIPE, check=True, env=environ, cwd=ROOT)
        yield json.loads(done.stdout.splitlines()[-1]), environ


if __name__ == "__main__":
    raise SystemExit(main())
