"""Help for the pages of auditors."""

from schakel.web.helping import register
from schakel.words import Words

register(
    "figures:audit",
    Words("Controle", "Audit"),
    Words(
        "Hier staan de mandaten waaronder u meekijkt, met tot wanneer ze gelden, en uw steekproeven. Wie een mandaat "
        "gaf, ziet elke keer dat u kijkt.",
        "Here are the mandates under which you look, with until when they stand, and your samples. Whoever gave a "
        "mandate sees each of your looks.",
    ),
    Words(
        "Het spoor is alles wat gedaan is door wie u een mandaat gaf. Elke regel heeft een zegel; met het bestand "
        "alleen gaat u na of er niets is gewijzigd of weggelaten.",
        "The trail is all that was done by who gave you a mandate. Each line has a seal; with the file alone you "
        "verify that nothing was altered or left out.",
    ),
)
register(
    "figures:audit_figures",
    Words("Cijfers onder mandaat", "Figures under mandate"),
    Words(
        "De cijfers van een jaar, voor wie u een mandaat gaf, van elke afsluiting en zoals nu geteld. Kies een cijfer "
        "om een steekproef te trekken uit de records erachter.",
        "The figures of a year, of who gave you a mandate, of each closing and as counted now. Choose a figure to draw "
        "a sample of the records behind it.",
    ),
)
register(
    "figures:audit_draw",
    Words("Een steekproef trekken", "Drawing a sample"),
    Words(
        "Kies een startgetal voordat u de records kent: wie het heeft, trekt dezelfde steekproef. Er wordt getrokken "
        "uit de records die onder mandaat vallen; van de andere ziet u alleen hoeveel het er zijn.",
        "Choose a seed before you know the records: whoever has it draws the same sample. It is drawn of the records "
        "under mandate; of the others you see only how many there are.",
    ),
)
register(
    "figures:audit_sample",
    Words("Een steekproef", "A sample"),
    Words(
        "Open elk record, vergelijk het met zijn bron en onderteken uw oordeel. Daarna oordeelt u over het geheel; "
        "Schakel rekent door wat de afwijkingen voor alles betekenen.",
        "Open each record, compare it with its source and sign your conclusion. Then you conclude on the whole; "
        "Schakel works out what the deviations come to for all.",
    ),
    Words(
        "Wat u ondertekende, verandert niet meer. Een correctie is een nieuwe regel, en beide blijven staan.",
        "What you signed is not altered. A correction is another line, and both stay.",
    ),
)
register(
    "figures:audit_item",
    Words("Een record van een steekproef", "A record of a sample"),
    Words(
        "Elke waarde staat naast de cel waar zij vandaan komt, met de rij en haar buren zoals de afzender ze ziet. "
        "Eronder staat wie wat wijzigde en waarom.",
        "Each value stands beside the cell that it came from, with the row and its neighbours as the sender sees them. "
        "Below is who changed what, and why.",
    ),
)
register(
    "figures:audit_files",
    Words("Aanleveringen onder mandaat", "Deliveries under mandate"),
    Words(
        "De bestanden zoals ze voor dit jaar zijn aangeleverd door wie u een mandaat gaf, elk met zijn SHA-256.",
        "The files as they were delivered for this year by who gave you a mandate, each with its SHA-256.",
    ),
)
