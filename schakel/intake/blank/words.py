"""What a blank delivery workbook says: on its first sheet, above its columns, and in its cells."""

from __future__ import annotations

from schakel.intake.kinds import Field, FieldType
from schakel.words import Words

FIRST = Words("Uitleg", "Explanation")
LISTS = Words("Lijsten", "Lists")
TITLE = Words("Aanlevering {period}", "Delivery {period}")
FOR = Words("Voor {agency}.", "For {agency}.")
HOW = (
    Words(
        "Vul de bladen in waarvan u gegevens hebt. Wat u niet hebt, laat u leeg: ook een heel blad mag leeg blijven.",
        "Fill in the sheets that you have records for. Leave empty what you do not have, a whole sheet if need be.",
    ),
    Words(
        "Eén regel is één project, één investering, enzovoort. Begin direct onder de kopregel en sla geen regels over.",
        "One line is one project, one investment and so on. Begin right under the headers and skip no lines.",
    ),
    Words(
        "Kolommen met een donkere kop zijn verplicht. Wijs een kop aan om te lezen wat er in de kolom hoort.",
        "Columns with a dark header are required. Point at a header to read what belongs in the column.",
    ),
    Words(
        "Verander de namen van bladen en koppen niet. Eigen kolommen mag u rechts toevoegen.",
        "Do not change the names of sheets and headers. You may add columns of your own on the right.",
    ),
    Words(
        "Nummers maken records herkenbaar: gebruik in alle bladen hetzelfde nummer voor dezelfde organisatie.",
        "Numbers tell records apart: use the same number for the same organisation on all sheets.",
    ),
    Words("Lever het bestand daarna aan in Schakel.", "Then deliver the file in Schakel."),
)
CONTENTS = Words("In dit bestand", "In this file")
ABOVE = Words("{plural} in {period}. Bedragen in euro.", "{plural} in {period}. Amounts in euro.")
REQUIRED, OPTIONAL = Words("Verplicht.", "Required."), Words("Niet verplicht.", "Not required.")
PART_OF_KEY = Words("Hieraan herkennen wij de regel.", "This is how we know the line.")
WRONG = Words("Dit past niet in deze kolom", "This does not fit this column")
SEVERAL = Words("Meer waarden? Zet er een puntkomma (;) tussen.", "More values? Put a semicolon (;) between them.")

FORMS: dict[FieldType, Words] = {
    "text": Words("Tekst.", "Text."),
    "code": Words("Kies een waarde uit de lijst.", "Choose a value from the list."),
    "integer": Words("Een geheel getal, 0 of meer.", "A whole number, 0 or more."),
    "money": Words("Een bedrag in euro, 0 of meer.", "An amount in euro, 0 or more."),
    "number": Words("Een getal, 0 of meer.", "A number, 0 or more."),
    "date": Words("Een datum, zoals 31-12-{period}.", "A date, such as 31-12-{period}."),
    "year": Words("Een jaartal, zoals {period}.", "A year, such as {period}."),
    "agencies": Words(
        "Namen van andere ROM's, met een komma ertussen.", "Names of other agencies, with a comma between them."
    ),
    "kvk": Words("Acht cijfers, zoals 01234567.", "Eight digits, such as 01234567."),
    "vat": Words("Een btw-nummer, zoals NL001234567B01.", "A VAT number, such as NL001234567B01."),
    "rsin": Words("Negen cijfers, zoals 001234567.", "Nine digits, such as 001234567."),
    "postcode": Words("Een postcode, zoals 1234 AB.", "A postcode, such as 1234 AB."),
    "country": Words("Een land uit de lijst.", "A country from the list."),
    "url": Words("Een webadres, zoals www.voorbeeld.nl.", "A web address, such as www.example.com."),
}
REFERENCE = Words("Het nummer van een regel op het blad {plural}.", "The number of a line on the sheet {plural}.")


def explanation(field: Field, refers_to: Words | None, *, key: bool, period: int) -> Words:
    """What belongs in a column: what it means, whether it is required, and how it is written."""
    if field.type == "reference":
        form = REFERENCE if refers_to is None else REFERENCE.format(plural=_quoted(refers_to))
    else:
        form = FORMS[field.type].format(period=period)
    several = field.several and field.type != "agencies"
    parts = (field.help, REQUIRED if field.required else OPTIONAL, PART_OF_KEY if key else None)
    told = [part for part in (*parts, form, SEVERAL if several else None) if part is not None]
    return Words(" ".join(part.nl for part in told), " ".join(part.en for part in told))


def _quoted(words: Words) -> Words:
    return Words(f"'{words.nl}'", f"'{words.en}'")


def capital(words: Words) -> Words:
    """The words with a capital first letter."""
    return Words(words.nl[:1].upper() + words.nl[1:], words.en[:1].upper() + words.en[1:])
