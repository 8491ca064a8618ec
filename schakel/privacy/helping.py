"""Help for the pages of personal data."""

from schakel.web.helping import register
from schakel.words import Words

register(
    "privacy:requests",
    Words("Verzoeken over persoonsgegevens", "Requests about personal data"),
    Words(
        "Schrijf hier op wat iemand vraagt: inzage, correctie of verwijdering. Noem alle manieren waarop de naam, het "
        "adres of het nummer geschreven wordt; daarmee wordt gezocht in alles wat uw organisatie heeft.",
        "Write down here what somebody asks: access, correction or erasure. Name every way in which the name, the "
        "address or the number is written; with those, all that your organisation holds is searched.",
    ),
    Words(
        "Het secretariaat stuurt een verzoek door naar wie het aangaat. Het ziet dan hoe het verzoek ervoor staat, en "
        "niets van de gegevens.",
        "The secretariat sends a request on to whom it concerns. It then sees how the request stands, and nothing of "
        "the records.",
    ),
)
register(
    "privacy:request",
    Words("Eén verzoek", "One request"),
    Words(
        "Stel eerst vast wie het vraagt. Dan staat hier wat uw organisatie heeft, met een uitvoer om mee te geven. "
        "Kijk of alles over deze persoon gaat, voordat u wist.",
        "First make sure who asks. Then what your organisation holds stands here, with an export to hand over. See "
        "whether all of it is about this person before you erase.",
    ),
    Words(
        "Wissen haalt namen, adressen en nummers weg uit records, hun geschiedenis, de aangeleverde bestanden en het "
        "logboek. Cijfers, besluiten over identiteit en de keten van het logboek blijven gelijk. Bewaart u iets "
        "omdat de wet dat vraagt, weiger dan met die reden.",
        "Erasing takes names, addresses and numbers out of records, their history, the delivered files and the trail. "
        "Figures, decisions on identity and the chain of the trail stay the same. Where the law has you keep "
        "something, refuse with that reason.",
    ),
)
register(
    "privacy:retention",
    Words("Hoelang wat bewaard wordt", "How long what is kept"),
    Words(
        "Per soort de termijn, sinds wanneer hij loopt en waarom. De laatste kolom zegt wat er nu over de termijn is; "
        "vannacht gaat dat weg. Van gegevens van aanleveringen beslist de archivaris.",
        "For each kind the period, since when it runs and why. The last column says what is past it now; tonight that "
        "goes. About records of deliveries the archivist decides.",
    ),
)
register(
    "privacy:processing",
    Words("Register van verwerkingen", "Register of processing"),
    Words(
        "Elke verwerking met doel, grondslag, ontvangers en bewaartermijn. Het komt uit wat Schakel zelf van zijn "
        "tabellen zegt, en loopt dus niet achter.",
        "Each processing with purpose, ground, receivers and period. It comes from what Schakel itself says of its "
        "tables, and so does not lag behind.",
    ),
)
register(
    "privacy:mine",
    Words("Wat over u bewaard wordt", "What is held about you"),
    Words(
        "Uw account, uw rollen en waar u aangemeld bent. U kunt uw naam en taal wijzigen, alles meenemen, en vragen "
        "om gewist te worden.",
        "Your account, your roles and where you are signed in. You can change your name and language, take all of it "
        "along, and ask to be erased.",
    ),
)
