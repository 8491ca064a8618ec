"""The index: one row for each thing that can be found, with whose it is.

Invariants: a party finds what it owns and what nobody owns (is for all who sign in), and nothing else. Only the
worker writes here, and an owner's rows only when acting for that owner. Everything here can be made anew from
what the rooms keep.
"""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from schakel.network.models import Party


class SearchEntry(models.Model):
    """A thing that can be found. ``thing``: the same through the years; ``sort_key``: its title, folded."""

    owner = models.ForeignKey(Party, on_delete=models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=40)
    object_id = models.TextField()
    thing = models.TextField()
    period = models.SmallIntegerField(null=True)
    title = models.TextField()
    title_en = models.TextField()
    subtitle = models.TextField(blank=True)
    subtitle_en = models.TextField(blank=True)
    sort_key = models.TextField()
    vector = SearchVectorField()

    class Meta:
        verbose_name_plural = "search entries"
        constraints = (models.UniqueConstraint(fields=["kind", "object_id"], name="search_entry_once"),)
        indexes = (
            GinIndex(fields=["vector"], name="search_entry_words"),
            models.Index(fields=["owner", "period"], name="search_entry_scope"),
        )

    def __str__(self) -> str:
        return self.title
