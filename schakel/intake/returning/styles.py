"""The styles of a workbook, with a coloured twin for each style that a marked cell has."""

from __future__ import annotations

from schakel.intake.findings import Severity
from schakel.intake.returning.book import document
from schakel.intake.returning.front import COLOURS
from schakel.intake.returning.markup import Part, Tag, prefixed, tags, with_attribute
from schakel.intake.returning.package import Package
from schakel.intake.returning.strange import TooStrangeError

_MOST = 65_490  # cell formats in a workbook (Excel specifications and limits)
_PLAIN = (
    '<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
)
_FONTS = {
    "title": '<@font><@b/><@sz val="16"/><@name val="Calibri"/><@family val="2"/></@font>',
    "header": '<@font><@b/><@sz val="11"/><@name val="Calibri"/><@family val="2"/></@font>',
    "text": '<@font><@sz val="11"/><@name val="Calibri"/><@family val="2"/></@font>',
    "link": '<@font><@u/><@sz val="11"/><@color rgb="FF0B4F8A"/><@name val="Calibri"/><@family val="2"/></@font>',
}
_FRONT = {  # style of the front sheet: font, wrapped
    "title": ("title", False),
    "text": ("text", False),
    "wrapped": ("text", True),
    "header": ("header", True),
    "link": ("link", False),
}


class Styles:
    """The styles part; `keep` writes what was added."""

    def __init__(self, package: Package, part: str, namespace: str) -> None:
        self._package, self._name = package, part
        there = package.has(part)
        self._part = package.part(part) if there else Part(part, document("styleSheet", namespace, _PLAIN))
        self._fonts, self._fills = self._list("fonts"), self._list("fills")
        self._formats = self._part.needed("cellXfs")
        self._given = [self._part.whole(tag) for tag in self._part.all("xf", self._formats)]
        self._added: list[bytes] = []
        self._twins: dict[tuple[int, Severity], int] = {}
        self._fill = {severity: self._fills[1] + at for at, severity in enumerate(COLOURS)}
        self._font = {name: self._fonts[1] + at for at, name in enumerate(_FONTS)}
        self.front = {name: self._front(*said) for name, said in _FRONT.items()}
        self.front |= {severity.value: self._front("text", False, severity) for severity in COLOURS}

    def _list(self, name: str) -> tuple[Tag, int]:
        tag = self._part.needed(name)
        return tag, sum(1 for _ in self._part.children(tag))

    def marked(self, style: int, severity: Severity) -> int:
        """The style that is like ``style`` in all but its fill."""
        known = self._twins.get((style, severity))
        if known is None:
            known = self._twins[style, severity] = self._add(self._twin(style, severity))
        return known

    def _twin(self, style: int, severity: Severity) -> bytes:
        place = style if style < len(self._given) else 0
        if not self._given:
            raise TooStrangeError(self._name, "no cell formats")
        raw = self._given[place]
        first = next(tags(raw)).raw
        filled = with_attribute(with_attribute(first, "fillId", str(self._fill[severity])), "applyFill", "1")
        return filled + raw[len(first) :]

    def _front(self, font: str, wrapped: bool, severity: Severity | None = None) -> int:
        """A style of the sheet of findings. Its cells are text, also when somebody edits them."""
        fill = 0 if severity is None else self._fill[severity]
        wrap = ' wrapText="1"' if wrapped else ""
        said = (
            f'<@xf numFmtId="49" fontId="{self._font[font]}" fillId="{fill}" borderId="0" xfId="0" quotePrefix="1"'
            ' applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1">'
            f'<@alignment vertical="top"{wrap}/></@xf>'
        )
        return self._add(prefixed(said, self._formats.prefix))

    def _add(self, raw: bytes) -> int:
        self._added.append(raw)
        if len(self._given) + len(self._added) > _MOST:
            raise TooStrangeError(self._name, "too many cell formats")
        return len(self._given) + len(self._added) - 1

    def keep(self) -> None:
        """Put the part anew, with what was added."""
        fills = "".join(
            f'<@fill><@patternFill patternType="solid"><@fgColor rgb="FF{colour}"/><@bgColor indexed="64"/>'
            "</@patternFill></@fill>"
            for colour in COLOURS.values()
        )
        self._append(self._fonts[0], self._fonts[1] + len(_FONTS), "".join(_FONTS.values()))
        self._append(self._fills[0], self._fills[1] + len(COLOURS), fills)
        count = str(len(self._given) + len(self._added))
        self._part.append(self._formats, b"".join(self._added), count=count)
        self._package.put(self._name, [self._part.result()])

    def _append(self, tag: Tag, count: int, said: str) -> None:
        self._part.append(tag, prefixed(said, tag.prefix), count=str(count))
