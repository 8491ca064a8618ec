"""Invitations: a party lets somebody in by mail.

Invariants: the text of the link is kept nowhere, only its digest, and only while it opens something. What an invitation
gives is never altered; it is accepted once, or ends by itself, or is withdrawn.
"""

from __future__ import annotations

import datetime as dt

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from schakel.network.models import Party, Person, Role


class Invitation(models.Model):
    """That ``owner`` invites an address to act for ``party`` in ``roles`` (``until`` a moment, if one is named)."""

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    email = models.EmailField()
    name = models.CharField(max_length=120)
    roles = ArrayField(models.CharField(max_length=20, choices=Role.choices))
    until = models.DateTimeField(null=True)
    language = models.CharField(max_length=2, default="nl")
    invited_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    digest = models.CharField(max_length=64, null=True, unique=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)  # none: it went out, or the server refused it for good
    sent_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=500, blank=True)
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        app_label = "sharing"
        ordering = ("-made_at", "-pk")
        indexes = (models.Index(fields=["owner", "next_try_at"], name="invitation_to_send"),)
        constraints = (
            models.CheckConstraint(condition=Q(roles__len__gt=0), name="invitation_to_some_role"),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True), name="invitation_ends_once"
            ),
            models.CheckConstraint(
                condition=Q(digest__isnull=True) | Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="invitation_that_ended_opens_nothing",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} at {self.party}"

    def is_open(self, now: dt.datetime) -> bool:
        """Whether it can still be accepted at ``now``, or sent again."""
        return self.accepted_at is None and self.withdrawn_at is None and self.expires_at > now
