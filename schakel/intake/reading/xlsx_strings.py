"""The texts that cells of an xlsx share (sharedStrings.xml)."""

from __future__ import annotations

import re

from schakel.intake.reading.archive import Archive
from schakel.intake.reading.markup import Walk, unescape

_PLAIN = re.compile(r"<si><t(?:/>|(?: [^>]*)?>([^<]*)</t>)</si>")
_ENCODING = re.compile(rb"""<\?xml[^>]*encoding=["']([^"']*)["']""")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def clean(text: str) -> str:
    """Text with Excel's own escapes undone ("_x000D_" is a carriage return); blank text is empty."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: _character(found.group(1)), text)
    return "" if text.isspace() else text


def _character(code: str) -> str:
    character = chr(int(code, 16))
    return "\ufffd" if character == "\0" or 0xD800 <= ord(character) < 0xE000 else character


def plain_text(text: str) -> str:
    """Character data as it stands in XML, to text."""
    return clean(unescape(text))


def is_utf8(raw: bytes) -> bool:
    """Whether an XML part says, or leaves unsaid, that it is UTF-8."""
    said = _ENCODING.search(raw[:200])
    return said is None or said.group(1).lower() == b"utf-8"


def shared_strings(archive: Archive, part: str) -> list[str]:
    """All shared texts in order. Raises RefusedError."""
    raw = archive.read(part)
    return _quickly(raw) or _carefully(raw, part)


def _quickly(raw: bytes) -> list[str] | None:
    """Where every item is one plain text, as most programs write it."""
    if b"<!" in raw or b"\r" in raw or not is_utf8(raw):
        return None
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return None
    found = _PLAIN.findall(text)
    if len(found) != text.count("</si>") or "<si/>" in text:
        return None
    return [plain_text(item) for item in found]


def _carefully(raw: bytes, part: str) -> list[str]:
    """Texts in pieces (rich text) and phonetic hints, which are left out."""
    strings: list[str] = []
    pieces: list[str] = []
    inside: list[str] = []

    def start(name: str, _: dict[str, str]) -> None:
        inside.append(name)

    def end(name: str) -> None:
        inside.pop()
        if name == "si":
            strings.append(clean("".join(pieces)))
            pieces.clear()

    def text(data: str) -> None:
        if inside and inside[-1] == "t" and "rPh" not in inside:
            pieces.append(data)

    Walk(part, start, end, text).run([raw])
    return strings
