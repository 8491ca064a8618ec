"""The manifest of a closing: what its files are, with their SHA-256, of which state and made with what.

It is JSON with sorted keys. Its own SHA-256 is the closing's digest: whoever has that can hold every byte to it.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from typing import Any

from schakel import __version__

FORMAT = 1
NAME = "manifest.json"
DIGEST = "manifest.sha256"
Files = Mapping[str, bytes]
"""The files of a closing by their name, folders with a slash; with or without manifest and digest."""


class ClosingError(ValueError):
    """A closing cannot be made or opened; says what is wrong with which file."""


def engines() -> dict[str, str]:
    """The versions of what counts here."""
    counted_with = {"duckdb": "duckdb", "ibis": "ibis-framework", "polars": "polars"}
    found = {name: version(package) for name, package in counted_with.items()}
    return found | {"python": platform.python_version(), "schakel": __version__}


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a closing says of itself.

    ``facts``: of each fact its number of rows and how it is read (see ``frozen.State``); ``definitions``: the
    catalogue's files in order; ``indicators``: version of each definition; ``state``: SHA-256 of what was closed,
    whatever it was closed with; ``corrects``: the digest of the closing that this one corrects; ``files``: SHA-256 and
    size of each file. ``made_at``: UTC, ISO 8601.
    """

    year: int
    version: int
    made_at: str
    state: str
    facts: Mapping[str, Mapping[str, Any]]
    definitions: Sequence[str]
    indicators: Mapping[str, int]
    files: Mapping[str, Mapping[str, Any]]
    corrects: str = ""
    engines: Mapping[str, str] = field(default_factory=engines)
    format: int = FORMAT

    def as_bytes(self) -> bytes:
        """The manifest as it is written: sorted keys, so that the same says the same."""
        return json.dumps(self.as_values(), indent=1, sort_keys=True).encode() + b"\n"

    def as_values(self) -> dict[str, Any]:
        """The manifest as plain values."""
        return asdict(self)

    @classmethod
    def of(cls, content: bytes) -> Manifest:
        """The manifest in ``content``. Raises ClosingError for what is none, or of a later format."""
        try:
            said = json.loads(content)
            if said["format"] != FORMAT:
                raise ClosingError(f"the closing has format {said['format']}, this version reads {FORMAT}")
            return cls(**said)
        except (ValueError, TypeError, KeyError) as error:
            raise error if isinstance(error, ClosingError) else ClosingError(f"{NAME} is no manifest") from error


def sha256(content: bytes) -> str:
    """SHA-256 in hexadecimals."""
    return hashlib.sha256(content).hexdigest()


def said_of(files: Files) -> dict[str, dict[str, Any]]:
    """SHA-256 and size of each file, for a manifest."""
    return {name: {"sha256": sha256(content), "bytes": len(content)} for name, content in sorted(files.items())}


def whole(manifest: Manifest, files: Files) -> dict[str, bytes]:
    """All files of a closing: these, the manifest, and its digest."""
    content = manifest.as_bytes()
    return {**files, NAME: content, DIGEST: f"{sha256(content)}\n".encode()}


def digest_of(files: Files) -> str:
    """The closing's digest: SHA-256 of its manifest. Raises ClosingError where there is none."""
    if NAME not in files:
        raise ClosingError(f"there is no {NAME}")
    return sha256(files[NAME])
