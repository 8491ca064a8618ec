"""Bars beside each other's names: one measure over agencies, provinces or themes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from schakel.web.charts.svg import element, picture, share

ROW = 46  # pixels a bar with its name takes
BAR = 14


@dataclass(frozen=True, slots=True)
class Bar:
    """A name, its value, and the value as it is read ("€ 51,2 mln"). ``value`` None: not known or not shown."""

    label: str
    value: float | None
    shown: str
    marked: bool = False  # stands out: the reader's own agency


def bar_chart(key: str, title: str, bars: Sequence[Bar], description: str = "") -> SafeString:
    """Horizontal bars from zero, in the order given; ``key`` is the picture's id on its page.

    Where something is below zero, zero lies inside the picture, and those bars go from it to the left.
    """
    known = [bar.value for bar in bars if bar.value is not None]
    lowest, highest = min([0, *known]), max([0, *known])
    highest = highest if highest > lowest else 1
    told = description or told_by(bars)
    rows = (part for index, bar in enumerate(bars) for part in _row(bar, index * ROW, lowest, highest))
    return picture(key, title, told, rows, class_="chart__picture", width="100%", height=max(len(bars), 1) * ROW)


def told_by(bars: Sequence[Bar]) -> str:
    """The values in a sentence, for who cannot see the bars."""
    return "; ".join(f"{bar.label}: {bar.shown}" for bar in bars) + "." if bars else "–"


def _row(bar: Bar, top: int, lowest: float, highest: float) -> Iterator[SafeString]:
    yield element("text", bar.label, class_="chart__label", x=0, y=top + 16)
    yield element("text", bar.shown, class_="chart__value", x="100%", y=top + 16, text_anchor="end")
    yield element("rect", class_="chart__track", x=0, y=top + 23, width="100%", height=BAR, rx=2)
    if bar.value:
        name = "chart__bar chart__bar--marked" if bar.marked else "chart__bar"
        left = (min(bar.value, 0) - lowest) / (highest - lowest)
        long = share(abs(bar.value) / (highest - lowest))
        yield element("rect", class_=name, x=share(left) if left else 0, y=top + 23, width=long, height=BAR, rx=2)
