"""An agreement and a person have a history too: what a draft said before, who signed, which roles came and went."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from schakel.network.models import RoleHeld
from schakel.network.queries import party
from schakel.sharing.agreements import Opened, draft, end, propose, sign
from schakel.sharing.models import Depth, Reach
from schakel.sharing.people.giving import give, take
from schakel.trail.models import Entry
from tests.making import actor_for, acts

from ...inbox.people import somebody
from ..agreeing import agreement, said
from ..people.characters import administrator, client_of, of

pytestmark = pytest.mark.django_db


def history(answer) -> str:
    """The history on a page, as it is read."""
    part = answer.content.decode().partition('id="history"')[2]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", part))


def test_a_draft_that_was_changed_says_what_it_opened_and_named_before():
    boss = administrator("bom")
    first = said("bom", ("nom",), Opened("organisation", Depth.KNOWN))
    made = draft(actor=of(boss), said=first)
    opens = (Opened("organisation", Depth.FULL, Reach.THINGS, ("R1",)),)
    second = replace(first, opened=opens, purpose="Wie niet in een regel mag: Jan Jansen")
    third = replace(second, named=said("bom", ("oost-nl",)).named)
    made = draft(actor=of(boss), said=second, instead_of=made.pk)
    made = draft(actor=of(boss), said=third, instead_of=made.pk)
    page = history(client_of(boss).get(f"/afspraken/{made.pk}/"))
    assert "Organisatie: bekend: dat zij het kennen en wie te vragen" in page or "bekend" in page
    assert "die met nummer R1" in page
    assert re.search(r"NOM \(ontvangt\).* → .*Oost NL \(ontvangt\)", page)
    assert page.count("wijzigde het concept van") == 2
    assert page.count("stelde op") == 1
    with acts("bom"):
        for line in Entry.objects.filter(kind="agreement"):
            assert "Jansen" not in str(line.detail)


def test_each_party_reads_who_signed_and_ended_also_of_the_others():
    agreed = agreement("bom", ("nom", "oost-nl"), Opened("organisation", Depth.FULL))
    end(actor=actor_for("oost-nl"), agreement_id=agreed.pk, reason="niet meer nodig")
    for slug in ("bom", "nom", "oost-nl"):
        page = history(client_of(administrator(slug)).get(f"/afspraken/{agreed.pk}/"))
        assert page.count("tekende") == 3, slug
        assert "niet meer nodig" in page


def test_a_party_that_is_not_named_reads_nothing_of_it():
    agreed = agreement("bom", ("nom",), Opened("organisation", Depth.FULL))
    assert client_of(administrator("oost-nl")).get(f"/afspraken/{agreed.pk}/").status_code == 404


def test_roles_that_came_and_went_are_on_the_page_of_a_person_with_who_gave_them():
    boss, ria = administrator("bom"), somebody("ria", "bom", "reader")
    given = give(actor=of(boss), person=ria.pk, at=party("bom"), role="steward")
    take(actor=of(boss), held=RoleHeld.objects.get(pk=given.pk))
    page = history(client_of(boss).get(f"/mensen/bom/{ria.pk}/"))
    assert re.search(r"Beheer-bom.*Rol: – → datasteward", page)
    assert re.search(r"Beheer-bom.*Rol: datasteward → –", page)


def test_what_another_party_did_with_a_person_of_both_is_not_on_the_page_of_the_first():
    boss, other = administrator("bom"), administrator("nom")
    ria = somebody("ria", "bom", "reader")
    somebody("ria", "nom", "reader")
    give(actor=of(other, "nom"), person=ria.pk, at=party("nom"), role="steward")
    assert "datasteward" not in history(client_of(boss).get(f"/mensen/bom/{ria.pk}/"))


def test_a_draft_that_is_proposed_as_it_was_says_so_in_one_line():
    boss = administrator("bom")
    made = draft(actor=of(boss), said=said("bom", ("nom",), Opened("organisation", Depth.FULL)))
    propose(actor=of(boss), agreement_id=made.pk)
    sign(actor=of(boss), agreement_id=made.pk, signed_as="directeur")
    page = history(client_of(boss).get(f"/afspraken/{made.pk}/"))
    assert "stelde op" in page
    assert "stelde voor" in page
