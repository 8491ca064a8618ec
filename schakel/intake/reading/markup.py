"""XML read without ever expanding an entity: a document type is refused before it can do anything."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from xml.parsers import expat

from schakel.intake.reading.refusals import RefusedError

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
_DEEPEST = 200
_REFERENCE = re.compile(r"&(#x[0-9A-Fa-f]{1,6}|#[0-9]{1,7}|amp|lt|gt|quot|apos);")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


def local(name: str) -> str:
    """The name of an element or attribute without its namespace prefix."""
    return name.rpartition(":")[2]


def unescape(text: str) -> str:
    """Character data as it stands in XML, to text; only the five entities that XML itself has.

    >>> unescape("R&amp;D &#233;&#xE9; &lol;")
    'R&D éé &lol;'
    """
    return _REFERENCE.sub(_character, text) if "&" in text else text


def _character(reference: re.Match[str]) -> str:
    name = reference.group(1)
    if name[0] != "#":
        return _NAMED[name]
    code = int(name[2:], 16) if name[1] == "x" else int(name[1:])
    return chr(code) if 0 < code < 0xD800 or 0xE000 <= code < 0x110000 else "\ufffd"


class Walk:
    """One pass over an XML part: calls ``start``, ``end`` and ``text`` with names without prefix.

    Raises RefusedError: a document type (entities), elements too deep, or no well-formed XML.
    """

    def __init__(self, part: str, start: Start, end: End | None = None, text: End | None = None) -> None:
        self._part = part
        self._depth = 0
        self._start, self._end = start, end
        self._names: dict[str, str] = {}
        parser = self._parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        parser.StartElementHandler = self._opened
        parser.EndElementHandler = self._closed
        if text is not None:
            parser.CharacterDataHandler = text

    def run(self, blocks: Iterable[bytes]) -> None:
        """Take in the whole document."""
        try:
            for block in blocks:
                self._parser.Parse(block, False)
            self._parser.Parse(b"", True)
        except (expat.ExpatError, LookupError, UnicodeError) as error:
            raise RefusedError("file.unreadable", detail=f"{self._part}: {error}") from error

    def _opened(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise RefusedError("file.unreadable", detail=f"{self._part}: nested too deep")
        if any(":" in key for key in attributes):
            attributes = {local(key): value for key, value in attributes.items()}
        self._start(self._local(name), attributes)

    def _closed(self, name: str) -> None:
        self._depth -= 1
        if self._end is not None:
            self._end(self._local(name))

    def _local(self, name: str) -> str:
        found = self._names.get(name)
        if found is None:
            found = self._names[name] = local(name)
        return found

    def _refuse(self, *_: object) -> None:
        raise RefusedError("file.entities", part=self._part)
