"""Invitations go out by mail, each with a link of its own that no one finds anywhere else."""

from __future__ import annotations

import re

import pytest

from schakel.inbox import jobs
from schakel.network.queries import party
from schakel.sharing.acting import acting
from schakel.sharing.models import Invitation
from schakel.sharing.people.inviting import NothingThereError, invite, offered, send_again
from schakel.sharing.roles import WORKER, database_role
from tests.inbox.mailbox import Post
from tests.making import as_owner
from tests.sharing.people.characters import administrator, of

pytestmark = pytest.mark.django_db


def invited(email: str = "nieuw@example.org", **said: object) -> Invitation:
    usual = {"at": party("bom"), "email": email, "name": "Noor", "roles": ["reader", "adviser-trade"]}
    return invite(actor=of(administrator()), **usual | said)


def work(*, later: bool = False) -> Invitation:
    """The worker's minute comes, after the pause where there was one; returns the invitation as it stands."""
    if later:
        with as_owner():
            Invitation.objects.filter(next_try_at__isnull=False).update(next_try_at="2020-01-01T00:00Z")
    with database_role(WORKER):
        jobs.send_what_is_due(0)
    with acting(of(administrator())):
        return Invitation.objects.get()


def text_in(post: Post, at: int = -1) -> str:
    body = post.arrived[at][1].get_body(("plain",)).get_content()
    return re.search(r"/uitnodiging/([\w-]+)/", body).group(1)


def test_the_mail_says_who_invites_for_what_and_holds_the_link(post: Post):
    invitation = invited()
    with database_role(WORKER):
        jobs.send_invitations(party=party("bom").pk)
    (to, message) = post.arrived[0]
    assert (to, message["Subject"]) == ("nieuw@example.org", "BOM nodigt u uit voor Schakel")
    said = message.get_body(("plain",)).get_content()
    assert "Beheer-bom nodigt u uit om namens BOM te werken" in said
    assert "adviseur handel, lezer" in said
    assert text_in(post) in message.get_body(("html",)).get_content()
    assert offered(text_in(post)).invitation == invitation.pk
    assert work().sent_at is not None
    assert len(post.arrived) == 1


def test_the_mail_speaks_the_language_that_was_chosen(post: Post):
    invited(language="en")
    work()
    assert post.subjects() == ["BOM invites you to Schakel"]


def test_while_the_server_is_away_an_invitation_waits_and_then_goes(post: Post):
    invited()
    post.leave()
    put_off = work()
    assert (put_off.sent_at, put_off.attempts, put_off.next_try_at is not None) == (None, 1, True)
    post.open()
    assert work(later=True).sent_at is not None
    assert offered(text_in(post))


def test_an_address_that_the_server_refuses_waits_for_the_administrator(post: Post):
    post.recipients["nieuw@example.org"] = "550 no such user"
    invited()
    refused = work()
    assert (refused.sent_at, refused.next_try_at, refused.digest) == (None, None, None)
    assert "no such user" in refused.last_error
    del post.recipients["nieuw@example.org"]
    send_again(actor=of(administrator()), invitation_id=refused.pk)
    assert work().sent_at is not None


def test_sent_again_the_earlier_mail_opens_nothing(post: Post):
    invitation = invited()
    work()
    send_again(actor=of(administrator()), invitation_id=invitation.pk)
    work()
    assert text_in(post, 0) != text_in(post, 1)
    with pytest.raises(NothingThereError):
        offered(text_in(post, 0))
    assert offered(text_in(post, 1))


def test_without_a_mail_server_invitations_are_kept(settings):
    settings.EMAIL_HOST = ""
    invited()
    assert (work().sent_at, work().attempts) == (None, 0)
