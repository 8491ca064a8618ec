"""Help for the page of the running itself."""

from schakel.web.helping import register
from schakel.words import Words

register(
    "cli:jobs",
    Words("Mislukte taken", "Failed jobs"),
    Words(
        "Werk op de achtergrond, zoals ontvangstbewijzen maken en records samenbrengen, wordt bij een fout "
        "enkele keren opnieuw geprobeerd. Wat daarna nog mislukt, staat hier.",
        "Work in the background, such as making receipts and joining records, is tried again a few times after an "
        "error. What still fails then is listed here.",
    ),
    Words(
        "Neem de oorzaak weg en laat de taak daarna opnieuw doen; een taak twee keer doen kan geen kwaad.",
        "Take away the cause and then have the job done again; doing a job twice does no harm.",
    ),
)
