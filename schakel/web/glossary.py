"""The words of the network and what they mean here, in both languages; marked words open them."""

from __future__ import annotations

from dataclasses import dataclass

from schakel.words import Words


@dataclass(frozen=True, slots=True)
class Term:
    """A word and its meaning."""

    word: Words
    meaning: Words


def _term(nl: str, en: str, meaning_nl: str, meaning_en: str) -> Term:
    return Term(Words(nl, en), Words(meaning_nl, meaning_en))


TERMS: dict[str, Term] = {
    "agency": _term(
        "ROM",
        "agency",
        "Regionale ontwikkelingsmaatschappij: een van de negen organisaties die in hun regio innoveren, investeren "
        "en internationaliseren met bedrijven.",
        "Regional development agency: one of the nine organisations that innovate, invest and internationalise "
        "with companies in their region.",
    ),
    "secretariat": _term(
        "secretariaat",
        "secretariat",
        "ROM-Nederland: ondersteunt het netwerk en maakt de landelijke cijfers. Het bezit geen gegevens van een ROM.",
        "ROM-Nederland: supports the network and makes the national figures. It owns no agency's data.",
    ),
    "delivery": _term(
        "aanlevering",
        "delivery",
        "De bestanden waarmee een ROM haar gegevens over een periode geeft, zoals haar eigen systeem ze uitvoert.",
        "The files in which an agency hands over its records of a period, as its own system exports them.",
    ),
    "mapping": _term(
        "koppeling",
        "mapping",
        "Welke kolom van een aanlevering welk gegeven is, en hoe bedragen, datums en codes te lezen zijn.",
        "Which column of a delivery holds which field, and how its amounts, dates and codes are to be read.",
    ),
    "finding": _term(
        "bevinding",
        "finding",
        "Wat een controle over een plek in een aanlevering zegt: een fout houdt de regel tegen, een waarschuwing niet.",
        "What a check says about a place in a delivery: an error keeps the row out, a warning does not.",
    ),
    "receipt": _term(
        "ontvangstbewijs",
        "receipt",
        "Wat er met elke regel van een aanlevering gebeurd is: gelezen, geweigerd, geaccepteerd of ongewijzigd.",
        "What became of each row of a delivery: read, refused, accepted or unchanged.",
    ),
    "expected_delivery": _term(
        "verwachte aanlevering",
        "expected delivery",
        "De afspraak dat een ROM gegevens van een soort over een periode aanlevert, met vanaf wanneer en tot wanneer.",
        "The agreement that an agency delivers records of a kind for a period, with the days it opens and is due.",
    ),
    "certify": _term(
        "certificeren",
        "certify",
        "Verklaren dat een aanlevering klopt en volledig is. Wie daarna iets wil wijzigen, trekt de verklaring "
        "eerst in.",
        "To state that a delivery is right and complete. Whoever wants to change it then withdraws the statement "
        "first.",
    ),
    "figure": _term(
        "cijfer",
        "figure",
        "Een geteld getal. Het opent tot op de regels waaruit het geteld is.",
        "A computed number. It opens down to the rows that it was counted from.",
    ),
    "indicator": _term(
        "indicator",
        "indicator",
        "Wat er geteld wordt, in welke eenheid, over welke periode en volgens welke regel.",
        "What is counted, in which unit, over which period and by which rule.",
    ),
    "closing": _term(
        "afsluiting",
        "closing",
        "De cijfers van een periode, vastgelegd met alles waaruit ze geteld zijn; ze veranderen daarna niet meer.",
        "The figures of a period, frozen with everything they were counted from; they never change after it.",
    ),
    "embargo": _term(
        "embargo",
        "embargo",
        "De tijd waarin afgesloten cijfers nog niet openbaar zijn: tot hun uur kwam en elk orgaan heeft ingestemd.",
        "The time in which closed figures are not public yet: until their hour has come and every body has approved.",
    ),
    "revision": _term(
        "herziening",
        "revision",
        "Een latere versie van gepubliceerde cijfers, met de reden; de oude versie blijft te lezen.",
        "A later version of published figures, with the reason; the old version can still be read.",
    ),
    "coverage": _term(
        "dekking",
        "coverage",
        "Hoeveel van de ROM’s die zouden aanleveren dat gedaan hebben.",
        "How many of the agencies that should deliver have done so.",
    ),
    "breakdown": _term(
        "verdeling",
        "breakdown",
        "Een cijfer in delen: naar ROM, provincie, thema, fase of iets anders. Waar iets onder meer dan één deel valt, "
        "tellen de delen op tot meer dan het totaal.",
        "A figure in parts: by agency, province, theme, stage or something else. Where one thing falls under several "
        "parts, the parts add to more than the total.",
    ),
    "kept_view": _term(
        "bewaarde weergave",
        "kept view",
        "Een vraag aan de cijfers onder een naam, van u alleen of gedeeld met het netwerk. Wie haar opent, ziet de "
        "cijfers die hij of zij zelf mag zien.",
        "A question to the figures under a name, yours alone or shared with the network. Who opens it sees the figures "
        "that are for them.",
    ),
    "identity": _term(
        "identiteit",
        "identity",
        "De vaststelling dat gegevens van verschillende ROM’s over hetzelfde gaan, zodat het één keer telt.",
        "The decision that records of several agencies are about the same thing, so that it counts once.",
    ),
    "stock": _term(
        "stand",
        "stock",
        "Een aantal of bedrag op één dag: 31 december van het jaar.",
        "A number or amount on one day: 31 December of the year.",
    ),
    "flow": _term(
        "stroom",
        "flow",
        "Een aantal of bedrag over een heel jaar.",
        "A number or amount over a whole year.",
    ),
    "innovation_project": _term(
        "innovatieproject",
        "innovation project",
        "Een project van organisaties samen waarbij een ROM betrokken is; het telt in het jaar waarin het begint.",
        "A project of organisations together in which an agency takes part; it counts in the year it starts.",
    ),
    "project_volume": _term(
        "projectvolume",
        "project volume",
        "De totale kosten van een project, uit het voorstel, de beschikking of de bevestiging.",
        "The total cost of a project, from its proposal, grant decision or confirmation.",
    ),
    "consortium_lead": _term(
        "penvoerder",
        "consortium lead",
        "De organisatie die namens de deelnemers aan een project optreedt.",
        "The organisation that acts for the participants of a project.",
    ),
    "round": _term(
        "ronde",
        "round",
        "Eén financiering van een bedrijf door een of meer investeerders; ook met twee ROM’s telt zij één keer.",
        "One financing of a company by one or more investors; with two agencies in it, it still counts once.",
    ),
    "follow_on": _term(
        "vervolginvestering",
        "follow-on investment",
        "Een investering in een bedrijf waarin de ROM al eerder investeerde.",
        "An investment in a company in which the agency had invested before.",
    ),
    "leverage": _term(
        "hefboom",
        "leverage",
        "De hele ronde gedeeld door het deel van de ROM, als verhouding van sommen.",
        "The whole round divided by the agency's part of it, as a ratio of sums.",
    ),
    "position": _term(
        "participatie",
        "position",
        "Een belang dat een ROM op 31 december heeft.",
        "A holding that an agency has on 31 December.",
    ),
    "involvement": _term(
        "betrokkenheid",
        "involvement",
        "Het deel van alle bedrijven die start- en groeikapitaal ophaalden, waarin een ROM dat jaar investeerde.",
        "Of companies that raised start-up and later-stage capital, the share that an agency invested in that year.",
    ),
    "foreign_case": _term(
        "acquisitieproject",
        "foreign case",
        "Een buitenlands bedrijf dat zich vestigt, uitbreidt of blijft met hulp van een ROM; het telt in het jaar van "
        "het besluit.",
        "A foreign company that settles, expands or stays with an agency's help; it counts in the year it decides.",
    ),
    "jobs": _term(
        "banen",
        "jobs",
        "Directe banen, verwacht binnen drie jaar. Nieuwe en behouden banen worden niet zonder melding opgeteld.",
        "Direct jobs, expected within three years. Jobs created and retained are never added without saying so.",
    ),
    "trade_activity": _term(
        "handelsactiviteit",
        "trade activity",
        "Een missie, beurs of bijeenkomst voor handel; de activiteit telt één keer, deelnames tellen elk.",
        "A mission, fair or meeting for trade; the activity counts once, participations count each.",
    ),
    "stated": _term(
        "opgegeven",
        "stated",
        "Door de ROM genoemd zonder dat een bevestigingsbrief bekend is.",
        "Named by the agency without a known confirmation letter.",
    ),
    "baseline": _term(
        "nulmeting",
        "baseline",
        "Het getal waar een doel van uitgaat, met zijn jaar.",
        "The number that a target starts from, with its year.",
    ),
    "expectation": _term(
        "verwachting",
        "expectation",
        "Wat is geteld plus wat er volgens het eigen verleden nog komt van wat in de pijplijn zit. Geen cijfer.",
        "What is counted plus what by an agency's own past will come of what is in its pipeline. No figure.",
    ),
    "estimate": _term(
        "schatting",
        "estimate",
        "Wat een aanlevering die ontbreekt waarschijnlijk inhoudt, volgens een vermelde methode. Geen cijfer.",
        "What a delivery that is missing probably holds, by a stated method. No figure.",
    ),
    "target": _term(
        "doel",
        "target",
        "Wat een cijfer in een jaar moet worden, en van waaruit; het zegt wat wordt geteld en of het om een aantal in "
        "het jaar gaat of om een stand.",
        "What a figure should become in a year, and from what; it says what is counted, and whether it is a number in "
        "the year or at its end.",
    ),
}
