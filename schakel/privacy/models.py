"""What people ask about their data, what was erased, and what retention did.

Invariants: a request is a party's own; who sends it on to another party sees of it what they wrote and how it stands.
By what somebody is found (`Mark`) is kept only while it is needed, and taken away when the request is done; what
remains of an erasure is digests that say nothing without the key.
"""

from __future__ import annotations

import datetime as dt

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schakel.network.models import Party, Person


class Asks(models.TextChoices):
    """What is asked, by the article of the GDPR."""

    ACCESS = "access", _("to see or receive what is held (art. 15, 20)")
    CORRECTION = "correction", _("to have it corrected (art. 16)")
    ERASURE = "erasure", _("to have it erased (art. 17)")


class RequestState(models.TextChoices):
    """How far a request is."""

    RECEIVED = "received", _("received")
    IDENTIFIED = "identified", _("identity checked")
    DECIDED = "decided", _("being erased")
    DONE = "done", _("done")
    REFUSED = "refused", _("refused")


class PersonalRequest(models.Model):
    """What somebody asks of ``owner`` about their own data: who asked and how, how it stands, what was done.

    ``due``: a month after it was asked (article 12, third paragraph), two more where that was said in time.
    ``found``: table to column to ids of rows, as last looked up; ``done``: counts of what was rewritten. ``routed_by``:
    the party that sent it on; for that of nobody else, the owner itself.
    """

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    routed_by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    asks = models.CharField(max_length=12, choices=Asks.choices)
    state = models.CharField(max_length=12, choices=RequestState.choices, default=RequestState.RECEIVED)
    asked_by = models.CharField(max_length=160)
    asked_on = models.DateField()
    due = models.DateField()
    account = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    identity = models.CharField(max_length=200, blank=True)
    identified_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    found = models.JSONField(default=dict)
    looked_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)
    decided_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    done = models.JSONField(default=dict)
    done_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-asked_on", "-pk")
        indexes = (models.Index(fields=["owner", "due"]),)
        constraints = (
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(answer=""), name="request_refused_with_a_reason"),
            models.CheckConstraint(
                condition=Q(state="received") | ~Q(identity=""), name="request_of_who_was_identified"
            ),
        )

    def __str__(self) -> str:
        return f"{self.owner} {self.pk}"

    @property
    def open(self) -> bool:
        """Whether something is still to be done."""
        return self.state not in (RequestState.DONE, RequestState.REFUSED)

    def overdue(self, today: dt.date) -> bool:
        """Whether it should have been answered by now."""
        return self.open and today > self.due


class Mark(models.Model):
    """By what the person of a request is found: a name, an address, a number. Taken away when the request is done."""

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    routed_by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    request = models.ForeignKey(PersonalRequest, on_delete=models.CASCADE, related_name="marks")
    text = models.CharField(max_length=200)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"mark of request {self.request_id}"


class Erasure(models.Model):
    """That somebody was erased: digests by number of words, and the account, if there was one.

    ``mark``: says which line of the list beside the backups it is, so that a restore does what is not done yet.
    """

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    mark = models.UUIDField(unique=True)
    digests = models.JSONField(default=dict)
    account_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    done = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"erasure {self.mark}"


class Belonging(models.Model):
    """Whose a row is of a ``table`` that has no one owner: ``condition`` (SQL), with the party's id as ``{party}``.

    Written by migrations of rooms alone; of any other table a row is its owner's.
    """

    table = models.CharField(max_length=63, unique=True)
    condition = models.TextField()

    def __str__(self) -> str:
        return self.table


class Retained(models.Model):
    """What a day's round of retention did for a party: of a kind, how many went that were older than ``before``."""

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    days = models.PositiveIntegerField()
    before = models.DateTimeField()
    gone = models.PositiveIntegerField()
    at = models.DateTimeField(auto_now_add=True)
    ids = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        ordering = ("-at", "-pk")
        verbose_name_plural = "retained"
        indexes = (models.Index(fields=["owner", "-at"]),)

    def __str__(self) -> str:
        return f"{self.kind}: {self.gone}"
