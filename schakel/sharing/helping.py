"""Help for the pages of keys and of mandates."""

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
