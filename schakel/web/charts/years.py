"""One measure over the years: columns, or a small line. A break in the series is drawn and never bridged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from schakel.web.charts.svg import element, picture, share

HEIGHT = 190
TOP, FLOOR = 28, 158  # pixels: room for the values above, for the years below
LINE_WIDTH, LINE_HEIGHT = 120, 36


@dataclass(frozen=True, slots=True)
class Year:
    """A year's value, as it is read. ``broken`` says why it cannot be compared with the year before.

    ``cited`` marks a figure from before Schakel, taken from a document and drawn open.
    """

    year: int
    value: float | None
    shown: str
    broken: str = ""
    cited: bool = False


def year_columns(key: str, title: str, years: Sequence[Year], description: str = "") -> SafeString:
    """Columns from zero, one a year, with a dashed line where the series breaks; what is below zero hangs from it."""
    lowest, highest = _ends(years)
    span = highest - lowest
    zero = round(FLOOR + (FLOOR - TOP) * (lowest / span), 1) if lowest else FLOOR
    parts = [part for index, year in enumerate(years) for part in _column(year, index, len(years), span, zero)]
    floor = element("line", class_="chart__axis", x1=0, x2="100%", y1=zero, y2=zero)
    told = description or told_by(years)
    return picture(key, title, told, [*parts, floor], class_="chart__picture", width="100%", height=HEIGHT)


def year_line(key: str, title: str, years: Sequence[Year], description: str = "") -> SafeString:
    """A small line without axes, for beside a figure; it stops and starts again at a break."""
    ends = _ends(years)
    places = [_place(index, year, len(years), *ends) for index, year in enumerate(years)]
    parts = [element("polyline", class_="chart__line", points=" ".join(run)) for run in _runs(years, places)]
    last = [element("circle", class_="chart__dot", cx=x, cy=y, r=3) for x, y in (_split(p) for p in places[-1:] if p)]
    box = f"-4 -4 {LINE_WIDTH + 8} {LINE_HEIGHT + 8}"
    told = description or told_by(years)
    return picture(key, title, told, [*parts, *last], class_="chart__small", view_box=box)


def _ends(years: Sequence[Year]) -> tuple[float, float]:
    """The lowest and highest values, zero among them; never the same."""
    known = [0, *(year.value for year in years if year.value is not None)]
    return min(known), max(known) if max(known) > min(known) else 1


def told_by(years: Sequence[Year]) -> str:
    """The values in a sentence, breaks and cited figures said with them."""
    return "; ".join(_told(year) for year in years) + "." if years else "–"


def _told(year: Year) -> str:
    said = f"{year.year}: {year.shown}"
    if year.cited:
        said = _("%(said)s (cited)") % {"said": said}
    if year.broken:
        said = _("%(said)s, not comparable with the year before: %(why)s") % {"said": said, "why": year.broken}
    return said


def _column(year: Year, index: int, count: int, span: float, zero: float) -> Iterator[SafeString]:
    """``span``: of the measure, from lowest to highest; ``zero``: pixels from the top to where columns begin."""
    middle, width = share((index + 0.5) / count), 0.62 / count
    height = round((FLOOR - TOP) * ((year.value or 0) / span), 1)
    top = zero - max(height, 0)
    if year.broken:
        yield element(
            "line", class_="chart__break", x1=share(index / count), x2=share(index / count), y1=8, y2=HEIGHT - 4
        )
    if height:
        name = "chart__bar chart__bar--cited" if year.cited else "chart__bar"
        left = share((index + 0.5) / count - width / 2)
        yield element("rect", class_=name, x=left, y=top, width=share(width), height=abs(height))
    yield element("text", year.shown, class_="chart__value", x=middle, y=top - 7, text_anchor="middle")
    yield element("text", str(year.year), class_="chart__label", x=middle, y=FLOOR + 20, text_anchor="middle")


def _place(index: int, year: Year, count: int, lowest: float, highest: float) -> str:
    if year.value is None:
        return ""
    x = LINE_WIDTH * (index / (count - 1) if count > 1 else 0.5)
    return f"{x:.1f},{LINE_HEIGHT * (highest - year.value) / (highest - lowest):.1f}"


def _runs(years: Sequence[Year], places: Sequence[str]) -> list[list[str]]:
    """The places cut into runs that may be joined: at a break and at a year without a value."""
    runs: list[list[str]] = [[]]
    for year, place in zip(years, places, strict=True):
        if year.broken or not place:
            runs.append([])
        if place:
            runs[-1].append(place)
    return [run for run in runs if len(run) > 1]


def _split(place: str) -> tuple[str, str]:
    x, y = place.split(",")
    return x, y
