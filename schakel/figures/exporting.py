"""A year's sheet of figures as csv, json, xlsx, and a table on the screen.

Two shapes. The wide one has a row an indicator and a column for the network and each agency. The long
one has a row a figure, with all that must be known of it: definition and version, what is counted,
numerator and denominator, coverage, and how the network's figure differs from the lists.

Nothing written can run: a text that a spreadsheet would take for a formula is written as text.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import xlsxwriter
from rich.table import Table

from schakel.figures.catalogue import Indicator, catalogue
from schakel.figures.counting import Extract, Figure
from schakel.figures.counting.sheet import Line, Sheet, sheet
from schakel.figures.saying import exact, notes, rounded, say
from schakel.network.queries import agencies
from schakel.web.sheets import harmless

Names = Mapping[str, str]
"""Agencies as they are written above their column, by slug, in the order of the columns."""
Value = str | int | Decimal | None
NETWORK = "network"

LONG = (
    "year",
    "indicator",
    "name_nl",
    "name_en",
    "column",
    "column_name",
    "value",
    "shown_nl",
    "shown_en",
    "unit",
    "low",
    "high",
    "numerator",
    "denominator",
    "nature",
    "counted_nl",
    "counted_en",
    "definition_nl",
    "definition_en",
    "definition_version",
    "one_nl",
    "one_en",
    "period_nl",
    "period_en",
    "coverage_nl",
    "coverage_en",
    "notes_nl",
    "notes_en",
    "counted_from",
)


class FormatError(ValueError):
    """Figures cannot be written to such a file; says which can."""


def write_figures(extract: Extract, *, year: int, path: Path, names: Names | None = None) -> Path:
    """Count ``year`` and write its figures to ``path``: csv (wide), json or xlsx (both shapes), by its name.

    ``names``: as the network has them, where left out (asks the database). Raises FormatError.
    """
    counted = sheet(extract, catalogue().values(), year)
    named = {agency.slug: agency.name for agency in agencies()} if names is None else names
    writers = {".csv": write_csv, ".json": write_json, ".xlsx": write_xlsx}
    if path.suffix.lower() not in writers:
        raise FormatError(f"{path.name}: figures are written as {', '.join(writers)}")
    return writers[path.suffix.lower()](counted, named, path)


def wide(of: Sheet, names: Names) -> tuple[list[str], list[list[Value]]]:
    """Heading and rows of the wide shape; a figure that is not there is None."""
    columns = _columns(of, names)
    heading = ["indicator", NETWORK, *(names.get(slug, slug) for slug in columns)]
    return heading, [_wide_row(line, columns) for line in of.lines]


def _wide_row(line: Line, columns: Sequence[str]) -> list[Value]:
    indicator = catalogue()[line.indicator]
    figures = [line.network, *(line.columns.get(slug) for slug in columns)]
    return [line.indicator, *(_value(indicator, figure) for figure in figures)]


def _bound(indicator: Indicator, around: Mapping[str, str], end: str, figure: Figure | None) -> int | Decimal | None:
    """The lower or upper end of what a figure can be; the figure itself where nothing of it is doubtful."""
    return rounded(indicator, Decimal(around[end])) if around else _value(indicator, figure)


def _columns(of: Sheet, names: Names) -> list[str]:
    """Agencies of the sheet in the order of ``names``; those without a name last."""
    return [*(slug for slug in names if slug in of.agencies), *(slug for slug in of.agencies if slug not in names)]


def _value(indicator: Indicator, figure: Figure | None) -> int | Decimal | None:
    return None if figure is None else exact(indicator, figure)


def long(of: Sheet, names: Names) -> Iterator[dict[str, Value]]:
    """Rows of the long shape, keys as in LONG; the network's figure first, then each agency's."""
    for line in of.lines:
        indicator = catalogue()[line.indicator]
        about = _about(indicator, line, of)
        yield about | _long_figure(indicator, NETWORK, NETWORK, line.network, line.around.total)
        for slug in _columns(of, names):
            figure, around = line.columns.get(slug), line.around.places.get((slug,), {})
            yield about | _long_figure(indicator, slug, names.get(slug, slug), figure, around) | _NO_NOTES


_NO_NOTES: dict[str, Value] = {"notes_nl": "", "notes_en": "", "coverage_nl": "", "coverage_en": ""}


def _long_figure(
    indicator: Indicator, slug: str, name: str, figure: Figure | None, around: Mapping[str, str]
) -> dict[str, Value]:
    ratio = figure is not None and indicator.is_ratio
    return {
        "column": slug,
        "column_name": name,
        "value": _value(indicator, figure),
        "shown_nl": say(indicator, figure, "nl"),
        "shown_en": say(indicator, figure, "en"),
        "low": _bound(indicator, around, "low", figure),
        "high": _bound(indicator, around, "high", figure),
        "numerator": figure.amount if figure is not None and ratio else None,
        "denominator": figure.base if figure is not None and ratio else None,
    }


def _about(indicator: Indicator, line: Line, of: Sheet) -> dict[str, Value]:
    """What is the same for all figures of a line; keys in the order of LONG."""
    said = notes(indicator, line)
    texts = {
        "name": indicator.names,
        "counted": indicator.counted,
        "definition": indicator.definition,
        "one": indicator.one,
        "period": indicator.period,
        "coverage": line.coverage.words,
    }
    about: dict[str, Value] = dict.fromkeys(LONG, None)
    about |= {f"{key}_{language}": words.in_(language) for key, words in texts.items() for language in ("nl", "en")}
    about |= {f"notes_{language}": "; ".join(note.in_(language) for note in said) for language in ("nl", "en")}
    about |= {"year": of.year, "indicator": indicator.id, "unit": indicator.unit, "nature": indicator.nature}
    return about | {"definition_version": indicator.version, "counted_from": f"{of.created} ({of.position})"}


def write_csv(of: Sheet, names: Names, path: Path) -> Path:
    """The wide shape; comma, UTF-8, a point for decimals, nothing for what is not there."""
    heading, rows = wide(of, names)
    return _write_rows(path, heading, rows)


def write_long_csv(of: Sheet, names: Names, path: Path) -> Path:
    """The long shape, written alike."""
    return _write_rows(path, LONG, [list(row.values()) for row in long(of, names)])


def _write_rows(path: Path, heading: Sequence[str], rows: Sequence[Sequence[Value]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([harmless(text) for text in heading])
        writer.writerows([[harmless(value) for value in row] for row in rows])
    return path


def write_json(of: Sheet, names: Names, path: Path) -> Path:
    """An object with the year, what was counted from, and ``figures`` in the long shape."""
    document = {
        "year": of.year,
        "created": of.created,
        "position": of.position,
        "agencies": {slug: names.get(slug, slug) for slug in _columns(of, names)},
        "figures": [{key: _plain(value) for key, value in row.items()} for row in long(of, names)],
    }
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def _plain(value: Value) -> str | int | float | None:
    """JSON has no decimals: four digits behind the point lose nothing as a float."""
    return float(value) if isinstance(value, Decimal) else value


def write_xlsx(of: Sheet, names: Names, path: Path) -> Path:
    """A workbook with the wide shape on its first sheet and the long one on its second."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold = book.add_format({"bold": True})
        for title, (heading, rows) in {
            f"Cijfers {of.year}": wide(of, names),
            "Toelichting": (list(LONG), [list(row.values()) for row in long(of, names)]),
        }.items():
            page = book.add_worksheet(title)
            page.write_row(0, 0, heading, bold)
            page.freeze_panes(1, 1)
            for number, row in enumerate(rows, start=1):
                page.write_row(number, 0, row)
            page.autofit()
    return path


def table(of: Sheet, names: Names, language: str) -> Table:
    """The wide shape for a screen, as people read numbers; notes numbered, and spelled out below it."""
    columns = _columns(of, names)
    network = "Netwerk" if language == "nl" else "Network"
    shown = Table(title=f"{of.year}", caption="\n".join(_footnotes(of, language)), caption_justify="left")
    shown.add_column("Indicator")
    for heading in (network, *(names.get(slug, slug) for slug in columns)):
        shown.add_column(heading, justify="right")
    marks = _marks(of)
    for line in of.lines:
        indicator = catalogue()[line.indicator]
        figures = [line.network, *(line.columns.get(slug) for slug in columns)]
        first, *others = [say(indicator, figure, language) for figure in figures]
        mark = "".join(f" ({number})" for number in marks.get(line.indicator, ()))
        shown.add_row(indicator.names.in_(language), first + mark, *others)
    return shown


def _marks(of: Sheet) -> dict[str, range]:
    """The numbers of each indicator's notes, counted on through the sheet."""
    marks, next_number = {}, 1
    for line in of.lines:
        count = len(notes(catalogue()[line.indicator], line))
        marks[line.indicator] = range(next_number, next_number + count)
        next_number += count
    return marks


def _footnotes(of: Sheet, language: str) -> list[str]:
    said = [note.in_(language) for line in of.lines for note in notes(catalogue()[line.indicator], line)]
    return [f"({number}) {note}" for number, note in enumerate(said, start=1)]
