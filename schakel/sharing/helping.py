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
