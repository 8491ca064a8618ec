"""Parties, their regions and names through time, and the people who act for them.

Invariants: membership and names are dated, so that 2017 counts five agencies and 2023 nine. A person
acts for one party at a time, in a role held there. Which role can be held at which kind of party is said once, in
`roles.py`, and held by the database; a role that has ended opens nothing from that hour, as no process of people
can read it any more.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PartyKind(models.TextChoices):
    """What a party is to the network."""

    AGENCY = "agency", _("agency")
    SECRETARIAT = "secretariat", _("secretariat")
    MINISTRY = "ministry", _("ministry")
    PROVINCE = "province", _("province")
    PARTNER = "partner", _("partner")
    RESEARCHER = "researcher", _("researcher")
    ENTREPRENEUR = "entrepreneur", _("entrepreneur")
    AUDITOR = "auditor", _("auditor")


class Party(models.Model):
    """Whoever people act for: an agency, the secretariat, a ministry, a province, a partner, an auditor's office.

    A partner is any body that works with the network: a branch organisation, InvestNL, RVO, a knowledge institute. A
    researcher is the institute, and an entrepreneur the organisation, for which somebody acts.
    """

    slug = models.SlugField(unique=True)
    kind = models.CharField(max_length=20, choices=PartyKind.choices)
    name = models.CharField(max_length=120)
    also_written = ArrayField(models.CharField(max_length=120), default=list)
    provinces = ArrayField(models.CharField(max_length=2), default=list)
    order = models.PositiveSmallIntegerField(default=100)

    class Meta:
        ordering = ("order", "name")
        verbose_name_plural = "parties"

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """When an agency is one of the network; ``until`` is the first day it no longer is."""

    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="memberships")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="membership_ends_later"
            ),
            models.UniqueConstraint(fields=["party", "since"], name="membership_once"),
        )

    def __str__(self) -> str:
        return f"{self.party} since {self.since}"


class FormerName(models.Model):
    """What a party was called before, until a day."""

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="former_names")
    name = models.CharField(max_length=120)
    until = models.DateField()

    def __str__(self) -> str:
        return f"{self.name} until {self.until}"


class PersonManager(BaseUserManager["Person"]):
    """Finds people by the address they sign in with."""

    def get_by_natural_key(self, username: str | None) -> Person:
        """The person with this e-mail address, however capitals stand in it."""
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Somebody who signs in."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=2, default="nl")

    objects: ClassVar[PersonManager] = PersonManager()

    roles_held: list[RoleHeld] | None = None  # where they were read with the person
    has_factor: bool = False  # a second one to sign in with, where that was read with the roles

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What a person may do for a party."""

    READER = "reader", _("reader")
    ADVISER_INNOVATION = "adviser-innovation", _("adviser, innovation")
    ADVISER_TRADE = "adviser-trade", _("adviser, trade")
    ADVISER_FOREIGN = "adviser-foreign", _("adviser, foreign investors")
    INVESTMENT_MANAGER = "investment-manager", _("investment manager")
    STEWARD = "steward", _("data steward")
    PROGRAMME_MANAGER = "programme-manager", _("programme manager")
    ADMINISTRATOR = "party-administrator", _("party administrator")
    SECRETARY = "secretary", _("secretariat")
    IDENTITY_STEWARD = "identity-steward", _("identity steward")
    AUDITOR = "auditor", _("auditor")
    SYSTEM_ADMINISTRATOR = "system-administrator", _("system administrator")


class RoleHeld(models.Model):
    """That a person has a role at a party, until a moment if one is named."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="roles")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="people")
    role = models.CharField(max_length=20, choices=Role.choices)
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True)
    given_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["person", "party", "role"], condition=Q(until__isnull=True), name="role_held_once"
            ),
            models.UniqueConstraint(fields=["person", "party", "role", "until"], name="role_held_until_once"),
        )
        verbose_name_plural = "roles held"

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()} at {self.party}"


class SignInTry(models.Model):
    """That somebody tried to sign in: under a keyed digest, for a day."""

    counter = models.BinaryField(max_length=32)
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["counter", "at"], name="sign_in_try"),)
        verbose_name_plural = "sign-in tries"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
