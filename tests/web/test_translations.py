"""The check of translations finds what is missing, and finds nothing in the shell."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from schakel.web import glossary
from scripts import check_translations
from scripts.check_translations import CATALOGUE, ROOT, strings

WEB = ROOT / "schakel" / "web"


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A room with a string in Python and two in a template."""
    monkeypatch.setattr(check_translations, "ROOT", tmp_path)
    folder = tmp_path / "schakel" / "room"
    (folder / "templates").mkdir(parents=True)
    (folder / "__init__.py").write_text("")
    (folder / "views.py").write_text('from x import gettext as _\nTITLE = _("Title")\n')
    (folder / "templates" / "page.html").write_text(
        "{% load i18n %}<p>\n  {% translate 'Welcome' %}\n</p>{% blocktranslate count n=n %}One row"
        "{% plural %}{{ n }} rows{% endblocktranslate %}"
    )
    return folder


def test_the_shell_is_translated_whole() -> None:
    own = check_translations._read(WEB / CATALOGUE)
    assert list(check_translations._faults(WEB, [own])) == []
    assert len(own) > 50


def test_strings_of_python_and_templates_are_found(room: Path) -> None:
    found = {message.id for message in strings(room) if message.id}
    assert found == {"Title", "Welcome", ("One row", "%(n)s rows")}


def test_each_missing_string_is_named_with_its_place(room: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check_translations.main([]) == 1
    said = capsys.readouterr().err
    assert "schakel/room/views.py:2: not translated: 'Title'" in said
    assert "'Welcome'" in said
    assert "'One row'" in said


def test_a_doubtful_translation_is_no_translation(room: Path) -> None:
    catalogue = Catalog(locale="nl")
    catalogue.add("Title", "Titel", flags=["fuzzy"])
    catalogue.add("Welcome", "Welkom")
    catalogue.add(("One row", "%(n)s rows"), ("Eén rij", ""))
    faults = list(check_translations._faults(room, [catalogue]))
    assert [fault.split(": ", 1)[1] for fault in faults] == ["not translated: 'One row'", "fuzzy: 'Title'"]


def test_missing_strings_can_be_added_to_be_filled_in(room: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check_translations.main(["--add"]) == 1
    path = room / CATALOGUE
    path.write_text(path.read_text().replace('msgid "Title"\nmsgstr ""', 'msgid "Title"\nmsgstr "Titel"'))
    check_translations.main(["--add"])
    assert 'msgstr "Titel"' in path.read_text()
    assert "'Title'" not in capsys.readouterr().err.splitlines()[-1]


def test_the_glossary_uses_the_agreed_words() -> None:
    assert glossary.TERMS["delivery"].word.nl == "aanlevering"
    assert glossary.TERMS["foreign_case"].word.nl == "acquisitieproject"
    assert glossary.TERMS["consortium_lead"].word.nl == "penvoerder"
