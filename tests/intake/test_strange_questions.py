"""Whatever stands in an address or a form that somebody made up: an answer, and no failure."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from schakel.intake import actions
from schakel.intake.models import Origin
from tests.intake.delivering import write
from tests.intake.people import signed_in
from tests.intake.test_differing import compare
from tests.making import actor_for

pytestmark = pytest.mark.django_db
STRANGE = ("\x00", "²", "-1", "9" * 30, "é" * 300, "'\"<>", "a\nb", "\ud7ff")
NAMES = {
    "": ("year", "state", "page", "origin", "sort"),
    "kwaliteit/": ("year",),
    "{}/bevindingen/": ("sheet", "severity", "kind", "task", "waived", "check", "page", "sort"),
    "{}/verschil/": ("kind", "outcome", "page", "sort"),
    "{}/ontvangst/": ("kind", "outcome", "page", "sort"),
    "{}/verdwenen/": ("page", "sort", "kind"),
    "{}/koppeling/": ("open", "table", "field"),
    "{}/stand/": ("told",),
}


@pytest.mark.parametrize("path", NAMES)
def test_a_strange_question_is_answered(path, tmp_path):
    steward = signed_in("bom", "steward")
    page = "/aanleveringen/" + path.format(compare("bom", write(tmp_path / "d")).pk)
    for name in NAMES[path]:
        for value in STRANGE:
            assert steward.get(f"{page}?{urlencode({name: value})}").status_code < 500, (name, value)


@pytest.mark.parametrize("path", ["/zoeken/", "/zoeken/snel/", "/inbox/", "/records/", "/hulp/"])
def test_a_strange_question_elsewhere_is_answered(path):
    steward = signed_in("bom", "steward")
    for name in ("q", "soort", "jaar", "page", "show", "whose", "when", "pagina"):
        for value in STRANGE:
            assert steward.get(f"{path}?{urlencode({name: value})}").status_code < 500, (name, value)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/namens/", "role"),
        ("/namens/", "next"),
        ("/inbox/gelezen/", "item"),
        ("/aanleveringen/{}/verdwenen/", "record"),
        ("/aanleveringen/{}/gesprek/", "remark-person"),
        ("/aanleveringen/{}/bevindingen/overdragen/", "person"),
        ("/aanleveringen/{}/koppeling/", "made_from"),
    ],
)
def test_a_strange_form_is_answered(path, name):
    steward = signed_in("bom", "steward")
    begun = actions.begin_delivery(actor=actor_for("bom"), period=2023, origin=Origin.SCREEN)
    for value in (*STRANGE, "9" * 5000):
        answer = steward.post(path.format(begun.pk), {name: value})
        assert answer.status_code < 500, (name, value)
        assert not answer.headers.get("Location", "/").startswith(("//", "http"))
