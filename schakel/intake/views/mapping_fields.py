"""One field on the mapping page: the column it comes from, how that is written, and what its values become."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from schakel.intake.interpreting.cells import plain_text
from schakel.intake.interpreting.locating import Located, normal
from schakel.intake.kinds import Field
from schakel.intake.mapping import FieldSource
from schakel.intake.proposing.dates import in_words
from schakel.intake.settling import Example, Examples, FieldAsked, TableAsked
from schakel.intake.settling.answering import CONSTANT, EMPTY, LEAVE, SEPARATORS
from schakel.intake.showing import shown
from schakel.network.models import Party, PartyKind
from schakel.web import formats

_WRITTEN = {
    "date": ("dd-mm-yyyy", "mm-dd-yyyy", "yyyy-mm-dd", "d mmm yyyy"),
    "money": ("1.234,56", "1,234.56"),
    "number": ("1.234,56", "1,234.56"),
    "integer": ("1.234,56", "1,234.56"),
}
_MARKS = (",", ";", "|", "/", "newline")
_LONG = 80  # characters of a value that are shown


@dataclass(frozen=True, slots=True)
class Option:
    """A choice in a list."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Control:
    """A setting of a field: a list of ``options``, or a text to type where there are none."""

    id: str
    label: str
    options: tuple[Option, ...] = ()
    value: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A value of a closed list, with the code it becomes."""

    value: str
    count: int
    name: str  # of the value in the form
    control: Control
    unknown: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """A value and what it becomes."""

    text: str
    becomes: str
    count: int


@dataclass(frozen=True, slots=True)
class FieldView:
    """What the page shows of a field."""

    asked: FieldAsked
    id: str
    label: str
    help: str
    why: str
    column: Control
    controls: tuple[Control, ...] = ()
    hidden: tuple[tuple[str, str], ...] = ()
    listed: tuple[Listed, ...] = ()
    more: int = 0
    unknown: str = ""  # which of the listed are known by no name
    pairs: tuple[Pair, ...] = ()
    nothing: tuple[Pair, ...] = ()
    blanks: tuple[Pair, ...] = ()
    lost: int = 0
    summary: str = ""
    faults: tuple[str, ...] = ()

    @property
    def doubtful(self) -> bool:
        """Whether a person should look at it first."""
        unsure = self.asked.asked and (self.asked.sureness != "certain" or not self.asked.source)
        return bool(unsure or self.unknown or self.lost or self.faults)


def field_view(asked: TableAsked, of: FieldAsked, found: Examples | None, *, faults: Sequence[str] = ()) -> FieldView:
    """The field ``of`` of a table as the page shows it; ``found``: what its values become, if it has a column."""
    part = f"t{asked.at}-f-{of.field.name}"
    language = get_language() or "nl"
    listed = _listed(part, asked, of, found) if found is not None else ()
    return FieldView(
        asked=of,
        id=part,
        label=of.field.labels.in_(language),
        help=of.field.help.in_(language) if of.field.help else "",
        why=of.why.in_(language) if of.why else "",
        column=Control(f"{part}-column", _("Column"), _columns(asked.found, of)),
        controls=tuple(_controls(part, of, found)),
        hidden=tuple(_hidden(part, of)),
        listed=listed,
        more=max(0, found.different - len(found.values)) if found else 0,
        unknown=" ".join(str(at) for at, value in enumerate(listed) if value.unknown),
        pairs=_pairs(of.field, found.shown) if found else (),
        nothing=_pairs(of.field, found.nothing) if found and not listed else (),
        blanks=_pairs(of.field, found.blanks) if found else (),
        lost=found.lost if found else 0,
        summary=_summary(found) if found else "",
        faults=tuple(faults),
    )


def _columns(found: Located | None, of: FieldAsked) -> tuple[Option, ...]:
    chosen = CONSTANT if of.source is not None and not of.source.header else of.column
    options = [Option("", _("no column"), chosen == "")]
    seen: set[str] = set()
    for letter, header in (found.headers if found else {}).items():
        if header.strip() and normal(header) not in seen:
            options.append(Option(letter, f"{letter} · {short(header, 50)}", letter == chosen))
        seen.add(normal(header))
    options.append(Option(CONSTANT, _("the same in every row"), chosen == CONSTANT))
    return tuple(options)


def _controls(part: str, of: FieldAsked, found: Examples | None) -> Iterable[Control]:
    source = of.source
    if source is None:
        return
    if not source.header:
        yield Control(f"{part}-constant", _("Value in every row"), value=source.constant)
        return
    kind = of.field.type
    if kind == "money":
        units = (
            ("EUR", _("euros")),
            ("EUR thousand", _("thousands of euros")),
            ("EUR million", _("millions of euros")),
        )
        yield Control(f"{part}-unit", _("Amounts are in"), _options(units, source.unit))
    if kind in _WRITTEN and (source.format or (found is not None and found.texts)):
        language = get_language() or "nl"
        written = [
            ("", _("as is recognised")),
            *((each, in_words(each, language)) for each in _with(_WRITTEN[kind], source.format)),
        ]
        yield Control(f"{part}-format", _("Written as"), _options(written, source.format))
    if kind == "reference":
        by = (("number", _("by its number")), ("name", _("by its name")))
        yield Control(f"{part}-by", _("Refers to a record"), _options(by, source.refer_by))
    if of.field.several or kind == "agencies" or source.explode:
        yield Control(f"{part}-separator", _("Several in a cell, separated by"), _separators(source))


def _with(usual: tuple[str, ...], held: str) -> tuple[str, ...]:
    return usual if not held or held in usual else (held, *usual)


def _separators(source: FieldSource) -> tuple[Option, ...]:
    names = {mark: name for name, mark in SEPARATORS.items()}
    held = names.get(source.separator, source.separator)
    said = {"": _("nothing"), "newline": _("a new line")}
    marks = [(mark, said.get(mark, mark)) for mark in ("", *_with(_MARKS, held))]
    return _options(marks, held)


def _options(choices: Iterable[tuple[str, str]], chosen: str) -> tuple[Option, ...]:
    return tuple(Option(value, label, value == chosen) for value, label in choices)


def _hidden(part: str, of: FieldAsked) -> Iterable[tuple[str, str]]:
    source = of.source
    yield f"{part}-was", CONSTANT if source is not None and not source.header else of.column
    if source is not None and source.explode:
        yield f"{part}-explode", "1"


def _listed(part: str, asked: TableAsked, of: FieldAsked, found: Examples) -> tuple[Listed, ...]:
    """The values of a closed list that are asked one by one: of codes all, of others those that need a translation."""
    held = {plain_text(text): code for text, code in (of.source.codes if of.source else {}).items()}
    blank = {example.text for example in found.blanks}
    values = [value for value in found.values if of.field.type == "code" or _to_say(value, held, blank)]
    if not values:
        return ()
    choices = _agencies() if of.field.type == "agencies" else _choices(of.field, get_language() or "nl")
    listed = []
    for at, value in enumerate(values):
        chosen = held.get(plain_text(value.text))
        unknown = value.value is None and chosen is None and value.text not in blank
        options = _codes(choices, of.field, value, chosen, unknown=unknown)
        control = Control(f"{part}-c{at}", _("'%(value)s' becomes") % {"value": value.text}, options)
        listed.append(Listed(value.text, value.count, f"{part}-v{at}", control, unknown))
    return tuple(listed)


def _to_say(value: Example, held: dict[str, str], blank: set[str]) -> bool:
    return plain_text(value.text) in held or (value.value is None and value.text not in blank)


def _codes(
    choices: tuple[tuple[str, str], ...], field: Field, value: Example, chosen: str | None, *, unknown: bool
) -> tuple[Option, ...]:
    recognised = becomes(field, value.value) if value.value is not None else _("nothing")
    first = _("choose") if unknown else _("%(code)s (recognised)") % {"code": recognised}
    picked = EMPTY if chosen == "" else (chosen or "")
    slip = [(LEAVE, _("a mistake: mend it later"))] if unknown else []
    everything = [("", first), *choices, (EMPTY, _("nothing: leave it empty")), *slip]
    return _options(everything, picked)


@lru_cache(maxsize=256)
def _choices(field: Field, language: str) -> tuple[tuple[str, str], ...]:
    if field.type == "code":
        return tuple((code.value, code.labels.in_(language)) for code in field.codes)
    names = Locale.parse(language[:2]).territories
    return tuple((code, name) for code, name in sorted(names.items(), key=lambda p: p[1]) if len(code) == 2)


def _agencies() -> tuple[tuple[str, str], ...]:
    return tuple(Party.objects.filter(kind=PartyKind.AGENCY).values_list("slug", "name"))


def _pairs(field: Field, examples: Iterable[Example]) -> tuple[Pair, ...]:
    return tuple(Pair(short(e.text, _LONG), _cut(becomes(field, e.value)), e.count) for e in examples)


def _cut(text: str) -> str:
    """``text`` with its own spaces, which keep amounts and dates together."""
    return text if len(text) <= _LONG else short(text, _LONG)


def becomes(field: Field, value: object) -> str:
    """What a value that was read is shown as; money comes in cents."""
    if field.type == "money" and isinstance(value, int):
        return formats.money_exact(value)
    if field.type == "year":
        return "" if value is None else str(value)
    return shown(field, value)


def _summary(found: Examples) -> str:
    filled = found.rows - found.empty
    said = ngettext("%(count)s value", "%(count)s values", filled) % {"count": formats.number(filled)}
    if found.empty > 0:
        said += ", " + ngettext("%(count)s empty", "%(count)s empty", found.empty) % {
            "count": formats.number(found.empty)
        }
    return said


def short(text: str, most: int) -> str:
    """``text`` on one line, cut off after ``most`` characters."""
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= most else one_line[: most - 1] + "…"
