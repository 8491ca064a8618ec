"""What can be wrong with a file, as data: in both languages what it means and what to do."""

from __future__ import annotations

from dataclasses import dataclass

from schakel.intake.findings import Severity
from schakel.words import Words


@dataclass(frozen=True, slots=True)
class ReadingCheck:
    """One fault of files. ``message`` and ``remedy`` have {places} that a finding fills in."""

    id: str
    version: int
    severity: Severity
    title: Words
    message: Words
    remedy: Words


_SAVE_AGAIN = Words(
    "Open het bestand, sla het opnieuw op als Excel-werkmap (.xlsx) of CSV en lever het nieuwe bestand aan.",
    "Open the file, save it again as an Excel workbook (.xlsx) or CSV, and deliver the new file.",
)

_ALL = (
    ReadingCheck(
        "file.missing",
        1,
        Severity.ERROR,
        Words("Bestand niet gevonden", "File not found"),
        Words(
            "{file} bestaat niet of is niet te openen ({detail}).",
            "{file} does not exist or cannot be opened ({detail}).",
        ),
        Words("Controleer de naam en de rechten van het bestand.", "Check the name and permissions of the file."),
    ),
    ReadingCheck(
        "file.unreadable",
        1,
        Severity.ERROR,
        Words("Bestand is beschadigd", "File is damaged"),
        Words("{file} is beschadigd en niet te lezen: {detail}.", "{file} is damaged and cannot be read: {detail}."),
        _SAVE_AGAIN,
    ),
    ReadingCheck(
        "file.password",
        1,
        Severity.ERROR,
        Words("Bestand is beveiligd met een wachtwoord", "File is protected by a password"),
        Words("{file} is beveiligd met een wachtwoord.", "{file} is protected by a password."),
        Words(
            "Haal de beveiliging eraf (Bestand, Info, Werkmap beveiligen) en lever het bestand opnieuw aan.",
            "Remove the protection (File, Info, Protect Workbook) and deliver the file again.",
        ),
    ),
    ReadingCheck(
        "file.truncated",
        1,
        Severity.ERROR,
        Words("Bestand is niet heel", "File is not whole"),
        Words(
            "{file} is niet heel: het einde ontbreekt of een deel is beschadigd ({detail}).",
            "{file} is not whole: its end is missing or a part is damaged ({detail}).",
        ),
        Words(
            "Waarschijnlijk brak een download of kopie af. Haal het bestand opnieuw op en lever het nog eens aan.",
            "A download or copy probably broke off. Fetch the file again and deliver it once more.",
        ),
    ),
    ReadingCheck(
        "file.bomb",
        1,
        Severity.ERROR,
        Words("Bestand wordt uitgepakt te groot", "File unpacks to too much"),
        Words(
            "{file} is uitgepakt veel groter dan een aanlevering kan zijn (grens: {limit} MB) en is niet gelezen.",
            "{file} unpacks to far more than a delivery can be (limit: {limit} MB) and was not read.",
        ),
        Words(
            "Verwijder lege opgemaakte rijen en kolommen, of splits het bestand, en lever het opnieuw aan.",
            "Remove empty formatted rows and columns, or split the file, and deliver it again.",
        ),
    ),
    ReadingCheck(
        "file.entities",
        1,
        Severity.ERROR,
        Words("Bestand verwijst naar iets erbuiten", "File refers to something outside it"),
        Words(
            "{file} bevat een documenttype of entiteit ({part}); dat heeft een werkmap nooit en wordt niet gelezen.",
            "{file} holds a document type or entity ({part}); a workbook never has one, and it is not read.",
        ),
        _SAVE_AGAIN,
    ),
    ReadingCheck(
        "file.too-large",
        1,
        Severity.ERROR,
        Words("Bestand is te groot", "File is too large"),
        Words("{file} is {size} MB groot; de grens is {limit} MB.", "{file} is {size} MB; the limit is {limit} MB."),
        Words("Splits het bestand en lever de delen samen aan.", "Split the file and deliver the parts together."),
    ),
    ReadingCheck(
        "file.too-many",
        1,
        Severity.ERROR,
        Words("Te veel bestanden", "Too many files"),
        Words("De aanlevering heeft meer dan {limit} bestanden.", "The delivery has more than {limit} files."),
        Words("Lever alleen de bestanden met gegevens aan.", "Deliver only the files that hold data."),
    ),
    ReadingCheck(
        "file.empty",
        1,
        Severity.ERROR,
        Words("Bestand is leeg", "File is empty"),
        Words("{file} is leeg.", "{file} is empty."),
        Words(
            "Lever het bestand met gegevens aan, of laat het weg.", "Deliver the file with its data, or leave it out."
        ),
    ),
    ReadingCheck(
        "file.no-tables",
        1,
        Severity.ERROR,
        Words("Bestand heeft geen gegevens", "File has no data"),
        Words("{file} heeft geen enkele gevulde cel.", "{file} has not a single filled cell."),
        Words(
            "Lever het bestand met gegevens aan, of laat het weg.", "Deliver the file with its data, or leave it out."
        ),
    ),
    ReadingCheck(
        "file.nothing",
        1,
        Severity.ERROR,
        Words("Geen bestanden", "No files"),
        Words("Er zijn geen bestanden in {file}.", "There are no files in {file}."),
        Words("Kies een map of bestanden met gegevens.", "Choose a folder or files with data."),
    ),
    ReadingCheck(
        "file.unknown-form",
        1,
        Severity.ERROR,
        Words("Bestand is geen gegevensbestand", "File is no data file"),
        Words(
            "{file} is geen rekenblad, CSV of JSON (inhoud: {what}).",
            "{file} is no spreadsheet, CSV or JSON (content: {what}).",
        ),
        Words(
            "Sla de gegevens op als Excel-werkmap (.xlsx), ODS, CSV of JSON; pak een zip eerst uit.",
            "Save the data as an Excel workbook (.xlsx), ODS, CSV or JSON; unpack a zip first.",
        ),
    ),
    ReadingCheck(
        "file.timeout",
        1,
        Severity.ERROR,
        Words("Lezen duurt te lang", "Reading takes too long"),
        Words(
            "Het lezen van {file} duurde langer dan {limit} seconden en is gestopt.",
            "Reading {file} took longer than {limit} seconds and was stopped.",
        ),
        Words(
            "Splits het bestand of verwijder wat er niet in hoort.",
            "Split the file or remove what does not belong in it.",
        ),
    ),
    ReadingCheck(
        "file.memory",
        1,
        Severity.ERROR,
        Words("Lezen kost te veel geheugen", "Reading takes too much memory"),
        Words(
            "Het lezen van {file} kostte meer dan {limit} MB geheugen en is gestopt.",
            "Reading {file} took more than {limit} MB of memory and was stopped.",
        ),
        Words(
            "Splits het bestand of verwijder wat er niet in hoort.",
            "Split the file or remove what does not belong in it.",
        ),
    ),
    ReadingCheck(
        "sheet.too-large",
        1,
        Severity.ERROR,
        Words("Blad is te groot", "Sheet is too large"),
        Words(
            "{table} in {file} heeft meer gevulde cellen of kolommen dan gelezen wordt (grens: {limit}).",
            "{table} in {file} has more filled cells or columns than are read (limit: {limit}).",
        ),
        Words(
            "Splits de tabel of verwijder wat er niet in hoort.",
            "Split the table or remove what does not belong in it.",
        ),
    ),
    ReadingCheck(
        "sheet.stray-cell",
        1,
        Severity.WARNING,
        Words("Losse cel ver buiten de tabel", "Lone cell far outside the table"),
        Words(
            "{cell} is gevuld, ver buiten de rest van het blad.", "{cell} is filled, far outside the rest of the sheet."
        ),
        Words("Maak de cel leeg als zij er niet hoort.", "Clear the cell if it does not belong there."),
    ),
    ReadingCheck(
        "sheet.formula-uncalculated",
        1,
        Severity.WARNING,
        Words("Formule is nooit berekend", "Formula was never calculated"),
        Words(
            "{count} formule(s) hebben geen waarde omdat ze nooit zijn berekend: {cells}. Die cellen tellen als leeg.",
            "{count} formula(s) have no value because they were never calculated: {cells}. These cells count as empty.",
        ),
        Words(
            "Open het bestand in een rekenprogramma, laat het rekenen (F9), sla op en lever opnieuw aan.",
            "Open the file in a spreadsheet program, let it calculate (F9), save, and deliver again.",
        ),
    ),
    ReadingCheck(
        "csv.quote-open",
        1,
        Severity.ERROR,
        Words("Aanhalingsteken wordt niet gesloten", "Quotation mark is not closed"),
        Words(
            "In {file} opent op of na regel {line} een aanhalingsteken dat nergens sluit; wat volgt is niet te lezen.",
            "In {file} a quotation mark opened on or after line {line} is never closed; what follows cannot be read.",
        ),
        Words('Sluit het aanhalingsteken (") of haal het weg.', 'Close the quotation mark (") or remove it.'),
    ),
    ReadingCheck(
        "text.encoding-mixed",
        1,
        Severity.WARNING,
        Words("Tekens in een andere codering", "Characters in another encoding"),
        Words(
            "{file} is geschreven als {encoding}, maar op regel {line} staan tekens die dat niet zijn.",
            "{file} is written as {encoding}, but line {line} has characters that are not.",
        ),
        Words("Sla het bestand op als UTF-8 en kijk de namen na.", "Save the file as UTF-8 and look over the names."),
    ),
    ReadingCheck(
        "text.encoding-unknown",
        1,
        Severity.ERROR,
        Words("Codering onbekend", "Encoding unknown"),
        Words(
            "De tekens van {file} zijn in geen bekende codering.", "The characters of {file} are in no known encoding."
        ),
        Words("Sla het bestand op als CSV UTF-8.", "Save the file as CSV UTF-8."),
    ),
    ReadingCheck(
        "json.invalid",
        1,
        Severity.ERROR,
        Words("Geen geldige JSON", "No valid JSON"),
        Words(
            "{file} is op regel {line}, teken {column} geen geldige JSON ({detail}).",
            "{file} is no valid JSON at line {line}, character {column} ({detail}).",
        ),
        Words("Laat het bestand opnieuw aanmaken door het bronsysteem.", "Have the source system make the file again."),
    ),
    ReadingCheck(
        "json.too-deep",
        1,
        Severity.ERROR,
        Words("JSON is te diep genest", "JSON is nested too deep"),
        Words("{file} is dieper genest dan gelezen wordt.", "{file} is nested deeper than is read."),
        Words(
            "Lever een lijst van records aan, zonder diepe nesting.", "Deliver a list of records, without deep nesting."
        ),
    ),
    ReadingCheck(
        "json.shape",
        1,
        Severity.ERROR,
        Words("JSON is geen lijst van records", "JSON is no list of records"),
        Words(
            "{file} heeft geen lijst van records (objecten met kolomnamen als sleutels).",
            "{file} has no list of records (objects with column names as keys).",
        ),
        Words(
            'Lever een lijst aan ([{{"naam": ...}}, ...]) of een object van lijsten.',
            'Deliver a list ([{{"name": ...}}, ...]) or an object of lists.',
        ),
    ),
    ReadingCheck(
        "json.key-twice",
        1,
        Severity.WARNING,
        Words("Sleutel dubbel in een record", "Key twice in one record"),
        Words(
            "In {file} heeft een record twee keer de sleutel {key}; de laatste waarde is gelezen.",
            "In {file} one record has the key {key} twice; the last value was read.",
        ),
        Words("Geef elke waarde een eigen sleutel.", "Give each value a key of its own."),
    ),
    ReadingCheck(
        "json.ignored",
        1,
        Severity.NOTICE,
        Words("Deel van de JSON niet gelezen", "Part of the JSON not read"),
        Words(
            "In {file} zijn geen lijst van records en dus niet gelezen: {keys}.",
            "In {file} these are no list of records and were not read: {keys}.",
        ),
        Words("Niets, als het geen gegevens zijn.", "Nothing, if they are no data."),
    ),
)

CHECKS: dict[str, ReadingCheck] = {check.id: check for check in _ALL}
"""All checks of files, by id."""
