"""XML parts edited as bytes: tags are found, attributes set, pieces put between. Nothing else is touched.

Invariant: what is not edited comes out byte for byte. No entity is ever expanded; a document type is
refused. A part in another encoding becomes UTF-8, and says so.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from schakel.intake.reading.markup import unescape
from schakel.intake.returning.strange import TooStrangeError

NAME = rb"[^\s:/>\"'<!?=]++"
REST = rb"(?:[^<>\"'/]++|\"[^\"]*\"|'[^']*'|/(?!>))*+"
_TAG = re.compile(
    rb"<(?:!--.*?-->|!\[CDATA\[.*?\]\]>|\?.*?\?>|(/)?((?:" + NAME + rb":)?)(" + NAME + rb")" + REST + rb"(/?)>)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(rb"""([^\s=/<>"']+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_DECLARED = re.compile(rb"""(<\?xml[^>]*?\sencoding\s*=\s*)(?:"([^"]*)"|'([^']*)')""")
_NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_CONTROL = re.compile("[\x00-\x1f]")
_LARGEST = 24 << 20  # bytes of a part whose tags are kept in memory; 65,000 links or styles come to half of it
_HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag at bytes ``start`` to ``end`` of its part; ``prefix`` is that of its namespace, with the colon."""

    name: str
    prefix: bytes
    start: int
    end: int
    depth: int
    closing: bool
    empty: bool
    raw: bytes
    at: int  # place among the tags of the part

    def get(self, name: str, default: str = "") -> str:
        """The attribute ``name``, whatever its namespace."""
        return attributes(self.raw).get(name, default)


def attributes(raw: bytes) -> dict[str, str]:
    """The attributes of a tag by name without prefix."""
    found = {}
    for key, double, single in _ATTRIBUTE.findall(raw):
        found[key.rpartition(b":")[2].decode()] = unescape((double or single).decode())
    return found


def with_attribute(raw: bytes, name: str, value: str) -> bytes:
    """The tag ``raw`` with the attribute ``name`` (without prefix) set to ``value``."""
    said = name.encode() + b'="' + quoted(value) + b'"'
    for found in _ATTRIBUTE.finditer(raw):
        if found.group(1) == name.encode():
            return raw[: found.start()] + said + raw[found.end() :]
    cut = len(raw) - (2 if raw.endswith(b"/>") else 1)
    return raw[:cut].rstrip() + b" " + said + raw[cut:]


def tags(xml: bytes, depth: int = 0) -> Iterator[Tag]:
    """All tags of ``xml`` in order; ``depth`` is how many elements are open before it."""
    at = 0
    for found in _TAG.finditer(xml):
        close, prefix, name, empty = found.groups()
        if name is None:
            continue
        depth -= close is not None
        yield Tag(
            name=name.decode(),
            prefix=prefix,
            start=found.start(),
            end=found.end(),
            depth=depth,
            closing=close is not None,
            empty=bool(empty),
            raw=found.group(),
            at=at,
        )
        at += 1
        depth += close is None and not empty


class Part:
    """A part that fits in memory, its tags, and the edits gathered on it."""

    def __init__(self, name: str, xml: bytes, depth: int = 0) -> None:
        if b"<!DOCTYPE" in xml:
            raise TooStrangeError(name, "document type")
        if len(xml) > _LARGEST:
            raise TooStrangeError(name, "too large")
        self.name = name
        self.xml = xml
        self.tags = list(tags(xml, depth))
        self._edits: list[tuple[int, int, bytes]] = []

    @property
    def root(self) -> Tag:
        """The outermost element. Raises TooStrangeError if there is none."""
        if not self.tags:
            raise TooStrangeError(self.name, "no element")
        return self.tags[0]

    def first(self, name: str, within: Tag | None = None) -> Tag | None:
        """The first element called ``name``; directly in ``within`` if that is given."""
        return next(self.all(name, within), None)

    def all(self, name: str, within: Tag | None = None) -> Iterator[Tag]:
        """All elements called ``name``, those directly in ``within`` if that is given."""
        inside = self.tags if within is None else self.children(within)
        return (tag for tag in inside if tag.name == name and not tag.closing)

    def needed(self, name: str) -> Tag:
        """The first element called ``name``. Raises TooStrangeError if there is none."""
        found = self.first(name)
        if found is None:
            raise TooStrangeError(self.name, f"no {name}")
        return found

    def children(self, parent: Tag) -> Iterator[Tag]:
        """The elements directly in ``parent``."""
        if parent.empty:
            return
        for at in range(parent.at + 1, len(self.tags)):
            tag = self.tags[at]
            if tag.depth <= parent.depth:
                return
            if tag.depth == parent.depth + 1 and not tag.closing:
                yield tag

    def close(self, opened: Tag) -> Tag:
        """The tag that ends ``opened`` (itself if it is empty). Raises TooStrangeError if there is none."""
        if opened.empty:
            return opened
        for at in range(opened.at + 1, len(self.tags)):
            if self.tags[at].closing and self.tags[at].depth == opened.depth:
                return self.tags[at]
        raise TooStrangeError(self.name, f"{opened.name} has no end")

    def whole(self, opened: Tag) -> bytes:
        """An element with all that is in it."""
        return self.xml[opened.start : self.close(opened).end]

    def append(self, parent: Tag, content: bytes, **changed: str) -> None:
        """Put ``content`` last in ``parent``, and set attributes of it."""
        raw = parent.raw
        for name, value in changed.items():
            raw = with_attribute(raw, name, value)
        if parent.empty:
            end = b"</" + parent.prefix + parent.name.encode() + b">"
            self.replace(parent, raw[:-2].rstrip() + b">" + content + end)
            return
        if changed:
            self.replace(parent, raw)
        self.insert(self.close(parent).start, content)

    def replace(self, tag: Tag, raw: bytes) -> None:
        """Put ``raw`` in the place of a tag."""
        self._edits.append((tag.start, tag.end, raw))

    def insert(self, at: int, content: bytes) -> None:
        """Put ``content`` at byte ``at``."""
        self._edits.append((at, at, content))

    def result(self) -> bytes:
        """The part with all edits made."""
        pieces, done = [], 0
        for start, end, content in sorted(self._edits, key=lambda edit: edit[:2]):
            pieces += [self.xml[done:start], content]
            done = end
        return b"".join([*pieces, self.xml[done:]])


def prefixed(xml: str, prefix: bytes) -> bytes:
    """XML written with "@" before each name of the main namespace, with the prefix that a part has for it."""
    return xml.replace("<@", f"<{prefix.decode()}").replace("</@", f"</{prefix.decode()}").encode()


def text(said: str) -> str:
    """Text as it stands in a workbook's XML: what XML cannot hold is written as Excel does ("_x0007_")."""
    kept = _HALF.sub("\ufffd", said)
    kept = _NOT_XML.sub(lambda found: f"_x{ord(found.group()):04X}_", kept)
    return kept.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def quoted(said: str) -> bytes:
    """The value of an attribute, without its quotes."""
    kept = _HALF.sub("\ufffd", said).replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return _CONTROL.sub(lambda found: f"&#{ord(found.group())};" if found.group() in "\t\n\r" else "", kept).encode()


def codec(first: bytes) -> str:
    """The encoding of a part that begins with ``first``. Raises LookupError."""
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if first.startswith((b"<\0", b"\0<")):
        return "utf-16-le" if first[1:2] == b"\0" else "utf-16-be"
    said = _DECLARED.search(first[:200])
    return codecs.lookup((said.group(2) or said.group(3)).decode("latin-1")).name if said else "utf-8"


def utf8_blocks(blocks: Iterator[bytes], part: str) -> Iterator[bytes]:
    """The content of a part as UTF-8. Raises TooStrangeError."""
    first = next(blocks, b"")
    try:
        name = codec(first)
        if name == "utf-8":
            yield first
            yield from blocks
            return
        decoder = codecs.getincrementaldecoder(name)()
        yield _DECLARED.sub(rb'\1"UTF-8"', decoder.decode(first).encode(), count=1)
        for block in blocks:
            yield decoder.decode(block).encode()
        yield decoder.decode(b"", True).encode()
    except (LookupError, UnicodeError) as error:
        raise TooStrangeError(part, str(error)) from error
