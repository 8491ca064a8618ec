"""Which places are looked at, as the administrator wrote them down in TOML.

[[source]]
agency = "bom"
folder = "/srv/deliveries/bom"

[[source]]
agency = "liof"
bucket = "deliveries"
prefix = "liof/"
endpoint = "https://s3.example.org"
key = "liof-reader"
secret_file = "/etc/schakel/liof-bucket"
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path


class SourcesError(ValueError):
    """The file of sources cannot be understood; the message says where and what to do."""


@dataclass(frozen=True, slots=True)
class Source:
    """One place of one agency: a folder, or a bucket with what is needed to read it."""

    agency: str
    folder: str = ""
    bucket: str = ""
    prefix: str = ""
    endpoint: str = ""
    region: str = "eu-west-1"
    key: str = ""
    secret_file: str = ""
    whole: bool = True

    @property
    def name(self) -> str:
        """What the source is called in the trail and on pages."""
        return self.folder or f"s3://{self.bucket}/{self.prefix}"


_KNOWN = {field.name for field in fields(Source)}


def declared_sources(path: Path) -> list[Source]:
    """The sources that the file names; none where there is no file. Raises SourcesError."""
    if not path.exists():
        return []
    try:
        said: object = tomllib.loads(path.read_text(encoding="utf-8")).get("source", [])
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SourcesError(f"{path.name}: not valid TOML: {error}") from error
    if not isinstance(said, list) or not all(isinstance(entry, dict) for entry in said):
        raise SourcesError(f"{path.name}: source is no list of tables; write each as [[source]]")
    return [_source(path, number, entry) for number, entry in enumerate(said, start=1)]


def _source(path: Path, number: int, entry: dict[str, object]) -> Source:
    where = f"{path.name}: [[source]] no. {number}"
    unknown = sorted(set(entry) - _KNOWN)
    if unknown:
        raise SourcesError(f"{where}: unknown word {unknown[0]!r}; known: {', '.join(sorted(_KNOWN))}")
    if not entry.get("agency"):
        raise SourcesError(f"{where}: agency is missing; say whose deliveries these are")
    if bool(entry.get("folder")) == bool(entry.get("bucket")):
        raise SourcesError(f"{where}: name either a folder or a bucket")
    for name, value in entry.items():
        if not isinstance(value, bool if name == "whole" else str):
            raise SourcesError(f"{where}: {name} must be {'true or false' if name == 'whole' else 'text'}")
    return Source(**entry)  # type: ignore[arg-type]  # looked at above
