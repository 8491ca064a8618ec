"""Organisations as each agency knows them, the trade register's facts, and which records are one thing.

Invariants: an identity's number never changes meaning. A merge keeps the elder and redirects the younger
for ever. The log of decisions is only appended to; membership is what follows from it.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from schakel.intake.records import Record
from schakel.network.models import Party


class Organisation(Record):
    """An organisation as one agency knows it in one period."""

    name = models.TextField()
    kvk = models.CharField(max_length=8, blank=True, null=True)
    rsin = models.CharField(max_length=9, blank=True, null=True)
    vat = models.CharField(max_length=20, blank=True, null=True)
    legal_form = models.TextField(blank=True, null=True)
    address = models.TextField(blank=True, null=True)
    postcode = models.CharField(max_length=12, blank=True, null=True)
    city = models.TextField(blank=True, null=True)
    country = models.CharField(max_length=2, blank=True, null=True)
    website = models.TextField(blank=True, null=True)
    kind = models.CharField(max_length=20)
    size = models.CharField(max_length=20, blank=True, null=True)

    def __str__(self) -> str:
        return self.name


class RegisterEntry(Record):
    """A published fact of the trade register; the secretariat delivers the list, everybody may read it."""

    kvk = models.CharField(max_length=8, blank=True, null=True)
    rsin = models.CharField(max_length=9, blank=True, null=True)
    name = models.TextField()
    trade_names = ArrayField(models.TextField(), default=list, null=True)
    legal_form = models.TextField(blank=True, null=True)
    street = models.TextField(blank=True, null=True)
    house_number = models.TextField(blank=True, null=True)
    postcode = models.CharField(max_length=12, blank=True, null=True)
    city = models.TextField(blank=True, null=True)
    website = models.TextField(blank=True, null=True)

    class Meta(Record.Meta):
        verbose_name_plural = "register entries"

    def __str__(self) -> str:
        return self.name


class Identity(models.Model):
    """One thing: an organisation, a project, a case, an activity, a round. Its number is for ever.

    ``thing``: which sort of thing ("organisation", "project", ...). ``redirects_to``: the elder it was
    merged into.
    """

    thing = models.CharField(max_length=40)
    redirects_to = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    born_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "identities"

    def __str__(self) -> str:
        return f"{self.thing} {self.pk}"


class IdentityMember(models.Model):
    """That a record is (of) an identity, as things stand; the decision log says since when and why."""

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    thing = models.CharField(max_length=40)
    record_kind = models.CharField(max_length=40)
    record_id = models.BigIntegerField()
    identity = models.ForeignKey(Identity, on_delete=models.PROTECT, related_name="members")
    leading = models.BooleanField(default=True)
    rule = models.CharField(max_length=60)
    evidence = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["thing", "record_kind", "record_id"], name="record_is_one_identity"),
        )
        indexes = (models.Index(fields=["identity"]),)

    def __str__(self) -> str:
        return f"{self.record_kind} {self.record_id} is {self.identity_id}"


class Decision(models.Model):
    """One line of the identity log: born, linked, merged."""

    at = models.DateTimeField(auto_now_add=True)
    thing = models.CharField(max_length=40)
    verb = models.CharField(max_length=20)
    identity_id = models.BigIntegerField()
    other_id = models.BigIntegerField(null=True)  # the younger, for a merge
    owner_id = models.BigIntegerField(null=True)  # of the record, for a link
    record_kind = models.CharField(max_length=40, blank=True)
    record_id = models.BigIntegerField(null=True)
    rule = models.CharField(max_length=60, blank=True)
    evidence = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.verb} {self.thing} {self.identity_id}"
