"""Help for the pages of the inbox."""

from schakel.web.helping import register
from schakel.words import Words

register(
    "inbox",
    Words("Mijn werk", "My work"),
    Words(
        "Hier staat wat op u wacht: wat u moet doen, met de datum waarop het klaar moet zijn, en wat u moet "
        "weten. Open een regel om naar de plek te gaan waar u het werk doet.",
        "Here is what waits for you: what you have to do, with the day it is due, and what you should know. Open "
        "a line to go to the place where the work is done.",
    ),
    Words(
        "Werk verdwijnt vanzelf als het gedaan is. Neemt u waar voor een collega, dan staat diens werk er ook bij.",
        "Work goes away by itself when it is done. If you stand in for a colleague, that colleague's work is here too.",
    ),
)
register(
    "inbox-preferences",
    Words("Voorkeuren voor uw werk", "Preferences for your work"),
    Words(
        "Kies of u over nieuw werk meteen een e-mail krijgt of een keer per dag een overzicht. In uw werk hier "
        "verandert er niets door.",
        "Choose whether you get mail about new work at once or as one summary a day. Your work here stays the same.",
    ),
    Words(
        "Bent u afwezig, wijs dan een collega aan die voor u waarneemt, met een begin- en een einddatum.",
        "If you are away, name a colleague who stands in for you, with a first and a last day.",
    ),
)
register(
    "inbox-mail",
    Words("Post die niet verzonden is", "Mail that was not sent"),
    Words(
        "Hier staan e-mails die niet verzonden konden worden, met de reden. Neem de oorzaak weg en verzend ze opnieuw; "
        "het werk zelf staat gewoon bij de ontvanger.",
        "Here is mail that could not be sent, with the reason. Take away the cause and send it again; the work itself "
        "is with the receiver all the same.",
    ),
)
