"""Each process gets its own key to the database and no other."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schakel.cli.environments import process_environment
from schakel.databases import ROLES, DatabaseSettingsError, connection_settings

PASSWORDS = {f"SCHAKEL_{role.upper()}_PASSWORD": f"secret-of-{role}" for role in ROLES}
URL = "postgresql://schakel_owner:secret-of-owner@db.example:5433/net?sslmode=require"
VAR = Path("/nowhere")


@given(st.sampled_from(ROLES))
def test_no_process_holds_the_password_of_another(role: str) -> None:
    environment = process_environment(role, environ=PASSWORDS | {"DATABASE_URL": URL}, var=VAR)
    held = {other for other in ROLES if f"secret-of-{other}" in str(environment)}
    assert held == {role}


@given(st.sampled_from(ROLES))
def test_only_who_sends_mail_holds_the_password_of_the_mail_server(role: str) -> None:
    given_them = {"SCHAKEL_SMTP_PASSWORD": "word", "SCHAKEL_SMTP_PASSWORD_FILE": "/run/word"}
    environment = process_environment(role, environ=given_them, var=VAR)
    assert (given_them.keys() <= environment.keys()) is (role in {"owner", "worker"})


@given(st.sampled_from(ROLES))
def test_only_who_counts_writes_statements_for_later_counting(role: str) -> None:
    environment = process_environment(role, environ={"SCHAKEL_STATEMENTS": "/run/statements"}, var=VAR)
    assert ("SCHAKEL_STATEMENTS" in environment) is (role in {"owner", "counter"})


@pytest.mark.parametrize("role", ROLES)
def test_each_role_signs_in_to_the_servers_database_as_itself(role: str) -> None:
    environment = process_environment(role, environ=PASSWORDS | {"DATABASE_URL": URL}, var=VAR)
    entry = connection_settings(role, environ=environment, var=VAR)
    assert (entry["HOST"], entry["PORT"], entry["NAME"]) == ("db.example", "5433", "net")
    assert (entry["USER"], entry["PASSWORD"]) == (f"schakel_{role}", f"secret-of-{role}")
    assert entry["OPTIONS"]["sslmode"] == "require"


def test_a_password_may_stand_in_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "web"
    secret.write_text("from the file\n")
    environ = {"DATABASE_URL": "postgresql:///net?host=/run/db", "SCHAKEL_WEB_PASSWORD_FILE": str(secret)}
    entry = connection_settings("web", environ=environ, var=VAR)
    assert (entry["HOST"], entry["PASSWORD"]) == ("/run/db", "from the file")


def test_a_password_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    environ = {"DATABASE_URL": "postgresql:///net", "SCHAKEL_WEB_PASSWORD_FILE": str(tmp_path / "gone")}
    with pytest.raises(DatabaseSettingsError, match=r"SCHAKEL_WEB_PASSWORD_FILE: .*gone cannot be read"):
        connection_settings("web", environ=environ, var=VAR)


def test_without_a_url_the_file_of_the_embedded_server_counts(tmp_path: Path) -> None:
    accounts = {role: {"user": f"schakel_{role}", "password": role[::-1]} for role in ROLES}
    known = {"host": "/sock", "port": 5432, "name": "schakel", "roles": accounts}
    (tmp_path / "database.json").write_text(json.dumps(known))
    entry = connection_settings("counter", environ={}, var=tmp_path)
    assert (entry["HOST"], entry["USER"], entry["PASSWORD"]) == ("/sock", "schakel_counter", "retnuoc")


def test_before_there_is_a_server_only_connecting_fails(tmp_path: Path) -> None:
    entry = connection_settings("web", environ={}, var=tmp_path)
    assert entry["HOST"] == str(tmp_path / "socket")
    assert entry["PASSWORD"] == ""


@pytest.mark.parametrize("url", ["mysql://x/y", "sqlite:///x", "postgresql://h:many/x"])
def test_another_kind_of_address_is_refused(url: str) -> None:
    with pytest.raises(DatabaseSettingsError, match="DATABASE_URL"):
        connection_settings("web", environ={"DATABASE_URL": url}, var=VAR)


def test_an_unknown_role_is_refused_with_the_known_ones() -> None:
    with pytest.raises(DatabaseSettingsError, match="owner, web, worker"):
        connection_settings("root", environ={}, var=VAR)
