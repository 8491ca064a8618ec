"""The navigation shows what is for this visitor, and marks where they are."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from schakel.web import navigation
from schakel.web.navigation import DuplicateEntryError, Entry

pytestmark = pytest.mark.usefixtures("shell")


def shown(path: str = "/") -> list[tuple[str, str]]:
    return [(str(item.label), item.current) for item in navigation.items(RequestFactory().get(path))]


def test_entries_stand_in_order() -> None:
    navigation.register(Entry("Vooraan", "home", 0))
    assert [label for label, _current in shown("/elders/")] == ["Vooraan", "Cijfers", "Zoeken"]


def test_this_page_and_a_page_below_it_are_marked() -> None:
    assert ("Cijfers", "page") in shown("/stijl/")
    assert ("Cijfers", "true") in shown("/stijl/2023/")


def test_the_nearest_entry_is_the_current_one() -> None:
    navigation.register(Entry("Begin", "home", 0))
    assert [current for _label, current in shown("/zoeken/")] == ["", "", "page"]
    assert [current for _label, current in shown("/")] == ["page", "", ""]


def test_what_is_not_for_the_visitor_is_not_there() -> None:
    navigation.register(Entry("Geheim", "inbox", 9, visible=navigation.to_the_signed_in))
    assert "Geheim" not in [label for label, _current in shown()]


def test_two_rooms_cannot_claim_one_place() -> None:
    navigation.register(Entry("Cijfers", "style", 1))
    with pytest.raises(DuplicateEntryError):
        navigation.register(Entry("Anders", "style", 1))


def test_an_entry_can_be_taken_out() -> None:
    navigation.unregister("style")
    navigation.unregister("style")
    assert [label for label, _current in shown()] == ["Zoeken"]


def test_pages_that_belong_to_an_entry_mark_it() -> None:
    navigation.register(Entry("Werk", "inbox", 9, also=("home",)))
    assert ("Werk", "true") in shown("/")
    assert ("Werk", "") in shown("/stijl/")
