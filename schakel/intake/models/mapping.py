"""How an agency's tables become records."""

from __future__ import annotations

from django.db import models

from schakel.network.models import Party, Person


class ConfirmedMapping(models.Model):
    """How an agency's tables become records, as a person of that agency confirmed it."""

    owner = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    text = models.TextField()
    confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-version",)
        constraints = (models.UniqueConstraint(fields=["owner", "version"], name="mapping_version_once"),)

    def __str__(self) -> str:
        return f"mapping {self.version} of {self.owner}"
