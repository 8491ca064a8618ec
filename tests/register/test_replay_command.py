"""The command that holds what stands against its log."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from schakel.register.models import IdentityMember
from schakel.sharing.roles import LINKER, database_role

from .test_heard import two_of_one_name

pytestmark = pytest.mark.django_db


def test_it_is_silent_on_what_follows_and_fails_on_what_does_not(capsys):
    one, _other = two_of_one_name()
    call_command("replay")
    assert capsys.readouterr().out == "identities: 0 differences between the log and what stands\n"
    with database_role(LINKER):
        IdentityMember.objects.filter(record_id=one).update(rule="by hand")
    with pytest.raises(SystemExit, match="1"):
        call_command("replay")
    assert "by hand" in capsys.readouterr().out
