"""Reading a place: what lies in it by year, and bringing a year's files here."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Protocol

import boto3
from botocore.config import Config

from schakel.intake.sources.declared import Source

_NOT_DATA = (".", "~")
_YEAR = re.compile(r"20[0-9]{2}")


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """A file in a place: ``path`` within it, and a ``mark`` that changes when the file does."""

    path: str
    mark: str

    @property
    def name(self) -> str:
        """The file's own name."""
        return PurePosixPath(self.path).name


class Place(Protocol):
    """Somewhere files lie, a folder a year."""

    def listed(self) -> Iterable[Found]:
        """All files in it. Raises OSError or what the bucket's client raises."""

    def bring(self, path: str, into: Path) -> None:
        """Bring one file here. Raises the same."""


def place_of(source: Source) -> Place:
    """The place that a source names. Raises OSError where the bucket's secret cannot be read."""
    return Folder(Path(source.folder)) if source.folder else Bucket(source)


def by_year(found: Iterable[Found]) -> dict[int, list[Found]]:
    """Files by the year whose folder they are in; what lies elsewhere or deeper is not looked at."""
    years: dict[int, list[Found]] = defaultdict(list)
    for file in sorted(found):
        parts = PurePosixPath(file.path).parts
        if len(parts) == 2 and _YEAR.fullmatch(parts[0]) and not file.name.startswith(_NOT_DATA):
            years[int(parts[0])].append(file)
    return dict(years)


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder on disk."""

    root: Path

    def listed(self) -> Iterable[Found]:
        """Each file with its size and when it was written."""
        if not self.root.is_dir():
            raise FileNotFoundError(f"{self.root} is not there; mount it, or take it out of the sources")
        for path in self.root.rglob("*"):
            if path.is_file() and path.resolve().is_relative_to(self.root.resolve()):
                state = path.stat()
                yield Found(path.relative_to(self.root).as_posix(), f"{state.st_size} {state.st_mtime_ns}")

    def bring(self, path: str, into: Path) -> None:
        """Copy the file, a piece at a time."""
        with (self.root / path).open("rb") as source, into.open("wb") as target:
            while piece := source.read(1024 * 1024):
                target.write(piece)


class Bucket:
    """A folder in an S3-compatible bucket."""

    def __init__(self, source: Source) -> None:
        secret = Path(source.secret_file).read_text(encoding="utf-8").strip() if source.secret_file else None
        self._client: Any = boto3.client(
            "s3",
            endpoint_url=source.endpoint or None,
            region_name=source.region,
            aws_access_key_id=source.key or None,
            aws_secret_access_key=secret,
            config=Config(connect_timeout=10, read_timeout=60, retries={"max_attempts": 2}),
        )
        self._bucket, self._prefix = source.bucket, source.prefix

    def listed(self) -> Iterable[Found]:
        """Each file with its size and the bucket's own mark of its content."""
        pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=self._prefix)
        for page in pages:
            for item in page.get("Contents", ()):
                if not item["Key"].endswith("/"):
                    yield Found(item["Key"].removeprefix(self._prefix), f"{item['Size']} {item['ETag']}")

    def bring(self, path: str, into: Path) -> None:
        """Download the file, a piece at a time."""
        self._client.download_file(self._bucket, f"{self._prefix}{path}", str(into))
