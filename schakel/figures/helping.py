"""Help for the pages of figures."""

from schakel.web.helping import register
from schakel.words import Words

register(
    "figures:overview",
    Words("Cijfers van het netwerk", "Figures of the network"),
    Words(
        "Hier staan alle indicatoren van een jaar. Het cijfer van het netwerk is vaak lager dan de som van de ROM’s: "
        "wat twee ROM’s samen deden, telt voor het netwerk één keer en voor elk van hen één keer.",
        "All indicators of a year are here. The network's figure is often less than the sum of the agencies: what two "
        "agencies did together counts once for the network and once for each of them.",
    ),
    Words(
        "De dekking zegt hoeveel ROM’s hebben aangeleverd. Kies bovenaan een ander jaar, of open een indicator om te "
        "zien hoe hij is opgebouwd.",
        "Coverage says how many agencies have delivered. Choose another year at the top, or open an indicator to see "
        "how it is made up.",
    ),
)
register(
    "figures:indicator",
    Words("Een indicator", "An indicator"),
    Words(
        "U ziet wat er geteld wordt, volgens welke regel, en hoe het cijfer verdeeld is over jaren, provincies, "
        "thema’s of ROM’s. Achter elke grafiek staat de tabel met dezelfde getallen.",
        "You see what is counted, by which rule, and how the figure divides over years, provinces, themes or agencies. "
        "Behind each chart is the table with the same numbers.",
    ),
    Words(
        "Staat er ‘niet getoond’, dan zou het getal iets zeggen over een enkele organisatie. Open het cijfer om "
        "te zien welke records erachter zitten; u ziet alleen de records die u mag zien.",
        "Where it says ‘withheld’, the number would tell something about a single organisation. Open the figure to see "
        "the records behind it; you see only the records that you may see.",
    ),
)
register(
    "figures:list",
    Words("De lijst achter een cijfer", "The list behind a figure"),
    Words(
        "Dit zijn de records waaruit het cijfer is geteld. Bovenaan staat hoeveel het er zijn en hoeveel u er "
        "mag zien. Open een record om bij elke waarde de cel te zien waar zij vandaan komt.",
        "These are the records from which the figure was counted. At the top is how many there are and how many "
        "you may see. Open a record to see for each value the cell that it came from.",
    ),
)
