"""Mail that cannot be sent holds nothing up; its reader sees on the pages what it says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from schakel.inbox import jobs as inbox_jobs
from schakel.inbox.models import Letter
from schakel.intake.jobs import accept, after_acceptance
from schakel.intake.models import DeliveryState
from schakel.sharing.roles import WORKER, database_role
from tests.inbox.mailbox import Post, post_office
from tests.intake.delivering import write
from tests.intake.going_wrong import said, work
from tests.intake.people import signed_in
from tests.intake.test_differing import compare, held
from tests.making import acts

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(settings) -> Iterator[Post]:
    """The mail server that Schakel sends to."""
    with post_office() as office:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", office.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        yield office


def test_while_mail_cannot_be_sent_all_goes_through_and_the_letter_waits_to_be_seen(post, tmp_path):
    anne, bas = signed_in("bom", "steward", name="anne"), signed_in("bom", "steward", name="bas")
    delivery = compare("bom", write(tmp_path / "d"))
    post.leave()
    answer = anne.post(f"/aanleveringen/{delivery.pk}/gesprek/", {"remark-text": "Kijk jij hier even naar, @Bas?"})
    assert answer.status_code == 302, answer.context["remark_form"].errors
    anne.post(f"/aanleveringen/{delivery.pk}/accepteren/")
    work(accept, delivery.pk)
    work(after_acceptance, delivery.pk)
    with database_role(WORKER):
        inbox_jobs.send_what_is_due(timestamp=0)
    assert held("bom", delivery.pk).state == DeliveryState.ACCEPTED
    with acts("bom"):
        (letter,) = Letter.objects.filter(address="bas@bom.example")
        assert (letter.state, letter.attempts) == ("waiting", 1)
        Letter.objects.update(next_try_at=letter.made_at)
    assert f"noemt u bij aanlevering {delivery.pk}" in said(bas, "/inbox/?show=told")
    assert "wordt vanzelf opnieuw geprobeerd" in said(bas, "/inbox/")
    assert "is tried again by itself" in said(bas, "/inbox/", "en")
    post.open()
    with database_role(WORKER):
        inbox_jobs.send_what_is_due(timestamp=0)
    assert len(post.subjects("bas@bom.example")) == 1
    assert "wordt vanzelf opnieuw geprobeerd" not in said(bas, "/inbox/")
