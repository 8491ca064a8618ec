"""A process that has loaded everything and forks for each command on a site: loading takes longer than most commands.

What a command does is done in a process of its own, as in life; what is saved is that each loads the same anew.
That a command can be started by itself is told in tests/cli.
"""

from __future__ import annotations

import importlib
import json
import os
import runpy
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from tests.conftest import ROOT

_OF_ONE_TEST = "PYTEST_CURRENT_TEST"


class Commands:
    """The processes of this kind, by what they work with and as whom."""

    def __init__(self) -> None:
        self._begun: dict[Path, tuple[dict[str, str], subprocess.Popen[str]]] = {}

    def run(self, words: Sequence[str], *, var: Path, environ: dict[str, str]) -> subprocess.CompletedProcess[str]:
        """Run a module with its arguments, as ``python -m`` does, with ``environ`` on what is in ``var``."""
        process = self._process(var, {name: value for name, value in environ.items() if name != _OF_ONE_TEST})
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(list(words)) + "\n")
        process.stdin.flush()
        told = process.stdout.readline()
        assert told, f"the process of the commands ended: {process.wait()}"
        code, out, err = json.loads(told)
        return subprocess.CompletedProcess(list(words), code, out, err)

    def leave(self, var: Path) -> None:
        """End the process of this folder, where there is one."""
        if var in self._begun:
            _, process = self._begun.pop(var)
            assert process.stdin is not None
            process.stdin.close()
            process.wait(30)

    def _process(self, var: Path, environ: dict[str, str]) -> subprocess.Popen[str]:
        """The one that runs, or a new one: settings are read once, so another environment asks for another process."""
        if var in self._begun and self._begun[var][0] == environ:
            return self._begun[var][1]
        self.leave(var)
        words = [sys.executable, "-m", "tests.e2e.commands"]
        begun = subprocess.Popen(words, cwd=ROOT, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._begun[var] = (environ, begun)
        return begun


def _serve() -> None:
    """Run what is asked, a line at a time, each in a fork of what was loaded; ends with whoever asks."""
    import django

    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    django.setup()
    importlib.import_module("schakel.urls")  # by its pages nearly all that commands work with
    while asked := sys.stdin.readline():
        with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
            child = os.fork()
            if child == 0:
                os._exit(_done(json.loads(asked), out, err))
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            answers.write(json.dumps([code, _text(out), _text(err)]) + "\n")
            answers.flush()


def _done(words: Sequence[str], out: IO[str], err: IO[str]) -> int:
    """Run a module in this process, which ends with it; returns what it ends with."""
    from django.db import connections

    os.dup2(out.fileno(), 1)
    os.dup2(err.fileno(), 2)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    sys.argv = list(words)
    code: object = 0
    try:
        runpy.run_module(words[0], run_name="__main__", alter_sys=True)
    except SystemExit as end:
        code = end.code
    except BaseException:
        traceback.print_exc()
        code = 1
    if isinstance(code, str):
        sys.stderr.write(f"{code}\n")
    connections.close_all()
    sys.stdout.flush()
    sys.stderr.flush()
    return code if isinstance(code, int) else int(code is not None)


def _text(file: IO[str]) -> str:
    file.seek(0)
    return file.read()


if __name__ == "__main__":
    _serve()
