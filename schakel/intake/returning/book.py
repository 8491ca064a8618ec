"""The part that lists the sheets: where they are, and room for one more in front."""

from __future__ import annotations

from dataclasses import dataclass

from schakel.intake.returning.markup import Tag, prefixed, quoted, text, with_attribute
from schakel.intake.returning.package import Package
from schakel.intake.returning.relations import OFFICE, Relations
from schakel.intake.returning.strange import TooStrangeError

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_DIALECTS = {MAIN: OFFICE, STRICT: "http://purl.oclc.org/ooxml/officeDocument/relationships"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet by its title; ``part`` is empty for a chart sheet or a macro sheet."""

    name: str
    part: str
    visible: bool


class Book:
    """The workbook part and what it points to."""

    def __init__(self, package: Package) -> None:
        main = Relations(package, "").of_type("officeDocument") if package.has("_rels/.rels") else None
        self.name = main.part if main else "xl/workbook.xml"
        self._package = package
        self._part = package.part(self.name)
        self.relations = Relations(package, self.name)
        self._list = self._part.needed("sheets")
        self.sheets = [self._sheet(tag) for tag in self._part.all("sheet", self._list)]
        if not self.sheets:
            raise TooStrangeError(self.name, "no sheets")
        self.namespace = self._namespace()

    def _sheet(self, tag: Tag) -> Sheet:
        relation = self.relations.by_id(tag.get("id"))
        if relation is None:
            raise TooStrangeError(self.name, f"sheet {tag.get('name')} has no content")
        visible = tag.get("state", "visible") == "visible"
        return Sheet(tag.get("name"), relation.part if relation.type == "worksheet" else "", visible)

    def _namespace(self) -> str:
        said = self._part.root.get(self._part.root.prefix.rstrip(b":").decode() or "xmlns")
        if said not in _DIALECTS:
            raise TooStrangeError(self.name, f"namespace {said!r}")
        return said

    @property
    def office(self) -> str:
        """The namespace of pointers in this workbook's dialect."""
        return _DIALECTS[self.namespace]

    def find(self, title: str) -> Sheet | None:
        """The worksheet called ``title``, as it is written or else with other capitals and spaces."""
        there = [sheet for sheet in self.sheets if sheet.part]
        exact = [sheet for sheet in there if sheet.name == title]
        return next(iter(exact or [s for s in there if _plain(s.name) == _plain(title)]), None)

    def put_in_front(self, title: str, part: str) -> None:
        """List a new sheet first, move what counts sheets one on, and put the part anew."""
        id_ = self.relations.add(f"{self.office}/worksheet", part)
        numbers = [_number(tag.get("sheetId")) for tag in self._part.all("sheet", self._list)]
        said = b'name="%b" sheetId="%d" xmlns:r="%b" r:id="%b"'
        values = quoted(title), max(numbers, default=0) + 1, quoted(self.office), quoted(id_)
        self._part.insert(self._list.end, prefixed("<@sheet ", self._list.prefix) + said % values + b"/>")
        self._shift_views()
        self._shift_names()
        self.relations.keep()
        self._package.put(self.name, [self._part.result()])

    def _shift_views(self) -> None:
        """The sender's open sheet stays the open one: two open sheets would be edited as one."""
        views = list(self._part.all("workbookView"))
        for view in views:
            raw = with_attribute(view.raw, "activeTab", str(_number(view.get("activeTab", "0")) + 1))
            first = _number(view.get("firstSheet", "0"))
            self._part.replace(view, with_attribute(raw, "firstSheet", str(first + 1)) if first else raw)
        if not views:
            opened = next((at for at, sheet in enumerate(self.sheets) if sheet.visible), 0)
            said = f'<@bookViews><@workbookView activeTab="{opened + 1}"/></@bookViews>'
            self._part.insert(self._list.start, prefixed(said, self._list.prefix))

    def _shift_names(self) -> None:
        for name in self._part.all("definedName"):
            at = name.get("localSheetId")
            if at:
                self._part.replace(name, with_attribute(name.raw, "localSheetId", str(_number(at) + 1)))


def _plain(title: str) -> str:
    return " ".join(title.casefold().split())


def _number(said: str) -> int:
    return int(said) if said.isdecimal() else 0


def document(name: str, namespace: str, content: str) -> bytes:
    """A new part with ``name`` as its root in the main namespace."""
    head = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<{name} xmlns="{namespace}">'
    return f"{head}{content}</{name}>".encode()


def inline(reference: str, style: int, said: str) -> str:
    """A cell that holds text and can be nothing else."""
    return (
        f'<c r="{reference}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text(said)}</t></is></c>'
        if said
        else f'<c r="{reference}" s="{style}"/>'
    )
