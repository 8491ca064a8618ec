"""What a party lets others do: keys for its own systems, mandates for auditors, agreements with other parties.

Invariants: the key itself is shown once and never kept, only its digest; a withdrawn or expired one opens nothing. A
mandate is never altered but to be withdrawn, once; an agreement, once proposed, is only signed, suspended and ended,
by each party for itself. Neither opens anything outside its hours, whoever asks.
"""

from __future__ import annotations

import datetime as dt

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schakel.network.models import Party, Person
from schakel.sharing.people.models import Invitation

__all__ = ("IdentityReview", "Invitation", "Look", "Mandate", "Scope", "Token")


class Scope(models.TextChoices):
    """What a key may be used for."""

    READ = "read", _("read deliveries, findings and receipts")
    DELIVER = "deliver", _("deliver files and records")
    ACCEPT = "accept", _("accept what was checked")


class Token(models.Model):
    """A key of a party for the API."""

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    scopes = ArrayField(models.CharField(max_length=20, choices=Scope.choices))
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    used_on = models.DateField(null=True)

    class Meta:
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return self.name


class Mandate(models.Model):
    """That ``auditor`` may look into what ``owner`` has of ``years``, from ``since`` until ``until``, for ``purpose``.

    Given by the party itself, and by the secretariat for the network's figures. What it says is never altered; it ends
    at its hour, or when it is withdrawn. ``with_valuations``: also what positions are worth. ``signed_as``: in what
    capacity the person signed. The trail and the decisions on identity are not kept by year, so a mandate covers all.
    """

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    auditor = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    purpose = models.TextField()
    years = ArrayField(models.SmallIntegerField())
    since = models.DateTimeField()
    until = models.DateTimeField()
    with_valuations = models.BooleanField(default=False)
    signed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    signed_as = models.CharField(max_length=120)
    signed_at = models.DateTimeField(auto_now_add=True)
    withdrawn_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.TextField(blank=True)

    class Meta:
        ordering = ("-signed_at", "-pk")
        indexes = (models.Index(fields=["auditor", "until"]),)
        constraints = (
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="mandate_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(years__len__gt=0), name="mandate_of_some_year"),
            models.CheckConstraint(condition=~Q(purpose="") & ~Q(signed_as=""), name="mandate_with_a_purpose"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_because=""), name="mandate_withdrawn_why"
            ),
        )

    def __str__(self) -> str:
        return f"{self.owner}: {self.auditor}"

    def stands(self, now: dt.datetime) -> bool:
        """Whether it opens anything at ``now``."""
        return self.withdrawn_at is None and self.since <= now < self.until


class Look(models.Model):
    """That somebody looked at records of ``owner`` under a mandate or an agreement: who, what, when."""

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, null=True, related_name="looks")
    agreement = models.ForeignKey("Agreement", on_delete=models.PROTECT, null=True, related_name="looks")
    viewer = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    verb = models.CharField(max_length=60)
    kind = models.CharField(max_length=60)
    objects_ids = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        ordering = ("-at", "-pk")
        indexes = (models.Index(fields=["owner", "-at"]),)
        constraints = (
            models.CheckConstraint(
                condition=Q(mandate__isnull=True, agreement__isnull=False)
                | Q(mandate__isnull=False, agreement__isnull=True),
                name="look_under_one_of_both",
            ),
        )

    def __str__(self) -> str:
        return f"{self.viewer_id} {self.verb} {self.kind}"


class IdentityReview(models.Model):
    """That a party takes part in identity review, a standing agreement of the network.

    While two agencies do, their reviewers see of each other's doubtful records a card: name, place, numbers and site;
    the network's identity steward sees both. What it says is never altered but to be ended, once; who takes part is
    known to all.
    """

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField(auto_now_add=True)
    signed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    signed_as = models.CharField(max_length=120)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["owner"], condition=Q(ended_at=None), name="takes_part_in_review_once"),
        )

    def __str__(self) -> str:
        return f"{self.owner} takes part since {self.since}"


class Standing(models.TextChoices):
    """The kinds of agreement that stand ready as templates."""

    COUNT = "national-count", _("national count: figures only")
    COMMUNITY = "theme-community", _("theme community")
    PROGRAMME = "joint-programme", _("joint programme")
    MEMORANDUM = "memorandum", _("memorandum of understanding with a partner")
    HANDING_OVER = "handing-over", _("handing over one case")
    OTHER = "other", _("an agreement of its own")


class Depth(models.IntegerChoices):
    """How much of a thing is seen: each takes in the ones before."""

    KNOWN = 1, _("known: that they know it, and whom to ask")
    SUMMARY = 2, _("summary")
    FULL = 3, _("full")


class Reach(models.TextChoices):
    """Of which things of a kind a clause is."""

    ALL = "all", _("all of them")
    THEMES = "themes", _("those of certain themes")
    ORGANISATIONS = "organisations", _("those of certain organisations")
    THINGS = "things", _("certain ones")


class Agreement(models.Model):
    """What parties share with each other: which records, how deep, what for, on what legal ground, from and until.

    Drafted by ``owner``, who leads it. Once proposed it is never altered; it opens what it says between its hours, from
    when every party that it names has signed. See ``Signatory`` for how a party suspends and ends its part.
    """

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    standing = models.CharField(max_length=20, choices=Standing.choices)
    title = models.CharField(max_length=160)
    purpose = models.TextField()
    legal_ground = models.TextField()
    since = models.DateTimeField()
    until = models.DateTimeField()
    drafted_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    drafted_at = models.DateTimeField(auto_now_add=True)
    proposed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-drafted_at", "-pk")
        constraints = (
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="agreement_ends_after_it_begins"),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(purpose="") & ~Q(legal_ground=""), name="agreement_says_what_for"
            ),
        )

    def __str__(self) -> str:
        return self.title


class Signatory(models.Model):
    """A party (``owner``) to an agreement: whether it gives, receives or both, and what it did with it since.

    ``contact``: whom to ask there. Suspended it gives and receives nothing until it resumes; ended, never again. Who
    ends before signing declines, and then the agreement never opens anything.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="signatories")
    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    gives = models.BooleanField()
    receives = models.BooleanField()
    contact = models.CharField(max_length=160, blank=True)
    signed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    signed_as = models.CharField(max_length=120, blank=True)
    signed_at = models.DateTimeField(null=True)
    suspended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_because = models.TextField(blank=True)

    class Meta:
        ordering = ("owner__order", "owner__name")
        verbose_name_plural = "signatories"
        indexes = (models.Index(fields=["owner", "agreement"], condition=Q(ended_at=None), name="signatory_stands"),)
        constraints = (
            models.UniqueConstraint(fields=["agreement", "owner"], name="signatory_once"),
            models.CheckConstraint(condition=Q(gives=True) | Q(receives=True), name="signatory_takes_part"),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True) | ~Q(signed_as=""), name="signatory_signs_in_a_capacity"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | ~Q(ended_because=""), name="signatory_ends_why"
            ),
        )

    def __str__(self) -> str:
        return f"{self.owner}: {self.agreement}"

    @property
    def stands(self) -> bool:
        """Whether it gives and receives now, as far as it depends on this party."""
        return self.signed_at is not None and self.suspended_at is None and self.ended_at is None


class Clause(models.Model):
    """That an agreement opens things of ``kind``, so deep; all, or by theme, by organisation, or one by one.

    ``things``: codes of themes, numbers of organisations, or of things of the kind, as their giver numbers them; of
    what is numbered anew each year with the year before it ("2023/P-14").
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="clauses")
    kind = models.CharField(max_length=40)
    depth = models.SmallIntegerField(choices=Depth.choices)
    reach = models.CharField(max_length=20, choices=Reach.choices)
    things = ArrayField(models.TextField(), default=list)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(reach="all", things=[]) | (~Q(reach="all") & Q(things__len__gt=0)),
                name="clause_names_what_it_reaches",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind}: {self.get_reach_display()}"


class Opening(models.Model):
    """A question (``ids``, SQL) for the ids of records of ``kind`` that agreements open in full to the acting party.

    Written by migrations of rooms alone: of its own records, and of what comes along with them.
    """

    kind = models.CharField(max_length=40)
    ids = models.TextField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["kind", "ids"], name="opening_once"),)

    def __str__(self) -> str:
        return f"{self.kind}: {self.ids}"
