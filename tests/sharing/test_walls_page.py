"""The page about the walls says what the database enforces."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from schakel.sharing.roles import WEB
from schakel.sharing.walls import MEANS, page, walls

pytestmark = pytest.mark.django_db
PAGE = Path(__file__).parents[2] / "docs" / "administrators" / "walls.md"


def test_the_page_in_docs_is_that_of_the_database():
    out = StringIO()
    call_command("walls", stdout=out)
    assert out.getvalue() == PAGE.read_text(encoding="utf-8"), (
        "make it anew: schakel walls > docs/administrators/walls.md"
    )


def test_each_policy_is_explained_and_each_explanation_is_of_one():
    assert {name for wall in walls(connection) for name in wall.policies} == set(MEANS)


def test_a_wall_that_falls_shows():
    before = {wall.table: wall for wall in walls(connection)}["invest_fund"]
    assert before.forced
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("ALTER TABLE invest_fund NO FORCE ROW LEVEL SECURITY")
        cursor.execute("DROP POLICY own ON invest_fund")
        after = {wall.table: wall for wall in walls(connection)}["invest_fund"]
        cursor.execute(f"SET ROLE {WEB}")
    assert not after.forced
    assert "own" in before.policies
    assert "own" not in after.policies
    assert "\n".join(page(walls(connection))) != PAGE.read_text(encoding="utf-8").rstrip("\n")
