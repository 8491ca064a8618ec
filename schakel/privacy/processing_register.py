"""The register of processing (article 30 of the GDPR): what rooms declare, and the periods of the installation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from schakel.privacy.declaring import Holding, Processing, of_processing, processings
from schakel.privacy.retention import Kept, kinds, periods

_NONE = "—"


@dataclass(frozen=True, slots=True)
class Entry:
    """A processing with its tables and how long it is kept."""

    processing: Processing
    tables: tuple[Holding, ...]
    kept: Kept
    days: int


def entries() -> list[Entry]:
    """The register, in order. Raises RetentionError for periods that cannot be read."""
    by_name, days = {kept.name: kept for kept in kinds()}, periods()
    return [
        Entry(
            one,
            tuple(holding for holding in of_processing(one.name) if holding.searched or holding.how),
            by_name[one.kept],
            days[one.kept],
        )
        for one in processings()
    ]


def period(days: int) -> str:
    """A period in words, in years where it is a whole number of them."""
    if not days:
        return _("for ever")
    years = round(days / 365.25)
    if years and abs(days - years * 365.25) < 2:
        return ngettext("%(n)s year", "%(n)s years", years) % {"n": years}
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}


def page(language: str) -> Iterator[str]:
    """The register as Markdown, line by line, in ``language``."""
    with override(language):
        yield from _lines(language)


def _lines(language: str) -> Iterator[str]:
    yield f"# {_('Register of processing')}"
    yield ""
    yield _("Made by `schakel processing` from what each part of Schakel declares of its tables.")
    yield _("Each organisation is controller of its own records; see the arrangement between them beside this page.")
    for one in entries():
        declared = one.processing
        yield from ("", f"## {declared.title.in_(language)}", "")
        yield from (f"- {label}: {said}" for label, said in told(one, language))
        yield from ("", f"| {_('table')} | {_('personal')} | {_('free text')} |", "|---|---|---|")
        for table in one.tables:
            yield f"| `{table.table}` | {_listed(table.named)} | {_listed(table.free)} |"
    yield ""
    yield f"## {_('How long what is kept')}"
    yield from ("", f"| {_('what')} | {_('how long')} | {_('since')} | {_('why')} |", "|---|---|---|---|")
    days = periods()
    for kept in kinds():
        said = (kept.title, period(days[kept.name]), kept.since, kept.why)
        yield "| " + " | ".join(text if isinstance(text, str) else text.in_(language) for text in said) + " |"


def told(one: Entry, language: str) -> list[tuple[str, str]]:
    """What the register says of a processing: label and words."""
    declared = one.processing
    return [
        (_("Purpose"), declared.purpose.in_(language)),
        (_("About whom"), declared.whose.in_(language)),
        (_("Legal ground"), declared.ground.value.in_(language)),
        (_("Receivers"), declared.receivers.in_(language)),
        (_("Outside the EU"), _("nothing is sent there")),
        (_("Kept"), f"{period(one.days)}, {one.kept.since.in_(language)}"),
        (
            _("Security"),
            _("row-level walls in the database, second factor, sealed trail, keyed digests of who was erased"),
        ),
    ]


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names) or _NONE
