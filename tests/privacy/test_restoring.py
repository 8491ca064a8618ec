"""Who was erased does not come back with a backup of before."""

from __future__ import annotations

import subprocess
import sys
from argparse import Namespace
from pathlib import Path

import pytest

from schakel.cli.command import Exit, Installation
from schakel.cli.commands import backup, check, migrate, restore
from schakel.cli.environments import process_environment
from schakel.cli.places import ROOT
from schakel.cli.postgres import Server
from schakel.cli.refusals import Refused
from tests.cli.conftest import QUICK, own_folder, prepare_like_the_run


def test_a_restore_of_an_older_backup_erases_again_before_anybody_signs_in(capsys, django_db_setup):
    with own_folder() as var, Server(var / "postgres", settings=QUICK) as info:
        prepare_like_the_run(info, var=var)
        installation = Installation(var, {"PATH": "/usr/bin:/bin"})
        _do("fill", var)
        archive = var / "backups" / "before.tar"
        assert backup.run(Namespace(file=archive, base=False), installation) == Exit.DONE
        _do("erase", var)
        assert _do("tell", var) == "0 2 [''] None"
        kept = (var / "erasures" / "list.ndjson").read_text(encoding="utf-8")
        assert "jantje" not in kept.casefold()

        assert restore.run(Namespace(file=archive, replace=True, archive=None, until=None), installation) == Exit.DONE
        assert "1 people erased again" in capsys.readouterr().out
        assert _do("tell", var) == "0 2 [''] None"
        assert "erasures" not in str(_names(archive))
        _put_back_by_hand(installation, archive)
        assert _do("tell", var) != "0 2 [''] None"
        capsys.readouterr()
        assert check.run(Namespace(words=[], audit=False, leaks=False), installation) == Exit.FINDINGS
        assert "1 erasures of the list of erased people are not in this database" in capsys.readouterr().out
        assert migrate.run(Namespace(), installation) == Exit.DONE  # as `schakel up` does before anybody signs in
        assert "1 people erased again" in capsys.readouterr().out
        assert _do("tell", var) == "0 2 [''] None"

        (var / "erasures" / "list.ndjson").write_text("no list\n", encoding="utf-8")
        with pytest.raises(Refused, match="cannot be read"):
            migrate.run(Namespace(), installation)


def _put_back_by_hand(installation, archive):
    """The backup restored by somebody who does not know of the list."""
    kept = installation.var / "erasures" / "list.ndjson"
    aside = kept.rename(installation.var / "elsewhere.ndjson")
    assert restore.run(Namespace(file=archive, replace=True, archive=None, until=None), installation) == Exit.DONE
    aside.rename(kept)


def _do(what: str, var: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "tests.privacy.restoring", what],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=process_environment("owner", environ={"PATH": "/usr/bin:/bin"}, var=var),
    )
    return done.stdout


def _names(archive: Path) -> list[str]:
    import tarfile

    with tarfile.open(archive) as tar:
        return tar.getnames()
