"""The running log of `schakel up`: one line an event, with the moment and the process it came from."""

from __future__ import annotations

import datetime
import sys
import threading
from typing import TextIO

_COLOURS = {"web": "36", "worker": "32", "linker": "35", "counter": "33", "sealer": "34"}
_WIDTH = 9


class Journal:
    """Writes lines of several processes to one stream, whole and in the order they came."""

    def __init__(self, stream: TextIO = sys.stderr) -> None:
        self._stream = stream
        self._coloured = stream.isatty()
        self._lock = threading.Lock()

    def say(self, name: str, line: str) -> None:
        """Write one line; ``name`` is the process it came from."""
        now = datetime.datetime.now(tz=datetime.UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
        with self._lock:
            self._stream.write(f"{now} {self._label(name)} {line}\n")
            self._stream.flush()

    def _label(self, name: str) -> str:
        padded = f"{name:<{_WIDTH}}"
        return f"\x1b[{_COLOURS.get(name, '37')}m{padded}\x1b[0m" if self._coloured else padded
