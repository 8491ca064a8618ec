"""What is sent as the body of a request, read before its transaction begins: a slow connection holds up nobody else."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, cast

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest

LARGEST = 1024 * 1024 * 1024  # bytes; of what is said to be more nothing is read, so that it is refused at once
_PART = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Arrived:
    """What came of a body, on disk; ``fault`` is what broke it off, if anything did."""

    file: IO[bytes]
    fault: Exception | None

    def pieces(self, size: int) -> Iterator[bytes]:
        """What came, ``size`` bytes at a time. Raises what broke it off after that.

        That is UnreadablePostError for the connection, OSError for want of room, RequestDataTooBig for too much.
        """
        while piece := self.file.read(size):
            yield piece
        if self.fault is not None:
            raise self.fault


@contextmanager
def arriving(request: HttpRequest) -> Iterator[None]:
    """Read the body of ``request`` to the end, for `arrived_with`."""
    with tempfile.TemporaryFile(prefix="schakel-arriving-") as file:
        fault = RequestDataTooBig() if _said(request) > LARGEST else _read(request, file)
        request.arrived = Arrived(file, fault)  # type: ignore[attr-defined]
        yield


def arrived_with(request: HttpRequest) -> Arrived:
    """The body of a request that was sent with PUT or PATCH by somebody who acts for a party."""
    return cast(Arrived, request.arrived)  # type: ignore[attr-defined]


def _read(request: HttpRequest, file: IO[bytes]) -> OSError | None:
    fault: OSError | None = None
    try:
        shutil.copyfileobj(request, file, _PART)
    except OSError as error:  # the connection broke, or there is no room here
        fault = error
    file.seek(0)
    return fault


def _said(request: HttpRequest) -> int:
    said = request.headers.get("Content-Length", "")
    return int(said) if said.isdecimal() else 0
