"""Help for the pages of what is doubtful and of what people said of it."""

from schakel.web.helping import register
from schakel.words import Words

register(
    "register:doubts",
    Words("Identiteit: wat twijfelachtig is", "Identity: what is doubtful"),
    Words(
        "Wat meer ROM's kennen, telt één keer. Waar Schakel niet zeker weet of twee records hetzelfde zijn, vraagt het "
        "u. Bovenaan staat waar een antwoord het meest leert en het meest voor de cijfers doet. Met de filters kiest u "
        "één soort, alleen uw eigen records, of wat betwist is; ze staan in het adres.",
        "What several agencies know counts once. Where Schakel is not sure whether two records are the same, it asks "
        "you. On top is where an answer teaches most and does most to the figures. With the filters you choose one "
        "kind, only your own records, or what is disputed; they stand in the address.",
    ),
    Words(
        "Van een andere ROM ziet u alleen naam, plaats, nummers en website, en alleen zolang u allebei meedoet aan de "
        "afspraak.",
        "Of another agency you see only name, place, numbers and website, and only while both take part in the "
        "agreement.",
    ),
)
_JUDGING = (
    Words(
        "Twee records naast elkaar, met gemarkeerd waar ze verschillen. Zeg of ze hetzelfde zijn; u krijgt meteen het "
        "volgende paar. Met het toetsenbord: 1 hetzelfde, 2 niet hetzelfde, 3 weet niet, 4 later, 0 neem het laatste "
        "antwoord terug. De toetsen werken alleen zolang u in dit deel van de pagina bent.",
        "Two records beside each other, with marks where they differ. Say whether they are the same; you get the next "
        "pair at once. By keyboard: 1 the same, 2 not the same, 3 cannot say, 4 later, 0 take back the last answer. "
        "The keys work only while you are in this part of the page.",
    ),
    Words(
        "Wat het model ervan vindt, ziet u pas na uw antwoord, zodat u zelf kijkt. Een paar dat u bekijkt, wordt vijf "
        "minuten voor u vastgehouden; een collega krijgt intussen een ander.",
        "What the model makes of it you see only after your answer, so that you look for yourself. A pair that you "
        "look at is held for you for five minutes; a colleague gets another one meanwhile.",
    ),
)
register("register:doubt", Words("Een paar beoordelen", "Judging a pair"), *_JUDGING)
register("register:review", Words("Beoordelen", "Judging"), *_JUDGING)
register(
    "register:said",
    Words("Wat mensen zeiden", "What people said"),
    Words(
        "Elk antwoord staat hier met wie het gaf en wanneer. Een antwoord blijft gelden, ook na latere aanleveringen, "
        "tot iemand van uw organisatie het terugneemt. Spreken twee organisaties elkaar tegen, dan blijft het paar los "
        "tot de beheerder identiteiten van het netwerk beslist.",
        "Each answer stands here with who gave it and when. An answer holds, also after later deliveries, until "
        "somebody of your organisation takes it back. Where two organisations contradict each other, the pair stays "
        "apart until the network's identity steward settles it.",
    ),
)
register(
    "register:take-back",
    Words("Een antwoord terugnemen", "Taking an answer back"),
    Words(
        "Zeg waarom het antwoord niet meer geldt. Wat eruit volgde, wordt teruggedraaid; nummers worden nooit "
        "hergebruikt.",
        "Say why the answer no longer holds. What followed from it is undone; numbers are never used again.",
    ),
)
_PROPOSED = (
    Words(
        "Een aanlevering kan erop wijzen dat wat al een eigen nummer heeft samen één is, of juist niet. Schakel voert "
        "dat niet zelf uit, maar stelt het voor. Tot u beslist, tellen de cijfers zoals ze nu staan; hun grenzen "
        "houden met beide uitkomsten rekening.",
        "A delivery may tell that what has numbers of its own already is one, or is not. Schakel does not carry that "
        "out by itself, but proposes it. Until you decide, figures count as they stand now; their bounds allow for "
        "both outcomes.",
    ),
    Words(
        "Wat u uitvoert kunt u later ongedaan maken, met een reden. Cijfers keren dan terug; nummers worden nooit "
        "hergebruikt. Wat u afwijst, wordt niet opnieuw voorgesteld. Een ROM ziet alleen voorstellen over eigen "
        "records; de beheerder identiteiten van het netwerk ziet alle, met namen zolang de ROM's meedoen aan de "
        "afspraak.",
        "What you carry out you may undo later, with a reason. Figures return then; numbers are never used again. What "
        "you decline is not proposed again. An agency sees only proposals about its own records; the network's "
        "identity steward sees all, with names while the agencies take part in the agreement.",
    ),
)
_EFFECT = Words(
    "Ernaast staat wat het met cijfers zou doen: elk cijfer dat zou veranderen, met alles wat eruit volgt. Een ROM "
    "leest dat van de eigen cijfers, het secretariaat van die van het netwerk. Na elke ronde wordt het opnieuw geteld.",
    "Beside it stands what it would do to figures: each figure that would change, with all that follows from it. An "
    "agency reads that of its own figures, the secretariat of the network's. It is counted anew after each round.",
)
register("register:proposals", Words("Voorstellen", "Proposals"), *_PROPOSED, _EFFECT)
register("register:proposal", Words("Een voorstel", "A proposal"), *_PROPOSED, _EFFECT)
_ROUNDS = (
    Words(
        "Na elke geaccepteerde aanlevering, en na antwoorden en besluiten, brengt Schakel de records van alle ROM's "
        "samen. Een ROM ziet hier de rondes waarin records van haarzelf nieuw waren; het secretariaat ziet ze alle.",
        "After each accepted delivery, and after answers and decisions, Schakel joins the records of all agencies. An "
        "agency sees here the rounds in which records of its own were new; the secretariat sees them all.",
    ),
    Words(
        "Van elke ronde staat er wat zij met cijfers deed: dezelfde records ervoor, elk nieuw record als iets op "
        "zichzelf, en samengebracht. Een ROM leest dat van de eigen cijfers, het secretariaat van die van het netwerk.",
        "Of each round stands what it did to figures: the same records before, each new one a thing by itself, and "
        "joined. An agency reads that of its own figures, the secretariat of the network's.",
    ),
)
register("register:rounds", Words("Samenbrengen", "Joining"), *_ROUNDS)
register("register:round", Words("Een ronde", "A round"), *_ROUNDS)
register(
    "register:unnamed",
    Words("Ronden zonder namen", "Rounds without names"),
    Words(
        "Een ROM die haar klanten niet mag noemen, levert codes in plaats van namen. Zo'n ronde begint het "
        "secretariaat met het merk van de sleutel: een controlegetal waaruit de sleutel niet te halen is. De sleutel "
        "zelf komt nooit in Schakel.",
        "An agency that may not name its clients delivers codes instead of names. The secretariat begins such a round "
        "with the mark of the key: a check from which the key cannot be had. The key itself never comes into Schakel.",
    ),
    Words(
        "In zo'n ronde levert elke ROM het bestand dat `schakel encode` schrijft, als gewone aanlevering. Codes met "
        "een ander merk worden geweigerd. Van een record zonder naam ziet een ander nooit meer dan dat het er een van "
        "die ROM is.",
        "In such a round every agency delivers the file that `schakel encode` writes, as an ordinary delivery. Codes "
        "with another mark are refused. Of a record without a name another never sees more than that it is one of that "
        "agency.",
    ),
)
register(
    "register:workbook",
    Words("Antwoorden in een werkboek", "Answering in a workbook"),
    Words(
        "Neem mee wat twijfelachtig is, kies per rij een antwoord uit de lijst en breng het bestand terug. Een rij "
        "waarin iets anders gewijzigd is, of die intussen is afgehandeld, wordt niet overgenomen; u ziet welke en "
        "waarom. Hetzelfde bestand nog eens terugbrengen verandert niets.",
        "Take what is doubtful along, choose an answer from the list in each row and bring the file back. A row in "
        "which something else was changed, or that was settled meanwhile, is not taken; you see which and why. To "
        "bring the same file back again changes nothing.",
    ),
)
register(
    "register:linked",
    Words("Waarmee records één zijn", "What records are one with"),
    Words(
        "Per record van deze aanlevering: met welke inschrijving in het handelsregister, of met welk ander record van "
        "uzelf, het hetzelfde is, en wat ze gemeen hebben. Wat andere ROM's hebben, staat hier niet.",
        "For each record of this delivery: with which entry of the trade register, or with which other record of "
        "yours, it is one, and what they have in common. What other agencies have is not here.",
    ),
)
