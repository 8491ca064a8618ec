"""The TOML of the catalogue, read into indicators.

A table per indicator, its name the id. One part: ``fact`` with ``count`` (what is one) or with
``sum`` (and ``once_per``, ``statement`` where several records are one). A share or ratio has the same
keys under ``numerator`` and ``denominator``. Every key is checked; a mistake names file and key.
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

from schakel.figures.catalogue.indicator import (
    DISCLOSURES,
    DISPLAY_RULES,
    NATURES,
    ONES,
    STATEMENTS,
    UNITS,
    Display,
    Indicator,
    Part,
)
from schakel.network.themes import HUB, schemes
from schakel.words import Words

PART_KEYS = {
    "fact",
    "count",
    "sum",
    "once_per",
    "statement",
    "only",
    "stated",
    "also_in",
    "whole_network",
    "shared",
    "not_nationally",
}
WORD_KEYS = {"definition", "counted", "one", "period"}
OTHER_KEYS = {"version", "nl", "en", "nature", "unit", "display", "needs", "breakdowns", "disclosure"}
RATIO_KEYS = {"numerator", "denominator"}


class CatalogueError(ValueError):
    """The catalogue cannot be read; says which file, indicator and key."""


def load(paths: Iterable[Path]) -> dict[str, Indicator]:
    """All indicators in ``paths`` (TOML files), by id, in the order written.

    Raises CatalogueError for a file that is no TOML, a missing or unknown key, or an id used twice.
    """
    return load_texts({path.name: path.read_text(encoding="utf-8") for path in paths})


def load_texts(texts: Mapping[str, str]) -> dict[str, Indicator]:
    """The same of texts by the names of their files, as a closing keeps them. Raises CatalogueError."""
    found: dict[str, Indicator] = {}
    for file, text in texts.items():
        for name, table in _tables(file, text).items():
            where = f"{file}, [{name}]"
            if name in found:
                raise CatalogueError(f"{where}: this id is used twice")
            found[name] = _indicator(name, table, where)
    return found


def _tables(file: str, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{file}: {error}") from error


def _indicator(name: str, table: Mapping[str, Any], where: str) -> Indicator:
    _known(table, PART_KEYS | WORD_KEYS | OTHER_KEYS | RATIO_KEYS, where)
    return Indicator(
        id=name,
        version=int(_needed(table, "version", where)),
        names=_words(table, where),
        **{key: _words(_needed(table, key, where), f"{where} {key}") for key in sorted(WORD_KEYS)},
        nature=_choice(table, "nature", NATURES, where),
        unit=_choice(table, "unit", UNITS, where),
        display=_display(_needed(table, "display", where), where),
        parts=_parts(table, where),
        needs=tuple(_needed(table, "needs", where)),
        breakdowns=_breakdowns(_needed(table, "breakdowns", where)),
        disclosure=_choice(table, "disclosure", DISCLOSURES, where),
    )


def _breakdowns(said: Iterable[str]) -> tuple[str, ...]:
    """The breakdowns as they are said; one that has themes has them by each list of themes."""
    given = tuple(said)
    return given + tuple(scheme.dimension for scheme in schemes().values() if "theme" in given and scheme.id != HUB)


def _parts(table: Mapping[str, Any], where: str) -> tuple[Part, ...]:
    if not RATIO_KEYS & table.keys():
        return (_part(table, where),)
    if table.keys() & PART_KEYS:
        raise CatalogueError(f"{where}: a ratio has its fact under numerator and denominator only")
    sides = [(side, _needed(table, side, where)) for side in ("numerator", "denominator")]
    for side, part in sides:
        _known(part, PART_KEYS, f"{where} {side}")
    return tuple(_part(part, f"{where} {side}") for side, part in sides)


def _part(table: Mapping[str, Any], where: str) -> Part:
    if ("count" in table) == ("sum" in table):
        raise CatalogueError(f"{where}: say either what is counted (count) or what is summed (sum)")
    one = _choice({"one": table.get("count", table.get("once_per", "record"))}, "one", ONES, where)
    statement = _choice({"statement": table.get("statement", "own")}, "statement", STATEMENTS, where)
    if "sum" in table and (one == "record") != (statement == "own"):
        raise CatalogueError(f"{where}: a sum once per {one} must say whose statement counts")
    if "sum" in table and one == "organisation":
        raise CatalogueError(f"{where}: a sum is taken once per record, thing or round")
    whole = bool(table.get("whole_network", False))
    if whole and one != "organisation":
        raise CatalogueError(f"{where}: a list of the whole network counts organisations")
    # Whether a record stands in no figure of the network is asked of what it is one of: once for all agencies together.
    if "not_nationally" in table and one not in {"thing", "round"}:
        raise CatalogueError(f"{where}: what does not count nationally is counted once per thing or round")
    return Part(
        fact=_needed(table, "fact", where),
        one=one,
        sums=table.get("sum", ""),
        statement=statement,
        only=_codes(table.get("only", {})),
        stated=tuple(table.get("stated", ())),
        also_in=table.get("also_in", ""),
        whole_network=whole,
        shared=bool(table.get("shared", False)),
        not_nationally=_codes(table.get("not_nationally", {})),
    )


def _codes(table: Mapping[str, Iterable[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((column, tuple(codes)) for column, codes in sorted(table.items()))


def _display(table: Mapping[str, Any], where: str) -> Display:
    _known(table, {"rule", "step"}, f"{where} display")
    return Display(_choice(table, "rule", DISPLAY_RULES, f"{where} display"), int(table.get("step", 1)))


def _words(table: Mapping[str, Any], where: str) -> Words:
    return Words(str(_needed(table, "nl", where)), str(_needed(table, "en", where)))


def _needed(table: Mapping[str, Any], key: str, where: str) -> Any:  # noqa: ANN401 - TOML holds any
    if key not in table:
        raise CatalogueError(f"{where}: {key} is missing")
    return table[key]


def _choice(table: Mapping[str, Any], key: str, choices: Collection[str], where: str) -> Any:  # noqa: ANN401
    value = _needed(table, key, where)
    if value not in choices:
        raise CatalogueError(f"{where}: {key} is {value!r}; it can be {', '.join(choices)}")
    return value


def _known(table: Mapping[str, Any], keys: Collection[str], where: str) -> None:
    unknown = sorted(table.keys() - set(keys))
    if unknown:
        raise CatalogueError(f"{where}: unknown key {', '.join(unknown)}")
