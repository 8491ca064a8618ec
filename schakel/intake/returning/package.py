"""The zip of a workbook, copied part by part as it was packed; only edited parts are packed anew.

Invariant: a part that nobody put anew has the same packed bytes in the copy, in the same order.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO

from schakel.intake.reading.archive import Archive
from schakel.intake.reading.limits import Limits
from schakel.intake.reading.refusals import RefusedError
from schakel.intake.returning.markup import Part, utf8_blocks
from schakel.intake.returning.strange import TooStrangeError

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s4B4HL2L5H2L")
_END = struct.Struct("<4s4H2LH")
_BLOCK = 1 << 20
_IN_MEMORY = 4 << 20
_LEVEL = 5
_LARGEST = 0xFFFFFFFF
_DATA_FOLLOWS, _UTF8, _ZIP64 = 0x08, 0x800, 1


@dataclass(slots=True)
class _Packed:
    """A part packed anew, and where it waits."""

    info: zipfile.ZipInfo
    content: IO[bytes]


class Package:
    """The parts of a workbook as they are, and those put anew."""

    def __init__(self, path: Path, limits: Limits) -> None:
        """Open ``path``. Raises TooStrangeError where it is no whole zip."""
        self._path = path
        with _refused(path.name):
            self._archive = Archive(path, limits)
        if self._archive.encrypted():
            raise TooStrangeError(path.name, "password")
        self._new: dict[str, _Packed] = {}

    def has(self, name: str) -> bool:
        """Whether there is a part called ``name``, capitals or not."""
        return name.lower() in self._new or self._archive.has(name)

    def free(self, pattern: str) -> str:
        """The first name that no part has; ``pattern`` has a place ``{}`` for a number."""
        number = 1
        while self.has(pattern.format(number)):
            number += 1
        return pattern.format(number)

    def blocks(self, name: str) -> Iterator[bytes]:
        """The original content of a part as UTF-8, block by block. Raises TooStrangeError."""
        with _refused(name):
            yield from utf8_blocks(self._archive.stream(name), name)

    def part(self, name: str) -> Part:
        """The original content of a part, to be edited. Raises TooStrangeError."""
        return Part(name, b"".join(self.blocks(name)))

    def put(self, name: str, content: Iterable[bytes]) -> None:
        """Put a part anew, in the place of one of the same name if there is one."""
        info = zipfile.ZipInfo(name)
        info.compress_type, info.CRC = zipfile.ZIP_DEFLATED, 0
        info.flag_bits = 0 if name.isascii() else _UTF8
        packed = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - kept until the copy is written
        packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15)
        for block in content:
            info.CRC = zlib.crc32(block, info.CRC)
            info.file_size += len(block)
            packed.write(packer.compress(block))
        packed.write(packer.flush())
        info.compress_size = packed.tell()
        self._new[name.lower()] = _Packed(info, packed)

    def write(self, out: Path) -> None:
        """Write the copy to ``out``. Raises TooStrangeError for what only a zip of more than 4 GB needs."""
        with zipfile.ZipFile(self._path) as source, self._path.open("rb") as raw, out.open("wb") as target:
            central = [self._copied(info, raw, target) for info in source.infolist()]
            there = {_key(info) for info in source.infolist()}
            central += [_packed(new, target) for key, new in self._new.items() if key not in there]
            begun = target.tell()
            if begun > _LARGEST or len(central) > 0xFFFF:
                raise TooStrangeError(self._path.name, "too large")
            target.write(b"".join(central))
            size, count, comment = target.tell() - begun, len(central), source.comment
            target.write(_END.pack(b"PK\5\6", 0, 0, count, count, size, begun, len(comment)) + comment)

    def _copied(self, info: zipfile.ZipInfo, raw: IO[bytes], target: IO[bytes]) -> bytes:
        """Copy one part, or what was put in its place; its line in the directory at the end."""
        new = self._new.get(_key(info))
        if new is not None:
            new.info.filename = new.info.orig_filename = info.orig_filename
            new.info.flag_bits = info.flag_bits & _UTF8
            new.info.date_time = info.date_time
            return _packed(new, target)
        raw.seek(info.header_offset)
        *_, name, extra = _LOCAL.unpack(raw.read(_LOCAL.size))
        raw.seek(name + extra, 1)
        return _entry(info, raw, target)


def _key(info: zipfile.ZipInfo) -> str:
    return info.filename.replace("\\", "/").lstrip("/").lower()


def _packed(new: _Packed, target: IO[bytes]) -> bytes:
    new.content.seek(0)
    return _entry(new.info, new.content, target)


def _entry(info: zipfile.ZipInfo, content: IO[bytes], target: IO[bytes]) -> bytes:
    """Write a part whose packed bytes come next in ``content``; its line in the directory at the end."""
    flags = info.flag_bits & ~_DATA_FOLLOWS
    name = info.orig_filename.encode("utf-8" if flags & _UTF8 else "cp437")
    extra = _without_zip64(info.extra)
    begun = target.tell()
    year, month, day, hour, minute, second = info.date_time
    moment = (hour << 11 | minute << 5 | second // 2, (year - 1980) << 9 | month << 5 | day)
    sizes = (info.CRC, info.compress_size, info.file_size)
    version = info.extract_version
    same = (flags, info.compress_type, *moment, *sizes, len(name), len(extra))
    target.write(_LOCAL.pack(b"PK\3\4", version, *same) + name + extra)
    _carry(content, target, info.compress_size)
    made = (info.create_version, info.create_system, version, info.reserved)
    where = (len(info.comment), 0, info.internal_attr, info.external_attr, begun)
    return _CENTRAL.pack(b"PK\1\2", *made, *same, *where) + name + extra + info.comment


def _carry(content: IO[bytes], target: IO[bytes], size: int) -> None:
    while size and (block := content.read(min(size, _BLOCK))):
        target.write(block)
        size -= len(block)


def _without_zip64(extra: bytes) -> bytes:
    """The extra fields of a part without the one for sizes over 4 GB, which a copy does not need."""
    kept, at = b"", 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind != _ZIP64:
            kept += extra[at : at + 4 + length]
        at += 4 + length
    return kept


class _refused:  # noqa: N801 - reads as a word
    """What the reader refuses is too strange to be edited."""

    def __init__(self, part: str) -> None:
        self._part = part

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, RefusedError):
            raise TooStrangeError(self._part, error.remark.places.get("detail") or error.remark.check) from error
