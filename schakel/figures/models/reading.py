"""What readers add to figures: comments that travel with them, views they keep, and what they want to hear of."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from schakel.figures.models.closing import Closing
from schakel.figures.models.publishing import Publication
from schakel.network.models import Party, Person


class FigureComment(models.Model):
    """What somebody said of a figure: an indicator in a year, and of one cell of it where ``cut`` names one.

    ``cut``: dimension to value ({"agency": "bom"}). ``shared``: for everyone who may read the figure, else for the
    own organisation. ``closing``: of which closing it was said; empty where it was of the figures as they were counted
    then. Readers get it once that closing, or the first one made after it, is published.
    """

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    indicator = models.SlugField(max_length=60)
    period = models.SmallIntegerField()
    cut = models.JSONField(default=dict, blank=True)
    closing = models.ForeignKey(Closing, on_delete=models.PROTECT, null=True, related_name="+")
    text = models.TextField()
    shared = models.BooleanField(default=False)
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("written_at",)
        indexes = (models.Index(fields=["indicator", "period"]),)
        constraints = (models.CheckConstraint(condition=~Q(text=""), name="comment_says_something"),)

    def __str__(self) -> str:
        return self.text[:60]


class SavedView(models.Model):
    """A question of the explorer that somebody keeps. ``query``: the address' own parameters, as they were."""

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    query = models.TextField()
    shared = models.BooleanField(default=False)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ("name",)
        constraints = (models.UniqueConstraint(fields=["person", "name"], name="saved_view_once"),)

    def __str__(self) -> str:
        return self.name


class Alert(models.Model):
    """That somebody wants to hear when figures are published; empty ``indicator`` or ``province`` means any."""

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    indicator = models.SlugField(max_length=60, blank=True)
    province = models.CharField(max_length=2, blank=True)
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "indicator", "province"], name="alert_once"),)

    def __str__(self) -> str:
        return f"{self.person_id}: {self.indicator or '*'} {self.province or '*'}"


class AlertTold(models.Model):
    """That an alert was told of a publication, so that nobody hears it twice."""

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="told")
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["alert", "publication"], name="alert_told_once"),)
        verbose_name_plural = "alerts told"

    def __str__(self) -> str:
        return f"{self.alert_id}: {self.publication_id}"
