"""What is doubtful, what may be seen of it, and what people said of it.

Invariants: what a person said is never altered, only taken back by another line; it holds over every later round until
then. Of another agency's record a reviewer sees a card (name, place, numbers, site), and only while both agencies take
part in identity review.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schakel.network.models import Party, Person


class Doubt(models.Model):
    """A pair of records (or a record and a register entry) of which it is not sure whether they are one thing.

    Written by the linker alone, anew each round; ``a`` is the lower record. ``owner_a`` and ``owner_b``: whose records
    they are; ``owner_b`` is null for a register entry. ``together``: whether they count as one for now. ``disputed``:
    people contradict each other, and the network's identity steward settles it. ``gain``: how much an answer teaches,
    in thousandths of a bit; ``weight``: how many records hang on it.
    """

    thing = models.CharField(max_length=40)
    owner_a = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    kind_a = models.CharField(max_length=40)
    record_a = models.BigIntegerField()
    owner_b = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, related_name="+")
    kind_b = models.CharField(max_length=40)
    record_b = models.BigIntegerField()
    score = models.IntegerField(null=True)
    reasons = ArrayField(models.CharField(max_length=40), default=list)
    gain = models.IntegerField(default=0)
    weight = models.IntegerField(default=1)
    together = models.BooleanField(default=False)
    disputed = models.BooleanField(default=False)
    since = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["thing", "kind_a", "record_a", "kind_b", "record_b"], name="doubted_once"),
        )
        indexes = (models.Index(fields=["owner_a"]), models.Index(fields=["owner_b"]))

    def __str__(self) -> str:
        return f"{self.thing}: {self.kind_a} {self.record_a} / {self.kind_b} {self.record_b}"


class Card(models.Model):
    """What a reviewer on the other side of a doubt sees of a record: name, place, numbers and site; nothing else.

    ``owner``: whose record it is. ``other``: the party on the other side, null where that is a register entry.
    """

    doubt = models.ForeignKey(Doubt, on_delete=models.CASCADE, related_name="cards")
    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Party, on_delete=models.PROTECT, null=True, related_name="+")
    record_kind = models.CharField(max_length=40)
    record_id = models.BigIntegerField()
    says = models.JSONField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["doubt", "record_kind", "record_id"], name="one_card_a_side"),)

    def __str__(self) -> str:
        return f"card of {self.record_kind} {self.record_id}"


class Verdict(models.TextChoices):
    """What a person can say of two records."""

    SAME = "same", _("the same")
    DIFFERENT = "different", _("not the same")
    UNSURE = "unsure", _("cannot say")


class Judgement(models.Model):
    """What a person said of two records for their party; a line of a log.

    ``takes_back``: an earlier line that no longer holds, with why. ``confirms``: an earlier line of somebody else,
    where four eyes are asked. ``as_steward``: by the network's identity steward; it goes before what agencies said.
    """

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    thing = models.CharField(max_length=40)
    kind_a = models.CharField(max_length=40)
    record_a = models.BigIntegerField()
    kind_b = models.CharField(max_length=40)
    record_b = models.BigIntegerField()
    verdict = models.CharField(max_length=10, choices=Verdict.choices, blank=True)
    as_steward = models.BooleanField(default=False)
    takes_back = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="taken_back_by")
    confirms = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="confirmations")
    why = models.TextField(blank=True)
    score = models.IntegerField(null=True)  # as it stood then; shown to the person after judging
    version = models.CharField(max_length=40, blank=True)  # of the model then
    reasons = ArrayField(models.CharField(max_length=40), default=list)

    class Meta:
        indexes = (models.Index(fields=["thing", "kind_a", "record_a", "kind_b", "record_b"]),)
        constraints = (
            models.CheckConstraint(condition=Q(takes_back__isnull=True) | ~Q(why=""), name="taken_back_with_a_reason"),
            models.CheckConstraint(
                condition=(Q(takes_back__isnull=True) & ~Q(verdict="")) | (Q(takes_back__isnull=False, verdict="")),
                name="says_something_or_takes_back",
            ),
        )

    def __str__(self) -> str:
        return f"{self.verdict or 'taken back'}: {self.kind_a} {self.record_a} / {self.kind_b} {self.record_b}"


class Lease(models.Model):
    """That somebody is looking at a doubt just now, so that two reviewers do not do the same work."""

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    doubt = models.OneToOneField(Doubt, on_delete=models.CASCADE, related_name="lease")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.doubt_id} until {self.until}"
