"""What an xlsx says of itself: its sheets, the formats of its cells, which day its dates count from."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from schakel.intake.reading.archive import Archive
from schakel.intake.reading.markup import Walk
from schakel.intake.reading.refusals import RefusedError
from schakel.intake.reading.values import Clock, clock_of


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One worksheet: its title, its part of the archive, and whether it is hidden."""

    name: str
    part: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Workbook:
    """``clocks``: for each cell style what it makes of a number."""

    sheets: tuple[SheetPart, ...]
    clocks: tuple[Clock, ...]
    strings_part: str
    since_1904: bool


@dataclass(slots=True)
class _Relation:
    part: str
    type: str


def workbook(archive: Archive) -> Workbook:
    """Read the parts that describe the workbook. Raises RefusedError."""
    main = _main_part(archive)
    relations = _relations(archive, main)
    sheets, since_1904 = _sheets(archive, main, relations)
    by_type = {relation.type: relation.part for relation in relations.values()}
    styles = by_type.get("styles", "")
    return Workbook(
        sheets=sheets,
        clocks=_clocks(archive, styles) if archive.has(styles) else (),
        strings_part=by_type.get("sharedStrings", ""),
        since_1904=since_1904,
    )


def _main_part(archive: Archive) -> str:
    if archive.has("_rels/.rels"):
        for relation in _relations(archive, "").values():
            if relation.type == "officeDocument":
                return relation.part
    return "xl/workbook.xml"


def _relations(archive: Archive, part: str) -> dict[str, _Relation]:
    """What ``part`` points to, by id; targets as full names in the archive."""
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    found: dict[str, _Relation] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name != "Relationship":
            return
        target = attributes.get("Target", "").replace("\\", "/")
        full = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        type_ = attributes.get("Type", "").rpartition("/")[2]
        found[attributes.get("Id", "")] = _Relation(full, type_)

    Walk(path, start).run(archive.stream(path))
    return found


def _sheets(archive: Archive, main: str, relations: dict[str, _Relation]) -> tuple[tuple[SheetPart, ...], bool]:
    sheets: list[SheetPart] = []
    since_1904: list[bool] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "workbookPr":
            since_1904.append(attributes.get("date1904", "0") in ("1", "true", "on"))
        elif name == "sheet":
            relation = relations.get(attributes.get("id", ""))
            if relation is None:
                raise RefusedError("file.unreadable", detail=f"sheet {attributes.get('name', '')} has no content")
            if relation.type == "worksheet":
                hidden = attributes.get("state", "visible") != "visible"
                sheets.append(SheetPart(attributes.get("name", ""), relation.part, hidden))

    Walk(main, start).run(archive.stream(main))
    return tuple(sheets), any(since_1904)


def _clocks(archive: Archive, part: str) -> tuple[Clock, ...]:
    codes: dict[int, str] = {}
    styles: list[int] = []
    inside: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        inside.append(name)
        if name == "numFmt":
            codes[_whole(attributes.get("numFmtId", ""))] = attributes.get("formatCode", "")
        elif name == "xf" and "cellXfs" in inside:
            styles.append(_whole(attributes.get("numFmtId", "0")))

    def end(_: str) -> None:
        inside.pop()

    Walk(part, start, end).run(archive.stream(part))
    return tuple(clock_of(style, codes.get(style, "")) for style in styles)


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else 0
