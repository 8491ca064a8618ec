"""A party's administrator reads what its people did and what others did with what is its own, and nothing else."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.db import connection

from schakel.network.queries import party
from schakel.sharing.agreements import Opened
from schakel.sharing.looking import saw
from schakel.sharing.models import Depth
from schakel.trail.actions import forget_origins, note, seal
from schakel.trail.actors import Actor
from schakel.trail.acts import act, verbs
from schakel.trail.models import Entry, Origin
from schakel.trail.queries import first_broken_seal
from schakel.trail.whence import Channel, coming_from
from tests.making import acts, as_owner, organisation

from ...inbox.people import somebody
from ..agreeing import agreement
from ..mandates import OFFICE, mandate, office
from ..people.characters import administrator, client_of, of

pytestmark = pytest.mark.django_db


def text(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_an_administrator_reads_what_their_people_did_and_no_line_of_another_party():
    boss, other = administrator("bom"), administrator("nom")
    for person, slug, reason in ((boss, "bom", "brabants"), (other, "nom", "noordelijk")):
        with acts(slug):
            note(actor=of(person, slug), verb="withdrew", kind="project", objects=[7], reason=reason)
    page = text(client_of(boss).get("/logboek/"))
    assert "brabants" in page
    assert "noordelijk" not in page
    assert "trok in" in page


def test_who_is_no_administrator_reads_no_log_and_that_is_a_line():
    reader = somebody("Ria", "bom", "reader")
    assert client_of(reader).get("/logboek/").status_code == 403
    page = text(client_of(administrator("bom")).get("/logboek/?wat=*refusal"))
    assert "Ria" in page
    assert "logbook:lines (403)" in page


def test_a_look_under_an_agreement_is_a_line_that_the_owner_reads_with_who_and_why():
    with acts("bom") as bom:
        record = organisation(bom)
    agreed = agreement("bom", ("nom",), Opened("organisation", Depth.FULL))
    viewer = somebody("Noor", "nom", "reader")
    assert client_of(viewer).get(f"/records/organisation/{record.pk}/").status_code == 200
    with acts("bom"):
        line = Entry.objects.get(concerns_id=party("bom").pk, verb="opened")
    assert (line.owner_id, line.person_id, line.objects_ids) == (party("nom").pk, viewer.pk, [record.pk])
    assert line.under == f"agreement {agreed.pk}"
    page = text(client_of(administrator("bom")).get("/logboek/?wat=*look"))
    assert "Noor, NOM" in page
    assert f"afspraak {agreed.pk}" in page


def test_a_sight_is_one_line_and_what_is_its_own_stands_apart_from_anothers():
    with acts("bom") as bom:
        mine = organisation(bom)
    with acts("nom") as nom:
        other = organisation(nom)
    agreement("nom", ("bom",), Opened("organisation", Depth.FULL))
    boss = administrator("bom")
    with acts("bom"):
        before = Entry.objects.count()
        saw(
            actor=of(boss),
            verb="listed",
            kind="organisation",
            seen=[(mine.owner_id, mine.pk), (other.owner_id, other.pk)],
        )
        written = Entry.objects.order_by("pk")[before:]
        assert {(tuple(line.objects_ids), line.concerns_id) for line in written} == {
            ((mine.pk,), None),
            ((other.pk,), other.owner_id),
        }


def test_an_auditor_reads_the_log_of_who_gave_a_mandate_and_the_giver_reads_that():
    office()
    auditor = somebody("Aad", OFFICE, "auditor")
    with acts("bom"):
        note(actor=of(administrator("bom")), verb="withdrew", kind="project", objects=[7], reason="brabants")
    client = client_of(auditor)
    assert "brabants" not in text(client.get("/logboek/"))
    given = mandate("bom")
    assert "brabants" in text(client.get("/logboek/"))
    with acts("bom"):
        looks = Entry.objects.filter(concerns_id=party("bom").pk, kind="trail")
        assert {line.under for line in looks} == {f"mandate {given.pk}"}


def test_from_where_stands_with_the_line_and_goes_without_breaking_the_chain(settings):
    settings.TRAIL_ADDRESS, settings.PROXIES = "whole", 1
    boss = administrator("bom")
    client = client_of(boss)
    client.get("/mensen/", headers={"x-forwarded-for": "6.6.6.6, 192.0.2.77"})
    client.get("/logboek/", headers={"x-forwarded-for": "192.0.2.77"})
    page = text(client.get("/logboek/?adres=192.0.2.77&via=page"))
    assert "pagina, 192.0.2.77" in page
    assert "6.6.6.6" not in page
    seal()
    with as_owner():
        assert forget_origins(person=boss.pk) > 0
        assert not Origin.objects.filter(person_id=boss.pk).exists()
    assert first_broken_seal() is None
    assert "192.0.2.77" not in text(client.get("/logboek/"))


@pytest.mark.parametrize(("keeps", "kept"), [("network", {"192.0.2.0"}), ("whole", {"192.0.2.77"}), ("none", set())])
def test_as_much_of_an_address_is_kept_as_the_administrator_says(settings, keeps, kept):
    settings.TRAIL_ADDRESS = keeps
    client_of(administrator("bom")).get("/logboek/", REMOTE_ADDR="192.0.2.77")
    with acts("bom"):
        assert set(Origin.objects.values_list("address", flat=True)) == kept


def test_another_party_that_reads_a_line_does_not_read_from_where_it_was():
    with acts("nom"), coming_from(Channel.PAGE, "192.0.2.5"):
        actor = of(administrator("nom"), "nom")
        note(actor=actor, verb="opened", kind="organisation", objects=[1], concerns=party("bom").pk)
    page = text(client_of(administrator("bom")).get("/logboek/"))
    assert "Beheer-nom" in page
    assert "192.0.2.5" not in page


def test_a_file_has_what_the_page_shows_and_is_a_line_itself():
    boss = administrator("bom")
    with acts("bom"):
        for number in range(3):
            note(actor=of(boss), verb="withdrew", kind="project", objects=[number], reason='=HYPERLINK("x")')
    client = client_of(boss)
    answer = client.get("/logboek/bestand/csv/?wat=withdrew&soort=project")
    content = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content), delimiter=";"))
    assert [row["numbers"] for row in rows] == ["2", "1", "0"]
    assert rows[0]["reason"].startswith("'=")
    with acts("bom"):
        line = Entry.objects.get(verb="exported", kind="trail")
    assert line.detail == {"asked": ["kind", "what"], "form": "csv", "lines": 3}
    assert client.get("/logboek/bestand/xlsx/").status_code == 200
    assert client.get("/logboek/bestand/exe/").status_code == 404
    assert client.get("/logboek/bestand/csv/?van=gisteren").status_code == 404


def test_one_line_shows_all_it_holds_with_its_seal_and_not_that_of_another():
    with acts("bom"):
        note(actor=of(administrator("bom")), verb="withdrew", kind="project", objects=[7], reason="dubbel", how="thus")
        mine = Entry.objects.get(reason="dubbel")
    with acts("nom"):
        note(actor=of(administrator("nom"), "nom"), verb="withdrew", kind="project", objects=[7], reason="vreemd")
        other = Entry.objects.get(reason="vreemd")
    seal()
    client = client_of(administrator("bom"))
    page = text(client.get(f"/logboek/{mine.pk}/"))
    assert "how: thus" in page
    assert re.search(r"\d+ · [0-9a-f]{64}", page)
    assert client.get(f"/logboek/{other.pk}/").status_code == 404


def test_what_no_party_and_nobody_did_is_the_secretariats_to_read():
    note(actor=of_nobody(), verb="failed to sign in", kind="person")
    assert "probeerde zich aan te melden" in text(client_of(administrator("rom-nederland")).get("/logboek/"))
    page = client_of(administrator("bom")).get("/logboek/?wat=failed+to+sign+in")
    assert "Geen regel zegt dit" in text(page)


def of_nobody():
    from schakel.trail.actors import Actor

    return Actor(party=None)


def test_the_database_itself_refuses_a_line_of_another_and_to_alter_an_address():
    with acts("nom"), coming_from(Channel.PAGE, "192.0.2.5"):
        note(actor=of(administrator("nom"), "nom"), verb="withdrew", kind="project")
    with acts("bom"), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM trail_entry WHERE verb = 'withdrew'")
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT count(*) FROM trail_origin")
        assert cursor.fetchone() == (0,)


def test_a_verb_stands_around_what_it_was_done_with_as_its_language_has_it():
    withdrew = act("withdrew", "project")
    assert withdrew is not None
    assert withdrew.of("innovatieproject 7", "nl") == "trok innovatieproject 7 in"
    assert withdrew.of("innovation project 7", "en") == "withdrew innovation project 7"
    signed_in = act("signed in")
    assert signed_in is not None
    assert signed_in.words.nl == "meldde zich aan"
    assert not [one for one in verbs().values() if "…" in one.words.nl + one.words.en]
    assert not [one for one in verbs().values() if one.around.nl.count("…") > 1 or one.around.en.count("…") > 1]


def test_what_the_system_did_itself_is_said_in_words_and_found_by_them():
    with acts("bom"):
        note(actor=Actor(party=party("bom").pk, process="worker"), verb="withdrew", kind="project", objects=[7])
    client = client_of(administrator("bom"))
    page = text(client.get("/logboek/?wie=op+de+achtergrond"))
    assert "Schakel, op de achtergrond" in page
    assert "trok innovatieproject 7 in" in page
    assert "Schakel, op de achtergrond" not in text(client.get("/logboek/?wie=op+de+voorgrond")).split("Regels")[-1]
