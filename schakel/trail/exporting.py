"""The trail with its seals, for who checks it elsewhere; and the check, which needs nothing but the file.

Each line holds the digest of the seal before it, so that also a part of the trail can be checked: a seal is the SHA-256
of the digest before it (nothing, for the first) and of the line's text, byte for byte.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from django.db import connection

from schakel.web.sheets import harmless

PART = 1000  # lines that are read at a time
COLUMNS = ("seal", "before", "digest", "line")

# The digest before a seal is that of the seal before it, whoever's line it sealed.
_LINES = """
SELECT s.id,
       coalesce(encode((SELECT b.digest FROM trail_seal b WHERE b.id < s.id ORDER BY b.id DESC LIMIT 1), 'hex'), ''),
       encode(s.digest, 'hex'),
       trail_text(e)
FROM trail_seal s JOIN trail_entry e ON e.id = s.entry_id
WHERE s.id > %(after)s AND (%(since)s::timestamptz IS NULL OR e.at >= %(since)s)
  AND (%(until)s::timestamptz IS NULL OR e.at < %(until)s)
ORDER BY s.id LIMIT %(most)s
"""


Entered = Callable[[], AbstractContextManager[object]]
"""Begins the transaction in which a part is read: of an acting party, or with the rights of a process."""


def sealed_lines(
    entered: Entered, *, since: dt.datetime | None = None, until: dt.datetime | None = None
) -> Iterator[dict[str, Any]]:
    """The sealed lines that may be read, oldest first, with the keys of COLUMNS; from ``since`` and before ``until``.

    Each part is read in a transaction of its own, that ``entered`` begins: what may no longer be read ends it.
    """
    after = 0
    while part := _part(entered, after, since, until):
        yield from part
        after = part[-1]["seal"]


def _part(entered: Entered, after: int, since: dt.datetime | None, until: dt.datetime | None) -> list[dict[str, Any]]:
    with entered(), connection.cursor() as cursor:
        cursor.execute(_LINES, {"after": after, "since": since, "until": until, "most": PART})
        return [dict(zip(COLUMNS, row, strict=True)) for row in cursor.fetchall()]


def as_ndjson(lines: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """One JSON object a line."""
    for line in lines:
        yield json.dumps(line, ensure_ascii=False) + "\n"


_READABLE = (
    *("at", "owner_id", "person_id", "process", "verb", "kind", "objects_ids", "reason", "detail"),
    *("channel", "concerns_id", "under"),
)


def as_csv(lines: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """As csv, with what a line says in columns of its own; nothing in it runs in a spreadsheet."""
    yield _row([*_READABLE, *COLUMNS])
    for line in lines:
        said = json.loads(line["line"])
        yield _row([*(_plain(said.get(name)) for name in _READABLE), *(line[name] for name in COLUMNS)])


def _plain(value: object) -> object:
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return harmless(value)  # type: ignore[arg-type]  # texts and whole numbers, as JSON has them


def _row(values: Iterable[object]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(values)
    return out.getvalue()


ERASED, LINE = "erased", "trail line"  # verb and kind of the line that says what another says since it was altered


@dataclass(frozen=True, slots=True)
class Verified:
    """What checking found: how many ``lines`` were checked, the first seal that does not follow, and ``gaps``.

    A gap is where lines of others, or outside the time asked for, lie between two. ``altered``: lines from which people
    were erased by law, as a later line says that follows itself.
    """

    lines: int
    broken: int | None
    gaps: int
    altered: int = 0


def verify(lines: Iterable[Mapping[str, Any]]) -> Verified:
    """Whether each line has the seal that follows from it; needs no database. Raises KeyError, ValueError.

    A line that was altered by law does not follow; it is held against the later line that says so. Where none does, it
    is the first that is broken.
    """
    count = gaps = altered = 0
    last = ""
    doubted: dict[tuple[int, str], tuple[int, int]] = {}  # id and digest of what a line says now: place and seal
    for count, line in enumerate(lines, start=1):
        digest = hashlib.sha256(bytes.fromhex(line["before"]) + line["line"].encode()).hexdigest()
        if digest != line["digest"]:
            said = _said(line["line"])
            if said is None:
                return Verified(count, int(line["seal"]), gaps)
            doubted[said] = (count, int(line["seal"]))
        elif doubted:
            altered += _vouched(line["line"], doubted)
        gaps += line["before"] != last
        last = line["digest"]
    if doubted:
        place, broken = min(doubted.values())
        return Verified(place, broken, gaps, altered)
    return Verified(count, None, gaps, altered)


def _said(text: str) -> tuple[int, str] | None:
    """The id of a line and the digest of what it says now; None for what is no line."""
    try:
        return int(json.loads(text)["id"]), hashlib.sha256(text.encode()).hexdigest()
    except (ValueError, KeyError, TypeError):
        return None


def _vouched(text: str, doubted: dict[tuple[int, str], tuple[int, int]]) -> int:
    """How many lines that did not follow this one says were altered by law; they are no longer in doubt."""
    if f'"{LINE}"' not in text:
        return 0
    said = json.loads(text)
    if (said["verb"], said["kind"]) != (ERASED, LINE):
        return 0
    now = str(said["detail"].get("now", ""))
    return sum(doubted.pop((pk, now), None) is not None for pk in said["objects_ids"])
