"""Put the one style sheet together that pages load: the design system's vendored parts, in a layer.

The tokens file holds some 2,700 custom properties; only those that the vendored components or our
own style sheets reach, directly or through one another, are taken over (the EUPL asks to say so: the
head of the bundle does). All of it stands in ``@layer design-system``, so our own rules win from it
whatever their specificity.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

OWN = ("theme.css", "schakel.css", "components.css", "forms.css", "charts.css", "print.css")
TOKENS = "@nl-design-system-unstable/voorbeeld-design-tokens"
FONT = "@fontsource-variable/source-sans-3"
BUNDLE = "vendor/design-system.css"
USE = re.compile(r"var\(\s*(--[\w-]+)")
DEFINITION = re.compile(r"^\s*(--[\w-]+):\s*(.+);", re.MULTILINE)
HEAD = """/* Made by scripts/vendor_frontend.py from the packages in manifest.json beside this file; do not edit.
 * NL Design System components and tokens, EUPL-1.2; of the tokens only those that are used. */
"""
# From the font's own style sheet: which characters each of its two files holds.
UNICODE_RANGES = {
    "latin": "U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+0304, U+0308, U+0329, "
    "U+2000-206F, U+20AC, U+2122, U+2191, U+2193, U+2212, U+2215, U+FEFF, U+FFFD",
    "latin-ext": "U+0100-02BA, U+02BD-02C5, U+02C7-02CC, U+02CE-02D7, U+02DD-02FF, U+1D00-1DBF, U+1E00-1E9F, "
    "U+1EF2-1EFF, U+2020, U+20A0-20AB, U+20AD-20C0, U+2113, U+2C60-2C7F, U+A720-A7FF",
}


def write_bundle(static: Path) -> int:
    """Write ``vendor/design-system.css`` under ``static``; returns its size in bytes."""
    return (static / BUNDLE).write_text(bundle(static))


def bundle(static: Path) -> str:
    """The whole style sheet, from what is vendored under ``static``; the same input gives the same text."""
    vendor = static / "vendor"
    packages = json.loads((vendor / "manifest.json").read_text())
    components = {_label(entry): _css(vendor, entry) for entry in packages if entry["package"].endswith("-css")}
    own = "\n".join((static / name).read_text() for name in OWN if (static / name).exists())
    tokens = next(entry for entry in packages if entry["package"] == TOKENS)
    font = next(entry for entry in packages if entry["package"] == FONT)
    chosen = _reached(_css(vendor, tokens), "\n".join((*components.values(), own)))
    parts = [f"/* {label} */\n{text}" for label, text in components.items()]
    theme = f"/* {_label(tokens)}, abridged */\n.voorbeeld-theme {{\n{chosen}\n}}"
    return "\n".join([HEAD, _font_faces(font), "@layer design-system {", theme, *parts, "}", ""])


def _label(entry: dict[str, str]) -> str:
    return f"{entry['package']}@{entry['version']}"


def _css(vendor: Path, entry: dict[str, str]) -> str:
    sheet = next((vendor / _label(entry)).glob("*.css"))
    return re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL).strip()


def _reached(tokens: str, users: str) -> str:
    """The token definitions that ``users`` need, with those that these need in turn."""
    defined = dict(DEFINITION.findall(tokens))
    wanted = set(USE.findall(users))
    reached: set[str] = set()
    while wanted:
        name = wanted.pop()
        if name in defined and name not in reached:
            reached.add(name)
            wanted.update(USE.findall(defined[name]))
    return "\n".join(f"{name}: {value};" for name, value in defined.items() if name in reached)


def _font_faces(font: dict[str, str]) -> str:
    return "\n".join(_font_face(font, subset, range_) for subset, range_ in UNICODE_RANGES.items())


def _font_face(font: dict[str, str], subset: str, unicode_range: str) -> str:
    file = f"{_label(font)}/source-sans-3-{subset}-wght-normal.woff2"
    return (
        "@font-face { font-family: 'Source Sans 3 Variable'; font-style: normal; font-weight: 200 900; "
        f"font-display: swap; src: url('{file}') format('woff2'); unicode-range: {unicode_range}; }}"
    )
