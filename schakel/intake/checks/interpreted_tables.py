"""The checks that reading by a mapping makes itself, declared with explanation and examples: those of tables."""

from __future__ import annotations

from schakel.intake.checks.examples import Sheet
from schakel.intake.checks.interpreted import declare
from schakel.intake.mapping import FieldSource, TableMapping
from schakel.words import Words

_PROJECTS = TableMapping("project", "Tabel", 1, {"number": FieldSource("Nr"), "volume": FieldSource("Omvang")})


def _projects(*rows: list[str | None]) -> Sheet:
    return Sheet([["Nr", "Omvang"], *rows], [_PROJECTS])


_ORGANISATIONS = TableMapping(
    "organisation", "Tabel", 1, {"number": FieldSource("Relatie"), "name": FieldSource("Naam")}
)
_CASES = TableMapping(
    "foreign_case",
    "Tabel",
    1,
    {"number": FieldSource("Dossier"), "organisation": FieldSource("Bedrijf", refer_by="name")},
)
_NAMES = ["Relatie", "Naam", "Dossier", "Bedrijf"]

declare(
    "reference.ambiguous",
    Words("Naam van meer dan een", "Name of more than one"),
    Words(
        "De koppeling verwijst met namen, en twee records hebben deze naam.",
        "The mapping refers by name, and two records have this name.",
    ),
    Sheet([_NAMES, ["R1", "Acme", "F1", "Acme"], ["R2", "ACME", "F2", "Bolt"]], [_ORGANISATIONS, _CASES]),
    Sheet([_NAMES, ["R1", "Acme", "F1", "Acme"], ["R2", "Bolt", "F2", "Bolt"]], [_ORGANISATIONS, _CASES]),
)
declare(
    "table.total-differs",
    Words("Totaal klopt niet", "Total does not add up"),
    Words(
        "Een totaalrij onder de tabel is iets anders dan de som van de rijen: er ontbreekt een rij, of er "
        "staat er een dubbel.",
        "A total under the table is not the sum of the rows: a row is missing, or stands twice.",
    ),
    _projects(["P1", "100"], ["P2", "200"], ["Totaal", "400"]),
    _projects(["P1", "100"], ["P2", "200"], ["Totaal", "300"]),
)
declare(
    "table.empty",
    Words("Lege tabel", "Empty table"),
    Words("De tabel is er, met kolomkoppen, maar zonder rijen.", "The table is there, with headers, but without rows."),
    _projects(),
    _projects(["P1", "100"]),
)
declare(
    "table.header-missing",
    Words("Geen kolomkoppen", "No headers"),
    Words(
        "In de eerste dertig rijen staat geen rij met ten minste de helft van de koppen van de koppeling.",
        "None of the first thirty rows holds at least half of the mapping's headers.",
    ),
    Sheet([["P1", "100"], ["P2", "200"]], [_PROJECTS]),
    Sheet([["Projecten 2023", None], ["Nr", "Omvang"], ["P1", "100"]], [_PROJECTS]),
)
declare(
    "table.header-twice",
    Words("Twee kolommen met een kop", "Two columns with one header"),
    Words(
        "Twee kolommen heten hetzelfde maar bevatten iets anders; welke bedoeld is, is niet te zien.",
        "Two columns have one name but different contents; it cannot be seen which is meant.",
    ),
    Sheet([["Nr", "Omvang", "Omvang"], ["P1", "100", "150"]], [_PROJECTS]),
    Sheet([["Nr", "Omvang", "Subsidie"], ["P1", "100", "150"]], [_PROJECTS]),
)
declare(
    "table.header-twice-alike",
    Words("Dubbele kolom", "Double column"),
    Words("Twee kolommen heten hetzelfde en bevatten hetzelfde.", "Two columns have one name and the same contents."),
    Sheet([["Nr", "Omvang", "Omvang"], ["P1", "100", "100"]], [_PROJECTS]),
    Sheet([["Nr", "Omvang", "Omvang"], ["P1", "100", "150"]], [_PROJECTS]),
)
declare(
    "table.hidden",
    Words("Verborgen rijen of kolommen", "Hidden rows or columns"),
    Words(
        "Wat in een werkblad verborgen is wordt net zo goed gelezen; vaak is het vergeten.",
        "What is hidden in a sheet is read all the same; often it was forgotten.",
    ),
    Sheet([["Nr", "Omvang"], ["P1", "100"], ["P2", "200"]], [_PROJECTS], hidden_rows=frozenset({3})),
    Sheet([["Nr", "Omvang"], ["P1", "100"], ["P2", "200"]], [_PROJECTS]),
)
declare(
    "table.merged",
    Words("Samengevoegde cellen", "Merged cells"),
    Words(
        "Van samengevoegde cellen heeft alleen de eerste een waarde; de andere rijen zijn leeg.",
        "Of merged cells only the first has a value; the other rows are empty.",
    ),
    Sheet([["Nr", "Omvang"], ["P1", "100"], ["P2", None]], [_PROJECTS], merged=("B2:B3",)),
    Sheet([["Projecten", None], ["Nr", "Omvang"], ["P1", "100"]], [_PROJECTS], merged=("A1:B1",)),
)
declare(
    "mapping.table-missing",
    Words("Tabel ontbreekt", "Table missing"),
    Words(
        "Een tabel die de koppeling noemt zit niet in de aanlevering.",
        "A table that the mapping names is not in the delivery.",
    ),
    Sheet([["Nr", "Omvang"], ["P1", "100"]], [_PROJECTS], name="Blad1"),
    Sheet([["Nr", "Omvang"], ["P1", "100"]], [_PROJECTS], name=" tabel "),
)
declare(
    "mapping.header-missing",
    Words("Kolom ontbreekt", "Column missing"),
    Words(
        "Een kolom die de koppeling noemt staat niet in de tabel.",
        "A column that the mapping names is not in the table.",
    ),
    Sheet([["Nr", "Bedrag"], ["P1", "100"]], [_PROJECTS]),
    Sheet([["NR", "omvang"], ["P1", "100"]], [_PROJECTS]),
)
declare(
    "mapping.kind-unknown",
    Words("Onbekende recordsoort", "Unknown record kind"),
    Words("De koppeling noemt een soort die niet bestaat.", "The mapping names a kind that does not exist."),
    Sheet([["Nr"], ["P1"]], [TableMapping("projects", "Tabel", 1, {"number": FieldSource("Nr")})]),
    Sheet([["Nr"], ["P1"]], [TableMapping("project", "Tabel", 1, {"number": FieldSource("Nr")})]),
)
declare(
    "mapping.field-unknown",
    Words("Onbekend veld", "Unknown field"),
    Words(
        "De koppeling noemt een veld dat deze soort niet heeft.",
        "The mapping names a field that this kind does not have.",
    ),
    Sheet([["Nr"], ["P1"]], [TableMapping("project", "Tabel", 1, {"nummer": FieldSource("Nr")})]),
    Sheet([["Nr"], ["P1"]], [TableMapping("project", "Tabel", 1, {"number": FieldSource("Nr")})]),
)
