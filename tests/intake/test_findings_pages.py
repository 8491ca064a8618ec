"""The pages of findings: in groups, one at its row among the neighbours, mended and handed on from there."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from schakel.inbox.queries import waiting
from schakel.intake.models import Caretaker, Delivery, DeliveryFinding, Edit, Waiver
from schakel.network.queries import party
from tests.intake.mending import caretaker, faulty, finding, person, reader, steward
from tests.making import acts

pytestmark = pytest.mark.django_db


def signed_in(actor) -> Client:
    client = Client()
    client.force_login(person(actor))
    return client


def page(actor, name: str, *args: int, query: str = "") -> str:
    answer = signed_in(actor).get(reverse(f"intake:{name}", args=args) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def one(delivery: Delivery, **asked: object) -> DeliveryFinding:
    with acts(delivery.owner.slug):
        return finding(delivery, **asked)


def test_the_same_warning_many_times_is_one_line_with_a_count(tmp_path):
    delivery, sanne = faulty(tmp_path), steward()
    text = page(sanne, "findings", delivery.pk)
    assert text.count("check=cell.placeholder") == 1
    assert "3×" in text
    assert text.index("group--error") < text.index("group--notice")


def test_a_group_counts_its_values_and_leads_to_each_place(tmp_path):
    delivery, sanne = faulty(tmp_path), steward()
    text = page(sanne, "findings", delivery.pk, query="?check=cell.placeholder")
    assert "3 ×" in text
    assert "“n.b.”" in text
    for row in (2, 3, 4):
        assert f"projecten!D{row}" in text


@pytest.mark.parametrize(
    ("query", "there", "gone"),
    [
        ("?severity=notice", "cell.placeholder", "date.impossible"),
        ("?kind=organisation", "", "cell.placeholder"),
        ("?sheet=projecten", "cell.placeholder", "nothing.at.all"),
        ("?task=steward", "cell.placeholder", "nothing.at.all"),
        ("?waived=yes", "", "cell.placeholder"),
    ],
)
def test_filters_stand_in_the_address(tmp_path, query, there, gone):
    delivery = faulty(tmp_path)
    text = page(steward(), "findings", delivery.pk, query=query)
    assert f"check={there}" in text or not there
    assert f"check={gone}" not in text


def test_a_finding_opens_at_its_row_with_the_neighbours(tmp_path):
    delivery, sanne = faulty(tmp_path), steward()
    found = one(delivery, cell="projecten!D3")
    text = page(sanne, "finding", delivery.pk, found.pk)
    assert "Waterstof in de wijk" in text  # the row before
    assert "Zout water" in text  # two rows after
    assert "<mark>n.b.</mark>" in text
    assert "Omvang" in text
    assert "neighbours__found" in text  # the day in the same row that does not exist


def test_one_goes_from_a_finding_to_the_next_of_the_same_check(tmp_path):
    delivery, sanne = faulty(tmp_path), steward()
    rows = [one(delivery, cell=f"projecten!D{row}", check_id="cell.placeholder").pk for row in (2, 3, 4)]
    text = page(sanne, "finding", delivery.pk, rows[1])
    for rel, pk in (("prev", rows[0]), ("next", rows[2])):
        assert f'rel="{rel}" href="{reverse("intake:finding", args=[delivery.pk, pk])}"' in text
    assert 'rel="next"' not in page(sanne, "finding", delivery.pk, rows[2])


def test_a_cell_is_mended_from_its_finding_and_the_page_says_so(tmp_path):
    delivery, sanne = faulty(tmp_path), steward()
    client, found = signed_in(sanne), one(delivery, cell="projecten!C3")
    url = reverse("intake:mend", args=[delivery.pk, found.pk])
    answer = client.post(url, {"cell-before": "31-02-2023", "cell-after": "28-02-2023"}, follow=True)
    assert answer.redirect_chain
    assert "1 cel" in answer.content.decode() or "1 cell" in answer.content.decode()
    stale = client.post(url, {"cell-before": "31-02-2023", "cell-after": "27-02-2023"})
    assert person(sanne).name in stale.content.decode()
    assert "27-02-2023" in stale.content.decode()  # what was typed is not lost
    assert "28-02-2023" in page(sanne, "changes", delivery.pk)


def test_all_alike_are_mended_and_undone_from_the_pages(tmp_path):
    delivery, sanne = faulty(tmp_path), steward()
    client, found = signed_in(sanne), one(delivery, cell="projecten!D3")
    client.post(reverse("intake:mend-alike", args=[delivery.pk, found.pk]), {"alike-before": "n.b.", "alike-after": ""})
    with acts("bom"):
        edit = Edit.objects.get()
    assert edit.cells == 3
    client.post(reverse("intake:change-edit", args=[delivery.pk, edit.pk]), {"do": "undo"})
    with acts("bom"):
        edit.refresh_from_db()
    assert edit.undone_by_id == sanne.person
    assert client.post(reverse("intake:change-edit", args=[delivery.pk, edit.pk]), {"do": "else"}).status_code == 404


def test_a_notice_is_waived_with_a_reason_and_folds_away(tmp_path):
    delivery, sanne = faulty(tmp_path), steward()
    client, found = signed_in(sanne), one(delivery, cell="projecten!D3")
    url = reverse("intake:waive", args=[delivery.pk, found.pk])
    assert client.post(url, {"waive-scope": "check", "waive-reason": ""}).status_code == 200  # said on the page
    client.post(url, {"waive-scope": "check", "waive-reason": "Volgt in maart."})
    text = page(sanne, "findings", delivery.pk)
    assert 'class="folded"' in text
    with acts("bom"):
        waiver = Waiver.objects.get()
    assert "Volgt in maart." in page(sanne, "changes", delivery.pk)
    client.post(reverse("intake:change-waiver", args=[delivery.pk, waiver.pk]), {"do": "end"})
    assert 'class="folded"' not in page(sanne, "findings", delivery.pk)


def test_an_error_offers_no_waiving(tmp_path):
    delivery, sanne = faulty(tmp_path), steward()
    found = one(delivery, severity="error")
    assert "laten-staan" not in page(sanne, "finding", delivery.pk, found.pk)


def test_a_reader_looks_and_talks_and_is_told_why_not_more(tmp_path):
    delivery, ruben = faulty(tmp_path), reader()
    found = one(delivery, cell="projecten!D3")
    text = page(ruben, "finding", delivery.pk, found.pk)
    assert "/herstellen/" not in text
    assert "/gesprek/" in text
    url = reverse("intake:mend", args=[delivery.pk, found.pk])
    assert signed_in(ruben).post(url, {"cell-before": "n.b.", "cell-after": "1"}).status_code == 403


def test_a_caretaker_mends_what_is_theirs(tmp_path):
    delivery, carla = faulty(tmp_path), caretaker("project")
    found = one(delivery, cell="projecten!D3")
    assert "/herstellen/" in page(carla, "finding", delivery.pk, found.pk)
    text = page(steward(), "findings", delivery.pk, query=f"?task={carla.person}")
    assert "check=cell.placeholder" in text
    assert person(carla).name in text


def test_what_is_handed_to_somebody_waits_in_their_inbox(tmp_path):
    delivery, sanne, ruben = faulty(tmp_path), steward(), reader()
    said = {"check": "cell.placeholder", "person": str(ruben.person)}
    signed_in(sanne).post(reverse("intake:hand", args=[delivery.pk]), said)
    with acts("bom"):
        (item,) = waiting(ruben.person, party("bom").pk)
        assert item.url.endswith("?check=cell.placeholder")
    answer = signed_in(ruben).get(item.url)
    assert answer.status_code == 200


def test_a_finding_that_was_mended_leads_back_to_the_others(tmp_path):
    delivery, sanne = faulty(tmp_path), steward()
    url = reverse("intake:finding", args=[delivery.pk, 999_999_999])
    answer = signed_in(sanne).get(url)
    assert answer["Location"] == reverse("intake:findings", args=[delivery.pk])


def test_pages_stay_usable_and_say_that_the_delivery_is_checked_again(tmp_path):
    delivery, sanne = faulty(tmp_path), steward()
    with acts("bom"):
        Delivery.objects.filter(pk=delivery.pk).update(progress={"step": "waiting"})
    assert "/nagekeken/" in page(sanne, "findings", delivery.pk)
    client = signed_in(sanne)
    assert client.get(reverse("intake:checking", args=[delivery.pk])).status_code == 204
    with acts("bom"):
        Delivery.objects.filter(pk=delivery.pk).update(progress={})
    assert client.get(reverse("intake:checking", args=[delivery.pk])).status_code == 200


def test_the_steward_divides_the_tasks_and_a_reader_cannot(tmp_path):
    sanne, ruben = steward(), reader()
    url, said = reverse("intake:tasks"), {"project": str(ruben.person)}
    assert signed_in(ruben).post(url, said).status_code == 403
    signed_in(sanne).post(url, said)
    assert "selected" in page(sanne, "tasks")
    with acts("bom"):
        assert Caretaker.objects.get().person_id == ruben.person


def test_nothing_of_it_is_there_for_another_agency(tmp_path):
    delivery, stranger = faulty(tmp_path), steward("oost-nl")
    found = one(delivery, cell="projecten!D3")
    client = signed_in(stranger)
    for name, args in (
        ("findings", [delivery.pk]),
        ("finding", [delivery.pk, found.pk]),
        ("changes", [delivery.pk]),
        ("talk", [delivery.pk]),
        ("checking", [delivery.pk]),
    ):
        assert client.get(reverse(f"intake:{name}", args=args)).status_code == 404
    for name in ("mend", "mend-alike", "waive", "talk-here"):
        assert client.post(reverse(f"intake:{name}", args=[delivery.pk, found.pk])).status_code == 404


def test_a_page_of_findings_asks_the_same_number_of_questions_however_many_there_are(
    tmp_path, django_assert_max_num_queries
):
    delivery, sanne = faulty(tmp_path), steward()
    with acts("bom"):
        template = finding(delivery, cell="projecten!D3")
        for row in range(100, 300):
            template.pk, template.row, template.cell = None, row, f"projecten!D{row}"
            template.save(force_insert=True)
    client = signed_in(sanne)
    for query in ("", "?check=cell.placeholder", "?check=cell.placeholder&page=3"):
        with django_assert_max_num_queries(32):
            assert client.get(reverse("intake:findings", args=[delivery.pk]) + query).status_code == 200
