"""Measure uploading 100 MB to a running web process: its memory above all.

    python bench/upload.py [--megabytes 100] [--runs 3]

A throw-away PostgreSQL and the web server as it runs in life (granian, one worker). The file is sent in pieces of 2 MiB
(tus, what the page does) and as one form (what the page does without JavaScript); the peer, in the same run and under
the same server, is a plain Django form with a FileField, which keeps the file on disk. Growth is the highest resident
memory of the server and its workers while the file is sent, seen every 10 milliseconds, over what it was just before,
when a few pages and a small file had been served. CPU is of the server and its workers; PostgreSQL's is told beside it.
"""

from __future__ import annotations

import argparse
import base64
import http.client
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
MEGABYTE = 1024 * 1024
PIECE = 2 * MEGABYTE
BOUNDARY = "a-line-between-parts"
PASSWORD = "a-long-enough-word"
LIMIT = 50  # MB that the web process may grow


@dataclass(frozen=True, slots=True)
class Run:
    """One upload: growth in MB, CPU seconds of the web processes and of PostgreSQL, seconds on the clock."""

    growth: float
    cpu: float
    database: float
    wall: float


def main() -> int:
    """Run all, print a Markdown table; 1 if the web process grew past the limit."""
    parser = argparse.ArgumentParser(description="Measure uploading.")
    parser.add_argument("--megabytes", type=int, default=100)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--fill", action="store_true", help=argparse.SUPPRESS)
    said = parser.parse_args()
    if said.fill:
        _fill()
        return 0
    size = said.megabytes * MEGABYTE
    with tempfile.TemporaryDirectory(prefix="schakel-bench-") as folder:
        runs = _ours(Path(folder), size, said.runs) | _peers(Path(folder), size, said.runs)
    print(f"{said.megabytes} MB, medians of {said.runs} runs (growth: the highest)\n")
    print("| way | growth of the web process, MB | CPU s | PostgreSQL CPU s | seconds |\n|---|---|---|---|---|")
    for name, found in runs.items():
        median = {key: statistics.median(getattr(run, key) for run in found) for key in ("cpu", "database", "wall")}
        growth = max(run.growth for run in found)
        print(f"| {name} | {growth:.0f} | {median['cpu']:.1f} | {median['database']:.1f} | {median['wall']:.1f} |")
    return int(any(run.growth > LIMIT for name, found in runs.items() if "Schakel" in name for run in found))


def _fill() -> None:
    import django

    django.setup()
    from schakel.network.actions import give_role, load_network
    from schakel.network.queries import party
    from schakel.trail.actors import Actor

    actor = Actor(party=None, process="bench")
    load_network(actor=actor)
    give_role(actor=actor, email="a@b.nl", name="A", party=party("bom"), role="steward", password=PASSWORD)


def _ours(folder: Path, size: int, runs: int) -> dict[str, list[Run]]:
    from schakel.cli.database import prepare
    from schakel.cli.environments import process_environment
    from schakel.cli.postgres import Server
    from tests.e2e.site import Site, free_port, running

    port, var = free_port(), folder / "var"
    (var / "run").mkdir(parents=True)
    with Server(var / "postgres") as server:
        prepare(server, var=var)
        site = Site(f"http://127.0.0.1:{port}", var)
        environ = process_environment("owner", environ=os.environ, var=var) | {"SCHAKEL_LOG_LEVEL": "ERROR"}
        subprocess.run([sys.executable, __file__, "--fill"], check=True, env=environ, cwd=ROOT)
        site.django("collectstatic", "--no-input", "--verbosity", "0")
        database = int((var / "postgres" / "postmaster.pid").read_text().split()[0])
        with running(site, port, "web", "counter") as started:
            steward = Browser(port)
            steward.sign_in()
            ways: dict[str, Callable[[int], None]] = {
                "Schakel, in pieces (tus)": steward.in_pieces,
                "Schakel, one form without JavaScript": steward.one_form,
            }
            for way in ways.values():
                way(4 * MEGABYTE)
            return {
                name: [_measured(lambda: way(size), started["web"].pid, database) for _ in range(runs)]  # noqa: B023
                for name, way in ways.items()
            }


def _peers(folder: Path, size: int, runs: int) -> dict[str, list[Run]]:
    from tests.e2e.site import free_port

    port = free_port()
    with _peer(folder, port) as process:
        send = Browser(port).plain_form
        send(4 * MEGABYTE)
        return {"Django FileField, to disk": [_measured(lambda: send(size), process.pid, 0) for _ in range(runs)]}


@contextmanager
def _peer(folder: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    from schakel.cli.processes import web

    (folder / "peer").mkdir()
    environ = os.environ | {"PEER_FOLDER": str(folder / "peer"), "PYTHONPATH": str(Path(__file__).parent)}
    environ["DJANGO_SETTINGS_MODULE"] = "upload_peer.settings"
    django = [sys.executable, "-m", "django", "migrate", "--run-syncdb", "--verbosity", "0"]
    subprocess.run(django, check=True, env=environ, cwd=Path(__file__).parent)
    command = [*web("127.0.0.1", port, 1)[:-1], "upload_peer.wsgi:application"]
    process = subprocess.Popen(command, env=environ, cwd=Path(__file__).parent)
    try:
        _wait(port)
        yield process
    finally:
        process.terminate()
        process.wait(30)


def _wait(port: int) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("the peer does not answer")


class Browser:
    """What a browser does of an upload: it signs in, and sends a file of any size without holding it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> http.client.HTTPResponse:
        """One request, with the cookies so far. Raises SystemExit where it is refused."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        kept = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = {"Cookie": kept, "X-CSRFToken": self.cookies.get("csrftoken", ""), **headers}
        connection.request(method, path, body=body, headers=sent)  # type: ignore[arg-type]
        answer = connection.getresponse()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        text = answer.read()
        if answer.status >= http.client.BAD_REQUEST:
            raise SystemExit(f"{method} {path}: {answer.status} {text[:300]!r}")
        answer.text = text  # type: ignore[attr-defined]
        connection.close()
        return answer

    def form(self, path: str, **values: str) -> http.client.HTTPResponse:
        """Send a form."""
        kind = "application/x-www-form-urlencoded"
        return self.ask("POST", path, urllib.parse.urlencode(values), **{"Content-Type": kind, "Accept": "*/*"})

    def sign_in(self) -> None:
        """Sign in as the steward, and look at the pages that one passes."""
        self.ask("GET", "/aanmelden/")
        self.form("/aanmelden/", username="a@b.nl", password=PASSWORD)
        for path in ("/aanleveringen/", "/aanleveringen/nieuw/"):
            self.ask("GET", path)

    def in_pieces(self, size: int) -> None:
        """Send a file as the page does it."""
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        begun = self.ask("POST", "/aanleveringen/nieuw/", "period=2025&whole=all", **kind)
        create = json.loads(begun.text)["create"]  # type: ignore[attr-defined]
        named = f"filename {base64.b64encode(b'groot.csv').decode()}"
        tus = {"Tus-Resumable": "1.0.0"}
        made = self.ask("POST", create, **tus, **{"Upload-Length": str(size), "Upload-Metadata": named})
        where = str(made.getheader("Location"))
        piece = {**tus, "Content-Type": "application/offset+octet-stream"}
        for offset in range(0, size, PIECE):
            content = os.urandom(min(PIECE, size - offset))
            self.ask("PATCH", where, content, **piece, **{"Upload-Offset": str(offset)})

    def one_form(self, size: int) -> None:
        """Send a file as the form does it without JavaScript."""
        self._multipart("/aanleveringen/nieuw/", "files", size, {"period": "2025", "whole": "all"})

    def plain_form(self, size: int) -> None:
        """Send a file to the peer."""
        self._multipart("/", "file", size, {})

    def _multipart(self, path: str, field: str, size: int, values: dict[str, str]) -> None:
        begin = "".join(
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in values.items()
        )
        begin += f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{field}"; filename="groot.csv"\r\n'
        head, tail = f"{begin}Content-Type: text/csv\r\n\r\n".encode(), f"\r\n--{BOUNDARY}--\r\n".encode()
        headers = {
            "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
            "Content-Length": str(len(head) + size + len(tail)),
        }
        self.ask("POST", path, _streamed(head, size, tail), **headers)


def _streamed(head: bytes, size: int, tail: bytes) -> Iterator[bytes]:
    yield head
    for offset in range(0, size, MEGABYTE):
        yield os.urandom(min(MEGABYTE, size - offset))
    yield tail


def _measured(send: Callable[[], None], web: int, database: int) -> Run:
    before, cpu, theirs, began = _resident(web), _cpu(web), _cpu(database), time.monotonic()
    highest, done = before, threading.Event()

    def watch() -> None:
        nonlocal highest
        while not done.wait(0.01):
            highest = max(highest, _resident(web))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        send()
    finally:
        done.set()
        watcher.join()
    wall = time.monotonic() - began
    run = Run((highest - before) / MEGABYTE, _cpu(web) - cpu, _cpu(database) - theirs, wall)
    print(run, file=sys.stderr)
    return run


def _tree(pid: int) -> list[psutil.Process]:
    if not pid:
        return []
    top = psutil.Process(pid)
    return [top, *top.children(recursive=True)]


def _resident(pid: int) -> int:
    """Resident memory of a process and those below it, from /proc."""
    pages = (int(re.split(r"\s", Path(f"/proc/{one.pid}/statm").read_text())[1]) for one in _tree(pid))
    return sum(pages) * os.sysconf("SC_PAGE_SIZE")


def _cpu(pid: int) -> float:
    """CPU seconds of a process and those below it; of a server of the database, also of those that ended."""
    times = [one.cpu_times() for one in _tree(pid)]
    ended = times[0].children_user + times[0].children_system if times else 0.0
    return sum(one.user + one.system for one in times) + ended


if __name__ == "__main__":
    raise SystemExit(main())
