"""The checks that reading by a mapping makes itself, declared with explanation and examples: those of cells.

Where a fault's severity depends on whether the field is required, the declaration says warning.
"""

from __future__ import annotations

from schakel.intake.checks.check import Check, Example, register_check
from schakel.intake.checks.examples import Cell
from schakel.intake.findings import Severity
from schakel.intake.interpreting.faults import FAULTS
from schakel.intake.mapping import FieldSource
from schakel.words import Words


def declare(id: str, title: Words, explanation: Words, fails: Example, passes: Example) -> None:
    """Declare the check of fault ``id`` with what it means and an example of each."""
    fault = FAULTS[id]
    severity = fault.severity or Severity.WARNING
    register_check(Check(id, severity, "cell", title, explanation, fault.message, fault.remedy, (fails,), (passes,)))


_DUTCH = FieldSource(format="1.234,56")


declare(
    "cell.formula-error",
    Words("Fout in een formule", "Formula error"),
    Words(
        "Een formule die niet uitkomt (#DEEL/0!, #N/B) heeft geen waarde om over te nemen.",
        "A formula that fails (#DIV/0!, #N/A) has no value to take over.",
    ),
    Cell("project.volume", "#DIV/0!", "error"),
    Cell("project.volume", "12", "number"),
)
declare(
    "cell.placeholder",
    Words("Ingevuld met 'niet bekend'", "Filled in with 'not known'"),
    Words(
        "Woorden als n.b., onbekend en een streepje gelden als niet ingevuld. Een koppeling kan er "
        "woorden aan toevoegen.",
        "Words such as n/a, unknown and a dash count as not filled in. A mapping may add words of its own.",
    ),
    Cell("project.volume", "n.b."),
    Cell("project.volume", "0", "number"),
)
declare(
    "cell.needed",
    Words("Nodig, maar 'niet bekend'", "Needed, but 'not known'"),
    Words(
        "Bij een verplicht veld telt 'onbekend' niet als antwoord.",
        "In a required field 'unknown' is no answer.",
    ),
    Cell("project.start", "onbekend"),
    Cell("project.end", "onbekend"),
)
declare(
    "number.unreadable",
    Words("Geen getal", "Not a number"),
    Words(
        "In een kolom met getallen staat tekst die geen getal is, of een getal met verkeerd geplaatste punten.",
        "A column of numbers holds text that is no number, or a number with misplaced marks.",
    ),
    Cell("project.volume", "ca. twee ton"),
    Cell("project.volume", "€ 200.000,00", source=_DUTCH),
)
declare(
    "number.other-format",
    Words("Anders geschreven getal", "Number written differently"),
    Words(
        "De koppeling zegt hoe getallen geschreven zijn; dit getal kan alleen op de andere manier gelezen worden.",
        "The mapping says how numbers are written; this one can only be read in the other way.",
    ),
    Cell("staff.fte", "77.4", source=_DUTCH),
    Cell("staff.fte", "77,4", source=_DUTCH),
)
declare(
    "number.ambiguous",
    Words("Dubbelzinnig getal", "Ambiguous number"),
    Words(
        "'1,234' is in het Nederlands 1,234 en in het Engels 1234; noch de koppeling noch de kolom zegt welk.",
        "'1,234' is 1.234 in Dutch and 1234 in English; neither the mapping nor the column says which.",
    ),
    Cell("project.volume", "1,234"),
    Cell("project.volume", "1,234", source=_DUTCH),
)
declare(
    "number.is-date",
    Words("Datum waar een getal hoort", "Date where a number belongs"),
    Words(
        "Rekenbladen maken van 1-2 of 3.5 soms ongevraagd een datum.",
        "Spreadsheets sometimes turn 1-2 or 3.5 into a date unasked.",
    ),
    Cell("staff.fte", "2023-05-03", "date"),
    Cell("staff.fte", "3.5", "number"),
)
declare(
    "number.fraction",
    Words("Geen heel getal", "Not a whole number"),
    Words("Mensen, banen en deelnemers zijn hele getallen.", "People, jobs and participants are whole numbers."),
    Cell("foreign_case.jobs_created", "12.5", "number"),
    Cell("foreign_case.jobs_created", "12", "number"),
)
declare(
    "number.absurd",
    Words("Onmogelijk groot getal", "Impossibly large number"),
    Words(
        "Bedragen van een biljoen euro of meer en aantallen boven twee miljard kunnen niet kloppen.",
        "Amounts of a trillion euros or more and counts over two billion cannot be true.",
    ),
    Cell("project.volume", "1000000000000", "number"),
    Cell("project.volume", "999999999999", "number"),
)
declare(
    "date.unreadable",
    Words("Geen datum", "Not a date"),
    Words("In een kolom met datums staat iets anders.", "A column of dates holds something else."),
    Cell("project.start", "begin dit jaar"),
    Cell("project.start", "3 mrt 2023"),
)
declare(
    "date.impossible",
    Words("Datum die niet bestaat", "Date that does not exist"),
    Words(
        "31 februari of maand 13: de datum wordt niet verschoven naar een die wel bestaat.",
        "31 February or month 13: the date is not moved to one that exists.",
    ),
    Cell("project.start", "31-02-2023"),
    Cell("project.start", "28-02-2023"),
)
declare(
    "date.absurd",
    Words("Datum in een andere eeuw", "Date in another century"),
    Words("Datums voor 1900 en na 2100 zijn tikfouten.", "Dates before 1900 and after 2100 are typing errors."),
    Cell("project.start", "01-01-0202"),
    Cell("project.start", "01-01-2022"),
)
declare(
    "date.serial",
    Words("Datum als volgnummer", "Date as a serial number"),
    Words(
        "Een rekenblad bewaart een datum als aantal dagen; zonder datumnotatie blijft dat getal over.",
        "A spreadsheet keeps a date as a number of days; without a date format that number is left.",
    ),
    Cell("project.start", "45231", "number"),
    Cell("project.start", "2023-11-01", "date"),
)
declare(
    "year.unreadable",
    Words("Geen jaartal", "Not a year"),
    Words("Een jaar heeft vier cijfers en ligt tussen 1900 en 2100.", "A year has four digits, from 1900 to 2100."),
    Cell("fund.vintage", "'16"),
    Cell("fund.vintage", "2016", "number"),
)
declare(
    "code.unknown",
    Words("Onbekende waarde", "Unknown value"),
    Words(
        "Dit veld heeft een vaste lijst van waarden; deze staat er niet in en de koppeling vertaalt hem niet.",
        "This field has a fixed list of values; this is none of them and the mapping does not translate it.",
    ),
    Cell("project.status", "halverwege"),
    Cell("project.status", "Lopend"),
)
declare(
    "kvk.unreadable",
    Words("Geen KvK-nummer", "Not a Chamber of Commerce number"),
    Words("Een KvK-nummer heeft acht cijfers.", "A Chamber of Commerce number has eight digits."),
    Cell("organisation.kvk", "1234"),
    Cell("organisation.kvk", "12 34 56 78"),
)
declare(
    "kvk.padded",
    Words("Voorloopnullen kwijt", "Leading zeros lost"),
    Words(
        "Een KvK-nummer in een getallenkolom verliest zijn nullen; die zijn weer aangevuld.",
        "A Chamber of Commerce number in a column of numbers loses its zeros; they were put back.",
    ),
    Cell("organisation.kvk", "1234567", "number"),
    Cell("organisation.kvk", "01234567"),
)
declare(
    "kvk.branch",
    Words("KvK-nummer met vestiging", "Chamber of Commerce number with branch"),
    Words(
        "Van twaalf cijfers zijn de eerste acht het KvK-nummer.",
        "Of twelve digits the first eight are the company's number.",
    ),
    Cell("organisation.kvk", "123456780001"),
    Cell("organisation.kvk", "12345678"),
)
declare(
    "vat.unreadable",
    Words("Geen btw-nummer", "Not a VAT number"),
    Words(
        "Een Nederlands btw-nummer is NL, negen cijfers, B, twee cijfers.",
        "A Dutch VAT number is NL, nine digits, B, two digits.",
    ),
    Cell("organisation.vat", "NL1234B01"),
    Cell("organisation.vat", "NL 8206.52.684.B01"),
)
declare(
    "vat.foreign",
    Words("Buitenlands btw-nummer", "Foreign VAT number"),
    Words(
        "Alleen Nederlandse btw-nummers helpen om organisaties te koppelen.",
        "Only Dutch VAT numbers help to link organisations.",
    ),
    Cell("organisation.vat", "DE123456789"),
    Cell("organisation.vat", "NL820652684B01"),
)
declare(
    "rsin.unreadable",
    Words("Geen RSIN", "Not an RSIN"),
    Words("Een RSIN heeft negen cijfers.", "An RSIN has nine digits."),
    Cell("organisation.rsin", "12-A"),
    Cell("organisation.rsin", "820652684"),
)
declare(
    "postcode.unreadable",
    Words("Geen postcode", "Not a postcode"),
    Words(
        "Een Nederlandse postcode is vier cijfers en twee letters.", "A Dutch postcode is four digits and two letters."
    ),
    Cell("organisation.postcode", "Utrecht"),
    Cell("organisation.postcode", "3511 ep"),
)
declare(
    "postcode.digits-only",
    Words("Postcode zonder letters", "Postcode without letters"),
    Words(
        "Vier cijfers wijzen de gemeente meestal goed aan, maar koppelen minder zeker.",
        "Four digits mostly show the municipality, but link less surely.",
    ),
    Cell("organisation.postcode", "6003"),
    Cell("organisation.postcode", "6003AB"),
)
declare(
    "postcode.foreign",
    Words("Buitenlandse postcode", "Foreign postcode"),
    Words("De schrijfwijze is niet die van een Nederlandse postcode.", "It is not written as a Dutch postcode."),
    Cell("organisation.postcode", "SW1A 1AA"),
    Cell("organisation.postcode", "1012 AB"),
)
declare(
    "country.unknown",
    Words("Onbekend land", "Unknown country"),
    Words(
        "De naam staat niet in de lijst van landen (ISO 3166).", "The name is not in the list of countries (ISO 3166)."
    ),
    Cell("foreign_case.origin", "Verenigd Koningrijkk"),
    Cell("foreign_case.origin", "Zuid-Korea"),
)
declare(
    "agencies.unknown",
    Words("Onbekende ROM", "Unknown agency"),
    Words("In 'samen met' horen namen van ROM's.", "'Together with' holds names of agencies."),
    Cell("project.together_with", "LIOF, Provincie Gelderland"),
    Cell("project.together_with", "LIOF, Oost NL"),
)
declare(
    "url.unreadable",
    Words("Geen webadres", "Not a web address"),
    Words("Een webadres heeft een punt en geen spaties.", "A web address has a dot and no spaces."),
    Cell("organisation.website", "geen site"),
    Cell("organisation.website", "www.voorbeeld.nl"),
)
declare(
    "text.wrong-encoding",
    Words("Verminkte letters", "Garbled letters"),
    Words(
        "Tekens als Ã« zijn letters die in de verkeerde tekenset bewaard of gelezen zijn.",
        "Signs such as Ã« are letters saved or read in the wrong character set.",
    ),
    Cell("organisation.name", "CoÃ¶peratie Zuid"),
    Cell("organisation.name", "Coöperatie Zuid"),
)
declare(
    "text.control-characters",
    Words("Stuurtekens", "Control characters"),
    Words(
        "Onzichtbare tekens uit een ander systeem horen niet in een naam.",
        "Invisible characters from another system do not belong in a name.",
    ),
    Cell("organisation.name", "Acme\x07 B.V."),
    Cell("organisation.name", "Acme B.V."),
)

declare(
    "mapping.code-unknown",
    Words("Vertaling naar niets", "Translation to nothing"),
    Words(
        "De koppeling vertaalt naar een waarde die het veld niet heeft.",
        "The mapping translates to a value that the field does not have.",
    ),
    Cell("project.status", "bezig", source=FieldSource(codes={"bezig": "runing"})),
    Cell("project.status", "bezig", source=FieldSource(codes={"bezig": "running"})),
)
