"""What checks had to say, and what people said of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from schakel.intake.models.delivery import Delivery
from schakel.network.models import Party, Person


class DeliveryFinding(models.Model):
    """What a check had to say, for ``owner`` to read."""

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, null=True, related_name="findings")
    period = models.SmallIntegerField()
    check_id = models.CharField(max_length=80)
    severity = models.CharField(max_length=10)
    file = models.CharField(max_length=255, blank=True)
    table = models.CharField(max_length=255, blank=True)
    cell = models.CharField(max_length=400, blank=True)
    row = models.IntegerField(null=True)
    column = models.CharField(max_length=8, blank=True)
    header = models.TextField(blank=True)
    kind = models.CharField(max_length=40, blank=True)
    field = models.CharField(max_length=60, blank=True)
    number = models.TextField(blank=True)
    value = models.TextField(blank=True)
    expected = models.TextField(blank=True)
    message_nl = models.TextField()
    message_en = models.TextField()
    remedy_nl = models.TextField()
    remedy_en = models.TextField()
    waived = models.BooleanField(default=False)  # a person said why it may stay

    class Meta:
        indexes = (
            models.Index(fields=["delivery", "severity"]),
            models.Index(fields=["delivery", "check_id", "table", "row"], name="finding_of_check"),
        )

    def __str__(self) -> str:
        return f"{self.severity} {self.check_id} {self.cell}"


class Waiver(models.Model):
    """That warnings of a check may stay, and why: one place, all of a value, or all of the check (empty places).

    Only warnings and notices can be waived; an error keeps its row out whatever people say. An empty place, and
    ``value`` None, stand for any.
    """

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="waivers")
    check_id = models.CharField(max_length=80)
    file = models.CharField(max_length=255, blank=True)
    table = models.CharField(max_length=255, blank=True)
    row = models.IntegerField(null=True)
    column = models.CharField(max_length=8, blank=True)
    value = models.TextField(null=True)  # None: whatever the value
    reason = models.TextField()
    carry = models.BooleanField(default=False)  # to be taken to the next delivery
    carried_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    ended_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.check_id}: {self.reason}"


class Remark(models.Model):
    """What a person of the agency said about a delivery, a row of it or a finding; ``mentioned``: ids of people."""

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="remarks")
    check_id = models.CharField(max_length=80, blank=True)
    file = models.CharField(max_length=255, blank=True)
    table = models.CharField(max_length=255, blank=True)
    row = models.IntegerField(null=True)
    text = models.TextField()
    mentioned = models.JSONField(default=list)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("made_at", "pk")

    def __str__(self) -> str:
        return self.text


class Caretaker(models.Model):
    """Who mends what is found in rows of a kind: the one who sends is often not the one who can."""

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["owner", "kind"], name="one_caretaker_a_kind"),)

    def __str__(self) -> str:
        return f"{self.kind}: {self.person}"


class Handing(models.Model):
    """That what a check found in a delivery was handed to a person, who may mend it until nothing of it is left."""

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="handings")
    check_id = models.CharField(max_length=80)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["delivery", "check_id"], condition=Q(settled_at__isnull=True), name="handed_to_one"
            ),
        )

    def __str__(self) -> str:
        return f"{self.check_id} of {self.delivery_id}: {self.person_id}"
