"""Opening a closing: the extract of its facts, its definitions and its results, to ask as one asks the live figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from schakel.figures.catalogue import CatalogueError, Indicator, load_texts
from schakel.figures.closing.frozen import RESULTS, definitions_in, facts_in, frame_of
from schakel.figures.closing.manifest import NAME, ClosingError, Files, Manifest, digest_of, sha256
from schakel.figures.counting import Extract, Meta, extract_of

MEMORY = "500MB"


@dataclass(frozen=True)
class Closed:
    """An opened closing: what it says of itself, its facts and its definitions.

    ``extract``: the facts in memory, to ask; its position is the closing's digest.
    """

    digest: str
    manifest: Manifest
    files: Files
    indicators: Mapping[str, Indicator]
    extract: Extract

    @cached_property
    def facts(self) -> Mapping[str, pl.DataFrame]:
        """The facts, by name."""
        return facts_in(self.files)

    @cached_property
    def results(self) -> pl.DataFrame:
        """The results as they were kept: ``frozen.RESULT_COLUMNS``."""
        return frame_of(self.files[RESULTS])


def opened(files: Files) -> Closed:
    """The closing in ``files``. Raises ClosingError where a file is not as the manifest says, or cannot be read."""
    digest = digest_of(files)
    manifest = Manifest.of(files[NAME])
    for name, said in manifest.files.items():
        if name not in files or sha256(files[name]) != said["sha256"]:
            raise ClosingError(f"{name} is missing or not what the manifest says; verify the closing")
    try:
        indicators = load_texts(definitions_in(manifest, files))
    except CatalogueError as error:
        raise ClosingError(f"the definitions of this closing cannot be read: {error}") from error
    kinds = {name: str(said["record_kind"]) for name, said in manifest.facts.items()}
    meta = Meta(f"closing {digest}", kinds, manifest.made_at)
    return Closed(digest, manifest, files, indicators, extract_of(facts_in(files), meta, memory=MEMORY))
