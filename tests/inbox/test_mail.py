"""Mail about the inbox, over a real SMTP server: at once, again after a refusal, to whom it may concern."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from procrastinate.contrib.django import app

from schakel.inbox import jobs, queries, sending
from schakel.inbox.actions import choose_mail, put, retry_letters, settle, tell
from schakel.inbox.forgetting import KEPT, forget_letters
from schakel.inbox.models import Letter, LetterText
from schakel.network.models import Party, Person, RoleHeld
from schakel.network.queries import party
from schakel.sharing.acting import acting
from schakel.sharing.roles import WORKER, database_role
from schakel.words import Words
from tests.inbox.people import TITLE, URL, acts_as, of, somebody
from tests.making import as_owner

pytestmark = pytest.mark.django_db
BODY = Words("Het bedrag is 12.500", "The amount is 12,500")


def put_at(slug, by="", **values):
    words = {"key": "delivery:2024", "title": TITLE, "url": URL, "role": "steward", "body": BODY} | values
    return put(actor=of(by or slug), party=party(slug).pk, **words)


def send_all():
    """What the worker does every minute, with the worker's rights."""
    with database_role(WORKER):
        jobs.send_what_is_due(timestamp=0)


def letters(slug="bom"):
    with acting(of(slug)):
        return list(Letter.objects.filter(owner=party(slug)).order_by("pk"))


def later(letter, **pause):
    """The pause of a letter is over."""
    with acting(of("bom")):
        Letter.objects.filter(pk=letter.pk).update(next_try_at=timezone.now() - dt.timedelta(seconds=1))


def test_what_waits_reaches_everybody_with_the_role_at_once_each_in_their_language(post):
    somebody("anna", "bom")
    somebody("bert", "bom", language="en")
    somebody("dina", "oost-nl")
    put_at("bom")
    send_all()
    assert post.subjects("anna@example.org") == [TITLE.nl]
    assert post.subjects("bert@example.org") == [TITLE.en]
    assert len(post.arrived) == 2


def test_a_mail_holds_title_day_and_link_and_nothing_of_what_the_item_says(post):
    somebody("anna", "bom")
    put_at("bom", due=dt.date(2030, 3, 1))
    send_all()
    ((_to, message),) = post.arrived
    plain = message.get_body(("plain",)).get_content()
    html = message.get_body(("html",)).get_content()
    for text in (plain, html):
        assert "https://schakel.example/aanleveringen/" in text
        assert "1\u00a0maart\u00a02030" in text
        assert "12.500" not in text
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe"] == "<https://schakel.example/inbox/voorkeuren/>"
    assert message["Message-ID"].endswith("@schakel.example>")


def test_a_mention_reaches_the_person_s_mail(post):
    anna = somebody("anna", "bom")
    somebody("bert", "bom")
    tell(actor=of("oost-nl"), party=party("bom").pk, person=anna.pk, key="talk:7", title=TITLE, url=URL)
    send_all()
    assert [to for to, _message in post.arrived] == ["anna@example.org"]


def test_any_name_of_a_person_reaches_its_address(post):
    anna = somebody("anna", "bom")
    with as_owner():
        Person.objects.filter(pk=anna.pk).update(name='Zoë "Z" O\'Brien, ing. <x@example.org>')
    put_at("bom")
    send_all()
    assert [to for to, _message in post.arrived] == ["anna@example.org"]


def test_an_address_that_no_mail_can_hold_fails_alone_and_stops_no_other(post):
    anna = somebody("anna", "bom")
    somebody("bert", "bom")
    with as_owner():
        Person.objects.filter(pk=anna.pk).update(email="zoë@example.org")
    put_at("bom")
    send_all()
    assert [to for to, _message in post.arrived] == ["bert@example.org"]
    assert [letter.state for letter in letters()] == ["failed", "sent"]


def test_a_letter_goes_out_once_however_often_the_jobs_run(post):
    somebody("anna", "bom")
    item = put_at("bom")
    for _ in range(3):
        send_all()
        with database_role(WORKER):
            jobs.send_letters(party=item.owner_id)
    assert len(post.arrived) == 1


def test_putting_the_same_again_is_not_mailed_again_but_a_new_day_or_addressee_is(post):
    somebody("anna", "bom")
    reader = somebody("cor", "bom", "reader")
    for values in ({}, {}, {"title": Words("Vijf bevindingen", "Five findings")}):
        put_at("bom", **values)
    send_all()
    assert len(post.arrived) == 1
    put_at("bom", due=dt.date(2030, 1, 1))
    send_all()
    assert len(post.arrived) == 2
    put_at("bom", due=dt.date(2030, 1, 1), role="", person=reader.pk)
    send_all()
    assert [to for to, _message in post.arrived][2:] == ["cor@example.org"]


def test_what_was_settled_in_the_meantime_is_not_mailed_any_more(post):
    somebody("anna", "bom")
    put_at("bom")
    settle(actor=of("bom"), party=party("bom").pk, key="delivery:2024")
    send_all()
    assert post.arrived == []
    assert [letter.state for letter in letters()] == ["needless"]


def test_who_wants_no_mail_gets_none_and_who_wants_one_a_day_only_what_is_urgent(post):
    for name, mail in (("anna", "none"), ("bert", "daily")):
        choose_mail(actor=acts_as(somebody(name, "bom"), "bom"), mail=mail, hour=8)
    put_at("bom")
    send_all()
    assert post.arrived == []
    put_at("bom", key="urgent", urgent=True)
    send_all()
    assert [to for to, _message in post.arrived] == ["bert@example.org"]


def test_who_lost_their_role_hears_nothing_more_of_that_party(post):
    anna = somebody("anna", "bom")
    somebody("bert", "bom")
    with as_owner():
        RoleHeld.objects.filter(person=anna).delete()
    put_at("bom", role="", person=anna.pk)
    tell(actor=of("bom"), party=party("bom").pk, person=anna.pk, key="talk:7", title=TITLE, url=URL)
    send_all()
    assert [to for to, _message in post.arrived] == ["bert@example.org"]  # what waited for her waits for all


def test_a_letter_that_waits_is_not_sent_to_who_lost_their_role_meanwhile(post):
    anna = somebody("anna", "bom")
    somebody("anna", "oost-nl")
    put_at("bom")
    put_at("oost-nl")
    with as_owner():
        RoleHeld.objects.filter(person=anna, party=party("bom")).delete()
    send_all()
    assert [letter.state for slug in ("bom", "oost-nl") for letter in letters(slug)] == ["needless", "sent"]
    assert len(post.arrived) == 1


def test_the_sender_learns_nothing_of_who_gets_mail(post):
    somebody("anna", "bom")
    put_at("bom", by="provincie-utrecht")
    with acting(of("provincie-utrecht")):
        assert not Letter.objects.exists()
    with acting(of("rom-nederland")):
        assert Letter.objects.count() == 1
        assert not LetterText.objects.exists()


def test_a_letter_is_written_in_the_transaction_of_its_item_and_undone_with_it():
    somebody("anna", "bom")
    with transaction.atomic():
        put_at("bom")
        assert len(letters()) == 1
        transaction.set_rollback(True)
    assert letters() == []
    put_at("bom")
    assert len(letters()) == 1
    assert [job.task_name for job in app.job_manager.list_jobs(task="inbox.send_letters", status="todo")]


def test_a_refusal_for_now_is_tried_again_after_a_pause_with_the_same_message_id(post):
    somebody("anna", "bom")
    post.recipients["anna@example.org"] = "451 4.7.1 Try again later"
    put_at("bom")
    send_all()
    (letter,) = letters()
    assert (letter.state, letter.attempts) == ("waiting", 1)
    assert "451" in letter.last_error
    assert letter.next_try_at > timezone.now()
    post.recipients.clear()
    send_all()
    assert post.arrived == []  # its pause is not over
    later(letter)
    send_all()
    ((_to, message),) = post.arrived
    assert message["Message-ID"] == letter.message_id
    assert [(one.state, one.last_error) for one in letters()] == [("sent", "")]


def test_a_recipient_refused_for_good_waits_for_an_administrator_and_others_get_their_mail(post):
    anna = somebody("anna", "bom")
    somebody("bert", "bom")
    post.recipients["anna@example.org"] = "550 5.1.1 No such person"
    put_at("bom")
    send_all()
    assert post.subjects("bert@example.org") == [TITLE.nl]
    with acting(of("bom")):
        failed = queries.last_letter_failed(anna.pk, party("bom").pk)
    assert failed is not None
    assert "550" in failed.last_error


def test_mail_that_failed_is_tried_again_at_the_address_that_was_corrected(post):
    anna = somebody("anna", "bom")
    post.recipients["anna@example.org"] = "550 5.1.1 No such person"
    put_at("bom")
    send_all()
    with as_owner():
        Person.objects.filter(pk=anna.pk).update(email="anna.new@example.org")
    assert retry_letters(actor=of("rom-nederland"), letters=[letter.pk for letter in letters()]) == 1
    send_all()
    assert post.subjects("anna.new@example.org") == [TITLE.nl]


def test_while_the_server_is_away_nothing_is_lost_and_no_letter_fails_for_it(post):
    for name in ("anna", "bert", "cor"):
        somebody(name, "bom")
    post.leave()
    put_at("bom")
    for _ in range(3):
        send_all()
    assert {letter.state for letter in letters()} == {"waiting"}
    assert all("refused" in letter.last_error for letter in letters() if letter.attempts)
    post.open()
    for letter in letters():
        later(letter)
    send_all()
    assert sorted(to for to, _message in post.arrived) == ["anna@example.org", "bert@example.org", "cor@example.org"]


def test_an_away_server_is_asked_once_a_round_and_not_for_every_letter(post, monkeypatch):
    for slug in ("bom", "oost-nl", "nom"):
        for name in ("anna", "bert"):
            somebody(f"{name}-{slug}", slug)
        put_at(slug)
    post.leave()
    send_all()
    tried = [letter for slug in ("bom", "oost-nl", "nom") for letter in letters(slug) if letter.attempts]
    assert len(tried) == 1


def test_mail_that_the_server_refuses_for_what_it_holds_fails_by_its_code(post):
    somebody("anna", "bom")
    post.data = "554 5.7.1 Message refused"
    put_at("bom")
    send_all()
    (letter,) = letters()
    assert (letter.state, letter.last_error) == ("failed", "554 5.7.1 Message refused")


def test_after_the_last_pause_a_letter_fails_and_before_it_never(post):
    somebody("anna", "bom")
    post.recipients["anna@example.org"] = "451 4.7.1 Try again later"
    put_at("bom")
    states = []
    for _ in range(len(sending.PAUSES) + 1):
        (letter,) = letters()
        later(letter)
        send_all()
        states.append(letters()[0].state)
    assert states == ["waiting"] * len(sending.PAUSES) + ["failed"]


def test_pauses_grow_up_to_a_day_and_last_as_long_as_rfc_5321_asks():
    assert list(sending.PAUSES) == sorted(sending.PAUSES)
    assert max(sending.PAUSES) == dt.timedelta(days=1)
    assert sum(sending.PAUSES, dt.timedelta()) >= dt.timedelta(days=4)


def test_without_a_server_mail_is_written_and_kept(settings):
    settings.EMAIL_HOST = ""
    somebody("anna", "bom")
    put_at("bom")
    send_all()
    assert [(letter.state, letter.attempts) for letter in letters()] == [("waiting", 0)]


def test_the_worker_sees_no_letters_without_acting_for_their_party():
    somebody("anna", "bom")
    put_at("bom")
    with database_role(WORKER):
        assert not Letter.objects.exists()


def test_letters_that_went_out_are_forgotten_and_those_that_failed_are_not(post):
    for name in ("anna", "bert"):
        somebody(name, "bom")
    post.recipients["anna@example.org"] = "550 5.1.1 No such person"
    put_at("bom")
    send_all()
    assert forget_letters(party("bom").pk) == 0
    with acting(of("bom")):
        Letter.objects.update(made_at=timezone.now() - KEPT - dt.timedelta(days=1))
    with database_role(WORKER):
        assert sum(forget_letters(one.pk) for one in Party.objects.all()) == 1
    assert [letter.state for letter in letters()] == ["failed"]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=80))
def test_no_title_breaks_a_mail_or_adds_a_header(title):
    letter = Letter(address="anna@example.org", message_id="<1@x>", made_at=timezone.now(), person=Person(name="Anna"))
    words = " ".join(f"{title}\nBcc: all@example.org".split())
    letter.content = LetterText(subject=words, text=title, html=title)
    message = sending._message(letter).message()
    assert message["Bcc"] is None
    assert message["To"] == "Anna <anna@example.org>"


def failed_letter(post):
    somebody("anna", "bom")
    post.recipients["anna@example.org"] = "550 5.1.1 No such person"
    put_at("bom")
    send_all()
    (letter,) = letters()
    return letter


def test_the_command_shows_what_failed_and_never_what_it_says(post, capsys):
    letter = failed_letter(post)
    with acting(of("rom-nederland")), pytest.raises(SystemExit) as leaving:
        call_command("mail")
    said = capsys.readouterr().out
    assert leaving.value.code == 1
    assert f"failed {letter.pk} to anna@example.org (bom), 1 attempts: 550 5.1.1 No such person" in said
    assert TITLE.nl not in said


def test_the_command_tries_again_what_is_asked_and_refuses_what_is_none(post, capsys):
    letter = failed_letter(post)
    with acting(of("rom-nederland")):
        with pytest.raises(CommandError, match="number 999999999"):
            call_command("mail", "--retry", "999999999")
        call_command("mail", "--retry", str(letter.pk))
    assert "1 letters will be tried again" in capsys.readouterr().out
    post.recipients.clear()
    send_all()
    assert post.subjects() == [TITLE.nl]


def test_the_command_tries_the_server_and_says_what_it_answered(post, capsys):
    call_command("mail", "--try", "admin@example.org")
    assert [to for to, _message in post.arrived] == ["admin@example.org"]
    post.leave()
    with pytest.raises(CommandError, match=f"127.0.0.1:{post.port} did not take the message"):
        call_command("mail", "--try", "admin@example.org")
