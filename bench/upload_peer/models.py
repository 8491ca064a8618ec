"""A file as Django keeps it."""

from __future__ import annotations

from django.db import models


class Upload(models.Model):
    """A file on disk, and its name in the database."""

    file = models.FileField()

    def __str__(self) -> str:
        return str(self.file)
