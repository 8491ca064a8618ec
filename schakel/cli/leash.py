"""Start a program that dies with the one that started it: ``python -m schakel.cli.leash PARENT program ...``.

On Linux the kernel sends the program a SIGTERM when its parent is gone, however it went. Elsewhere the program is
simply started.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)


def main(arguments: list[str]) -> None:
    """Bind ourselves to the process ``arguments[0]`` and become the program that follows it."""
    parent, *program = arguments
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PARENT_DEATH_SIGNAL, signal.SIGTERM)
    if os.getppid() != int(parent):  # it died before we were bound
        sys.exit(1)
    os.execvp(program[0], program)  # noqa: S606 - becoming the program is what this is for


if __name__ == "__main__":
    main(sys.argv[1:])
