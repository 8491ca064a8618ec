"""What measuring pages takes: the web processes as `schakel up` starts them, and clients that ask page after page."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PORT = 8291


@contextmanager
def served(
    environ: dict[str, str], target: str = "schakel.wsgi:application", python: str = sys.executable
) -> Iterator[int]:
    """The web processes as `schakel up` starts them, or of another application; gives the id of their parent.

    ``python``: of the environment that the application is in; its granian serves.
    """
    from schakel.cli.processes import web

    command = [python, *web("127.0.0.1", PORT)[1:-1], target]
    process = subprocess.Popen(command, env=environ, cwd=ROOT)
    try:
        _wait()
        yield process.pid
    finally:
        process.terminate()
        process.wait(30)


@contextmanager
def running(environ: dict[str, str], *words: str) -> Iterator[int]:
    """Another of the processes, by its command (``counter``); gives its id."""
    process = subprocess.Popen([sys.executable, "-m", "django", *words], env=environ, cwd=ROOT)
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait(60)


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


Measured = tuple[float, float, float, float]
"""p50 and p95 in milliseconds, CPU milliseconds an answer (of the processes and their children), answers a second."""


def asked(
    pages: Sequence[Sequence[str]], sessions: Sequence[str], requests: int, *pids: int, said: bytes, warm: int = 5
) -> Measured:
    """Each client (a session) asks ``requests`` of its own ``pages``, the next as soon as it has the last.

    ``said``: what a right answer has in it. ``warm``: requests a client before anything is measured, as the first
    compile what is compiled once; they are of other pages than those measured while there are enough. CPU is that of
    ``pids``.
    """
    times: list[float] = []
    for count, first in ((warm, 0), (requests, warm)):
        times.clear()
        before, begun = sum(map(cpu, pids)), time.monotonic()
        clients = [
            threading.Thread(
                target=_client, args=([own[n % len(own)] for n in range(first, first + count)], session, times, said)
            )
            for own, session in zip(pages, sessions, strict=True)
        ]
        for client in clients:
            client.start()
        for client in clients:
            client.join()
        wall, spent = time.monotonic() - begun, sum(map(cpu, pids)) - before
    listed = sorted(times)
    if len(listed) != requests * len(sessions):
        raise RuntimeError("a page was not answered")
    share = len(listed)
    return listed[share // 2] * 1000, listed[int(share * 0.95)] * 1000, spent / share * 1000, share / wall


def _client(pages: Sequence[str], session: str, times: list[float], said: bytes) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
    for page in pages:
        begun = time.perf_counter()
        connection.request("GET", page, headers={"Cookie": f"sessionid={session}"})
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200 or said not in body:
            raise RuntimeError(f"{page}: status {answer.status}")
        times.append(time.perf_counter() - begun)


def cpu(pid: int) -> float:
    """CPU seconds of a process and its children: granian serves from a child."""
    children = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], stdout=subprocess.PIPE, text=True
    ).stdout.split()
    total = 0
    for one in (str(pid), *children):
        fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / os.sysconf("SC_CLK_TCK")


def worked_ahead(pid: int) -> float:
    """Wait until a process has nothing to do; gives the seconds that took."""
    begun, before = time.monotonic(), -1.0
    while (now := cpu(pid)) - before > 0.05:
        before = now
        time.sleep(2)
    return time.monotonic() - begun


def signed_in(people: Sequence[tuple[str, str]]) -> list[str]:
    """Sessions of new people, each with a role at a party (its slug): ``[("bom", "steward"), …]``."""
    from allauth.mfa.models import Authenticator
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from schakel.network.actions import give_role
    from schakel.network.queries import party
    from schakel.trail.actors import Actor

    sessions = []
    for number, (slug, role) in enumerate(people):
        person = give_role(
            actor=Actor(party=None, process="bench"),
            email=f"p{number}@example.org",
            name=f"Persoon {number}",
            party=party(slug),
            role=role,
            password="a-long-enough-word",
        ).person
        Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})  # as everybody has in life
        session = SessionStore()
        session[SESSION_KEY], session[HASH_SESSION_KEY] = str(person.pk), person.get_session_auth_hash()
        session[BACKEND_SESSION_KEY] = "schakel.network.backends.PersonBackend"
        session.create()
        sessions.append(str(session.session_key))
    return sessions
