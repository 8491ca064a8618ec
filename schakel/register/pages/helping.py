"""Help for an organisation's page."""

from schakel.web.helping import register
from schakel.words import Words

_BESIDE = Words(
    "Bij elk veld staat wat het register zegt, wat u zelf aanleverde en in welk jaar, en welke van de twee geldt. Wat "
    "echt verschilt is gemerkt; een andere spelling niet. Uw eigen gegevens worden nooit overschreven.",
    "With each field stands what the register says, what you delivered and in which year, and which of the two counts. "
    "What really differs is marked; another spelling is not. Your own entries are never overwritten.",
)
register(
    "register:organisation",
    Words("Een organisatie", "An organisation"),
    _BESIDE,
    Words(
        "Daaronder staan uw gegevens per jaar, sinds wanneer en waarom zij als één organisatie tellen, en de groep van "
        "bedrijven voor zover die openbaar of van uzelf is. Wat anderen van deze organisatie hebben, staat er niet.",
        "Below stand your entries by year, since when and why they count as one organisation, and the corporate family "
        "as far as it is published or your own. What others have of this organisation is not there.",
    ),
)
register(
    "register:published",
    Words("Een inschrijving in het handelsregister", "An entry of the trade register"),
    Words(
        "Wat het handelsregister van een nummer zegt, ook vroegere namen, en waar het heen ging als het is beëindigd "
        "of opgegaan in een ander. Het is gepubliceerd en voor allen gelijk; daarnaast ziet u uw eigen gegevens.",
        "What the trade register says of a number, former names too, and where it went if it ended or went up in "
        "another. It is published and the same for everybody; beside it you see your own entries.",
    ),
    _BESIDE,
)
