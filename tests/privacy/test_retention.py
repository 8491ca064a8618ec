"""What is past its period goes, what is not stays, and it is written down."""

from __future__ import annotations

import datetime as dt
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from schakel.documents.models import FilePart, StoredFile
from schakel.network.models import SignInTry
from schakel.network.queries import party
from schakel.privacy.models import Retained
from schakel.privacy.processing_register import page
from schakel.privacy.retaining import past_their_period, retain_all
from schakel.privacy.retention import RetentionError, kinds, periods
from schakel.sharing.models import Invitation
from schakel.sharing.people.inviting import invite
from schakel.sharing.roles import WORKER, database_role
from schakel.trail.models import Entry
from tests.examples import ROUNDS
from tests.making import acts, as_owner

from .people import boss, deliver_about

pytestmark = pytest.mark.django_db
DOCS = Path(__file__).parents[2] / "docs" / "administrators" / "privacy"


@pytest.fixture(autouse=True)
def _own_periods(settings, tmp_path):
    settings.RETENTION = tmp_path / "retention.toml"


def in_days(days: int) -> dt.datetime:
    return timezone.now() + dt.timedelta(days=days)


def test_an_invitation_that_nobody_accepted_goes_after_its_period():
    actor = boss()
    made = invite(actor=actor, at=party("bom"), email="piet@example.org", name="Piet", roles=["reader"])
    expired = made.expires_at
    with database_role(WORKER):
        assert not [one for one in _retain(expired + dt.timedelta(days=89)) if one.kept.name == "invitations"]
        (done,) = [one for one in _retain(expired + dt.timedelta(days=91)) if one.kept.name == "invitations"]
    assert (done.party.slug, done.gone) == ("bom", 1)
    with acts("bom"):
        assert not Invitation.objects.filter(pk=made.pk).exists()
        assert Retained.objects.get(kind="invitations").ids == [made.pk]
        assert Entry.objects.get(verb="let go", kind="invitations").detail == {"gone": 1, "days": 90}


def _retain(now: dt.datetime):
    return retain_all(process="test", now=now)


def test_a_file_is_emptied_and_its_digest_stays(tmp_path):
    deliver_about("bom", tmp_path)
    with acts("bom"):
        before = dict(StoredFile.objects.filter(owner__slug="bom").values_list("pk", "digest"))
    with database_role(WORKER):
        _retain(in_days(3000))
        with acts("bom"):
            assert FilePart.objects.filter(file__in=before).exists()
        _retain(in_days(3700))
    with acts("bom"):
        assert not FilePart.objects.filter(file__in=before).exists()
        assert dict(StoredFile.objects.filter(owner__slug="bom").values_list("pk", "digest")) == before


def test_a_dry_run_changes_nothing_and_says_the_same():
    SignInTry.objects.create(counter=b"x" * 32, at=in_days(-3))
    with database_role(WORKER):
        told = [(one.kept.name, one.ids) for one in past_their_period(process="test")]
        assert SignInTry.objects.count() == 1
        done = [(one.kept.name, one.ids) for one in retain_all(process="test")]
    assert told == done
    assert SignInTry.objects.count() == 0


def test_the_command_says_what_it_did():
    SignInTry.objects.create(counter=b"x" * 32, at=in_days(-3))
    for words, said in ((["--dry-run"], "is past it"), ([], "taken away"), ([], "Nothing is past its period")):
        out = StringIO()
        with as_owner():
            call_command("retention", *words, stdout=out)
        assert said in out.getvalue()


@ROUNDS
@given(days=st.integers(1, 4000), age=st.integers(0, 4000))
def test_a_period_of_the_installation_holds(days, age):
    from django.conf import settings

    settings.RETENTION.write_text(f"sign-in-tries = {days}\n")
    SignInTry.objects.all().delete()
    now = timezone.now()
    SignInTry.objects.create(counter=b"x" * 32, at=now - dt.timedelta(days=age, minutes=1))
    with database_role(WORKER):
        retain_all(process="test", now=now)
    assert SignInTry.objects.exists() == (age < days)


@pytest.mark.parametrize("said", ["sessionz = 3", "sessions = -1", "sessions = true", "sessions = 'x'", "sessions ="])
def test_periods_that_cannot_be_read_are_refused(settings, said):
    settings.RETENTION.write_text(said)
    with pytest.raises(RetentionError):
        periods()
    with pytest.raises(CommandError), as_owner():
        call_command("retention", "--dry-run")


def test_for_ever_is_for_ever(settings):
    settings.RETENTION.write_text("\n".join(f"{kept.name} = 0" for kept in kinds()))
    SignInTry.objects.create(counter=b"x" * 32, at=in_days(-3000))
    with database_role(WORKER):
        assert retain_all(process="test") == []


@pytest.mark.parametrize(
    ("language", "name"), [("nl", "register-van-verwerkingen.md"), ("en", "register-of-processing.md")]
)
def test_the_register_in_docs_is_what_is_declared(language, name):
    said = (DOCS / name).read_text(encoding="utf-8")
    made = "schakel processing --language en" if language == "en" else "schakel processing"
    assert said == "\n".join(page(language)) + "\n", f"make it anew: {made} > docs/administrators/privacy/{name}"
