"""Passwords are kept as Schakel's settings say; all other tests sign in by a hash that takes no time."""

from __future__ import annotations

from django.contrib.auth.hashers import check_password, make_password
from django.test import override_settings

from schakel import settings


@override_settings(PASSWORD_HASHERS=settings.PASSWORD_HASHERS)
def test_a_password_is_kept_by_argon2_and_known_again() -> None:
    kept = make_password("a-long-enough-word")
    assert kept.startswith("argon2$argon2id$")
    assert check_password("a-long-enough-word", kept)
    assert not check_password("another-word", kept)
