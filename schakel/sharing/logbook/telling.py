"""Lines of the trail as people read them: who, for whom, what, of what, why, from where."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from schakel.network.models import Party, Person
from schakel.trail.acts import act, kind_called
from schakel.trail.models import Entry, Origin
from schakel.trail.whence import Channel
from schakel.web.formats import language
from schakel.web.tables import Column, Link, Table

_FEW = 5
_HERE = "\x00"  # where the thing stands in what is said of it; no text has it
# Who did it where no person did, by the names that lines have for them.
PROCESSES: dict[str, str | Promise] = {
    "worker": _lazy("Schakel, in the background"),
    "linker": _lazy("Schakel, joining"),
    "figures": _lazy("Schakel, counting"),
    "inbox": _lazy("Schakel, the inbox"),
    "retention": _lazy("Schakel, the round of what is past its period"),
    "packages": _lazy("Schakel, taking along"),
    "package": _lazy("Schakel, taking along"),
    "source": _lazy("Schakel, a watched folder"),
    "command line": _lazy("the system administrator, on the server"),
    "set-up": _lazy("the system administrator, on the server"),
    "demonstration": _lazy("the demonstration"),
}
_UNDER: dict[str, Callable[[], str]] = {
    "agreement": lambda: _("agreement %(number)s"),
    "mandate": lambda: _("mandate %(number)s"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A line with the names that it needs; ``party``: for whom it was done, ``address``: where that is still kept."""

    line: Entry
    person: str
    party: str
    concerned: str
    address: str

    @property
    def who(self) -> str:
        """Who did it: a person, a process, or nobody who is known."""
        process = self.line.process
        return self.person or str(PROCESSES.get(process, process)) or _("somebody unknown")

    @property
    def verb(self) -> str:
        """What was done, in the reader's language; the verb as it is where it has no words."""
        known = act(self.line.verb, self.line.kind)
        return known.words.in_(language()) if known is not None else self.line.verb

    @property
    def kind(self) -> str:
        """What it was done with."""
        known = kind_called(self.line.kind)
        return known.words.in_(language()) if known is not None else self.line.kind

    @property
    def channel(self) -> str:
        """The way in."""
        known = self.line.channel in Channel.values
        return str(Channel(self.line.channel).label) if known else _("not written down")

    @property
    def under(self) -> str:
        """The agreement or mandate, as people name it."""
        sort, _space, number = self.line.under.partition(" ")
        return _UNDER[sort]() % {"number": number} if sort in _UNDER else self.line.under

    @property
    def further(self) -> str:
        """What else the line holds, by the names under which it was sealed."""
        return "; ".join(
            f"{name}: {_plain(value)}" for name, value in sorted(self.line.detail.items()) if value not in ([], {}, "")
        )

    @property
    def detail(self) -> str:
        """What else the line holds, as JSON."""
        return json.dumps(self.line.detail, ensure_ascii=False, sort_keys=True) if self.line.detail else ""


def _plain(value: object) -> str:
    if isinstance(value, list) and all(isinstance(one, str | int) for one in value):
        return ", ".join(map(str, value))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)


def told(lines: Sequence[Entry]) -> list[Told]:
    """The lines with their names, each table asked once."""
    people = Person.objects.in_bulk({line.person_id for line in lines if line.person_id})
    numbers = {number for line in lines for number in (line.owner_id, line.concerns_id) if number}
    parties = Party.objects.in_bulk(numbers)
    marks = [line.origin for line in lines if line.origin]
    addresses = dict(Origin.objects.filter(mark__in=marks).values_list("mark", "address"))
    return [
        Told(
            line,
            person.name if (person := people.get(line.person_id or 0)) else "",
            party.name if (party := parties.get(line.owner_id or 0)) else "",
            concerned.name if (concerned := parties.get(line.concerns_id or 0)) else "",
            addresses.get(line.origin, ""),
        )
        for line in lines
    ]


def log_table(lines: Sequence[Entry], *, party: int, links: bool) -> Table:
    """A page of the log of ``party``; ``links``: whether what lines are about opens for the reader."""
    return Table(
        caption=_("Lines, the last first"),
        columns=[
            Column("at", _("When"), kind="moment", heading=True),
            Column("who", _("Who")),
            Column("what", _("What was done")),
            Column("why", _("Why")),
            Column("where", _("From where")),
        ],
        rows=[_row(one, party, links=links) for one in told(lines)],
        empty=_("No line says this."),
        empty_how=_("Ask less, or another period. Lines of others are not in your log."),
    )


def _row(one: Told, party: int, *, links: bool) -> dict[str, object]:
    return {
        "at": Link(one.line.at, reverse("logbook:line", args=[one.line.pk])),
        "who": who(one, party),
        "what": what(one, links=links),
        "why": why(one),
        "where": f"{one.channel}, {one.address}" if one.address else one.channel,
    }


def who(one: Told, party: int) -> str:
    """Who did it, and for which party where that is another than the reader's."""
    other = one.party if one.line.owner_id != party else ""
    return f"{one.who}, {other}" if other else one.who


def what(one: Told, *, links: bool) -> SafeString:
    """What was done with what; each thing by its number, as a link where the reader may open it."""
    thing = format_html("{} {}", one.kind, _numbered(one, links=links)) if one.line.objects_ids else escape(one.kind)
    done = act(one.line.verb, one.line.kind)
    if done is None:
        return format_html("{} {}", one.verb, thing)
    before, _space, after = done.of(_HERE, language()).partition(_HERE)
    return format_html("{}{}{}", before, thing, after) if thing else format_html("{}", one.verb)


def _numbered(one: Told, *, links: bool) -> SafeString:
    numbers = one.line.objects_ids
    known = kind_called(one.line.kind)
    url = known.url if known is not None and links else None
    few = [format_html('<a class="nl-link" href="{}">{}</a>', url(n), n) if url else str(n) for n in numbers[:_FEW]]
    left = len(numbers) - len(few)
    more = ngettext(" and %(count)s more", " and %(count)s more", left) % {"count": left} if left else ""
    return format_html("{}{}", format_html_join(", ", "{}", ((one,) for one in few)), more)


def why(one: Told) -> str:
    """The reason that somebody gave, and the agreement or mandate that let them."""
    return " · ".join(filter(None, (one.line.reason, one.under, _refusal(one.line))))


def _refusal(line: Entry) -> str:
    if line.verb != "was refused":
        return ""
    return f"{line.detail.get('page', '')} ({line.detail.get('status', '')})".strip()


HEADING = (
    *("line", "at", "person", "process", "party", "verb", "done", "kind", "numbers", "reason", "under"),
    *("concerns", "channel", "address", "detail"),
)
"""The columns of a file that is taken along; names of fields, as the trail itself has them."""


def as_cells(lines: Iterable[Entry]) -> list[list[str | int]]:
    """The lines as rows of a file, in the order of HEADING."""
    return [
        [
            one.line.pk,
            one.line.at.isoformat(),
            one.person,
            one.line.process,
            one.party,
            one.line.verb,
            one.verb,
            one.line.kind,
            " ".join(map(str, one.line.objects_ids)),
            one.line.reason,
            one.line.under,
            one.concerned,
            one.line.channel,
            one.address,
            one.detail,
        ]
        for one in told(list(lines))
    ]
