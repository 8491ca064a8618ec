"""In which encoding a text file was written, when nothing says so."""

from __future__ import annotations

import codecs

import charset_normalizer

from schakel.intake.reading.refusals import RefusedError, Remark

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins alike
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 100_000
_COMMON = frozenset("äëïöüÄËÏÖÜáéíóúÁÉÍÓÚàèìòùÀÈâêîôûÂÊçÇñÑãõåÅæÆøØßœŒÿýÝ€£§°²³½µ·×±«»‘’“”–—…•©®™\u00a0¿¡ªº¹¼¾šŠžŽ")
"""What is written beyond ASCII in the Netherlands and next door."""
_ASCII = bytes(range(128))
_LETTERS = bytes(range(65, 91)) + bytes(range(97, 123))
_OURS = ("cp1252", "cp850", "mac_roman")  # Windows, its command line, old Macs; in this order


def decode(raw: bytes) -> tuple[str, str, list[Remark]]:
    """Text, the name of its encoding, and what is to be said of it. Raises RefusedError."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _marked(raw, encoding)
    wide = _wide(raw)
    if wide:
        return _marked(raw, wide)
    try:
        return _tidy(raw.decode("utf-8")), "utf-8", []
    except UnicodeDecodeError as error:
        return _unmarked(raw, error)


def narrow(head: bytes) -> bytes:
    """The beginning of a file in UTF-8, if it is written in two or four bytes a character; else as it is."""
    encoding = next((encoding for mark, encoding in _MARKS[1:] if head.startswith(mark)), "") or _wide(head)
    return head.decode(encoding, errors="ignore").encode("utf-8", errors="replace") if encoding else head


def _tidy(text: str) -> str:
    return text.replace("\0", "")


def _marked(raw: bytes, encoding: str) -> tuple[str, str, list[Remark]]:
    try:
        return _tidy(raw.decode(encoding)), encoding, []
    except UnicodeDecodeError as error:
        line = raw[: error.start].decode(encoding, errors="ignore").count("\n") + 1
        remark = Remark("text.encoding-mixed", {"encoding": encoding, "line": str(line)})
        return _tidy(raw.decode(encoding, errors="replace")), encoding, [remark]


def _wide(raw: bytes) -> str:
    """UTF-16 without a mark: every other byte of western text is nought."""
    sample = raw[:2000]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 2 < len(sample) // 2 or min(even, odd) * 20 > len(sample):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _unmarked(raw: bytes, error: UnicodeDecodeError) -> tuple[str, str, list[Remark]]:
    """No UTF-8: one of the encodings of one byte a character, or UTF-8 with a few bad bytes."""
    text = raw.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    if sum(map("éëïöüèáà€–’".count, text)) > 4 * bad:
        line = raw.count(b"\n", 0, error.start) + 1
        remark = Remark("text.encoding-mixed", {"encoding": "utf-8", "line": str(line)})
        return _tidy(text), "utf-8", [remark]
    encoding = _one_byte(raw)
    return _tidy(raw.decode(encoding, errors="replace")), encoding, []


def _one_byte(raw: bytes) -> str:
    sample = raw[:_SAMPLE] if not raw[:_SAMPLE].isascii() else raw
    high = sample.translate(None, _ASCII)
    shares = {encoding: _likely(high, encoding) for encoding in _OURS}
    best = max(_OURS, key=lambda encoding: shares[encoding])
    letters = len(sample) - len(sample.translate(None, _LETTERS))
    if shares[best] >= 0.7 and len(high) <= letters:  # else mostly accents: another alphabet
        return best
    guess = charset_normalizer.from_bytes(sample[:_SAMPLE]).best()
    if guess is None:
        raise RefusedError("text.encoding-unknown")
    return guess.encoding


def _likely(high: bytes, encoding: str) -> float:
    """Which share of the bytes beyond ASCII are characters one would expect."""
    text = high.decode(encoding, errors="replace")
    return sum(map(_COMMON.__contains__, text)) / max(len(text), 1)
