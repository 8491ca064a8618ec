"""Publication of a closing: who must approve, who did, and from which moment everyone may read it.

Invariants: a publication is open from its moment on, if every body that must approve has, and none refused; before,
its figures are for those who make them (agencies and secretariat) alone. What was published stays published: a later
publication of the year revises it.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schakel.figures.models.closing import Closing
from schakel.network.models import Party, Person


class BodyKind(models.TextChoices):
    """What sort of body approves."""

    SUPERVISORY_BOARD = "supervisory_board", _("supervisory board")
    SHAREHOLDERS = "shareholders", _("shareholders")
    BOARD = "board", _("board of directors")
    OTHER = "other", _("other body")


class ApprovingBody(models.Model):
    """A body of ``owner`` that must approve figures before they are published, from ``first_period`` on."""

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=BodyKind.choices)
    first_period = models.SmallIntegerField()
    last_period = models.SmallIntegerField(null=True)

    class Meta:
        ordering = ("owner__order", "name")
        constraints = (models.UniqueConstraint(fields=["owner", "name"], name="body_once"),)
        verbose_name_plural = "approving bodies"

    def __str__(self) -> str:
        return self.name


class Publication(models.Model):
    """That a closing is to be public from ``publish_at`` on; null while no hour is set.

    ``withdrawn_at`` is for one that was not open yet; what was published is revised, not withdrawn.
    """

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    closing = models.OneToOneField(Closing, on_delete=models.PROTECT, related_name="publication")
    period = models.SmallIntegerField()
    publish_at = models.DateTimeField(null=True)
    remark = models.TextField(blank=True)
    prepared_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    prepared_at = models.DateTimeField(auto_now_add=True)
    withdrawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.TextField(blank=True)

    class Meta:
        ordering = ("-period", "-closing__version")
        constraints = (
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_because=""),
                name="publication_withdrawn_with_a_reason",
            ),
        )

    def __str__(self) -> str:
        return f"publication of {self.closing_id}"


class Approval(models.Model):
    """What a body decided of a publication: approved or refused, on a day, with where it is written down."""

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="approvals")
    body = models.ForeignKey(ApprovingBody, on_delete=models.PROTECT, related_name="approvals")
    approved = models.BooleanField()
    decided_on = models.DateField()
    reference = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("recorded_at",)
        constraints = (
            models.CheckConstraint(condition=Q(approved=True) | ~Q(reason=""), name="refused_with_a_reason"),
        )

    def __str__(self) -> str:
        return f"{self.body}: {'approved' if self.approved else 'refused'}"
