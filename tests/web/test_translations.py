"""Every string of the shell has its Dutch, and the check that says so sees what is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from schakel.web import glossary
from scripts import check_translations
from scripts.check_translations import messages, translations


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of one room, with a string in Python and two in a template."""
    monkeypatch.setattr(check_translations, "ROOT", tmp_path)
    folder = tmp_path / "schakel" / "room"
    (folder / "templates").mkdir(parents=True)
    (folder / "views.py").write_text('from x import gettext as _\nTITLE = _("Title")\n')
    (folder / "templates" / "page.html").write_text(
        "{% load i18n %}<p>\n  {% translate 'Welcome' %}\n</p>{% blocktranslate count n=n %}One row"
        "{% plural %}{{ n }} rows{% endblocktranslate %}"
    )
    return folder


def catalogue(room: Path, entries: str) -> None:
    path = room / "locale/nl/LC_MESSAGES/django.po"
    path.parent.mkdir(parents=True)
    path.write_text('msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n' + entries)


def test_the_shell_is_translated_whole() -> None:
    known, doubtful = translations()
    own = [message for message in messages() if message.place.startswith("schakel/web/")]
    assert len(own) > 50
    assert [message for message in own if message.key not in known] == []
    assert [place for place in doubtful if place.startswith("schakel/web/")] == []


def test_strings_of_python_and_templates_are_found_with_their_place(room: Path) -> None:
    found = {(message.text, message.plural): message.place for message in messages()}
    assert found.keys() == {("Title", ""), ("Welcome", ""), ("One row", "%(n)s rows")}
    assert found["Title", ""] == "schakel/room/views.py:2"
    assert found["Welcome", ""] == "schakel/room/templates/page.html:2"


def test_an_empty_translation_is_none(room: Path) -> None:
    catalogue(
        room,
        'msgid "Title"\nmsgstr "Titel"\n\nmsgid "Welcome"\nmsgstr ""\n\n'
        'msgid "One row"\nmsgid_plural "%(n)s rows"\nmsgstr[0] "Eén rij"\nmsgstr[1] ""\n',
    )
    known, doubtful = translations()
    assert known == {("", "Title")}
    assert doubtful == []


def test_a_translation_marked_as_doubtful_is_named(room: Path) -> None:
    catalogue(room, '#, fuzzy\nmsgid "Title"\nmsgstr "Titel?"\n')
    assert len(translations()[1]) == 1


def test_the_glossary_uses_the_agreed_words() -> None:
    assert glossary.TERMS["delivery"].word.nl == "aanlevering"
    assert glossary.TERMS["foreign_case"].word.nl == "acquisitieproject"
    assert glossary.TERMS["consortium_lead"].word.nl == "penvoerder"
