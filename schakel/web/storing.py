"""Where static files are served from, with their addresses remembered: each page has some fifteen of them."""

from __future__ import annotations

from django.conf import settings
from whitenoise.storage import CompressedManifestStaticFilesStorage  # type: ignore[import-untyped] # it has no types


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc] # nor has its storage
    """WhiteNoise's storage; what a file's address is changes with a new start only, when its manifest is read."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self._addresses: dict[str, str] = {}

    def url(self, name: str | None, force: bool = False) -> str:
        """The address of a file. Raises ValueError for one that there is not."""
        if settings.DEBUG or force or name is None:
            return str(super().url(name, force))
        if name not in self._addresses:
            self._addresses[name] = str(super().url(name))
        return self._addresses[name]
