"""What differs between two mappings, in words: for the history, and where two people settled the same delivery."""

from __future__ import annotations

from collections.abc import Iterator

from schakel.intake import kinds
from schakel.intake.interpreting.locating import normal
from schakel.intake.kinds import Field, RecordKind
from schakel.intake.mapping import FieldSource, Mapping, TableMapping
from schakel.intake.proposing.dates import in_words
from schakel.words import Words

_UNITS = {
    "EUR": Words("euro", "euros"),
    "EUR thousand": Words("duizenden euro's", "thousands of euros"),
    "EUR million": Words("miljoenen euro's", "millions of euros"),
}
_BY = {"number": Words("nummer", "number"), "name": Words("naam", "name")}


def differences(old: Mapping, new: Mapping) -> list[Words]:
    """What ``new`` does otherwise than ``old``; empty if they read everything alike."""
    before, after = _by_table(old), _by_table(new)
    found = [_words(t, Words("wordt nu gelezen", "is read now")) for key, t in after.items() if key not in before]
    found += [
        _words(t, Words("wordt niet meer gelezen", "is no longer read"))
        for key, t in before.items()
        if key not in after
    ]
    for key, table in after.items():
        if key in before:
            found += [_words(table, words) for words in _of_table(before[key], table)]
    return found


def _by_table(mapping: Mapping) -> dict[tuple[str, str], TableMapping]:
    return {(table.kind, normal(table.table)): table for table in mapping.tables}


def _words(table: TableMapping, what: Words) -> Words:
    kind = _kind(table.kind)
    plural = kind.plural if kind is not None else Words(table.kind, table.kind)
    return Words(f"'{table.table}' ({plural.nl}): {what.nl}", f"'{table.table}' ({plural.en}): {what.en}")


def _of_table(old: TableMapping, new: TableMapping) -> Iterator[Words]:
    if old.header_row != new.header_row:
        yield Words(
            f"de koppen staan in rij {new.header_row} (was {old.header_row})",
            f"the headers are in row {new.header_row} (was {old.header_row})",
        )
    if old.skip != new.skip:
        said = ", ".join(new.skip) or "-"
        yield Words(f"overgeslagen worden rijen met: {said}", f"rows skipped are those with: {said}")
    if old.numbering != new.numbering:
        yield _numbering(new.numbering)
    for name in dict.fromkeys((*new.fields, *old.fields)):
        label = _label(new.kind, name)
        for words in _of_field(old.fields.get(name), new.fields.get(name), _field(new.kind, name)):
            yield Words(f"{label.nl}: {words.nl}", f"{label.en}: {words.en}")


def _numbering(numbering: str) -> Words:
    said = {
        "permanent": Words("nummers blijven ieder jaar gelijk", "numbers stay the same each year"),
        "yearly": Words("nummers beginnen ieder jaar opnieuw", "numbers start again each year"),
    }
    return said.get(numbering, Words("nummering zoals gebruikelijk", "numbering as usual"))


def _of_field(old: FieldSource | None, new: FieldSource | None, field: Field | None) -> Iterator[Words]:
    if new is None or old is None:
        yield from _came_or_went(old, new)
        return
    if _origin(old) != _origin(new):
        yield Words(
            f"komt uit {_origin(new).nl} (was {_origin(old).nl})",
            f"comes from {_origin(new).en} (was {_origin(old).en})",
        )
    if old.unit != new.unit:
        was, now = _UNITS[old.unit], _UNITS[new.unit]
        yield Words(f"in {now.nl} (was {was.nl})", f"in {now.en} (was {was.en})")
    if old.format != new.format:
        written = new.format or "-"
        yield Words(f"geschreven als {in_words(written, 'nl')}", f"written as {in_words(written, 'en')}")
    if (old.separator, old.explode) != (new.separator, new.explode):
        yield Words(f"gescheiden door '{new.separator}'", f"separated by '{new.separator}'")
    if old.refer_by != new.refer_by:
        yield Words(f"verwijst met {_BY[new.refer_by].nl}", f"refers by {_BY[new.refer_by].en}")
    yield from _codes(old, new, field)


def _came_or_went(old: FieldSource | None, new: FieldSource | None) -> Iterator[Words]:
    if new is not None:
        yield Words(f"komt uit {_origin(new).nl} (was leeg)", f"comes from {_origin(new).en} (was empty)")
    elif old is not None:
        yield Words(f"wordt niet meer gelezen (was {_origin(old).nl})", f"is no longer read (was {_origin(old).en})")


def _origin(source: FieldSource) -> Words:
    if source.header:
        return Words(f"kolom '{source.header}'", f"column '{source.header}'")
    return Words(f"de vaste waarde '{source.constant}'", f"the fixed value '{source.constant}'")


def _codes(old: FieldSource, new: FieldSource, field: Field | None) -> Iterator[Words]:
    for text in dict.fromkeys((*new.codes, *old.codes)):
        was, now = old.codes.get(text), new.codes.get(text)
        if was != now:
            before, after = _code(field, was), _code(field, now)
            yield Words(
                f"'{text}' wordt {after.nl} (was {before.nl})", f"'{text}' becomes {after.en} (was {before.en})"
            )


def _code(field: Field | None, code: str | None) -> Words:
    if code is None:
        return Words("wat de lijst zegt", "what the list says")
    if not code:
        return Words("leeg", "empty")
    labels = [each.labels for each in (field.codes if field else ()) if each.value == code]
    return labels[0] if labels else Words(code, code)


def _kind(name: str) -> RecordKind | None:
    return next((kind for kind in kinds.kinds() if kind.name == name), None)


def _field(kind: str, name: str) -> Field | None:
    found = _kind(kind)
    return found.fields_by_name.get(name) if found else None


def _label(kind: str, name: str) -> Words:
    field = _field(kind, name)
    return field.labels if field else Words(name, name)
