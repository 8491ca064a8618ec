"""What a part of a workbook points to, and of what type each part is: the small lists beside the parts."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from schakel.intake.returning.markup import Part, prefixed, quoted
from schakel.intake.returning.package import Package

_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_EMPTY = f'{_HEAD}<Relationships xmlns="{_RELATIONS}"></Relationships>'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@dataclass(frozen=True, slots=True)
class Relation:
    """A pointer to ``part``; ``type`` is the last word of its full ``address``."""

    id: str
    part: str
    address: str

    @property
    def type(self) -> str:
        """What the part is for the one that points to it: "worksheet", "comments"."""
        return self.address.rpartition("/")[2]


class Relations:
    """The pointers of one part; new ones are written when `keep` is called."""

    def __init__(self, package: Package, part: str) -> None:
        folder, name = posixpath.split(part)
        self._package, self._folder = package, folder
        self._name = posixpath.join(folder, "_rels", f"{name}.rels")
        new = not package.has(self._name)
        self._part = Part(self._name, _EMPTY.encode()) if new else package.part(self._name)
        self._added: list[bytes] = []
        self._all = [
            Relation(tag.get("Id"), self._full(tag.get("Target")), tag.get("Type"))
            for tag in self._part.all("Relationship")
            if tag.get("TargetMode") != "External"
        ]

    def _full(self, target: str) -> str:
        plain = target.replace("\\", "/")
        return plain.lstrip("/") if plain.startswith("/") else posixpath.normpath(posixpath.join(self._folder, plain))

    def by_id(self, id_: str) -> Relation | None:
        """The pointer with this id."""
        return next((relation for relation in self._all if relation.id == id_), None)

    def of_type(self, type_: str) -> Relation | None:
        """The first pointer of this type."""
        return next((relation for relation in self._all if relation.type == type_), None)

    def free_id(self) -> str:
        """The id that the next pointer gets."""
        taken = {relation.id for relation in self._all}
        return next(name for number in range(1, len(taken) + 2) if (name := f"rIdSchakel{number}") not in taken)

    def add(self, address: str, part: str) -> str:
        """Point to ``part``; the new pointer's id."""
        id_ = self.free_id()
        self._all.append(Relation(id_, part, address))
        target = posixpath.relpath(part, self._folder or ".")
        said = b'Id="%b" Type="%b" Target="%b"' % (quoted(id_), quoted(address), quoted(target))
        self._added.append(prefixed("<@Relationship ", self._part.root.prefix) + said + b"/>")
        return id_

    def keep(self) -> None:
        """Put the list anew if a pointer was added."""
        if self._added:
            self._part.append(self._part.root, b"".join(self._added))
            self._package.put(self._name, [self._part.result()])


class ContentTypes:
    """The types of all parts."""

    _NAME = "[Content_Types].xml"

    def __init__(self, package: Package) -> None:
        self._package = package
        self._part = package.part(self._NAME)
        self._added: list[bytes] = []
        self._endings = {tag.get("Extension").lower() for tag in self._part.all("Default")}

    def add(self, part: str, type_: str) -> None:
        """Say the type of a new part."""
        said = b'PartName="/%b" ContentType="%b"' % (quoted(part), quoted(type_))
        self._added.append(prefixed("<@Override ", self._part.root.prefix) + said + b"/>")

    def add_ending(self, ending: str, type_: str) -> None:
        """Say the type of all parts whose names end so, unless it is said."""
        if ending not in self._endings:
            self._endings.add(ending)
            said = f'<@Default Extension="{ending}" ContentType="{type_}"/>'
            self._added.insert(0, prefixed(said, self._part.root.prefix))

    def keep(self) -> None:
        """Put the list anew."""
        self._part.append(self._part.root, b"".join(self._added))
        self._package.put(self._NAME, [self._part.result()])
