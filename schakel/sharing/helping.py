"""Help for the page of keys."""

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
