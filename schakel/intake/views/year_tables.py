"""Tables, badges and the map of a year: how it stands by kind, by agency and by step of the ladder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schakel.intake import collecting, ladder
from schakel.intake.collecting import AgencyYear, KindStand
from schakel.intake.ladder import LABELS, Rung
from schakel.intake.views.naming import SEVERITIES, check_title
from schakel.web.charts.provinces import NAMES, Area, province_map
from schakel.web.formats import language, percent
from schakel.web.tables import Badge, Column, Link, Table

STATES = {
    "missing": ("neutral", gettext_lazy("not yet")),
    "delivered": ("info", gettext_lazy("delivered")),
    "errors": ("error", gettext_lazy("errors")),
    "accepted": ("ok", gettext_lazy("accepted")),
    "certified": ("ok", gettext_lazy("certified")),
    "returned": ("warning", gettext_lazy("returned")),
    "counted": ("ok", gettext_lazy("counted")),
    "exempt": ("neutral", gettext_lazy("exempt")),
}


class Shortfall(NamedTuple):
    """A step that a kind has not reached, for a list below the table."""

    kind: str
    rung: Rung


def kind_name(kind: str) -> str:
    """What records of a kind are called in the reader's language."""
    return collecting.plural(kind).in_(language()).capitalize()


def badge(state: str, *, late: bool = False) -> Badge:
    """How something stands, with whether it is late."""
    kind, word = STATES[state]
    if not late:
        return Badge(kind, word)
    return Badge("error", _("late") if state == "missing" else _("%(state)s, late") % {"state": word})


def year_badge(found: AgencyYear) -> Badge:
    """How a whole year stands; how much is in while not all of it is."""
    if found.late or found.state not in ("missing", "delivered", "errors") or not found.accepted:
        return badge(found.state, late=found.late)
    return Badge("info", _("%(in)s of %(all)s accepted") % {"in": found.accepted, "all": len(found.expected)})


def kinds_table(found: AgencyYear, period: int) -> Table:
    """Each kind of one agency: what is expected when, and what came of it."""
    rows = [_kind_row(kind) for kind in found.kinds]
    return Table(
        caption=_("What is expected for %(year)s") % {"year": period},
        columns=[
            Column("kind", _("What"), heading=True),
            Column("state", _("State")),
            Column("due", _("Due on"), kind="date"),
            Column("standing", _("Records"), kind="number"),
            Column("refused", _("Rows left out"), kind="number"),
            Column("errors", _("Errors"), kind="number"),
            Column("warnings", _("Warnings"), kind="number"),
            Column("ladder", _("Quality")),
        ],
        rows=rows,
        empty=_("Nothing is expected for this year yet, and nothing was delivered."),
    )


def _kind_row(kind: KindStand) -> dict[str, object]:
    stand, expected = kind.stand, kind.expectation
    shown = {"standing": stand.standing, "refused": stand.refused, "errors": stand.errors} if stand else {}
    warnings = {"warnings": stand.warnings - stand.waived} if stand else {}
    exempt = expected is not None and expected.exempt
    return {
        "kind": kind_name(kind.kind),
        "state": badge(kind.state, late=kind.late),
        "due": expected.due if expected is not None and not exempt else None,
        "ladder": expected.reason if exempt and expected and kind.state == "exempt" else steps(kind.ladder),
        **shown,
        **warnings,
    }


def steps(rungs: Sequence[Rung]) -> str:
    """How many steps of the ladder are reached, in words."""
    reached = sum(bool(rung.reached) for rung in rungs)
    return _("%(reached)s of %(all)s steps") % {"reached": reached, "all": len(rungs)}


def ladder_table(kinds: Iterable[KindStand], caption: str) -> Table:
    """Each kind against the seven steps."""
    rows = [
        {"kind": kind_name(kind.kind)} | {rung.key: rung_badge(rung) for rung in kind.ladder}
        for kind in kinds
        if kind.state != "exempt"
    ]
    return Table(
        caption=caption,
        columns=[Column("kind", _("What"), heading=True), *(Column(key, label) for key, label in LABELS.items())],
        rows=rows,
        empty=_("Nothing is expected for this year yet, and nothing was delivered."),
        caption_hidden=True,
    )


def rung_badge(rung: Rung) -> Badge:
    """Whether a step is reached."""
    if rung.reached is None:
        return Badge("neutral", _("not known yet"))
    return Badge("ok", _("yes")) if rung.reached else Badge("warning", _("no"))


def shortfalls(kinds: Iterable[KindStand]) -> list[Shortfall]:
    """What is not reached, kind by kind, from the bottom up; of what was not delivered, that alone."""
    found: list[Shortfall] = []
    for kind in kinds:
        missed = [Shortfall(kind_name(kind.kind), rung) for rung in kind.ladder if not rung.reached]
        if kind.state != "exempt":
            found += missed[:1] if missed and missed[0].rung.key == "delivered" else missed
    return found


def findings_table(found: AgencyYear) -> Table:
    """What the checks found, in counts by kind and check: no row, no value."""
    stands = [*([found.files] if found.files else []), *(kind.stand for kind in found.kinds if kind.stand)]
    rows = [
        {
            "kind": kind_name(stand.kind) if stand.kind else _("The files"),
            "check": check_title(line["check"]),
            "severity": Badge(line["severity"].replace("notice", "info"), SEVERITIES[line["severity"]]),
            "count": line["count"],
            "waived": line["waived"],
        }
        for stand in stands
        for line in stand.found
    ]
    return Table(
        caption=_("What the checks found"),
        note=_("counts only; the rows are the agency's own"),
        columns=[
            Column("check", _("Check"), heading=True),
            Column("kind", _("In what")),
            Column("severity", _("Severity")),
            Column("count", _("How often"), kind="number"),
            Column("waived", _("Explained"), kind="number"),
        ],
        rows=rows,
        empty=_("The checks found nothing."),
    )


def nine_table(nine: Sequence[AgencyYear], period: int) -> Table:
    """The state of the nine: each agency against each kind."""
    kinds = list(dict.fromkeys(kind.kind for found in nine for kind in found.kinds))
    rows = [
        {
            "agency": Link(str(found.party), reverse("intake:agency_year", args=[period, found.party.slug])),
            "state": year_badge(found),
            "in": _("%(in)s of %(all)s") % {"in": found.accepted, "all": len(found.expected)},
        }
        | {kind.kind: badge(kind.state, late=kind.late) for kind in found.kinds}
        for found in nine
    ]
    return Table(
        caption=_("State of the agencies for %(year)s") % {"year": period},
        columns=[
            Column("agency", _("Agency"), heading=True),
            Column("state", _("The year")),
            Column("in", _("Accepted")),
            *(Column(kind, kind_name(kind)) for kind in kinds),
        ],
        rows=rows,
        empty=_("No agency was in the network in this year."),
        wide=True,
    )


def nine_map(nine: Sequence[AgencyYear], period: int) -> tuple[SafeString, Table]:
    """The provinces, coloured by how much of what is expected was accepted, and the table behind it."""
    areas: dict[str, Area] = {}
    rows: list[dict[str, object]] = []
    for found in nine:
        share = found.accepted / len(found.expected) if found.expected else None
        said = _("%(agency)s: %(in)s of %(all)s lists accepted")
        shown = said % {"agency": found.party, "in": found.accepted, "all": len(found.expected)}
        short = f"{found.accepted}/{len(found.expected)}" if found.expected else ""
        areas |= {code: Area(share, shown, short) for code in found.party.provinces}
        provinces = ", ".join(NAMES[code] for code in found.party.provinces if code in NAMES)
        rows.append({"agency": str(found.party), "provinces": provinces, "in": share, "state": year_badge(found)})
    title = _("How much was accepted of what is expected for %(year)s") % {"year": period}
    picture = province_map("nine", title, areas, legend=percent)
    columns = [
        Column("agency", _("Agency"), heading=True),
        Column("provinces", _("Provinces")),
        Column("in", _("Accepted"), kind="percent"),
        Column("state", _("The year")),
    ]
    return picture, Table(caption=title, columns=columns, rows=rows)


def quality_table(by_year: Sequence[tuple[int, AgencyYear]]) -> Table:
    """An agency's own kinds against its years: how many steps each reached."""
    rows: dict[str, dict[str, object]] = {}
    for year, found in by_year:
        for kind in found.kinds:
            shown: object = badge(kind.state) if kind.state == "exempt" else steps(kind.ladder)
            rows.setdefault(kind.kind, {"kind": kind_name(kind.kind)})[str(year)] = shown
    return Table(
        caption=_("Steps reached, year by year"),
        columns=[Column("kind", _("What"), heading=True), *(Column(str(year), str(year)) for year, _found in by_year)],
        rows=list(rows.values()),
        empty=_("Nothing is expected of you yet, and nothing was delivered."),
    )


def network_quality_table(nine: Sequence[AgencyYear], period: int) -> Table:
    """For the secretariat alone: of how many kinds each agency reached each step, in the network's own order."""
    rows = [
        {"agency": Link(str(found.party), reverse("intake:agency_year", args=[period, found.party.slug]))}
        | {key: _reached(found, at) for at, key in enumerate(LABELS)}
        for found in nine
    ]
    return Table(
        caption=_("Steps reached in %(year)s, by agency") % {"year": period},
        note=_("lists that reached the step, of those expected"),
        columns=[Column("agency", _("Agency"), heading=True), *(Column(key, label) for key, label in LABELS.items())],
        rows=rows,
    )


def _reached(found: AgencyYear, at: int) -> str:
    reached = sum(bool(kind.ladder[at].reached) for kind in found.expected)
    return _("%(in)s of %(all)s") % {"in": reached, "all": len(found.expected)}


def meanings() -> list[tuple[str, str]]:
    """The steps and what each takes."""
    return [(str(label), str(ladder.MEANINGS[key])) for key, label in LABELS.items()]
