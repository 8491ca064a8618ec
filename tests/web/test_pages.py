"""The shell's own pages, the headers they carry, and what is said when something is wrong."""

from __future__ import annotations

import re

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from schakel.web import glossary
from schakel.web.security import CONTENT_SECURITY_POLICY

pytestmark = pytest.mark.usefixtures("shell")
PATHS = ("/hulp/", "/begrippen/", "/toegankelijkheid/", "/stijl/", "/geen-pagina/", "/verboden/")


@pytest.fixture
def client() -> Client:
    return Client(raise_request_exception=False, enforce_csrf_checks=True, headers={"accept-language": "nl"})


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_has_the_strict_headers(client: Client, path: str) -> None:
    headers = client.get(path).headers
    assert headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


@pytest.mark.parametrize("path", PATHS)
def test_no_page_has_anything_the_policy_refuses(client: Client, path: str) -> None:
    html = client.get(path).content.decode()
    assert not re.search(r"\sstyle=|<style|\son\w+=|<script(?![^>]*\ssrc=)", html)
    assert not re.search(r'(?:src|href|action)="(?:https?:)?//', html)


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/geen-pagina/", 404, "Deze pagina is er niet"),
        ("/verboden/", 403, "Dit hoort niet bij uw rol"),
        ("/kapot/", 500, "Er ging iets mis bij ons"),
    ],
)
def test_errors_say_what_is_wrong_in_plain_words(client: Client, path: str, status: int, said: str) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert said in answer.content.decode()


def test_a_form_without_a_token_is_told_that_nothing_was_saved(client: Client) -> None:
    answer = client.post(reverse("web:set_language"), {"language": "en"})
    assert answer.status_code == 403
    assert "Er is niets opgeslagen" in answer.content.decode()


def test_the_pages_for_broken_things_need_no_request() -> None:
    for name in ("400.html", "500.html"):
        html = render_to_string(name)
        assert 'lang="en"' in html
        assert "<form" not in html


def test_the_glossary_holds_every_word_in_alphabetical_order(client: Client) -> None:
    html = client.get("/begrippen/").content.decode()
    words = re.findall(r"<dfn>(.*?)</dfn>", html)
    assert len(words) == len(glossary.TERMS)
    assert words == sorted(words, key=str.casefold)


def test_the_glossary_speaks_english_too(client: Client) -> None:
    html = client.get("/begrippen/", headers={"accept-language": "en"}).content.decode()
    assert "<dfn>foreign case</dfn>" in html


@pytest.mark.parametrize("term", glossary.TERMS.values(), ids=glossary.TERMS)
def test_a_term_has_words_and_meaning_in_both_languages(term: glossary.Term) -> None:
    texts = (term.word.nl, term.word.en, term.meaning.nl, term.meaning.en)
    assert all(text.strip() for text in texts)
    assert all(text.endswith(".") for text in texts[2:])


def test_who_acts_and_for_whom_stands_on_every_page(client: Client) -> None:
    html = client.get("/hulp/").content.decode()
    assert "M. de Vries" in html
    assert "Oost NL" in html
    assert f'action="{reverse("network:sign-out")}"' in html
