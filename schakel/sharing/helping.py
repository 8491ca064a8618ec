"""Help for the pages of keys, of mandates and of identity review."""

from schakel.web.helping import register
from schakel.words import Words

register(
    "sharing:tokens",
    Words("Sleutels voor de API", "Keys for the API"),
    Words(
        "Met een sleutel levert een systeem van uw eigen organisatie zelf aan. U ziet een sleutel één keer; daarna "
        "staat hier alleen nog dat hij er is. Trek hem in zodra u hem niet vertrouwt of niet meer nodig hebt.",
        "With a key a system of your own organisation delivers by itself. You see a key once; after that this page "
        "only says that it is there. Withdraw it as soon as you do not trust it or no longer need it.",
    ),
)
register(
    "sharing:mandates",
    Words("Inzage door een accountant", "Mandates for auditors"),
    Words(
        "Met een mandaat geeft uw organisatie een accountant inzage: in welke jaren, waarvoor, en van wanneer tot "
        "wanneer. Op het uur dat u noemt, eindigt de inzage overal vanzelf. U kunt een mandaat ook eerder intrekken.",
        "With a mandate your organisation lets an auditor look: into which years, what for, and from when until when. "
        "At the hour that you name it ends everywhere by itself. You can also withdraw a mandate before.",
    ),
    Words(
        "Een accountant wijzigt niets. U ziet hier van elke blik wie keek, wanneer, en waarnaar.",
        "An auditor changes nothing. Of each look you see here who looked, when, and at what.",
    ),
)
register(
    "sharing:withdraw-mandate",
    Words("Een mandaat intrekken", "Withdrawing a mandate"),
    Words(
        "Zeg waarom u het mandaat intrekt. Vanaf dat moment ziet de accountant niets meer van u.",
        "Say why you withdraw the mandate. From that moment the auditor sees nothing of yours.",
    ),
)
register(
    "sharing:identity-review",
    Words("Samen identiteit nakijken", "Identity review"),
    Words(
        "Soms is niet zeker of een record van uw organisatie en een van een andere hetzelfde zijn. Doet u allebei mee "
        "aan deze afspraak, dan zien uw beoordelaars van elkaars twijfelachtige records naam, plaats, nummers en "
        "website, en niets anders. De beheerder identiteiten van het netwerk ziet ze ook.",
        "At times it is not sure whether a record of your organisation and one of another are the same. While both "
        "take part in this agreement, your reviewers see of each other's doubtful records the name, place, numbers and "
        "website, and nothing else. The network's identity steward sees them too.",
    ),
    Words(
        "Doet u niet mee, dan wordt u alleen gevraagd of uw eigen record een inschrijving in het handelsregister is. "
        "Een datasteward tekent en beëindigt; beëindigen werkt meteen.",
        "If you do not take part, you are only asked whether your own record is an entry of the trade register. A data "
        "steward signs and ends; ending takes effect at once.",
    ),
)
register(
    "sharing:end-identity-review",
    Words("Meedoen beëindigen", "Ending your part in it"),
    Words(
        "Vanaf het moment dat u beëindigt, ziet niemand buiten uw organisatie nog iets van uw twijfelachtige records. "
        "Wat al beoordeeld is, blijft gelden.",
        "From the moment that you end it nobody outside your organisation sees anything of your doubtful records. What "
        "was judged already keeps holding.",
    ),
)
register(
    "sharing:agreements",
    Words("Afspraken", "Agreements"),
    Words(
        "Wat van uw organisatie is, ziet niemand anders, tenzij een afspraak het zegt die uw organisatie zelf tekende. "
        "Hier staan uw afspraken, en wat op uw handtekening wacht.",
        "What is your organisation's nobody else sees, unless an agreement says so that your organisation itself "
        "signed. Here are your agreements, and what waits for your signature.",
    ),
    Words(
        "Begin met een soort afspraak: elk vult in wat daarbij past. Een concept is nog te wijzigen.",
        "Begin with a kind of agreement: each fills in what suits it. A draft can still be changed.",
    ),
)
_DRAFTING = Words(
    "Zeg waarvoor de afspraak is, op welke grond, met wie, en van wanneer tot wanneer. Kies per soort record hoe diep: "
    "bekend, samenvatting of volledig. Een concept ziet niemand anders.",
    "Say what the agreement is for, on what ground, with whom, and from when until when. Choose for each kind of "
    "record how deep: known, summary or full. Nobody else sees a draft.",
)
register("sharing:new-agreement", Words("Een afspraak maken", "Making an agreement"), _DRAFTING)
register("sharing:edit-agreement", Words("Een concept wijzigen", "Changing a draft"), _DRAFTING)
_ONE = (
    Words("Een afspraak", "An agreement"),
    Words(
        "Een afspraak opent pas iets als alle partijen tekenden. Wat er staat, verandert daarna niet meer. Elke partij "
        "kan haar eigen deel opschorten, hervatten en beëindigen; dat werkt meteen, overal.",
        "An agreement opens nothing before all parties have signed. What it says never changes after that. Each party "
        "can suspend, resume and end its own part; that takes effect at once, everywhere.",
    ),
)
register("sharing:agreement", *_ONE)
register("sharing:agreement-act", *_ONE)
register(
    "sharing:received",
    Words("Wat anderen met ons delen", "What others share with us"),
    Words(
        "Per partij en soort: van hoeveel u weet dat zij het kennen, van hoeveel u een samenvatting ziet, en hoeveel u "
        "volledig ziet. Wie deelt, ziet dat u keek.",
        "By party and kind: of how many you know that they know them, of how many you see a summary, and how many you "
        "see in full. Whoever shares sees that you looked.",
    ),
)
_LIST = Words(
    "Alles van deze soort dat deze partij met u deelt, het nieuwste jaar eerst. Wat volledig gedeeld is, opent als "
    "record; van het andere ziet u een kaart.",
    "Everything of this kind that this party shares with you, the newest year first. What is shared in full opens as a "
    "record; of the rest you see a card.",
)
register("sharing:received-kind", Words("Gedeeld door een ander", "Shared by another"), _LIST)
register(
    "sharing:card",
    Words("Een kaart", "A card"),
    Words(
        "Wat de eigenaar u van dit record laat weten, en wie u daar kunt vragen. Meer ziet u niet, ook niet elders.",
        "What the owner lets you know of this record, and whom you can ask there. You see no more, nor elsewhere.",
    ),
)
register(
    "sharing:given",
    Words("Wat wij delen", "What we share"),
    Words(
        "Geteld zoals elke partij het nu ziet, met wanneer er voor het laatst iets van geopend is. Open een regel om "
        "precies te zien wat die partij ziet.",
        "Counted as each party sees it now, with when anything of it was last opened. Open a line to see exactly what "
        "that party sees.",
    ),
)
_AS = Words(
    "U ziet uw eigen records zoals de andere partij ze ziet: dezelfde vraag aan de database, met haar rechten.",
    "You see your own records as the other party sees them: the same question to the database, with its rights.",
)
register("sharing:given-kind", Words("Zien als een ander", "Seeing as another"), _AS)
register("sharing:preview", Words("Een kaart zien als een ander", "A card as another sees it"), _AS)
