"""Where matching is done is a choice; a choice that cannot be met is said at once."""

from __future__ import annotations

import polars as pl
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import override_settings

from schakel.register.matching import backends
from schakel.register.matching.backends import BackendError, backend
from schakel.register.matching.files import LIST_COLUMNS
from schakel.register.matching.on_duckdb import OnDuckDB


def test_duckdb_is_there_always():
    assert backend("duckdb", master="") == OnDuckDB()


def test_a_backend_that_nobody_made_is_refused_by_name():
    with pytest.raises(BackendError, match="no 'hadoop' to match on; it is duckdb or spark"):
        backend("hadoop", master="")


def test_spark_that_is_not_installed_says_how_to_install_it(monkeypatch):
    def missing(name: str):
        raise ModuleNotFoundError("No module named 'pyspark'")

    monkeypatch.setattr(backends, "import_module", missing)
    with pytest.raises(BackendError, match=r"No module named 'pyspark'. Spark is installed with: .*spark.lock"):
        backend("spark", master="local[2]")


@pytest.fixture
def folder(tmp_path):
    row = dict.fromkeys(LIST_COLUMNS, "x") | {"rid": 1, "name": "Zuiderlicht B.V."}
    pl.DataFrame([row]).write_parquet(tmp_path / "lists.parquet")
    return tmp_path


def test_the_command_takes_the_setting(folder):
    out = folder / "out.csv"
    with override_settings(MATCHING="duckdb"):
        call_command("linking", data=folder, out=out)
    assert out.read_text().splitlines() == ["rid,identity,register_kvk,decided", "1,1,,model"]


def test_the_command_ends_with_wrong_use_where_the_setting_names_no_backend(folder):
    with override_settings(MATCHING="hadoop"), pytest.raises(CommandError, match="hadoop") as refused:
        call_command("linking", data=folder, out=folder / "out.csv")
    assert refused.value.returncode == 2
    assert not (folder / "out.csv").exists()
