"""Asking the counting process, over a Unix socket, one JSON line each way.

Apart from the process itself (``serving``), so that who only asks loads no counting.
"""

from __future__ import annotations

import socket
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import orjson

from schakel.figures.asking import Question, QuestionError

_PATIENCE = 90.0  # seconds: longer than the process lets a count take


class CountingError(RuntimeError):
    """The counting process does not answer, or answers that it cannot."""


def ask(path: Path, question: Question, *, patience: float = _PATIENCE) -> dict[str, Any]:
    """Ask the counting process at ``path``. Raises QuestionError for a refusal, CountingError for silence.

    ``patience``: seconds to wait for the answer.
    """
    reply: dict[str, Any] = _told(path, question, patience)
    if "error" in reply:
        raise QuestionError(reply["error"])
    return reply


def ask_all(path: Path, questions: Sequence[Question]) -> list[dict[str, Any]]:
    """Ask several questions at once, of one moment; the answers in their order.

    Raises QuestionError where one is refused, CountingError for silence.
    """
    reply = _told(path, list(questions), _PATIENCE)
    answers: list[dict[str, Any]] = reply.get("answers", [reply])
    for each in answers:
        if "error" in each:
            raise QuestionError(each["error"])
    return answers


def _told(path: Path, said: Question | list[Question], patience: float) -> dict[str, Any]:
    """What the process says to ``said``. Raises CountingError."""
    try:
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(patience)
            client.connect(str(path))
            client.sendall(orjson.dumps(said, option=orjson.OPT_APPEND_NEWLINE))
            with client.makefile("rb") as stream:
                line = stream.readline()
        reply: dict[str, Any] = orjson.loads(line)
    except (OSError, ValueError) as error:
        raise CountingError(
            "De telling is even niet beschikbaar: het telproces antwoordt niet. Probeer het zo weer;"
            " blijft het weg, start het dan met `schakel counter`. (The counting process does not answer.)"
        ) from error
    return reply
