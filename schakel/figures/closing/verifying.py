"""Verifying a closing from its files alone: no database, no settings, nothing of the installation that made it.

Two questions, told apart. Are these the files, and do their own statements over their own facts give their own
results? Anything else is a difference. And does today's code count the same from the closing's definitions? It need
not for ever; where it does not, that is a note.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from schakel.figures.catalogue import Indicator
from schakel.figures.closing.carrying import read_folder
from schakel.figures.closing.frozen import cells_of, results_of
from schakel.figures.closing.manifest import ClosingError, Manifest, digest_of, sha256
from schakel.figures.closing.opening import Closed, opened
from schakel.figures.closing.recount import differing_files, differing_results
from schakel.figures.counting import Extract, Selection

_UNREADABLE = (duckdb.Error, pl.exceptions.PolarsError, OSError, ValueError, KeyError, zlib.error)


@dataclass(frozen=True, slots=True)
class Report:
    """What verifying found. ``differences``: what is not as it was closed; ``notes``: what today's code counts else.

    ``counted``: how many sets of results were counted again.
    """

    digest: str
    year: int = 0
    version: int = 0
    counted: int = 0
    differences: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether the closing is as it was made."""
        return not self.differences


def verify(folder: Path, *, digest: str = "", anew: bool = True) -> Report:
    """Verify the closing in ``folder``. ``digest``: as it is known from elsewhere; ``anew``: count by today's code too.

    Statements are run only where every file is as its hash says.
    """
    found = sha256((folder / "manifest.json").read_bytes())
    if altered := tuple(differing_files(folder, digest)):
        return Report(found, differences=altered)
    files = read_folder(folder)
    try:
        manifest = Manifest.of(files["manifest.json"])
        differences = tuple(differing_results(folder))
    except (ClosingError, *_UNREADABLE) as error:
        return Report(found, differences=(f"the closing cannot be counted again: {error}",))
    counted = sum(name.startswith("sql/") for name in manifest.files)
    notes = tuple(_counted_anew(files)) if anew else ()
    return Report(digest_of(files), manifest.year, manifest.version, counted, differences, notes)


def _counted_anew(files: dict[str, bytes]) -> Iterator[str]:
    """What today's code counts otherwise from the closing's facts and definitions, a line each."""
    try:
        closed = opened(files)
        with closing(closed.extract) as extract:
            for indicator in closed.indicators.values():
                yield from _differing(closed, indicator, extract)
    except Exception as error:  # whatever today's code cannot do is no fault of the closing
        yield f"today's code cannot count from these definitions: {error}"


def _differing(closed: Closed, indicator: Indicator, extract: Extract) -> Iterator[str]:
    kept = closed.results.filter(pl.col("indicator") == indicator.id)
    for by in cells_of(indicator):
        counted = results_of(indicator.id, by, extract.ask(Selection(indicator, extract).sql(*by)))
        cells = counted["cells"].first() if counted.height else None
        before = kept.filter(pl.col("cells") == (cells or "-".join(by) or "total"))
        if not before.equals(counted):
            yield f"{indicator.id}.{'-'.join(by) or 'total'}: today's code counts this otherwise"
