"""Help for signing in."""

from schakel.web.helping import register
from schakel.words import Words

register(
    "network:sign-in",
    Words("Aanmelden", "Signing in"),
    Words(
        "U meldt zich aan met uw e-mailadres en wachtwoord, of met een toegangssleutel. Bent u uw wachtwoord kwijt, "
        "dan krijgt u een e-mail waarmee u een nieuw kiest. Hebt u nog geen toegang, vraag die dan aan de beheerder "
        "van uw organisatie.",
        "You sign in with your e-mail address and password, or with a passkey. If you have lost your password, you get "
        "an e-mail with which you choose a new one. If you have no access yet, ask the administrator of your "
        "organisation.",
    ),
    Words(
        "Na te veel mislukte pogingen duurt het even voordat een volgende poging kan, en elke keer wat langer. Dat "
        "geldt voor browsers waarin u zich niet eerder aanmeldde: wat anderen ook proberen, in uw eigen browser kunt u "
        "erin.",
        "After too many failed tries it takes a while before the next try is taken, and a little longer each time. "
        "That holds for browsers in which you did not sign in before: whatever others try, in your own browser you get "
        "in.",
    ),
    Words(
        "Hebt u rollen bij meer organisaties, dan kiest u na het aanmelden namens welke u werkt. U ziet dan alleen wat "
        "die organisatie mag zien.",
        "If you have roles at several organisations, you choose after signing in for which of them you act. You then "
        "see only what that organisation may see.",
    ),
)
register(
    "mfa_authenticate",
    Words("De tweede stap van het aanmelden", "The second step of signing in"),
    Words(
        "Na uw wachtwoord geeft u de code die de app op uw telefoon nu laat zien, of u gebruikt een toegangssleutel. "
        "Een code geldt één keer: wacht op de volgende als hij geweigerd wordt, en kijk of de klok van uw telefoon "
        "goed staat.",
        "After your password you give the code that the app on your telephone shows now, or you use a passkey. A code "
        "is good once: wait for the next one where it is refused, and see whether your telephone's clock is right.",
    ),
    Words(
        "Bent u uw telefoon of sleutel kwijt, geef dan een van uw herstelcodes, haal bij Mijn toegang het oude weg en "
        "stel iets nieuws in. Hebt u die ook niet meer, vraag dan de beheerder van de installatie om hulp.",
        "If you lost your telephone or key, give one of your recovery codes, take the old one away under My access and "
        "set up another. If you do not have those any more either, ask the administrator of the installation for help.",
    ),
)
_AGAIN = Words(
    "Voordat u verandert hoe u zich aanmeldt, vragen we nog een keer of u het bent, als u zich langer dan vijf minuten "
    "geleden aanmeldde. Zo kan niemand dat doen die even achter uw scherm zit.",
    "Before you change how you sign in, we ask once more whether it is you, where you signed in more than five minutes "
    "ago. So nobody can do that who sits at your screen for a moment.",
)
for _name in ("account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"):
    register(_name, Words("Bent u het nog?", "Is it still you?"), _AGAIN)
register(
    "mfa_index",
    Words("Mijn toegang", "My access"),
    Words(
        "Hier regelt u waarmee u zich aanmeldt. Wie vertrouwelijke gegevens kan zien, heeft naast het wachtwoord een "
        "tweede stap nodig: een app met codes of een toegangssleutel. Tot die er is, gaat er verder niets open.",
        "Here you choose what you sign in with. Whoever can see confidential records needs a second step beside the "
        "password: an app with codes, or a passkey. Until there is one, nothing else opens.",
    ),
    Words(
        "Stel er liefst twee in, zodat u met de andere verder kunt als u er een kwijtraakt. Na elke wijziging bent u "
        "overal anders afgemeld.",
        "Set up two if you can, so that you can go on with the other when you lose one. After each change you are "
        "signed out everywhere else.",
    ),
)
register(
    "mfa_activate_totp",
    Words("Een app met codes instellen", "Setting up an app with codes"),
    Words(
        "Elke app voor codes van zes cijfers is goed (TOTP). Richt de camera op de afbeelding, of typ het geheim over, "
        "en geef daarna de code die de app laat zien. U krijgt dan herstelcodes: bewaar die ergens anders dan op uw "
        "telefoon.",
        "Any app for codes of six digits will do (TOTP). Point its camera at the picture, or type the secret, and then "
        "give the code that the app shows. You then get recovery codes: keep those elsewhere than on your telephone.",
    ),
)
register(
    "mfa_add_webauthn",
    Words("Een toegangssleutel toevoegen", "Adding a passkey"),
    Words(
        "Een toegangssleutel (passkey) staat op een apparaat van u of op een beveiligingssleutel. Hij werkt alleen op "
        "het adres van deze site, zodat een nagemaakte site er niets aan heeft. Schakel bewaart alleen de openbare "
        "helft.",
        "A passkey is kept by a device of yours or by a security key. It works at this site's address alone, so that a "
        "site that imitates this one has no use for it. Schakel keeps its public half only.",
    ),
)
_AWAY = Words(
    "U haalt weg waarmee u zich aanmeldt, bijvoorbeeld omdat u het apparaat kwijt bent. U bent daarna overal anders "
    "afgemeld. Was het uw laatste tweede stap, dan verdwijnen ook de herstelcodes en stelt u een nieuwe stap in.",
    "You take away what you sign in with, for instance because you lost the device. After that you are signed out "
    "everywhere else. If it was your last second step, the recovery codes go too and you set up another one.",
)
register("mfa_deactivate_totp", Words("De app weghalen", "Taking the app away"), _AWAY)
register("mfa_remove_webauthn", Words("Een toegangssleutel weghalen", "Taking a passkey away"), _AWAY)
register(
    "mfa_view_recovery_codes",
    Words("Herstelcodes", "Recovery codes"),
    Words(
        "Met een herstelcode meldt u zich aan als u uw app of sleutel kwijt bent. Elke code werkt één keer. Druk ze af "
        "of bewaar ze in een wachtwoordkluis.",
        "With a recovery code you sign in when you lost your app or key. Each code works once. Print them, or keep "
        "them in a password manager.",
    ),
)
register(
    "mfa_generate_recovery_codes",
    Words("Andere herstelcodes", "Other recovery codes"),
    Words(
        "Maak andere codes als de oude bijna op zijn of iemand ze kan hebben gezien. De oude werken dan niet meer.",
        "Make other codes when the old ones have nearly run out or somebody may have seen them. The old ones no longer "
        "work then.",
    ),
)
register(
    "network:sessions",
    Words("Waar u bent aangemeld", "Where you are signed in"),
    Words(
        "U ziet elke browser waarin u bent aangemeld, sinds wanneer, en wanneer die ongeveer voor het laatst is "
        "gezien. Beëindig wat u niet kent of niet meer gebruikt; wie daar zit, moet zich dan opnieuw aanmelden.",
        "You see each browser in which you are signed in, since when, and about when it was last seen. End what you do "
        "not know or no longer use; whoever sits there must then sign in again.",
    ),
)
register(
    "account_change_password",
    Words("Uw wachtwoord wijzigen", "Changing your password"),
    Words(
        "Een wachtwoord heeft minstens twaalf tekens, is niet bekend uit datalekken en bestaat niet alleen uit woorden "
        "van het netwerk. Een zin die u "
        "onthoudt is beter dan een kort woord met leestekens. Na de wijziging bent u overal anders afgemeld.",
        "A password has at least twelve characters, is not known from breaches and is not made of words of the network "
        "alone. A sentence that you remember "
        "is better than a short word with punctuation. After the change you are signed out everywhere else.",
    ),
)
register(
    "network:ask-password",
    Words("Wachtwoord kwijt", "A lost password"),
    Words(
        "Geef uw e-mailadres. Als het hier bekend is, krijgt u een e-mail met een link die een uur geldt; het antwoord "
        "op de pagina is altijd hetzelfde. Uw tweede stap blijft zoals die was.",
        "Give your e-mail address. If it is known here you get an e-mail with a link that holds for an hour; the "
        "answer on the page is always the same. Your second step stays as it was.",
    ),
)
register(
    "network:new-password",
    Words("Een nieuw wachtwoord kiezen", "Choosing a new password"),
    Words(
        "De link uit de e-mail werkt één keer en een uur lang. Na het kiezen bent u overal afgemeld, en deze browser "
        "geldt voortaan als een die u kent: wie elders uw wachtwoord probeert te raden, houdt u hier niet tegen.",
        "The link of the e-mail works once and for an hour. After choosing you are signed out everywhere, and this "
        "browser counts as one of yours: whoever tries to guess your password elsewhere does not hold you up here.",
    ),
)
