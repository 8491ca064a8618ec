"""Pictures for paper: the same SVG, with the colours and type inside that a page takes from charts.css."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from django.utils.safestring import SafeString

_STYLES = Path(__file__).resolve().parents[1] / "static" / "web"
_VARIABLE = re.compile(r"var\((--[\w-]+)\)")
FONT = "Source Sans Pro"


def printed(picture: SafeString, width: int = 440) -> str:
    """``picture`` as it can stand alone. ``width``: pixels, for one that takes the room there is."""
    head, rest = picture.split(">", 1)
    if 'width="100%"' in head:
        height = re.search(r'height="(\d+)"', head)
        box = f'viewBox="0 0 {width} {height.group(1) if height else width}"'
        head = head.replace('width="100%"', f'width="{width}" {box}', 1)
    return f'{head} xmlns="http://www.w3.org/2000/svg"><style>{_style()}</style>{rest}'


@cache
def _style() -> str:
    """The rules of charts.css with their values filled in."""
    rules = (_STYLES / "charts.css").read_text(encoding="utf-8").split("@media", 1)[0]
    known = _values()
    filled = _VARIABLE.sub(lambda found: _value(found.group(1), known), rules)
    drawn = [line for line in filled.splitlines() if line.startswith((".chart__", ".map__"))]
    return " ".join(drawn)


def _values() -> dict[str, str]:
    sheets = (_STYLES / "vendor" / "design-system.css", *sorted(_STYLES.glob("*.css")))
    styles = "".join(path.read_text(encoding="utf-8") for path in sheets)
    return dict(re.findall(r"(--[\w-]+):\s*([^;}]+)", styles))


def _value(name: str, known: dict[str, str]) -> str:
    """A variable's value, by way of others; the font of paper for a font."""
    if "font-family" in name:
        return f'"{FONT}"'
    found = known[name].strip()
    other = _VARIABLE.fullmatch(found)
    return _value(other.group(1), known) if other else found
