"""Is it up, is it ready, how is it doing: for a load balancer, a monitor and an administrator."""

from __future__ import annotations

import socket
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

from schakel.cli.queue import job_counts


def live(_request: HttpRequest) -> HttpResponse:
    """The web process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


def ready(_request: HttpRequest) -> JsonResponse:
    """What this process needs answers: database and counting process; 503 with what does not."""
    parts = {"database": _database_answers(), "counting": _listens(settings.COUNTING_SOCKET)}
    return JsonResponse(parts, status=200 if all(parts.values()) else 503)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _listens(path: Path) -> bool:
    try:
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(1)
            client.connect(str(path))
    except OSError:
        return False
    return True


def metrics(_request: HttpRequest) -> HttpResponse:
    """Numbers for Prometheus: jobs by queue and state, and whether database and counting answer.

    No figure and no name of anybody is in it; keep it inside all the same (see docs/administrators).
    """
    registry = CollectorRegistry()
    up = Gauge("schakel_up", "Whether a part answers", ["part"], registry=registry)
    database = _database_answers()
    up.labels("database").set(database)
    up.labels("counting").set(_listens(settings.COUNTING_SOCKET))
    jobs = Gauge("schakel_jobs", "Jobs in the queue", ["queue", "state"], registry=registry)
    for queue, state, count in job_counts() if database else ():
        jobs.labels(queue, state).set(count)
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
