"""Say which texts of pages and code have no Dutch yet, as entries to put into a catalogue. Needs no GNU gettext."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
LANGUAGE = "nl"
_KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
_TEXT = r"""u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
# What Django makes of a template's texts; all else in it is crossed out.
_CALL = re.compile(rf"\b(p?gettext|np?gettext|_)\(\s*{_TEXT}(?:\s*,\s*{_TEXT})?(?:\s*,\s*{_TEXT})?")


@dataclass(frozen=True, order=True)
class Message:
    """A text that is shown, where it stands, and what sets it apart from the same words elsewhere."""

    place: str
    text: str
    plural: str = ""
    context: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What a translation is found by."""
        return (self.context, self.text)

    def entry(self) -> str:
        """The message as an entry of a catalogue, still to be translated."""
        lines = [f"#: {self.place}"]
        lines += [f"msgctxt {_quoted(self.context)}"] if self.context else []
        lines += [f"msgid {_quoted(self.text)}"]
        if self.plural:
            return "\n".join([*lines, f"msgid_plural {_quoted(self.plural)}", 'msgstr[0] ""', 'msgstr[1] ""'])
        return "\n".join([*lines, 'msgstr ""'])


def main() -> int:
    """Print the entries that are missing; 1 where there are any, or where a translation is marked as doubtful."""
    settings.configure(USE_I18N=True)
    known, doubtful = translations()
    missing = {message.key: message for message in messages() if message.key not in known}
    for message in sorted(missing.values()):
        sys.stdout.write(message.entry() + "\n\n")
    for place in doubtful:
        sys.stdout.write(f"{place}: marked as doubtful (fuzzy)\n")
    sys.stdout.write(f"{len(missing)} texts without {LANGUAGE}, {len(doubtful)} doubtful.\n")
    return 1 if missing or doubtful else 0


def messages() -> Iterator[Message]:
    """Yield every text of the package that is to be translated."""
    for path in sorted((ROOT / "schakel").rglob("*")):
        if path.suffix == ".py":
            yield from _of_python(path)
        elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
            yield from _of_template(path)


def translations() -> tuple[set[tuple[str, str]], list[str]]:
    """Return what has been translated, and where translations are marked as doubtful."""
    known: set[tuple[str, str]] = set()
    doubtful: list[str] = []
    for path in sorted((ROOT / "schakel").rglob(f"locale/{LANGUAGE}/LC_MESSAGES/*.po")):
        with path.open("rb") as source:
            catalogue = read_po(source, locale=LANGUAGE)
        known |= _translated(catalogue)
        doubtful += [f"{path.relative_to(ROOT)}:{entry.lineno}" for entry in catalogue if entry.id and entry.fuzzy]
    return known, doubtful


def _translated(catalogue: Catalog) -> set[tuple[str, str]]:
    found = set()
    for entry in catalogue:
        texts = entry.string if isinstance(entry.string, list | tuple) else [entry.string]
        if entry.id and texts and all(texts):
            found.add((entry.context or "", entry.id if isinstance(entry.id, str) else entry.id[0]))
    return found


def _of_python(path: Path) -> Iterator[Message]:
    with path.open("rb") as source:
        for line, found, _, context in extract("python", source, keywords=_KEYWORDS):
            texts = [found] if isinstance(found, str) else list(found)
            if texts[0]:
                plural = texts[1] if len(texts) > 1 and texts[1] else ""
                yield Message(_place(path, line), texts[0], plural, context or "")


def _of_template(path: Path) -> Iterator[Message]:
    source = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    for call in _CALL.finditer(source):
        words = [ast.literal_eval(text) for text in call.groups()[1:] if text]
        context = words.pop(0) if call.group(1) in {"pgettext", "npgettext"} else ""
        line = source.count("\n", 0, call.start()) + 1
        plural = words[1] if call.group(1).startswith("n") and len(words) > 1 else ""
        yield Message(_place(path, line), words[0], plural, context)


def _place(path: Path, line: int) -> str:
    return f"{path.relative_to(ROOT)}:{line}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


if __name__ == "__main__":
    sys.exit(main())
