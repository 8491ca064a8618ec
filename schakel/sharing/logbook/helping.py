"""Help for the pages of the audit log."""

from schakel.web.helping import register
from schakel.words import Words

register(
    "logbook:lines",
    Words("Logboek", "Audit log"),
    Words(
        "Elke wijziging, export, blik op een vertrouwelijk record, afspraak, aanmelding en weigering is één regel: "
        "wie, voor welke partij, wat, wanneer, waarom en vanwaar. U leest wat uw eigen mensen deden en wat anderen "
        "deden met wat van u is; een accountant leest het van wie een mandaat gaf.",
        "Every change, export, sight of a confidential record, agreement, sign-in and refusal is one line: who, for "
        "which party, what, when, why and from where. You read what your own people did and what others did with what "
        "is yours; an auditor reads it of whoever gave a mandate.",
    ),
    Words(
        "Wat u vraagt, staat in het adres van de pagina: zo kunt u een vraag bewaren of doorgeven. Elke regel is "
        "verzegeld en kan niet veranderen. Het adres vanwaar iets gebeurde, wordt na een tijd vergeten; de regel "
        "blijft.",
        "What you ask stands in the address of the page, so that you can keep a question or pass it on. Each line is "
        "sealed and cannot change. The address from where something was done is forgotten after a while; the line "
        "stays.",
    ),
    Words("Ook lezen en meenemen van het logboek is een regel.", "Reading the log and taking it along is a line too."),
)
register(
    "logbook:line",
    Words("Een regel van het logboek", "A line of the audit log"),
    Words(
        "Alles wat de regel bevat, met het zegel. Een zegel volgt uit het zegel ervoor en uit de hele regel: wie een "
        "regel verandert of weghaalt, valt op.",
        "All that the line holds, with its seal. A seal follows from the seal before it and the whole line: whoever "
        "changes a line or takes one out shows.",
    ),
)
