"""Help for the page of search."""

from schakel.web.helping import register
from schakel.words import Words

register(
    "search",
    Words("Zoeken", "Search"),
    Words(
        "Typ in het zoekvak boven elke pagina een deel van een naam of titel, een plaats, een KvK-nummer of het nummer "
        "uit uw eigen systeem. Hoofdletters, accenten en punten maken niet uit. Alle woorden moeten voorkomen; van het "
        "laatste woord is het begin genoeg.",
        "In the search box above every page, type part of a name or title, a place, a KvK number, or the number in "
        "your own system. Capitals, accents and full stops make no difference. All words must be found; of the last "
        "word the beginning is enough.",
    ),
    Words(
        "Onder het vak verschijnen de eerste resultaten. Loop er met de pijltjestoetsen door, open er een met Enter en "
        "sluit de lijst met Escape. Met Enter in het zoekvak opent u alle resultaten, per soort en per jaar.",
        "The first results appear below the box. Walk through them with the arrow keys, open one with Enter and close "
        "the list with Escape. Enter in the search box opens all results, by kind and by year.",
    ),
    Words(
        "U vindt wat van uw eigen organisatie is en wat voor iedereen is, zoals de indicatoren. Wat in meer jaren "
        "voorkomt, staat er één keer: het nieuwste. Nieuwe aanleveringen zijn kort na het accepteren te vinden.",
        "You find what belongs to your own organisation and what is for everybody, such as the indicators. What stands "
        "in several years is listed once: the newest. New deliveries can be found shortly after they are accepted.",
    ),
)
