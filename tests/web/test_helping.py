"""Help for each page: a link on the page, and a text for every page there is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from schakel.web import helping
from schakel.words import Words

# Addresses that show no page of their own: parts of pages, files, forms that lead on, the running itself.
NO_PAGE = {
    "search-quick": "a part of the page, while one types",
    "intake:file": "a file as it was sent",
    "intake:known": "a part of the page, while one types",
    "intake:standing": "a part of the page of a delivery",
    "intake:again": "a form that leads on",
    "intake:years": "leads on to the newest year",
    "intake:blank": "a blank workbook",
    "intake:checking": "a part of the pages of findings",
    "intake:mapping-example": "a part of the mapping page",
    "intake:mapping-download": "a file",
    "documents:package_file": "a file",
    "documents:package_remove": "a form that leads back",
    "intake:receipt-file": "a file",
    "intake:returned-file": "a file",
    "intake:piece": "a piece of a file",
    "intake:pieces": "pieces of a file",
    "intake:accept": "a form that leads on",
    "intake:add": "a form that leads on",
    "intake:change-edit": "a form that leads on",
    "intake:change-waiver": "a form that leads on",
    "intake:finish": "a form that leads on",
    "intake:hand": "a form that leads on",
    "intake:mapping-back": "a form that leads on",
    "intake:mend": "a form that leads on",
    "intake:mend-alike": "a form that leads on",
    "intake:take-back": "a form that leads on",
    "intake:take-out": "a form that leads on",
    "intake:talk-here": "a form that leads on",
    "intake:waive": "a form that leads on",
    "figures:comment_withdraw": "a form that leads on",
    "figures:explore_file": "a file",
    "figures:overview_pdf": "the overview on paper",
    "figures:year_closing": "a part of the page of a year",
    "figures:audit_taken": "a file",
    "figures:audit_trail": "a file",
    "register:confirm": "a form that leads on",
    "register:undo": "a form that leads on",
    "register:workbook-file": "a file",
    "logbook:file": "a file",
    "sharing:withdraw-token": "a form that leads on",
    "privacy:act": "a form that leads on",
    "privacy:export": "a file",
    "privacy:take-along": "a file",
    "privacy:ask-erasure": "a form that leads on",
    "people:take": "a form that leads on",
    "people:withdraw": "a form that leads on",
    "people:again": "a form that leads on",
    "inbox-open": "leads on to where the work is",
    "inbox-read": "a form that leads on",
    "inbox-done": "a form that leads on",
    "inbox-deputy": "a form that leads on",
    "inbox-deputy-ends": "a form that leads on",
    "account_login": "network:sign-in, by the name that allauth knows it by",
    "openid_connect_login": "a form that leads on",
    "openid_connect_callback": "leads on",
    "mfa_login_webauthn": "a form that leads on",
    "network:end-session": "a form that leads on",
    "network:end-other-sessions": "a form that leads on",
    "network:sign-out": "a form that leads on",
    "network:act-as": "a form that leads on",
    "web:set_language": "a form that leads on",
    "web:help": "the help itself",
    "web:glossary": "says what it is in its first line",
    "web:accessibility": "a statement, not a page to work with",
    "cli:live": "for the server, not for people",
    "cli:ready": "for the server, not for people",
    "cli:metrics": "for the server, not for people",
}


def names(resolver: URLResolver | None = None, before: str = "") -> Iterator[str]:
    """The names of all addresses, with their namespace."""
    for entry in (resolver or get_resolver("schakel.urls")).url_patterns:
        if isinstance(entry, URLPattern) and entry.name:
            yield before + entry.name
        elif isinstance(entry, URLResolver):
            yield from names(entry, f"{before}{entry.namespace}:" if entry.namespace else before)


def test_every_page_has_help():
    pages = {name for name in names() if not name.startswith("api-")}  # the API describes itself
    missing = pages - helping.helped() - set(NO_PAGE)
    assert not missing, f"no help for: {', '.join(sorted(missing))}"


def test_help_is_for_pages_that_are_there():
    assert helping.helped() - set(names()) == set()
    assert set(NO_PAGE) <= set(names())


def test_a_page_has_one_help():
    with pytest.raises(ValueError, match="two helps"):
        helping.register("search", Words("x", "x"), Words("x", "x"))
    with pytest.raises(ValueError, match="says nothing"):
        helping.register("new", Words("x", "x"))


@pytest.mark.urls("schakel.urls")
@pytest.mark.django_db
@pytest.mark.parametrize(("language", "heading"), [("nl", "Hulp: Zoeken"), ("en", "Help: Search")])
def test_the_help_page_begins_with_the_page_one_came_from(client, language, heading):
    page = client.get("/hulp/?pagina=search", headers={"accept-language": language}).content.decode()
    assert heading in page
    assert page.index(heading) < page.index("<ol")  # and then how Schakel works


@pytest.mark.urls("schakel.urls")
@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["", "nonsense", "<script>", "intake:nothing"])
def test_an_unknown_page_gets_the_general_help(client, asked):
    page = client.get("/hulp/", {"pagina": asked}, headers={"accept-language": "en"}).content.decode()
    assert '<h1 class="nl-heading nl-heading--level-1">Help</h1>' in page
    assert "<script>" not in page


@pytest.mark.urls("schakel.urls")
@pytest.mark.django_db
def test_a_page_links_to_its_own_help(client):
    assert "/hulp/?pagina=network%3Asign-in" in client.get("/aanmelden/").content.decode()
