"""The catalogue of indicators: readable TOML beside this file, one table an indicator."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from schakel.figures.catalogue.indicator import SCALE, Display, Indicator, Part
from schakel.figures.catalogue.loading import CatalogueError, load, load_texts

__all__ = [
    "SCALE",
    "CatalogueError",
    "Display",
    "Indicator",
    "Part",
    "catalogue",
    "indicator",
    "load",
    "load_texts",
    "texts",
]

_ORDER = ("innovation", "investment", "internationalisation", "outcomes", "organisation")


@cache
def catalogue() -> Mapping[str, Indicator]:
    """All indicators of the network, by id, in the order of the catalogue's files."""
    return load_texts(texts())


def texts() -> dict[str, str]:
    """The catalogue's files as they are written, by name, in order; what a closing keeps."""
    folder = Path(__file__).parent
    return {f"{name}.toml": (folder / f"{name}.toml").read_text(encoding="utf-8") for name in _ORDER}


def indicator(name: str) -> Indicator:
    """The indicator with this id. Raises KeyError that names those there are."""
    try:
        return catalogue()[name]
    except KeyError:
        raise KeyError(f"no indicator {name!r}; there are: {', '.join(catalogue())}") from None
