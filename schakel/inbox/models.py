"""What waits for whom, how they want to hear of it, who stands in for them, and the mail about it.

Invariants: an item belongs to the party in whose inbox it lies; whoever put it there for another party sees that
item of theirs and no other. A key stands once in an inbox for each party that puts it there, so that nobody learns
from a refusal what another party put. What a letter says is a table of its own: who sees to it that mail goes out
sees that a letter failed, and not what it says.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schakel.network.models import Party, Person, Role
from schakel.words import Words


class ItemKind(models.TextChoices):
    """Whether something must be done, or it is only good to know."""

    WAITS = "waits", _("to do")
    TELLS = "tells", _("to know")


class Item(models.Model):
    """Something in an inbox: for one person, or for everybody who holds a role at the party."""

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    sent_by = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=200)
    kind = models.CharField(max_length=5, choices=ItemKind.choices)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=20, choices=Role.choices, blank=True)
    title_nl = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300)
    body_nl = models.TextField(blank=True)
    body_en = models.TextField(blank=True)
    url = models.CharField(max_length=500)  # a path on this site
    room = models.CharField(max_length=30, blank=True)
    due = models.DateField(null=True)
    urgent = models.BooleanField(default=False)
    by_hand = models.BooleanField(default=False)  # a person may say that it is done
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField()  # when it last had something new to say
    reminded_on = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["owner", "sent_by", "key"], condition=Q(kind="waits"), name="item_waits_once"
            ),
            models.UniqueConstraint(
                fields=["owner", "sent_by", "key", "person"], condition=Q(kind="tells"), name="item_told_once"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, role="") | (Q(person__isnull=True) & ~Q(role="")),
                name="item_for_a_person_or_a_role",
            ),
            models.CheckConstraint(condition=Q(kind="waits") | Q(done_at__isnull=True), name="item_told_is_never_done"),
            models.CheckConstraint(
                condition=Q(url__startswith="/") & ~Q(url__startswith="//"), name="item_leads_into_this_site"
            ),
        )
        indexes = (
            models.Index(fields=["owner", "due"], condition=Q(done_at__isnull=True), name="item_open"),
            models.Index(fields=["owner", "-done_at"], condition=Q(done_at__isnull=False), name="item_done"),
            models.Index(fields=["sent_by", "owner", "key"], name="item_sent"),
        )

    def __str__(self) -> str:
        return self.title_nl

    @property
    def title(self) -> Words:
        """What it is, in both languages."""
        return Words(self.title_nl, self.title_en)

    @property
    def body(self) -> Words:
        """What more there is to say; empty where there is nothing."""
        return Words(self.body_nl, self.body_en)


class ItemSeen(models.Model):
    """That a person has read an item as it now stands."""

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="seen")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["item", "person"], name="item_seen_once"),)
        verbose_name_plural = "items seen"

    def __str__(self) -> str:
        return f"item {self.item_id} seen by {self.person_id}"


class Mail(models.TextChoices):
    """How somebody wants to hear by mail of what comes into the inbox."""

    AT_ONCE = "at_once", _("at once, a message for each")
    DAILY = "daily", _("once a day, all in one message")
    NONE = "none", _("not at all")


FIRST_HOUR, LAST_HOUR = 5, 12


class Preference(models.Model):
    """How a person wants mail about the inbox of one party; who has chosen nothing gets it at once."""

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    mail = models.CharField(max_length=10, choices=Mail.choices, default=Mail.AT_ONCE)
    hour = models.PositiveSmallIntegerField(default=8)  # of the morning, in Europe/Amsterdam
    digested_at = models.DateTimeField(null=True)  # what came after this is new to the next digest

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["owner", "person"], name="preference_once"),
            models.CheckConstraint(condition=Q(hour__range=(FIRST_HOUR, LAST_HOUR)), name="preference_in_the_morning"),
        )

    def __str__(self) -> str:
        return f"{self.person_id}: {self.mail}"


class Deputy(models.Model):
    """Who stands in for a person of the same party, from ``since`` up to and including ``until``."""

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    deputy = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    since = models.DateField()
    until = models.DateField()
    made_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="deputy_ends_later"),
            models.CheckConstraint(condition=~Q(deputy=F("person")), name="deputy_is_another"),
        )
        indexes = (models.Index(fields=["owner", "until"]),)
        verbose_name_plural = "deputies"

    def __str__(self) -> str:
        return f"{self.deputy_id} for {self.person_id}, {self.since} to {self.until}"


class LetterState(models.TextChoices):
    """How far a letter is."""

    WAITING = "waiting", _("waits to be sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("could not be sent")
    NEEDLESS = "needless", _("no longer needed")


class Letter(models.Model):
    """A mail to a person, on its way. ``key`` says what for; the same is never written twice."""

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(Item, on_delete=models.CASCADE, null=True, related_name="+")
    key = models.CharField(max_length=100)
    address = models.EmailField()  # as it was when the letter was written
    message_id = models.CharField(max_length=200, unique=True)
    state = models.CharField(max_length=10, choices=LetterState.choices, default=LetterState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=500, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    next_try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["owner", "person", "key"], name="letter_once"),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="letter_sent_has_its_moment",
            ),
        )
        indexes = (
            models.Index(fields=["owner", "next_try_at"], condition=Q(state="waiting"), name="letter_waiting"),
            models.Index(fields=["person", "-made_at"], name="letter_of_person"),
        )

    def __str__(self) -> str:
        return f"letter {self.pk} ({self.state})"


class LetterText(models.Model):
    """What a letter says: titles and links, for nobody but the party whose inbox it tells of."""

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    letter = models.OneToOneField(Letter, on_delete=models.CASCADE, related_name="content")
    subject = models.CharField(max_length=400)
    text = models.TextField()
    html = models.TextField()

    def __str__(self) -> str:
        return self.subject
