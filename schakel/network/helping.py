"""Help for signing in."""

from schakel.web.helping import register
from schakel.words import Words

register(
    "network:sign-in",
    Words("Aanmelden", "Signing in"),
    Words(
        "U meldt zich aan met uw e-mailadres en wachtwoord. Bent u uw wachtwoord kwijt of hebt u nog geen "
        "toegang, vraag het dan aan de beheerder van uw organisatie.",
        "You sign in with your e-mail address and password. If you have lost your password or have no access yet, ask "
        "the administrator of your organisation.",
    ),
    Words(
        "Hebt u rollen bij meer organisaties, dan kiest u na het aanmelden namens welke u werkt. U ziet dan alleen wat "
        "die organisatie mag zien.",
        "If you have roles at several organisations, you choose after signing in for which of them you act. You then "
        "see only what that organisation may see.",
    ),
)
