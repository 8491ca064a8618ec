"""Every component in a real browser: accessible, fitting, usable by keyboard, under the strict policy."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import NARROW, REFLOW, WIDE, OpenPage, assert_accessible, assert_fits

PAGES = ("/stijl/?error=1&sort=-volume", "/hulp/", "/begrippen/", "/toegankelijkheid/", "/geen-pagina/", "/verboden/")


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_no_findings_of_axe(shell_server: str, page_at: OpenPage, width: int, language: str) -> None:
    page = page_at(width, language=language)
    for path in PAGES:
        page.goto(shell_server + path)
        assert page.locator("html").get_attribute("lang") == language
        assert_accessible(page)
        assert_fits(page)


def test_everything_opened_has_no_findings_either(shell_server: str, page_at: OpenPage) -> None:
    page = _style(shell_server, page_at, NARROW)
    page.get_by_text("Menu", exact=True).click()
    for summary in page.get_by_text("Toon als tabel").all():
        summary.click()
    page.get_by_role("button", name="ROM’s").click()
    assert_accessible(page)


def test_a_broken_page_says_so_in_both_languages(shell_server: str, page_at: OpenPage) -> None:
    page = page_at(NARROW)
    answer = page.goto(f"{shell_server}/kapot/")
    assert answer is not None
    assert answer.status == 500
    expect(page.get_by_role("heading", level=1)).to_have_text("Er ging iets mis bij ons")
    expect(page.get_by_text("Something went wrong on our side")).to_be_visible()
    assert_accessible(page)


def test_it_reflows_at_320_pixels(shell_server: str, page_at: OpenPage) -> None:
    assert_fits(_style(shell_server, page_at, REFLOW))


def test_no_word_breaks_in_the_middle_on_a_phone(shell_server: str, page_at: OpenPage) -> None:
    page = _style(shell_server, page_at, NARROW)
    heights = page.locator("table td span, table th[scope=row]").evaluate_all(
        "cells => cells.filter(c => !/\\s/.test(c.textContent.trim()) && c.getClientRects().length > 1).length"
    )
    assert heights == 0


def test_a_table_becomes_cards_that_name_their_columns(shell_server: str, page_at: OpenPage) -> None:
    page = _style(shell_server, page_at, NARROW)
    cell = page.locator(".table--cards td[data-label=Projecten]").first
    assert cell.evaluate("cell => getComputedStyle(cell, '::before').content") == '"Projecten"'
    expect(page.get_by_role("table", name="Innovatieprojecten 2023")).to_be_visible()


def test_a_wide_table_scrolls_within_a_named_region_that_takes_focus(shell_server: str, page_at: OpenPage) -> None:
    region = _style(shell_server, page_at, NARROW).get_by_role("region", name="Cijfers naar ROM")
    region.focus()
    expect(region).to_be_focused()
    assert region.evaluate("region => region.scrollWidth > region.clientWidth")


def test_the_first_tab_offers_to_skip_to_the_content(shell_server: str, page_at: OpenPage) -> None:
    page = _style(shell_server, page_at, WIDE)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Direct naar de inhoud")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_every_stop_of_the_keyboard_shows_where_it_is(shell_server: str, page_at: OpenPage) -> None:
    page = _style(shell_server, page_at, WIDE)
    seen: list[str] = []
    for _stop in range(40):
        page.keyboard.press("Tab")
        style, name = page.locator(":focus").evaluate(
            "it => [getComputedStyle(it).outlineStyle, it.tagName + ' ' + it.textContent.trim().slice(0, 30)]"
        )
        assert style != "none", name
        seen.append(name)
    assert len(set(seen)) > 30


def test_the_menu_folds_without_script(shell_server: str, page_at: OpenPage) -> None:
    page = page_at(NARROW, java_script_enabled=False)
    page.goto(f"{shell_server}/stijl/")
    link = page.get_by_role("link", name="Cijfers", exact=True).last
    expect(page.locator(".bar__fold")).to_be_hidden()
    page.get_by_text("Menu", exact=True).click()
    expect(page.locator(".bar__fold")).to_be_visible()
    expect(link).to_be_visible()


def test_a_term_opens_its_meaning_without_script(shell_server: str, page_at: OpenPage) -> None:
    page = page_at(WIDE, java_script_enabled=False)
    page.goto(f"{shell_server}/stijl/")
    meaning = page.get_by_text("Regionale ontwikkelingsmaatschappij: een van de negen")
    expect(meaning).to_be_hidden()
    page.get_by_role("button", name="ROM’s").press("Enter")
    expect(meaning).to_be_visible()
    page.keyboard.press("Escape")
    expect(meaning).to_be_hidden()


def test_the_language_switch_keeps_the_page(shell_server: str, page_at: OpenPage) -> None:
    page = page_at(WIDE)
    page.goto(f"{shell_server}/stijl/?sort=-projects")
    page.get_by_role("button", name="English").click()
    assert page.url.endswith("/stijl/?sort=-projects")
    assert page.locator("html").get_attribute("lang") == "en"
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def test_a_column_sorts_by_a_link(shell_server: str, page_at: OpenPage) -> None:
    page = _style(shell_server, page_at, WIDE)
    page.get_by_role("link", name=re.compile("Projecten.*sorteer oplopend")).click()
    head = page.locator("th[aria-sort=ascending]")
    expect(head).to_contain_text("Projecten")
    page.get_by_role("link", name=re.compile("Projecten.*sorteer aflopend")).click()
    expect(page.locator("th[aria-sort=descending]")).to_contain_text("Projecten")
    expect(page.locator("tbody th").first).to_have_text("Oost NL")


def test_the_error_summary_leads_to_the_field(shell_server: str, page_at: OpenPage) -> None:
    page = page_at(NARROW)
    page.goto(f"{shell_server}/stijl/?error=1")
    page.get_by_role("alert").get_by_role("link", name="KVK-nummer").click()
    field = page.get_by_label("KVK-nummer")
    expect(field).to_be_focused()
    expect(field).to_have_accessible_description("Acht cijfers Voer een geldige waarde in.")


def test_pictures_have_a_name_and_say_what_they_show(shell_server: str, page_at: OpenPage) -> None:
    page = _style(shell_server, page_at, WIDE)
    picture = page.get_by_role("img", name="Innovatieprojecten naar ROM")
    expect(picture).to_have_accessible_description(
        "BOM: 84; Horizon Flevoland: 21; Impuls Zeeland: 27; InnovationQuarter: 96; LIOF: 62; NOM: 71; "
        "Oost NL: 103; ROM InWest: 34; ROM Utrecht Region: 23."
    )


def test_on_paper_only_the_page_itself_is_left(shell_server: str, page_at: OpenPage) -> None:
    page = _style(shell_server, page_at, WIDE)
    page.emulate_media(media="print")
    for gone in (".bar--wide", ".search", ".filters", ".pages", ".acting"):
        expect(page.locator(gone).first).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def _style(server: str, page_at: OpenPage, width: int) -> Page:
    page = page_at(width)
    page.goto(f"{server}/stijl/")
    return page
