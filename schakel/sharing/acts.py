"""What lines about signing in, people, agreements and looks say to people."""

from django.urls import reverse

from schakel.trail.acts import Family, declare, declare_kinds

declare(
    Family.LOOK,
    {
        "opened": ("bekeek", "looked at"),
        "looked at": ("bekeek", "looked at"),
        "listed": ("zag … in een lijst", "saw in a list"),
        "found": ("vond … door te zoeken", "found by searching"),
        "sampled": ("trok in een steekproef", "drew in a sample"),
        "previewed": ("bekeek wat een ander ziet van", "previewed what another sees of"),
        "read": ("las", "read"),
    },
)
declare(Family.EXPORT, {"exported": ("nam … mee", "took along")})
declare(Family.REFUSAL, {"was refused": ("werd geweigerd", "was refused")})
declare(Family.SYSTEM, {"forgot addresses": ("vergat adressen", "forgot addresses")})
declare(
    Family.ACCESS,
    {
        "signed in": ("meldde zich aan (…)", "signed in"),
        "signed out": ("meldde zich af (…)", "signed out"),
        "failed to sign in": ("probeerde zich aan te melden", "failed to sign in"),
        "held off signing in": ("moest wachten met aanmelden", "was held off signing in"),
        "failed to prove who they are": (
            "gaf een verkeerde code of een verkeerd wachtwoord",
            "gave a wrong code or password",
        ),
        "changed password": ("wijzigde het wachtwoord", "changed the password"),
        "chose a new password by letter": ("koos een nieuw wachtwoord per brief", "chose a new password by letter"),
        "was sent a link for a password": ("kreeg een brief voor een wachtwoord", "was sent a link for a password"),
        "ended sessions": ("beëindigde sessies", "ended sessions"),
        "added a factor": ("voegde een tweede stap toe", "added a second step"),
        "removed a factor": ("haalde een tweede stap weg", "removed a second step"),
        "made recovery codes": ("maakte herstelcodes", "made recovery codes"),
        "acts as": ("handelt voor", "acts for"),
        "gave role": ("gaf een rol aan", "gave a role to"),
        "took role": ("nam een rol af van", "took a role from"),
        "closed off": ("sloot … af", "closed off"),
        "invited": ("nodigde … uit", "invited"),
        "sent again": ("stuurde … opnieuw", "sent again"),
    },
)
declare(
    Family.ACCESS, {"accepted": ("nam … aan", "accepted"), "withdrew": ("trok … in", "withdrew")}, kind="invitation"
)
declare(Family.ACCESS, {"made": ("maakte", "made"), "withdrew": ("trok … in", "withdrew")}, kind="token")
declare(
    Family.AGREEMENT,
    {
        "drafted": ("stelde … op", "drafted"),
        "redrafted": ("wijzigde het concept van", "changed the draft of"),
        "proposed": ("stelde … voor", "proposed"),
        "signed": ("tekende", "signed"),
        "declined": ("wees … af", "declined"),
        "suspended": ("schortte … op", "suspended"),
        "resumed": ("hervatte", "resumed"),
        "ended": ("beëindigde", "ended"),
        "discarded": ("gooide … weg", "discarded"),
    },
    kind="agreement",
)
declare(Family.AGREEMENT, {"gave": ("gaf", "gave"), "withdrew": ("trok … in", "withdrew")}, kind="mandate")
declare(Family.AGREEMENT, {"signed": ("tekende", "signed"), "ended": ("beëindigde", "ended")}, kind="identity review")
declare(Family.SYSTEM, {"loaded": ("laadde", "loaded")})
declare(Family.CHANGE, {"added": ("voegde … toe", "added")})
declare(Family.CHANGE, {"joined": ("trad toe tot", "joined"), "left": ("verliet", "left")}, kind="network")
declare_kinds(
    {
        "agreement": ("afspraak", "agreement"),
        "mandate": ("mandaat", "mandate"),
        "identity review": ("samen identiteit nakijken", "identity review"),
        "invitation": ("uitnodiging", "invitation"),
        "token": ("sleutel", "key"),
        "person": ("persoon", "person"),
        "party": ("organisatie in het netwerk", "party"),
        "network": ("netwerk", "network"),
        "page": ("pagina", "page"),
        "trail": ("logboek", "audit log"),
    },
    urls={"agreement": lambda number: reverse("sharing:agreement", args=[number])},
)
