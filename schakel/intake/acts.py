"""What lines about deliveries and records say to people."""

from __future__ import annotations

from django.urls import reverse

from schakel.intake import kinds
from schakel.trail.acts import Family, Kind, ask_for_kinds, declare, declare_kinds

declare(
    Family.CHANGE,
    {
        "began": ("begon", "began"),
        "took out a file of": ("haalde een bestand uit", "took out a file of"),
        "received": ("stuurde alle bestanden van", "sent all files of"),
        "discarded": ("gooide … weg", "discarded"),
        "kept": ("hield", "kept"),
        "withdrew": ("trok … in", "withdrew"),
        "asked to check": ("liet … nakijken", "asked to check"),
        "confirmed": ("bevestigde", "confirmed"),
        "edited": ("herstelde cellen van", "mended cells of"),
        "undid edit": ("maakte een wijziging ongedaan in", "undid a change in"),
        "redid edit": ("deed een wijziging opnieuw in", "redid a change in"),
        "set to carry": ("zei wat de volgende meeneemt van", "said what the next takes along of"),
        "took along": ("nam wijzigingen mee naar", "took changes along to"),
        "waived": ("liet bevindingen staan van", "let findings stand of"),
        "ended waiver": ("nam terug dat een bevinding mag staan van", "took back that a finding may stand of"),
        "handed": ("gaf bevindingen door van", "handed findings on of"),
        "remarked": ("zei iets over", "remarked on"),
        "spoke": ("zei iets in het gesprek over", "spoke about"),
        "asked back": ("vroeg het werkboek terug van", "asked back the workbook of"),
        "asked to accept": ("vroeg te accepteren", "asked to accept"),
        "accepted": ("accepteerde", "accepted"),
        "returned": ("gaf … terug", "returned"),
        "brought back": ("haalde … terug", "brought back"),
        "overrode": ("wijzigde een waarde van", "overrode a value of"),
        "took back": ("nam een wijziging terug van", "took back a change of"),
        "set caretaker": ("wees aan wie herstelt bij", "set who mends"),
        "certified": ("certificeerde", "certified"),
        "moved": ("verschoof", "moved"),
        "reopened": ("heropende", "reopened"),
        "closed": ("sloot", "closed"),
        "expected": ("verwacht", "expects"),
        "excepted": ("zonderde … uit", "excepted"),
        "reminded": ("herinnerde aan", "reminded of"),
    },
)
declare(Family.CHANGE, {"opened": ("opende de aanlevering van", "opened the deliveries of")}, kind="year")
declare(
    Family.SYSTEM,
    {
        "checked": ("keek … na", "checked"),
        "compared": ("vergeleek", "compared"),
        "receipted": ("maakte het ontvangstbewijs van", "made the receipt of"),
    },
)
declare(
    Family.EXPORT,
    {"gave back": ("maakte met opmerkingen", "made with marks"), "took": ("nam … mee", "took along")},
)
declare_kinds(
    {
        "delivery": ("aanlevering", "delivery"),
        "file": ("bestand", "file"),
        "mapping": ("koppeling", "mapping"),
        "receipt": ("ontvangstbewijs", "receipt"),
        "year": ("jaar", "year"),
        "expectation": ("verwachting", "expectation"),
        "certification": ("certificering", "certification"),
        "caretaker": ("wie herstelt", "caretaker"),
        "blank workbook": ("leeg werkboek", "blank workbook"),
    },
    urls={"delivery": lambda number: reverse("intake:delivery", args=[number])},
)


def _record_kind(name: str) -> Kind | None:
    """A kind of record, by what its room calls it."""
    try:
        words = kinds.kind(name).labels
    except KeyError:
        return None
    return Kind(words, lambda number: reverse("intake:record", args=[name, number]))


ask_for_kinds(_record_kind, lambda: [kind.name for kind in kinds.kinds()])
