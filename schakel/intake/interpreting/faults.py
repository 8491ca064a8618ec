"""What can be wrong with a cell or a table when it is read by a mapping.

A fault is the interpreter's half of a check: its id, how much it weighs and what it says. The room
of checks wraps each in a declaration with explanation and examples.
"""

from __future__ import annotations

from dataclasses import dataclass

from schakel.intake.findings import Severity
from schakel.words import Words

_ERROR, _WARNING, _NOTICE = Severity.ERROR, Severity.WARNING, Severity.NOTICE


@dataclass(frozen=True, slots=True)
class Fault:
    """``severity`` None: an error where the field is required, else a warning."""

    id: str
    severity: Severity | None
    message: Words
    remedy: Words


FAULTS: dict[str, Fault] = {}


def _fault(id: str, severity: Severity | None, *words: str) -> None:
    """Declare a fault; ``words``: message and remedy, each in Dutch and in English."""
    nl, en, remedy_nl, remedy_en = words
    FAULTS[id] = Fault(id, severity, Words(nl, en), Words(remedy_nl, remedy_en))


_fault(
    "cell.formula-error",
    None,
    "De formule in deze cel geeft {value}.",
    "The formula in this cell gives {value}.",
    "Herstel de formule, of vul de waarde zelf in.",
    "Mend the formula, or enter the value itself.",
)
_fault(
    "cell.placeholder",
    _NOTICE,
    "'{value}' is gelezen als: niet ingevuld.",
    "'{value}' was read as: not filled in.",
    "Vul de waarde in als die bekend is; anders hoeft u niets te doen.",
    "Enter the value if it is known; otherwise nothing needs doing.",
)
_fault(
    "cell.needed",
    None,
    "'{value}' is gelezen als: niet ingevuld, maar dit gegeven is nodig.",
    "'{value}' was read as: not filled in, but this value is needed.",
    "Vul de waarde in.",
    "Enter the value.",
)
_fault(
    "number.unreadable",
    None,
    "'{value}' is geen getal.",
    "'{value}' is not a number.",
    "Schrijf alleen het getal, zoals {expected}.",
    "Write the number only, such as {expected}.",
)
_fault(
    "number.other-format",
    _NOTICE,
    "'{value}' is anders geschreven dan de andere getallen, en gelezen als {hint}.",
    "'{value}' is written unlike the other numbers, and was read as {hint}.",
    "Klopt dit niet, schrijf het getal dan zoals {expected}.",
    "If this is wrong, write the number as {expected}.",
)
_fault(
    "number.ambiguous",
    _WARNING,
    "'{value}' kan twee getallen zijn; gelezen als {hint}.",
    "'{value}' can be two numbers; it was read as {hint}.",
    "Schrijf het getal met twee decimalen, of zet de schrijfwijze in de koppeling.",
    "Write the number with two decimals, or say in the mapping how numbers are written.",
)
_fault(
    "number.is-date",
    None,
    "Hier staat een datum ({value}) waar een getal hoort.",
    "There is a date ({value}) where a number belongs.",
    "Zet de celeigenschap op getal en vul het getal opnieuw in.",
    "Set the cell's format to number and enter the number again.",
)
_fault(
    "number.fraction",
    None,
    "{value} is geen heel getal.",
    "{value} is not a whole number.",
    "Vul een heel getal in.",
    "Enter a whole number.",
)
_fault(
    "number.absurd",
    _ERROR,
    "{value} is te groot om te kunnen kloppen.",
    "{value} is too large to be true.",
    "Controleer het getal en de eenheid (euro, duizend euro, miljoen euro).",
    "Check the number and its unit (euro, thousand euro, million euro).",
)
_fault(
    "date.unreadable",
    None,
    "'{value}' is geen datum.",
    "'{value}' is not a date.",
    "Schrijf een datum zoals {expected}.",
    "Write a date such as {expected}.",
)
_fault(
    "date.impossible",
    None,
    "{hint} bestaat niet.",
    "{hint} does not exist.",
    "Verbeter de datum; verwacht wordt {expected}.",
    "Correct the date; expected is {expected}.",
)
_fault(
    "date.absurd",
    None,
    "{value} ligt niet tussen 1900 en 2100.",
    "{value} is not between 1900 and 2100.",
    "Controleer het jaartal.",
    "Check the year.",
)
_fault(
    "date.serial",
    _NOTICE,
    "Het getal {value} is gelezen als datum: {hint}.",
    "The number {value} was read as a date: {hint}.",
    "Geef de cel een datumnotatie; klopt de datum niet, verbeter hem dan.",
    "Give the cell a date format; if the date is wrong, correct it.",
)
_fault(
    "year.unreadable",
    None,
    "'{value}' is geen jaartal tussen 1900 en 2100.",
    "'{value}' is not a year between 1900 and 2100.",
    "Schrijf het jaar met vier cijfers, zoals {expected}.",
    "Write the year in four digits, such as {expected}.",
)
_fault(
    "code.unknown",
    None,
    "'{value}' is geen bekende waarde{hint}.",
    "'{value}' is not a known value{hint}.",
    "Kies een van: {expected}. Of zet de vertaling van deze waarde in de koppeling.",
    "Choose one of: {expected}. Or add the translation of this value to the mapping.",
)
_fault(
    "kvk.unreadable",
    _WARNING,
    "'{value}' is geen KvK-nummer.",
    "'{value}' is not a Chamber of Commerce number.",
    "Een KvK-nummer heeft acht cijfers, zoals {expected}.",
    "A Chamber of Commerce number has eight digits, such as {expected}.",
)
_fault(
    "kvk.padded",
    _NOTICE,
    "{value} mist voorloopnullen en is gelezen als {hint}.",
    "{value} lacks leading zeros and was read as {hint}.",
    "Geef de kolom een tekstnotatie, dan blijven de nullen staan.",
    "Format the column as text, so that the zeros stay.",
)
_fault(
    "kvk.branch",
    _NOTICE,
    "'{value}' is een KvK-nummer met vestigingsnummer; gelezen als {hint}.",
    "'{value}' is a Chamber of Commerce number with a branch; read as {hint}.",
    "Lever alleen de eerste acht cijfers aan.",
    "Deliver the first eight digits only.",
)
_fault(
    "vat.unreadable",
    _WARNING,
    "'{value}' is geen btw-nummer.",
    "'{value}' is not a VAT number.",
    "Een Nederlands btw-nummer ziet eruit als {expected}.",
    "A Dutch VAT number looks like {expected}.",
)
_fault(
    "vat.foreign",
    _NOTICE,
    "'{value}' is een buitenlands btw-nummer en wordt niet gebruikt om te koppelen.",
    "'{value}' is a foreign VAT number and is not used to link.",
    "U hoeft niets te doen.",
    "Nothing needs doing.",
)
_fault(
    "rsin.unreadable",
    _WARNING,
    "'{value}' is geen RSIN.",
    "'{value}' is not an RSIN.",
    "Een RSIN heeft negen cijfers, zoals {expected}.",
    "An RSIN has nine digits, such as {expected}.",
)
_fault(
    "postcode.unreadable",
    _WARNING,
    "'{value}' is geen postcode.",
    "'{value}' is not a postcode.",
    "Schrijf een postcode zoals {expected}.",
    "Write a postcode such as {expected}.",
)
_fault(
    "postcode.digits-only",
    _NOTICE,
    "Van de postcode {value} ontbreken de letters.",
    "The letters of postcode {value} are missing.",
    "Vul de letters aan als die bekend zijn.",
    "Add the letters if they are known.",
)
_fault(
    "postcode.foreign",
    _NOTICE,
    "'{value}' is geen Nederlandse postcode en wordt niet gebruikt om te koppelen of te plaatsen.",
    "'{value}' is not a Dutch postcode and is not used to link or to place.",
    "U hoeft niets te doen als de organisatie in het buitenland zit.",
    "Nothing needs doing if the organisation is abroad.",
)
_fault(
    "country.unknown",
    None,
    "'{value}' is geen bekend land{hint}.",
    "'{value}' is not a known country{hint}.",
    "Schrijf de naam van het land in het Nederlands of Engels, of de code van twee letters.",
    "Write the country's name in Dutch or English, or its code of two letters.",
)
_fault(
    "agencies.unknown",
    _WARNING,
    "'{value}' is geen bekende ROM{hint}.",
    "'{value}' is not a known agency{hint}.",
    "Schrijf de naam van de ROM voluit; laat anderen dan ROM's weg.",
    "Write the agency's name in full; leave out others than agencies.",
)
_fault(
    "url.unreadable",
    _NOTICE,
    "'{value}' is geen webadres.",
    "'{value}' is not a web address.",
    "Schrijf een adres zoals {expected}.",
    "Write an address such as {expected}.",
)
_fault(
    "text.wrong-encoding",
    _WARNING,
    "In '{value}' zijn letters verminkt: het bestand is met de verkeerde tekenset bewaard.",
    "Letters in '{value}' are garbled: the file was saved in the wrong character set.",
    "Bewaar het bestand opnieuw als UTF-8 of als werkmap, of verbeter de tekst.",
    "Save the file again as UTF-8 or as a workbook, or correct the text.",
)
_fault(
    "text.control-characters",
    _NOTICE,
    "In '{value}' staan onzichtbare stuurtekens; die zijn weggelaten.",
    "'{value}' holds invisible control characters; they were left out.",
    "U hoeft niets te doen.",
    "Nothing needs doing.",
)
_fault(
    "reference.ambiguous",
    None,
    "'{value}' is de naam van meer dan een record van deze soort: {hint}.",
    "'{value}' is the name of more than one record of this kind: {hint}.",
    "Verwijs met het nummer in plaats van de naam.",
    "Refer by number instead of name.",
)
_fault(
    "table.total-differs",
    _WARNING,
    "Het totaal is {value}, maar de {rows} rijen erboven tellen op tot {hint}.",
    "The total is {value}, but the {rows} rows above add up to {hint}.",
    "Controleer of er rijen ontbreken of dubbel staan.",
    "Check whether rows are missing or stand twice.",
)
_fault(
    "table.empty",
    _NOTICE,
    "Onder de kolomkoppen van '{table}' staan geen gegevens.",
    "There is nothing under the headers of '{table}'.",
    "Klopt dit, dan hoeft u niets te doen.",
    "If this is right, nothing needs doing.",
)
_fault(
    "table.header-missing",
    _ERROR,
    "In '{table}' is geen rij met de kolomkoppen van de koppeling gevonden.",
    "No row with the mapping's headers was found in '{table}'.",
    "Zet de koppen terug ({expected}), of werk de koppeling bij.",
    "Put the headers back ({expected}), or renew the mapping.",
)
_fault(
    "table.header-twice",
    _ERROR,
    "De kop '{header}' staat er meer dan eens ({hint}), met verschillende gegevens; de eerste is gelezen.",
    "Header '{header}' occurs more than once ({hint}), with different contents; the first was read.",
    "Geef elke kolom een eigen kop.",
    "Give each column a header of its own.",
)
_fault(
    "table.header-twice-alike",
    _NOTICE,
    "De kop '{header}' staat er meer dan eens ({hint}); de eerste is gelezen.",
    "Header '{header}' occurs more than once ({hint}); the first was read.",
    "Geef elke kolom een eigen kop, of verwijder de dubbele kolom.",
    "Give each column a header of its own, or remove the double column.",
)
_fault(
    "table.hidden",
    _NOTICE,
    "In '{table}' is iets verborgen ({hint}); het is meegelezen.",
    "Something in '{table}' is hidden ({hint}); it was read as well.",
    "Verwijder wat u niet wilde aanleveren.",
    "Remove what you did not mean to deliver.",
)
_fault(
    "table.merged",
    _WARNING,
    "De cellen {value} zijn samengevoegd: de waarde telt alleen voor de eerste.",
    "Cells {value} are merged: the value counts for the first only.",
    "Hef de samenvoeging op en vul elke cel in.",
    "Unmerge the cells and fill in each of them.",
)
_fault(
    "mapping.table-missing",
    _WARNING,
    "De tabel '{table}' van de koppeling is er niet; wel: {hint}.",
    "The mapping's table '{table}' is not there; there are: {hint}.",
    "Is er dit jaar niets aan te leveren, dan hoeft u niets te doen; is de tabel hernoemd, werk dan de koppeling bij.",
    "If there is nothing to deliver this year, nothing needs doing; if it was renamed, renew the mapping.",
)
_fault(
    "mapping.header-missing",
    None,
    "De kolom '{header}' van de koppeling is er niet; wel: {hint}.",
    "The mapping's column '{header}' is not there; there are: {hint}.",
    "Zet de kop terug, of werk de koppeling bij.",
    "Put the header back, or renew the mapping.",
)
_fault(
    "mapping.kind-unknown",
    _ERROR,
    "De koppeling noemt de recordsoort '{value}', die niet bestaat{hint}.",
    "The mapping names record kind '{value}', which does not exist{hint}.",
    "Verbeter de koppeling.",
    "Correct the mapping.",
)
_fault(
    "mapping.field-unknown",
    _ERROR,
    "De koppeling noemt het veld '{value}', dat deze soort niet heeft{hint}.",
    "The mapping names field '{value}', which this kind does not have{hint}.",
    "Verbeter de koppeling.",
    "Correct the mapping.",
)
_fault(
    "mapping.code-unknown",
    _ERROR,
    "De koppeling vertaalt naar '{value}', wat geen waarde van dit veld is{hint}.",
    "The mapping translates to '{value}', which is no value of this field{hint}.",
    "Verbeter de koppeling; mogelijk is: {expected}.",
    "Correct the mapping; possible are: {expected}.",
)
