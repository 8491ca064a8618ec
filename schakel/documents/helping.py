"""Help for the page on which a party takes all that it has along."""

from schakel.web.helping import register
from schakel.words import Words

register(
    "documents:packages",
    Words("Alles meenemen", "Taking everything along"),
    Words(
        "Hier vraagt de beheerder van uw organisatie om een pakket met alles wat uw organisatie in Schakel heeft: alle "
        "gegevens als csv, de bestanden zoals ze zijn aangeleverd, en een beschrijving van elke kolom. Elk programma "
        "dat csv leest kan er iets mee; u hebt er Schakel niet voor nodig.",
        "Here the administrator of your organisation asks for a package of all that your organisation has in Schakel: "
        "all data as csv, the files as they were delivered, and a description of every column. Any program that reads "
        "csv can use it; you do not need Schakel for it.",
    ),
    Words(
        "Een pakket wordt op de achtergrond gemaakt en blijft zeven dagen staan. Er staan ook vertrouwelijke gegevens "
        "en namen van mensen in: bewaar het zoals u dat met een dossier doet. Dat iemand het ophaalt, staat in het "
        "logboek.",
        "A package is made in the background and stays for seven days. It holds confidential data and names of people "
        "too: keep it as you would a file on a case. That somebody fetches it is in the audit log.",
    ),
)
