"""The pages of mappings: who may look and who may settle, what a wrong one says, and nobody's work is lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from schakel.intake import actions, mapping
from schakel.intake.delivering import deliver, examine_delivery, examine_in_background
from schakel.intake.models import ConfirmedMapping, Delivery
from schakel.network.queries import party
from schakel.sharing.roles import WORKER, database_role
from tests.intake.delivering import MAPPING, TABLES, write
from tests.intake.form_in_page import form_in, ids_in
from tests.making import actor_for, acts, give_role

pytestmark = pytest.mark.django_db
TWO_KINDS = "Projectnummer;Titel;Startdatum;Omvang;Relatienummer;Rol\nP1;Waterstof;01-03-2023;5;R1;partner\n"


def signed_in(slug: str, role: str, name: str = "") -> Client:
    """Somebody of a party who has signed in."""
    held = give_role(
        email=f"{name or role}@{slug}.example",
        name=name or role.capitalize(),
        party=party(slug),
        role=role,
        password="a-long-enough-word",
    )
    client = Client(headers={"accept-language": "nl"})
    client.force_login(held.person)
    return client


def sent(tmp_path: Path, slug: str = "bom", period: int = 2023, known: bool = False, **tables: str) -> Delivery:
    """A delivery that was read and checked, with or without a mapping from before."""
    if not known:  # a name that the proposal knows
        tables = {"investeringen": TABLES["investeringen"].replace(";Nr;", ";Relatienummer;")} | tables
    with database_role(WORKER):
        if known:
            actions.confirm_mapping(actor=actor_for(slug), text=MAPPING.format(agency=slug))
        folder = write(tmp_path / f"{slug}{period}", **tables)
        return deliver(actor=actor_for(slug), party=party(slug), period=period, paths=[folder], accept=False).delivery


def checked_again(delivery: Delivery) -> None:
    """The worker has done what was asked of it."""
    with database_role(WORKER):
        examine_in_background(actor=actor_for(delivery.owner.slug), delivery_id=delivery.pk)


def stored(delivery: Delivery) -> Delivery:
    """The delivery as it is kept now."""
    with acts(delivery.owner.slug):
        return Delivery.objects.get(pk=delivery.pk)


def confirmed(slug: str = "bom") -> list[ConfirmedMapping]:
    """The mappings that a party confirmed, newest first."""
    with acts(slug) as owner:
        return list(ConfirmedMapping.objects.filter(owner=owner))


def address(delivery: Delivery) -> str:
    return f"/aanleveringen/{delivery.pk}/koppeling/"


def ticked(page: str) -> dict[str, str]:
    """The form of a page with every table ticked as all right."""
    return form_in(page) | {name: "1" for name in ids_in(page) if re.fullmatch(r"t\d+-right", name)}


def opened(client: Client, delivery: Delivery, table: str) -> tuple[str, int, dict[str, str]]:
    """The page with one table opened, its place in the form, and the form with everything ticked."""
    page = client.get(address(delivery)).content.decode()
    at = next(int(m[1]) for m in re.finditer(r'id="t(\d+)-name"[^>]*>([^<]+)', page) if m[2].strip() == table)
    page = client.get(f"{address(delivery)}?open={at}").content.decode()
    return page, at, ticked(page)


class TestFirstDelivery:
    def test_everything_is_proposed_beside_the_sheets_own_rows(self, tmp_path):
        delivery = sent(tmp_path)
        page, _at, _form = opened(signed_in("bom", "steward"), delivery, "projecten")
        assert "Waterstof in de wijk" in page
        assert "250.000,00" in page
        assert "€\xa0250.000,00" in page
        assert "1\xa0maart\xa02023" in page
        assert "waarom?" in page

    def test_how_dates_are_written_is_said_in_the_readers_letters_and_kept_in_the_mappings(self, tmp_path):
        steward, delivery = signed_in("bom", "steward"), sent(tmp_path)
        for language, said in (("nl", "dd-mm-jjjj"), ("en", "dd-mm-yyyy")):
            steward.defaults["HTTP_ACCEPT_LANGUAGE"] = language
            page, _at, _form = opened(steward, delivery, "projecten")
            assert re.search(rf'<option value="dd-mm-yyyy"[^>]*>{said}</option>', page), language
        assert "jjjj" not in page

    def test_one_act_settles_it_for_this_delivery_and_those_after_it(self, tmp_path):
        delivery, steward = sent(tmp_path), signed_in("bom", "steward")
        page = steward.get(address(delivery)).content.decode()
        answer = steward.post(address(delivery), ticked(page) | {"use": "1"})
        assert answer.status_code == 302
        assert stored(delivery).mapping_settled
        assert [m.text for m in confirmed()] == [stored(delivery).mapping]
        assert mapping.parse(stored(delivery).mapping) == mapping.parse(delivery.mapping)

    def test_it_can_be_for_this_delivery_only(self, tmp_path):
        delivery, steward = sent(tmp_path), signed_in("bom", "steward")
        page = steward.get(address(delivery)).content.decode()
        steward.post(address(delivery), ticked(page) | {"use": "1", "for": "this"})
        assert stored(delivery).mapping_settled
        assert confirmed() == []

    def test_a_table_that_nobody_looked_at_is_not_taken(self, tmp_path):
        delivery, steward = sent(tmp_path), signed_in("bom", "steward")
        form = form_in(steward.get(address(delivery)).content.decode())
        page = steward.post(address(delivery), form | {"use": "1"}).content.decode()
        assert not stored(delivery).mapping_settled
        linked = set(re.findall(r'href="#(t\d+-[\w-]+)"', page))
        assert len(linked) == len(TABLES)
        assert linked <= ids_in(page)

    def test_why_it_was_proposed_can_still_be_read_when_it_is_settled_and_checked_again(self, tmp_path):
        delivery, steward = sent(tmp_path), signed_in("bom", "steward")
        proposed = stored(delivery).proposal
        page = steward.get(address(delivery)).content.decode()
        steward.post(address(delivery), ticked(page) | {"use": "1"})
        checked_again(delivery)
        assert stored(delivery).proposal == proposed
        assert stored(delivery).proposed_tables == []
        page = steward.get(address(delivery)).content.decode()
        assert "heeft deze koppeling vastgesteld" in page
        assert "U hoeft hier niets te doen" in page
        assert not [name for name in ids_in(page) if name.endswith("-right")]


class TestNextYear:
    def test_only_the_header_that_changed_is_asked(self, tmp_path):
        changed = TABLES["projecten"].replace("Omvang", "Totale begroting")
        delivery = sent(tmp_path, known=True, projecten=changed)
        page = signed_in("bom", "steward").get(address(delivery)).content.decode()
        assert [name for name in ids_in(page) if name.endswith("-right")] == ["t1-right"]
        assert "Vorige keer kwam dit uit ‘Omvang’" in page
        assert "kolommen zoals vorige keer" in page
        assert "Alleen wat sinds de vorige keer veranderd is" in page

    def test_what_fits_is_read_as_last_time(self, tmp_path):
        delivery = sent(tmp_path, known=True)
        page = signed_in("bom", "steward").get(address(delivery)).content.decode()
        assert "U hoeft hier niets te doen" in page
        assert "zoals vorige keer" in page


class TestWrongMappings:
    def test_a_required_field_without_column_is_said_on_top_with_a_link_to_it(self, tmp_path):
        delivery, steward = sent(tmp_path), signed_in("bom", "steward")
        _page, at, form = opened(steward, delivery, "projecten")
        answer = steward.post(address(delivery), form | {f"t{at}-f-title-column": "", "use": "1"})
        page = answer.content.decode()
        assert f'href="#t{at}-f-title-column"' in page
        assert f"t{at}-f-title-column" in ids_in(page)
        assert "Dit veld is verplicht" in page
        assert not stored(delivery).mapping_settled

    def test_another_column_shows_its_examples_before_it_is_used(self, tmp_path):
        delivery, steward = sent(tmp_path), signed_in("bom", "steward")
        _page, at, form = opened(steward, delivery, "projecten")
        changed = form | {f"t{at}-f-volume-column": "B", f"t{at}-f-title-column": "", "use": "1"}
        page = steward.post(address(delivery), changed).content.decode()
        assert "U koos een andere kolom" in page
        assert "1 waarde wordt niets:" in page
        assert not stored(delivery).mapping_settled

    def test_a_value_of_no_list_is_asked(self, tmp_path):
        strange = TABLES["deelnemers"].replace("partner", "toeschouwer")
        delivery, steward = sent(tmp_path, deelnemers=strange), signed_in("bom", "steward")
        _page, at, form = opened(steward, delivery, "deelnemers")
        name = next(key for key, value in form.items() if value == "toeschouwer").replace("-v", "-c")
        assert name.startswith(f"t{at}-f-role-")
        page = steward.post(address(delivery), form | {"use": "1"}).content.decode()
        assert "Kies wat deze waarden worden: &#x27;toeschouwer&#x27;" in page
        assert steward.post(address(delivery), form | {name: "partner", "use": "1"}).status_code == 302
        table = next(t for t in mapping.parse(stored(delivery).mapping).tables if t.kind == "project_participant")
        assert table.fields["role"].codes["toeschouwer"] == "partner"

    def test_a_form_with_nonsense_in_it_changes_nothing(self, tmp_path):
        delivery, steward = sent(tmp_path), signed_in("bom", "steward")
        _page, at, form = opened(steward, delivery, "projecten")
        nonsense = {f"t{at}-row": "-3", f"t{at}-f-start-column": "ZZ", f"t{at}-f-volume-unit": "GBP", "base": "]["}
        page = steward.post(address(delivery), form | nonsense | {"use": "1"}).content.decode()
        assert f'href="#t{at}-' in page
        assert not stored(delivery).mapping_settled

    def test_a_table_can_be_left_unread_and_one_that_was_left_can_be_read(self, tmp_path):
        delivery, steward = sent(tmp_path), signed_in("bom", "steward")
        _page, at, form = opened(steward, delivery, "deelnemers")
        assert steward.post(address(delivery), form | {f"t{at}-kind": "", "use": "1"}).status_code == 302
        checked_again(delivery)
        assert "deelnemers" not in [t.table for t in mapping.parse(stored(delivery).mapping).tables]
        _page, at, form = opened(steward, delivery, "deelnemers")
        looked = steward.post(address(delivery), form | {f"t{at}-kind": "project_participant", "use": "1"})
        assert "U koos een andere soort" in looked.content.decode()
        again = ticked(looked.content.decode()) | {"use": "1"}
        assert again[f"t{at}-f-project-column"] == "A"
        assert steward.post(address(delivery), again).status_code == 302
        assert "deelnemers" in [t.table for t in mapping.parse(stored(delivery).mapping).tables]


class TestExamples:
    def test_a_choice_comes_back_with_what_its_values_become(self, tmp_path):
        delivery, steward = sent(tmp_path), signed_in("bom", "steward")
        _page, at, form = opened(steward, delivery, "projecten")
        where = f"{address(delivery)}voorbeeld/?table={at}&field=volume"
        row = steward.post(where, form | {f"t{at}-f-volume-unit": "EUR thousand"}).content.decode()
        assert "€\xa0250.000.000,00" in row
        assert f'id="t{at}-preview"' in row
        assert "<html" not in row
        assert not stored(delivery).mapping_settled

    def test_another_kind_gives_the_whole_table_anew(self, tmp_path):
        delivery, steward = sent(tmp_path), signed_in("bom", "steward")
        _page, at, form = opened(steward, delivery, "projecten")
        part = steward.post(f"{address(delivery)}voorbeeld/?table={at}", form | {f"t{at}-kind": "fund"})
        assert f"t{at}-f-capital-column" in ids_in(part.content.decode())

    def test_it_works_without_script_by_a_button(self, tmp_path):
        delivery, steward = sent(tmp_path), signed_in("bom", "steward")
        _page, at, form = opened(steward, delivery, "projecten")
        page = steward.post(address(delivery), form | {f"t{at}-f-volume-unit": "EUR million", "look": "1"})
        assert "€\xa0250.000.000.000,00" in page.content.decode()
        assert 'name="look"' in page.content.decode()

    def test_opening_another_table_keeps_what_was_filled_in(self, tmp_path):
        delivery, steward = sent(tmp_path), signed_in("bom", "steward")
        _page, at, form = opened(steward, delivery, "projecten")
        page = steward.post(address(delivery), form | {f"t{at}-f-volume-unit": "EUR million", "open": "0"})
        assert form_in(page.content.decode())[f"t{at}-f-volume-unit"] == "EUR million"
        assert "t0-f-name-column" in ids_in(page.content.decode())


class TestTwoPeople:
    def test_a_stale_form_is_shown_beside_what_stands_with_who_and_what_differs(self, tmp_path):
        delivery = sent(tmp_path)
        anna, ben = signed_in("bom", "steward", "Anna"), signed_in("bom", "steward", "Ben")
        _page, at, hers = opened(anna, delivery, "projecten")
        _page, at, his = opened(ben, delivery, "projecten")
        assert anna.post(address(delivery), hers | {"use": "1"}).status_code == 302
        changed = {f"t{at}-f-volume-unit": "EUR thousand", "use": "1"}
        page = ben.post(address(delivery), his | changed).content.decode()
        assert "Iemand anders was u voor" in page
        assert "Anna heeft deze koppeling vastgesteld" in page
        assert "in duizenden euro&#x27;s (was euro)" in page
        assert form_in(page)[f"t{at}-f-volume-unit"] == "EUR thousand"
        assert len(confirmed()) == 1
        assert ben.post(address(delivery), ticked(page) | {"use": "1"}).status_code == 302
        assert "EUR thousand" in stored(delivery).mapping

    def test_the_same_form_sent_twice_by_the_back_button_says_that_nothing_more_is_needed(self, tmp_path):
        delivery, steward = sent(tmp_path), signed_in("bom", "steward")
        form = ticked(steward.get(address(delivery)).content.decode()) | {"use": "1"}
        form["for"] = "all"
        tables = mapping.parse(delivery.mapping).tables
        first = steward.post(address(delivery), form)
        assert first.status_code == 302
        assert "Die van u zegt hetzelfde" in steward.post(address(delivery), form).content.decode()
        assert len(confirmed()) == 1
        assert mapping.parse(stored(delivery).mapping).tables == tables

    def test_checks_that_ran_meanwhile_do_not_undo_what_was_settled(self, tmp_path):
        delivery, bom = sent(tmp_path), party("bom")
        with database_role(WORKER):
            running = examine_delivery(actor=actor_for("bom"), delivery=delivery, party=bom)
            text = delivery.mapping.replace('"Omvang"', '"Start"')
            actions.settle_mapping(actor=actor_for("bom"), delivery=delivery, text=text)
            actions.keep_examination(actor=actor_for("bom"), delivery=delivery, examination=running)
        assert stored(delivery).mapping == text
        assert stored(delivery).mapping_settled


class TestWhoMay:
    def test_a_reader_looks_and_changes_nothing(self, tmp_path):
        delivery, reader = sent(tmp_path, slug="oost-nl"), signed_in("oost-nl", "reader")
        page = reader.get(f"{address(delivery)}?open=1").content.decode()
        assert "Waterstof in de wijk" in page
        assert 'name="use"' not in page
        assert "Een datasteward van uw organisatie" in page
        for where in (address(delivery), f"{address(delivery)}voorbeeld/"):
            assert reader.post(where, {"use": "1"}).status_code == 403
        assert not stored(delivery).mapping_settled

    def test_other_parties_find_nothing(self, tmp_path):
        delivery = sent(tmp_path)
        for slug, role in (("oost-nl", "steward"), ("rom-nederland", "secretary")):
            stranger = signed_in(slug, role)
            assert stranger.get(address(delivery)).status_code == 404
            assert stranger.post(address(delivery), {"use": "1"}).status_code == 404
        assert signed_in("provincie-utrecht", "reader").get(address(delivery)).status_code == 403
        assert Client().get(address(delivery)).status_code == 302

    def test_the_secretariat_settles_its_own_lists(self, tmp_path):
        (tmp_path / "lijst").mkdir()
        (tmp_path / "lijst" / "market.csv").write_text(
            "company,kvk,city,date,amount_eur,stage\nZonneveld,12345678,Breda,2023-03-01,100000,start-up\n"
        )
        with database_role(WORKER):
            delivery = deliver(
                actor=actor_for("rom-nederland"),
                party=party("rom-nederland"),
                period=2023,
                paths=[tmp_path / "lijst"],
                accept=False,
            ).delivery
        secretary = signed_in("rom-nederland", "secretary")
        form = ticked(secretary.get(address(delivery)).content.decode())
        assert secretary.post(address(delivery), form | {"use": "1"}).status_code == 302
        assert len(confirmed("rom-nederland")) == 1

    def test_what_was_accepted_stays_as_it_was(self, tmp_path):
        delivery, steward = sent(tmp_path), signed_in("bom", "steward")
        form = ticked(steward.get(address(delivery)).content.decode())
        with acts("bom"):
            Delivery.objects.filter(pk=delivery.pk).update(state="accepted")
        page = steward.post(address(delivery), form | {"use": "1"}).content.decode()
        assert 'name="use"' not in page
        assert not stored(delivery).mapping_settled


class TestHistory:
    def test_versions_are_listed_with_what_changed(self):
        steward = signed_in("bom", "steward")
        for text in (MAPPING, MAPPING.replace('"Omvang"', '"Begroting"')):
            actions.confirm_mapping(actor=actor_for("bom"), text=text.format(agency="bom"))
        page = steward.get("/koppelingen/").content.decode()
        assert "Versie 2" in page
        assert "1 wijziging" in page
        one = steward.get("/koppelingen/2/").content.decode()
        assert "komt uit kolom &#x27;Begroting&#x27; (was kolom &#x27;Omvang&#x27;)" in one

    def test_one_is_downloaded_and_taken_back_in(self):
        steward = signed_in("bom", "steward")
        actions.confirm_mapping(actor=actor_for("bom"), text=MAPPING.format(agency="bom"))
        taken = steward.get("/koppelingen/1/toml/")
        assert taken.headers["Content-Disposition"] == 'attachment; filename="bom-1.toml"'
        changed = taken.content.replace(b'"Omvang"', b'"Begroting"')
        answer = steward.post("/koppelingen/", {"file": SimpleUploadedFile("m.toml", changed)})
        assert answer.status_code == 302
        assert [m.version for m in confirmed()] == [2, 1]
        assert mapping.parse(confirmed()[0].text).tables[1].fields["volume"].header == "Begroting"

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"\xff\xfe", "Dit is geen koppeling"),
            (b"[[table]\n", "Dit is geen koppeling"),
            (b'agency = "bom"\n', "leest geen enkele tabel"),
            (MAPPING.format(agency="bom").replace('"project"', '"projekt"').encode(), "projekt"),
            (MAPPING.format(agency="bom").replace("lead =", "leader =").encode(), "leader"),
        ],
    )
    def test_a_file_that_is_no_mapping_says_what_is_wrong(self, content, said):
        steward = signed_in("bom", "steward")
        page = steward.post("/koppelingen/", {"file": SimpleUploadedFile("m.toml", content)}).content.decode()
        assert said in page
        assert confirmed() == []

    def test_an_older_one_comes_back_as_a_new_version(self):
        steward = signed_in("bom", "steward")
        for text in (MAPPING, MAPPING.replace('"Omvang"', '"Begroting"')):
            actions.confirm_mapping(actor=actor_for("bom"), text=text.format(agency="bom"))
        assert steward.post("/koppelingen/1/terug/").status_code == 302
        newest, _second, first = confirmed()
        assert (newest.version, newest.text) == (3, first.text)

    def test_readers_look_and_others_see_nothing(self):
        actions.confirm_mapping(actor=actor_for("bom"), text=MAPPING.format(agency="bom"))
        reader = signed_in("bom", "reader")
        assert "Versie 1" in reader.get("/koppelingen/").content.decode()
        assert reader.post("/koppelingen/1/terug/").status_code == 403
        assert reader.post("/koppelingen/", {}).status_code == 403
        assert signed_in("oost-nl", "steward").get("/koppelingen/1/").status_code == 404


class TestOneSheetOfTwoKinds:
    """A sheet of projects with who takes part on each line: read as projects, and as participants too."""

    def asked(self, tmp_path: Path) -> tuple[Client, Delivery, int, dict[str, str]]:
        delivery, steward = sent(tmp_path, projecten=TWO_KINDS), signed_in("bom", "steward")
        _page, at, form = opened(steward, delivery, "projecten")
        return steward, delivery, at, form

    def test_another_reading_is_proposed_looked_at_and_settled(self, tmp_path):
        steward, delivery, at, form = self.asked(tmp_path)
        answer = steward.post(address(delivery), form | {f"t{at}-also": "project_participant", "also": str(at)})
        page = answer.content.decode()
        assert answer.status_code == 200
        assert stored(delivery).mapping == delivery.mapping, "nothing is settled by asking"
        assert f'name="t{at + 1}-kind"' in page
        posted = steward.post(address(delivery), ticked(page) | {"use": "1"})
        assert posted.status_code == 302, posted.content.decode()
        read = [entry for entry in mapping.parse(stored(delivery).mapping).tables if entry.table == "projecten"]
        assert {entry.kind for entry in read} == {"project", "project_participant"}
        (participants,) = [entry for entry in read if entry.kind == "project_participant"]
        assert participants.fields["organisation"].header == "Relatienummer"
        assert participants.fields["project"].header == "Projectnummer"
        assert [entry.kind for entry in mapping.parse(confirmed()[0].text).tables].count("project_participant") == 2

    def test_what_was_ticked_and_changed_before_stays(self, tmp_path):
        steward, delivery, at, form = self.asked(tmp_path)
        changed = form | {f"t{at}-skip": "totaal, som", f"t{at}-also": "project_participant", "also": str(at)}
        page = steward.post(address(delivery), changed).content.decode()
        assert set(re.findall(r'id="(t\d+-right)"[^>]* checked', page)) >= {f"t{at}-right"}
        steward.post(address(delivery), ticked(page) | {"use": "1"})
        first = next(e for e in mapping.parse(stored(delivery).mapping).tables if e.kind == "project")
        assert first.skip == ("totaal", "som")

    @pytest.mark.parametrize("kind", ["", "project", "unicorn", "market_round"])
    def test_a_kind_that_cannot_be_is_said_and_changes_nothing(self, tmp_path, kind):
        steward, delivery, at, form = self.asked(tmp_path)
        page = steward.post(address(delivery), form | {f"t{at}-also": kind, "also": str(at)}).content.decode()
        assert f'href="#t{at}-also"' in page
        assert form_in(page)["base"] == form["base"]

    def test_who_only_looks_is_not_offered_it(self, tmp_path):
        _steward, delivery, at, form = self.asked(tmp_path)
        reader = signed_in("bom", "reader")
        assert 'name="also"' not in reader.get(f"{address(delivery)}?open={at}").content.decode()
        sent_anyway = form | {f"t{at}-also": "project_participant", "also": str(at)}
        assert reader.post(address(delivery), sent_anyway).status_code == 403
