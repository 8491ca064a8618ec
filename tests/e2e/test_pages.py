"""Every page in both languages at two widths: nothing for axe to find, nothing that sticks out."""

from __future__ import annotations

import pytest

from tests.e2e.browser import NARROW, REFLOW, WIDE, assert_accessible, assert_fits

PAGES = {
    "steward": (
        "/",
        "/?voor=netwerk&kaart=invested_eur",
        "/?voor=provincie-nb",
        "/cijfers/definities/",
        "/cijfers/innovation_projects/",
        "/cijfers/invested_eur/",
        "/cijfers/verkennen/",
        "/cijfers/verkennen/?i=companies_in_projects&rijen=province&kolommen=theme_kia",
        "/cijfers/verkennen/?i=invested_eur&i=follow_on_share&rijen=year&van=2022&tot=2023",
        "/cijfers/verkennen/weergaven/",
        "/cijfers/innovation_projects/lijst/",
        "/cijfers/doelen/",
        "/cijfers/doelen/nieuw/",
        "/cijfers/invested_eur/verwachting/?year=2022",
        "/cijfers/invested_eur/opmerkingen/?year=2023",
        "/cijfers/meldingen/",
        "/aanleveringen/",
        "/aanleveringen/nieuw/",
        "{delivery}",
        "{delivery}bevindingen/",
        "{delivery}bevindingen/?waived=all&severity=error",
        "{delivery}bevindingen/?check=reference.unknown",
        "{delivery}wijzigingen/",
        "{delivery}gesprek/",
        "/aanleveringen/taken/",
        "{delivery}koppeling/",
        "{delivery}koppeling/?open=1",
        "/koppelingen/",
        "/koppelingen/1/",
        "{record}",
        "{record}wijzigen/volume/",
        "{record}wijzigen/themes/",
        "{record}intrekken/",
        "{delivery}verschil/",
        "{delivery}ontvangst/",
        "{delivery}verdwenen/",
        "{delivery}werkboek/",
        "{waiting}verschil/",
        "{waiting}verschil/?kind=project&outcome=changed",
        "{waiting}ontvangst/",
        "/records/?jaar=2023",
        "/records/organisation/nieuw/?jaar=2023",
        "/records/investment/nieuw/?jaar=2023",
        "/inbox/",
        "/inbox/?show=told",
        "/inbox/?show=done",
        "/inbox/voorkeuren/",
        "/zoeken/?q=zonneveld",
        "/zoeken/?q=nergens",
        "/hulp/?pagina=search",
        "/aanleveringen/jaar/2023/",
        "/aanleveringen/jaar/2023/certificeren/",
        "/aanleveringen/kwaliteit/",
        "/sleutels/",
        "/inzage/",
        "/nakijken/",
    ),
    "secretariat": (
        "/",
        "/cijfers/companies_in_projects/",
        "/cijfers/companies_in_projects/?stand=nu",
        "/cijfers/jaar/2023/",
        "/cijfers/jaar/2017/",
        "/cijfers/organen/",
        "/beheer/taken/",
        "/beheer/post/",
        "/inbox/",
        "/aanleveringen/jaar/2023/",
        "/aanleveringen/jaar/2023/bom/",
        "/aanleveringen/kwaliteit/",
    ),
    "ministry": (
        "/cijfers/jaar/2023/",
        "/cijfers/jaar/2017/",
        "/cijfers/innovation_projects/",
        "/cijfers/innovation_projects/lijst/",
        "/aanleveringen/",
    ),
}


def _addresses(page, site) -> dict[str, str]:
    """The addresses of a delivery, of one that waits and of a record, as a visitor would find them."""
    page.goto(f"{site.url}/aanleveringen/")
    first, second = (page.locator("main tbody tr").nth(number).locator("a").first for number in (0, 1))
    found = {"delivery": first.get_attribute("href"), "waiting": second.get_attribute("href")}  # of 2023, of 2022
    page.goto(f"{site.url}/cijfers/innovation_projects/lijst/?agency=bom")
    return found | {"record": page.locator("main td a, main th a").first.get_attribute("href")}


# Dutch words are the longer, so they must fit the narrow page; what is heard is judged in both languages.
@pytest.mark.parametrize(("language", "width"), [("nl", NARROW), ("en", WIDE)])
@pytest.mark.parametrize("who", PAGES)
def test_every_page_is_accessible_and_fits(site, signed_in, who, language, width):
    page = signed_in(who, width=width, language=language)
    known = _addresses(page, site) if who == "steward" else {}
    for path in PAGES[who]:
        page.goto(site.url + path.format(**known))
        assert page.locator("html").get_attribute("lang") == language
        assert_accessible(page)
        assert_fits(page)
        if width == NARROW:  # and where it is made narrower still, or its letters larger
            page.set_viewport_size({"width": REFLOW, "height": 900})
            assert_fits(page)
            page.set_viewport_size({"width": NARROW, "height": 900})


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_sign_in_page_is_accessible_also_with_errors(site, page_at, language, width):
    page = page_at(width, language=language)
    page.goto(f"{site.url}/aanmelden/")
    assert_accessible(page)
    page.locator("input[name=username]").fill("nobody@example.org")
    page.locator("input[type=password]").fill("not the word")
    page.locator("main button[type=submit]").click()
    assert_accessible(page)
    assert_fits(page)
