"""The pages of the inbox, for people of two agencies and the secretariat."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from schakel.inbox import queries
from schakel.inbox.actions import tell
from schakel.inbox.models import Deputy, Item
from schakel.network.queries import party
from schakel.sharing.acting import acting
from schakel.words import Words
from tests.inbox.people import PASSWORD, TITLE, URL, acts_as, of, somebody
from tests.inbox.test_items import put_at, titles
from tests.inbox.test_mail import failed_letter, letters, send_all

pytestmark = pytest.mark.django_db


def signed_in(person, language="nl"):
    client = Client(headers={"accept-language": language})
    assert client.post("/aanmelden/", {"username": person.email, "password": PASSWORD}).status_code == 302
    return client


def text(answer):
    return " ".join(answer.content.decode().replace("\u00a0", " ").split())


def test_the_header_of_every_page_says_how_much_waits():
    anna = somebody("anna", "bom")
    client = signed_in(anna)
    assert 'class="count"' not in text(client.get("/hulp/"))
    put_at("bom")
    put_at("bom", key="second")
    assert '<span class="count">2</span>' in text(client.get("/hulp/"))
    assert 'class="count"' not in text(Client().get("/hulp/"))


def test_the_inbox_shows_what_waits_late_first_with_its_day_and_for_whom():
    anna = somebody("anna", "bom")
    put_at("bom", by="rom-nederland", key="a", title=Words("Later", "Later"), due=timezone.localdate())
    put_at("bom", key="b", title=Words("Eerst", "First"), due=dt.date(2024, 3, 1))
    page = text(signed_in(anna).get("/inbox/"))
    assert page.index("Eerst") < page.index("Later")
    for words in ("uiterlijk 1 maart 2024", "te laat", "van ROM-Nederland", "voor iedereen met de rol datasteward"):
        assert words in page


def test_the_inbox_of_another_agency_shows_nothing_of_it():
    neighbour = somebody("dina", "oost-nl")
    item = put_at("bom")
    client = signed_in(neighbour)
    assert "Er wacht niets op u" in text(client.get("/inbox/"))
    assert client.get(f"/inbox/{item.pk}/").status_code == 404
    assert client.post(f"/inbox/{item.pk}/afgedaan/").status_code == 404


def test_a_visitor_who_has_not_signed_in_is_asked_to():
    for path in ("/inbox/", "/inbox/voorkeuren/", "/beheer/post/"):
        assert Client().get(path).headers["Location"].startswith("/aanmelden/")


def test_opening_an_item_goes_to_its_page_and_it_has_been_read():
    anna = somebody("anna", "bom")
    item = put_at("bom")
    client = signed_in(anna)
    assert client.get(f"/inbox/{item.pk}/").headers["Location"] == URL
    with acting(acts_as(anna, "bom")):
        assert [one.unread for one in queries.waiting(anna.pk, party("bom").pk)] == [False]


@pytest.mark.parametrize("show", ["", "told"])
def test_all_or_one_of_a_tab_is_marked_as_read(show):
    anna = somebody("anna", "bom")
    for key in ("one", "two"):
        put_at("bom", key=key)
        tell(actor=of("bom"), party=party("bom").pk, person=anna.pk, key=key, title=TITLE, url=URL)
    client = signed_in(anna)
    question = queries.told if show else queries.waiting

    def unread():
        with acting(acts_as(anna, "bom")):
            return [item.pk for item in question(anna.pk, party("bom").pk) if item.unread]

    first = unread()[0]
    client.post("/inbox/gelezen/", {"show": show, "item": first})
    assert len(unread()) == 1
    answer = client.post("/inbox/gelezen/", {"show": show, "item": "all"}, follow=True)
    assert unread() == []
    assert "1 zaak is gelezen" in text(answer)
    assert "Alles als gelezen" not in text(answer)


def test_a_person_ticks_off_what_allows_it_and_is_told_why_the_rest_is_not():
    anna = somebody("anna", "bom")
    fixed, loose = put_at("bom", key="fixed"), put_at("bom", key="loose", by_hand=True)
    client = signed_in(anna)
    assert "Afgedaan; het wacht" in text(client.post(f"/inbox/{loose.pk}/afgedaan/", follow=True))
    assert "vanzelf afgedaan" in text(client.post(f"/inbox/{fixed.pk}/afgedaan/", follow=True))
    assert "afgedaan op" in text(client.get("/inbox/?show=done"))
    assert len(titles(anna, "bom")) == 1


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("whose=mine", {"hers"}),
        ("whose=role", {"role"}),
        ("whose=deputy", {"his"}),
        ("when=late", {"role"}),
        ("when=week", {"role", "hers"}),
        ("whose=nonsense&when=nonsense&page=x", {"hers", "role", "his"}),
    ],
)
def test_what_waits_is_filtered_by_for_whom_and_by_when(query, shown):
    anna, bert = somebody("anna", "bom"), somebody("bert", "bom", "reader")
    today = timezone.localdate()
    with acting(of("bom")):
        Deputy.objects.create(owner=party("bom"), person=bert, deputy=anna, since=today, until=today)
    for name, values in {
        "hers": {"role": "", "person": anna.pk, "due": today},
        "role": {"due": dt.date(2024, 1, 1)},
        "his": {"role": "", "person": bert.pk},
    }.items():
        put_at("bom", key=name, title=Words(f"zaak {name}", name), **values)
    page = text(signed_in(anna).get(f"/inbox/?{query}"))
    assert {name for name in ("hers", "role", "his") if f">zaak {name}</a>" in page} == shown


def test_wishes_about_mail_are_kept_and_shown():
    anna = somebody("anna", "bom")
    client = signed_in(anna)
    answer = client.post("/inbox/voorkeuren/", {"mail": "daily", "hour": "9"}, follow=True)
    assert "voorkeuren voor e-mail zijn bewaard" in text(answer)
    with acting(of("bom")):
        wish = queries.preference(anna.pk, party("bom").pk)
    assert (wish.mail, wish.hour) == ("daily", 9)


@pytest.mark.parametrize("wish", [{"mail": "hourly", "hour": "9"}, {"mail": "daily", "hour": "23"}, {}])
def test_a_wish_that_there_is_not_is_said_to_be_none(wish):
    anna = somebody("anna", "bom")
    answer = signed_in(anna).post("/inbox/voorkeuren/", wish)
    assert answer.status_code == 200
    assert "error-summary" in text(answer)


def test_leave_is_arranged_refused_with_a_reason_and_ended_in_the_page():
    anna, bert = somebody("anna", "bom"), somebody("bert", "bom", "reader")
    client = signed_in(anna)
    days = {"since": timezone.localdate().isoformat(), "until": timezone.localdate().isoformat()}
    asked = {"person": anna.pk, "deputy": bert.pk} | days
    assert "<strong>Bert</strong> neemt waar voor Anna" in text(client.post("/inbox/waarneming/", asked, follow=True))
    again = client.post("/inbox/waarneming/", asked)
    assert "beëindig dat eerst" in text(again)
    with acting(of("bom")):
        made = Deputy.objects.get()
    assert "wacht dit werk weer" in text(client.post(f"/inbox/waarneming/{made.pk}/beeindigen/", follow=True))
    with acting(of("bom")):
        assert not Deputy.objects.exists()


def test_a_reader_arranges_only_their_own_leave_and_sees_only_what_concerns_them():
    anna, bert, cor = (somebody(name, "bom", "reader") for name in ("anna", "bert", "cor"))
    today = timezone.localdate()
    with acting(of("bom")):
        made = Deputy.objects.create(owner=party("bom"), person=anna, deputy=bert, since=today, until=today)
    client = signed_in(cor)
    page = text(client.get("/inbox/voorkeuren/"))
    assert "Wie is afwezig" not in page
    assert "neemt waar voor" not in page
    answer = client.post(f"/inbox/waarneming/{made.pk}/beeindigen/", follow=True)
    assert "Alleen uw datasteward" in text(answer)
    days = {"since": today.isoformat(), "until": today.isoformat()}
    client.post("/inbox/waarneming/", {"person": anna.pk, "deputy": bert.pk} | days)
    with acting(of("bom")):
        assert set(Deputy.objects.values_list("person_id", flat=True)) <= {anna.pk, cor.pk}
        assert Deputy.objects.filter(person=anna).count() == 1


def test_without_a_mail_server_the_inbox_and_the_secretariat_s_page_say_that_mail_is_kept(settings):
    settings.EMAIL_HOST = ""
    anna, sara = somebody("anna", "bom"), somebody("sara", "rom-nederland", "secretary")
    put_at("bom")
    assert "geen mailserver ingesteld" in text(signed_in(anna).get("/inbox/"))
    page = text(signed_in(sara).get("/beheer/post/"))
    assert "SCHAKEL_SMTP_HOST" in page
    assert "1 bericht wacht op verzending" in page


def test_who_could_not_be_reached_sees_it_and_the_secretariat_tries_again_without_reading_it(post):
    failed_letter(post)
    anna, sara = somebody("anna", "bom"), somebody("sara", "rom-nederland", "secretary")
    assert "anna@example.org kon niet worden verzonden: 550 5.1.1" in text(signed_in(anna).get("/inbox/"))
    client = signed_in(sara)
    page = text(client.get("/beheer/post/"))
    assert "550 5.1.1 No such person" in page
    assert TITLE.nl not in page
    post.recipients.clear()
    assert "1 bericht wordt opnieuw geprobeerd" in text(client.post("/beheer/post/", follow=True))
    send_all()
    assert post.subjects() == [TITLE.nl]
    assert [letter.state for letter in letters()] == ["sent"]


def test_mail_of_others_is_no_affair_of_an_agency():
    assert signed_in(somebody("anna", "bom")).get("/beheer/post/").status_code == 403


def test_a_page_of_items_asks_the_database_no_more_for_fifty_than_for_two(django_assert_max_num_queries):
    anna = somebody("anna", "bom")
    for number in range(24):
        put_at("bom", key=str(number))
    client = signed_in(anna)
    client.get("/inbox/")
    with django_assert_max_num_queries(20):
        client.get("/inbox/")
    with acting(of("bom")):
        assert Item.objects.count() == 24
