"""The zip that a workbook is, read as a stream: what is unpacked is counted, never believed."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from schakel.intake.reading.limits import Limits
from schakel.intake.reading.refusals import RefusedError

_BLOCK = 1 << 18
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, KeyError, IndexError)


class Archive:
    """The parts of a workbook file, by name without regard to case."""

    def __init__(self, path: Path, limits: Limits) -> None:
        """Open ``path``. Raises RefusedError where it is no whole zip."""
        self._limits = limits
        self._unpacked: dict[str, int] = {}  # the same part may be read twice
        try:
            self._zip = zipfile.ZipFile(path)
        except _DAMAGED as error:
            raise RefusedError("file.truncated", detail="zip") from error
        entries = self._zip.infolist()
        self._parts = {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in entries}
        if len(self._parts) != len(entries):
            raise RefusedError("file.unreadable", detail="a part occurs twice in the zip")

    def names(self) -> frozenset[str]:
        """Names of all parts, in lower case."""
        return frozenset(self._parts)

    def encrypted(self) -> bool:
        """Whether a part needs a password."""
        return any(info.flag_bits & 1 for info in self._parts.values())

    def has(self, name: str) -> bool:
        """Whether there is a part called ``name``."""
        return name.lower() in self._parts

    def stream(self, name: str) -> Iterator[bytes]:
        """The content of a part, block by block.

        Raises RefusedError: missing or damaged, or more than a file may unpack to.
        """
        info = self._parts.get(name.lower())
        if info is None:
            raise RefusedError("file.unreadable", detail=f"{name} is missing")
        if info.file_size > self._limits.unpacked_bytes:
            raise self._bomb()
        try:
            with self._zip.open(info) as part:
                yield from self._counted(part, info)
        except _DAMAGED as error:
            raise RefusedError("file.truncated", detail=f"{name}: {error}") from error
        except RuntimeError as error:  # zipfile: "is encrypted, password required"
            raise RefusedError("file.password") from error

    def read(self, name: str) -> bytes:
        """The whole content of a part. Raises RefusedError, as `stream`."""
        return b"".join(self.stream(name))

    def _counted(self, part: IO[bytes], info: zipfile.ZipInfo) -> Iterator[bytes]:
        others = sum(size for name, size in self._unpacked.items() if name != info.filename)
        size = 0
        while block := part.read(_BLOCK):
            size += len(block)
            self._unpacked[info.filename] = size
            swollen = size > self._limits.ratio_from_bytes and size > self._limits.ratio * max(info.compress_size, 1)
            if swollen or others + size > self._limits.unpacked_bytes:
                raise self._bomb()
            yield block

    def _bomb(self) -> RefusedError:
        return RefusedError("file.bomb", limit=self._limits.unpacked_bytes // 1_000_000)
