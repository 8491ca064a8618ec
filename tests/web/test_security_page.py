"""docs/security.md: each requirement of ASVS 5.0 at level 1 and 2 has its row, and what a row names is there.

The same file holds what of it is short enough to be shown here: headers and cookies.
"""

from __future__ import annotations

import re

import pytest

from tests.conftest import ROOT
from tests.inbox.people import somebody

PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
# Sections of ASVS 5.0.0 with the last number of each, and the numbers that are of level 3 alone.
SECTIONS = (
    "1.1.2 1.2.10 1.3.12 1.4.3 1.5.3 2.1.3 2.2.3 2.3.5 2.4.2 3.1.1 3.2.3 3.3.5 3.4.8 3.5.8 3.6.1 3.7.5 4.1.5 4.2.5 "
    "4.3.2 4.4.4 5.1.1 5.2.6 5.3.3 5.4.3 6.1.3 6.2.12 6.3.8 6.4.6 6.5.8 6.6.4 6.7.2 6.8.4 7.1.3 7.2.4 7.3.2 7.4.5 "
    "7.5.3 7.6.2 8.1.4 8.2.4 8.3.3 8.4.2 9.1.3 9.2.4 10.1.2 10.2.3 10.3.5 10.4.16 10.5.5 10.6.2 10.7.3 11.1.4 "
    "11.2.5 11.3.5 11.4.4 11.5.2 11.6.2 11.7.2 12.1.5 12.2.2 12.3.5 13.1.4 13.2.6 13.3.4 13.4.7 14.1.2 14.2.8 "
    "14.3.3 15.1.5 15.2.5 15.3.7 15.4.4 16.1.1 16.2.5 16.3.4 16.4.3 16.5.4 17.1.2 17.2.8 17.3.2"
)
LEVEL_3 = (
    "1.2.10 1.3.12 1.5.3 2.3.5 2.4.2 3.1.1 3.2.3 3.3.5 3.4.7 3.4.8 3.5.6 3.5.7 3.5.8 3.6.1 3.7.3 3.7.4 3.7.5 4.1.4 "
    "4.1.5 4.2.2 4.2.3 4.2.4 4.2.5 5.2.4 5.2.5 5.2.6 5.3.3 6.3.5 6.3.6 6.3.7 6.3.8 6.4.5 6.4.6 6.5.6 6.5.7 6.5.8 "
    "6.6.4 6.7.1 6.7.2 7.5.3 8.1.3 8.1.4 8.2.4 8.3.2 8.3.3 8.4.2 10.2.3 10.3.5 10.4.12 10.4.13 10.4.14 10.4.15 "
    "10.4.16 11.1.3 11.1.4 11.2.4 11.2.5 11.3.4 11.3.5 11.5.2 11.6.2 11.7.1 11.7.2 12.1.4 12.1.5 12.3.5 13.1.2 "
    "13.1.3 13.1.4 13.2.6 13.3.3 13.3.4 13.4.6 13.4.7 14.2.5 14.2.6 14.2.7 14.2.8 15.1.4 15.1.5 15.2.4 15.2.5 "
    "15.4.1 15.4.2 15.4.3 15.4.4 16.5.4 17.1.2 17.2.5 17.2.6 17.2.7 17.2.8"
)


def asked() -> list[str]:
    """Every number of level 1 and 2, in order."""
    found = []
    for last in SECTIONS.split():
        section, _, most = last.rpartition(".")
        found += [f"{section}.{number}" for number in range(1, int(most) + 1)]
    return [number for number in found if number not in LEVEL_3.split()]


ROWS = re.findall(r"^\| (\d+\.\d+\.\d+) \| ([\w/]+) \| (.+) \|$", PAGE, re.M)


def test_each_requirement_has_one_row_in_order():
    assert [number for number, _state, _how in ROWS] == asked()
    assert len(ROWS) == 253


def test_each_row_says_how_it_stands_and_why():
    assert {state for _number, state, _how in ROWS} == {"met", "part", "no", "n/a", "operator"}
    assert all(len(how) > 3 for _number, _state, how in ROWS)
    said = PAGE.split("## V1 ")[0]
    for number, state, _how in ROWS:
        if state == "no":
            assert number in said, f"{number} is not met, and the beginning of the page does not say so"


@pytest.mark.parametrize("row", ROWS, ids=[number for number, _state, _how in ROWS])
def test_what_a_row_names_is_there(row):
    file = ""
    for named in re.findall(r"`([^`]+)`", row[2]):
        if named.startswith("test_"):
            assert f"def {named}(" in file, named
        elif re.match(r"(tests|docs|deploy|scripts|requirements)/|pyproject", named):
            path = ROOT / named
            assert path.exists(), named
            file = path.read_text(encoding="utf-8") if path.is_file() else ""


@pytest.mark.django_db
def test_what_is_shown_to_who_signed_in_is_kept_by_no_browser(client):
    client.force_login(somebody("anna", "bom"))
    page = client.get("/inbox/")
    assert "no-store" in page.headers["Cache-Control"]
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert page.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    left = client.post("/afmelden/")
    assert left.headers["Clear-Site-Data"] == '"cache", "storage"'


@pytest.mark.django_db
def test_cookies_are_for_this_site_and_the_session_for_no_script(client, settings):
    client.get("/aanmelden/")
    assert {one["samesite"] for one in client.cookies.values()} == {"Lax"}
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"
