"""What stands for a person in files: sheets, text, Parquet and what is packed in a zip; the form of a file stays.

A workbook's own parts are XML in a zip: texts between tags and in attributes are rewritten, also where a cell's text is
in runs of its own. What has no form that is known (xls, pdf) is rewritten byte for byte, as long as it was: there the
words are looked for as Windows writes them, of one byte a sign and of two.
"""

from __future__ import annotations

import hashlib
import html
import io
import json
import re
import sys
import zipfile
from array import array
from collections.abc import Callable
from functools import partial

import polars as pl

from schakel.privacy.marks import Finder

_SEGMENT = re.compile(r">([^<>]+)<")
_ATTRIBUTE = re.compile(r'="([^"<>]*)"')
# A cell's text, or a paragraph, of which the words may be spread over runs.
_PARAGRAPH = re.compile(r"<(si|is|text:p|a:p|w:p)(?: [^>]*)?>.*?</\1>", re.DOTALL)
_TEXTS = ("utf-8-sig", "utf-8", "utf-16", "cp1252")
_MANIFEST = "manifest.json"  # of a snapshot: says the digest of each part


def redacted(content: bytes, finder: Finder) -> bytes | None:
    """The file without the person; None where they are not in it."""
    done = _rewriter(content)(content, finder)
    return None if done == content else done


def redacted_frame(frame: pl.DataFrame, finder: Finder) -> pl.DataFrame:
    """A table without the person; the very same where they are not in it."""
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    changed = {}
    for name in texts:
        said = frame[name].unique().drop_nulls().to_list()
        instead = {text: new for text in said if (new := finder.without(text, numbers=True)) != text}
        if instead:
            changed[name] = frame[name].replace(list(instead), list(instead.values()))
    return frame.with_columns(**changed) if changed else frame


def redacted_parquet(content: bytes, finder: Finder) -> bytes:
    """A Parquet file without the person; the same bytes where they are not in it."""
    frame = pl.read_parquet(io.BytesIO(content))
    done = redacted_frame(frame, finder)
    if done is frame:
        return content
    written = io.BytesIO()
    done.write_parquet(written, compression="zstd")
    return written.getvalue()


def _rewriter(content: bytes) -> Callable[[bytes, Finder], bytes]:
    if content.startswith(b"PK") and zipfile.is_zipfile(io.BytesIO(content)):
        return _zip
    if content.startswith(b"PAR1"):
        return redacted_parquet
    encoding = _encoding(content)
    return partial(_text, encoding=encoding) if encoding else _bytes


def _encoding(content: bytes) -> str:
    """In what a text is written; empty for what is no text."""
    if b"\0" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ""
    for encoding in _TEXTS:
        if (encoding == "utf-8-sig") != content.startswith(b"\xef\xbb\xbf"):
            continue
        if (encoding == "utf-16") != content.startswith((b"\xff\xfe", b"\xfe\xff")):
            continue
        try:
            if content.decode(encoding).encode(encoding) == content:
                return encoding
        except UnicodeError:
            continue
    return ""


def _text(content: bytes, finder: Finder, *, encoding: str) -> bytes:
    text = content.decode(encoding)
    if text.lstrip().startswith("<"):
        return _xml(text, finder).encode(encoding)
    return finder.without(text, numbers=True).encode(encoding)


def _zip(content: bytes, finder: Finder) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        parts = {info.filename: packed.read(info) for info in packed.infolist()}
        infos = packed.infolist()
    done = {name: _rewriter(part)(part, finder) for name, part in parts.items()}
    if done == parts and not any(finder.finds(name) for name in parts):
        return content
    if _MANIFEST in done:
        done[_MANIFEST] = _manifest(done)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as packed:
        for info in infos:
            name = finder.without(info.filename)
            copied = zipfile.ZipInfo(name, info.date_time)
            copied.compress_type, copied.external_attr = info.compress_type, info.external_attr
            packed.writestr(copied, done[info.filename])
    return written.getvalue()


def _manifest(parts: dict[str, bytes]) -> bytes:
    """The manifest of a snapshot with the digests of its parts as they are now."""
    said = json.loads(parts[_MANIFEST])
    if not isinstance(said, dict) or not isinstance(said.get("parts"), dict):
        return parts[_MANIFEST]
    for name, part in said["parts"].items():
        if name in parts and isinstance(part, dict):
            part["sha256"] = hashlib.sha256(parts[name]).hexdigest()
    return json.dumps(said, indent=1, sort_keys=True).encode()


def _xml(text: str, finder: Finder) -> str:
    def between(found: re.Match[str]) -> str:
        return f">{_escaped(found[1], finder)}<"

    def attribute(found: re.Match[str]) -> str:
        return f'="{_escaped(found[1], finder)}"'

    text = _ATTRIBUTE.sub(attribute, _SEGMENT.sub(between, text))
    return _PARAGRAPH.sub(lambda found: _paragraph(found[0], finder), text)


def _paragraph(text: str, finder: Finder) -> str:
    """A paragraph whose words are spread over runs: the whole of it goes into the first, and the others are empty."""
    said = html.unescape("".join(_SEGMENT.findall(text)))
    if not finder.finds(said):
        return text
    whole = iter([html.escape(finder.without(said), quote=False)])
    return _SEGMENT.sub(lambda _found: f">{next(whole, '')}<", text)


def _escaped(text: str, finder: Finder) -> str:
    """``text`` as it stands in XML, without the person; as it was where they are not in it."""
    plain = html.unescape(text)
    done = finder.without(plain, numbers=True)
    return text if done == plain else html.escape(done)


def _bytes(content: bytes, finder: Finder) -> bytes:
    done = bytearray(content)
    _blank(done, content.decode("latin-1"), finder, at=0, wide=1)
    for at in (0, 1):
        even = content[at : at + (len(content) - at) // 2 * 2]
        signs = array("H", even)  # one place of the text for each two bytes, also where they are half of a sign
        if sys.byteorder == "big":
            signs.byteswap()
        _blank(done, "".join(map(chr, signs)), finder, at=at, wide=2)
    return bytes(done)


def _blank(done: bytearray, text: str, finder: Finder, *, at: int, wide: int) -> None:
    """Overwrite in ``done`` what is found in ``text``, whose signs are ``wide`` bytes from place ``at`` on."""
    for span in finder.spans(text):
        filled = "x" * (span.end - span.start)
        done[at + span.start * wide : at + span.end * wide] = filled.encode("utf-16-le" if wide == 2 else "ascii")
