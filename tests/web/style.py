"""The style page: every component of the shell at once, to look at and to test."""

from __future__ import annotations

from datetime import date

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from schakel.web.charts.bars import Bar, bar_chart
from schakel.web.charts.provinces import Area, province_map
from schakel.web.charts.years import Year, year_columns, year_line
from schakel.web.tables import Badge, Column, Link, Table, sort_of

AGENCIES = (
    ("BOM", 84, 5_120_000_000, "NB"),
    ("Horizon Flevoland", 21, 830_000_000, "FL"),
    ("Impuls Zeeland", 27, 640_000_000, "ZE"),
    ("InnovationQuarter", 96, 7_450_000_000, "ZH"),
    ("LIOF", 62, 2_210_000_000, "LI"),
    ("NOM", 71, 3_075_000_000, "GR"),
    ("Oost NL", 103, 8_905_000_050, "GE"),
    ("ROM InWest", 34, 1_240_000_000, "NH"),
    ("ROM Utrecht Region", 23, 905_000_000, "UT"),
)


class StyleForm(forms.Form):
    """One field of each sort."""

    number = forms.RegexField(r"^\d{8}$", label="KVK-nummer", help_text="Acht cijfers")
    theme = forms.ChoiceField(label="Thema", choices=[("", "Kies een thema"), ("e", "Energietransitie")])
    start = forms.DateField(label="Startdatum", required=False)
    task = forms.ChoiceField(label="Taak", choices=[("i", "Investeren"), ("o", "Innoveren")], widget=forms.RadioSelect)
    shared = forms.BooleanField(label="Deel met andere ROM’s", required=False)
    topics = forms.MultipleChoiceField(
        label="Onderwerpen",
        choices=[("a", "Fotonica"), ("b", "Waterstof")],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    note = forms.CharField(label="Toelichting", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    file = forms.FileField(label="Bestand", required=False)


class FilterForm(forms.Form):
    """What a list is narrowed with."""

    q = forms.CharField(label="Zoek in de lijst", required=False)
    theme = forms.ChoiceField(label="Thema", required=False, choices=[("", "Alle"), ("e", "Energietransitie")])


COLUMNS = (
    Column("agency", "ROM", heading=True, sortable=True),
    Column("theme", "Thema"),
    Column("projects", "Projecten", kind="number", sortable=True),
    Column("volume", "Projectvolume", kind="money", sortable=True),
    Column("delivered", "Aangeleverd", kind="date"),
    Column("state", "Stand"),
)


def style_page(request: HttpRequest) -> HttpResponse:
    """Everything, with filling that resembles the real thing."""
    context = {
        "table": _table(sort_of(request, COLUMNS, "agency")),
        "empty": Table(
            "Afsluitingen", COLUMNS, [], empty="Er is nog niets afgesloten.", empty_how="Begin bij de cijfers."
        ),
        "wide": _wide_table(),
        "page": Paginator(range(1104), 25).get_page(request.GET.get("page", 3)),
        "form": StyleForm({"number": "6912345"}) if "error" in request.GET else StyleForm(),
        "filter": FilterForm(request.GET),
        "pairs": [
            ("Statutaire naam", "Zonneveld Energie B.V."),
            ("Vestiging", "Deventer"),
            ("Stand", Badge("ok", "Lopend")),
        ],
        **_pictures(),
        "tabs": [("Projecten", "/stijl/"), ("Investeringen", "/stijl/b/"), ("Herkomst", "/stijl/c/")],
        "tab": "/stijl/",
    }
    return render(request, "style.html", context)


def _pictures() -> dict[str, object]:
    bars = [Bar(name, count, str(count), marked=name == "Oost NL") for name, count, _v, _p in AGENCIES]
    years = [
        Year(2020, 310, "310", cited=True),
        Year(2021, 352, "352"),
        Year(2022, 401, "401", broken="andere definitie van deelnemer"),
        Year(2023, 474, "474"),
    ]
    areas = {province: Area(count, str(count), str(count)) for _n, count, _v, province in AGENCIES}
    columns = (Column("name", "Naam", heading=True), Column("value", "Aantal", kind="number"))
    return {
        "bars": bar_chart("per-rom", "Innovatieprojecten naar ROM", bars),
        "bars_table": Table("Projecten naar ROM", columns, [{"name": bar.label, "value": bar.value} for bar in bars]),
        "years": year_columns("per-jaar", "Innovatieprojecten per jaar", years),
        "years_table": Table("Projecten per jaar", columns, [{"name": y.year, "value": y.value} for y in years]),
        "breaks": [(2022, "andere definitie van deelnemer")],
        "line": year_line("lijn", "Innovatieprojecten 2020 tot 2023", years),
        "map": province_map("kaart", "Innovatieprojecten naar provincie", areas),
        "map_table": Table(
            "Projecten naar provincie", columns, [{"name": c, "value": a.value} for c, a in areas.items()]
        ),
    }


def acting(_request: HttpRequest) -> dict[str, object]:
    """Who acts, as the network room's context processor would say."""
    return {"actor_name": "M. de Vries", "party_name": "Oost NL"}


def _table(sort: str) -> Table:
    key = sort.removeprefix("-")
    rows = [
        {
            "agency": Link(name, "#"),
            "theme": "Sleuteltechnologieën" if count % 2 else "Circulaire economie",
            "projects": count,
            "volume": volume,
            "delivered": date(2024, 1, 23),
            "state": Badge("ok", "Geaccepteerd") if count > 30 else Badge("warning", "12 bevindingen"),
        }
        for name, count, volume, _province in AGENCIES
    ]
    order = {"agency": lambda row: row["agency"].text, "projects": lambda row: row["projects"]}.get(
        key, lambda row: row["volume"]
    )
    rows.sort(key=order, reverse=sort.startswith("-"))
    total = {"agency": "Netwerk", "projects": 474, "volume": sum(volume for _n, _c, volume, _p in AGENCIES)}
    return Table("Innovatieprojecten 2023", COLUMNS, rows, note="521 in de negen lijsten: 474", footer=total, sort=sort)


def _wide_table() -> Table:
    columns = [Column("indicator", "Indicator", heading=True), Column("network", "Netwerk", kind="number")]
    columns += [Column(name, name, kind="number") for name, *_rest in AGENCIES]
    rows = [
        {"indicator": label, "network": 474 * factor} | {name: count * factor for name, count, *_rest in AGENCIES}
        for label, factor in (("Innovatieprojecten", 1), ("Bedrijven in projecten", 3), ("Banen", 17))
    ]
    return Table("Cijfers naar ROM", columns, rows, wide=True)
