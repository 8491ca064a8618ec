"""What the floors below, and the parts that Schakel stands on, hold of people."""

from __future__ import annotations

from schakel.privacy.declaring import Ground, Holding, Processing, about_nobody, holding, processing
from schakel.words import Words

_EMPTIED = "emptied with the account (see `schakel.privacy.accounts`)"

processing(
    Processing(
        "accounts",
        Words("Aanmelden en rollen", "Signing in and roles"),
        Words(
            "weten wie in Schakel werkt, namens wie en in welke rol, en dat niemand anders binnenkomt",
            "to know who works in Schakel, for whom and in which role, and that nobody else gets in",
        ),
        Words(
            "medewerkers van de ROM's, het secretariaat, ministeries, provincies, partners en accountants",
            "people of the agencies, the secretariat, ministries, provinces, partners and auditors",
        ),
        Ground.TASK,
        Words("de beheerder van de eigen organisatie", "the administrator of the own organisation"),
        "sessions",
        10,
    )
)
processing(
    Processing(
        "trail",
        Words("Logboek van handelingen", "Trail of acts"),
        Words("nagaan wie wat deed, zag en besloot, en waarom", "to tell who did, saw and decided what, and why"),
        Words("wie in Schakel werkt; wie in een reden genoemd wordt", "who works in Schakel; who is named in a reason"),
        Ground.DUTY,
        Words(
            "de beheerder van de eigen organisatie; een accountant met een mandaat",
            "the administrator of the own organisation; an auditor with a mandate",
        ),
        "records",
        20,
    )
)
processing(
    Processing(
        "agreements",
        Words("Afspraken, mandaten en uitnodigingen", "Agreements, mandates and invitations"),
        Words(
            "vastleggen wie namens een organisatie iets afspreekt, tekent of uitnodigt",
            "to record who agrees, signs or invites for an organisation",
        ),
        Words("contactpersonen, ondertekenaars, genodigden", "contacts, signatories, people who are invited"),
        Ground.TASK,
        Words("de partijen bij de afspraak", "the parties to the agreement"),
        "invitations",
        30,
    )
)
processing(
    Processing(
        "requests",
        Words("Verzoeken over persoonsgegevens", "Requests about personal data"),
        Words(
            "inzage, correctie, overdracht en verwijdering mogelijk maken en verantwoorden",
            "to make access, correction, export and erasure possible, and account for them",
        ),
        Words("wie zo'n verzoek doet", "who makes such a request"),
        Ground.DUTY,
        Words("de beheerder van de eigen organisatie", "the administrator of the own organisation"),
        "requests",
        40,
    )
)
holding(
    Holding("network_person", "accounts", named=("email", "name"), none=("password", "language"), of="", how=_EMPTIED),
    Holding("account_emailaddress", "accounts", named=("email",), of="", how=_EMPTIED),
    Holding("mfa_authenticator", "accounts", named=("data",), of="", how=_EMPTIED),
    Holding(
        "usersessions_usersession",
        "accounts",
        named=("ip", "user_agent", "data"),
        none=("session_key",),
        of="",
        how=_EMPTIED,
    ),
    Holding(
        "socialaccount_socialaccount", "accounts", named=("uid", "extra_data"), none=("provider",), of="", how=_EMPTIED
    ),
    Holding(
        "django_session",
        "accounts",
        named=("session_data",),
        none=("session_key",),
        of="",
        how="ended with the account; tells by numbers who is signed in",
    ),
    Holding(
        "trail_entry",
        "trail",
        free=("reason", "detail"),
        none=("process", "verb", "kind", "objects_ids", "origin", "under"),
    ),
    Holding(
        "trail_origin",
        "trail",
        named=("address",),
        none=("mark", "salt"),
        of="",
        how="taken away with the account, and by `SCHAKEL_TRAIL_ADDRESS_DAYS`; lines hold a salted mark of it",
    ),
    Holding(
        "sharing_invitation",
        "agreements",
        named=("email", "name"),
        free=("last_error",),
        none=("language", "roles", "digest"),
    ),
    Holding("sharing_token", "agreements", free=("name",), none=("digest", "scopes")),
    Holding("sharing_mandate", "agreements", free=("purpose", "withdrawn_because", "signed_as"), none=("years",)),
    Holding("sharing_agreement", "agreements", free=("title", "purpose", "legal_ground")),
    # In what capacity somebody signed is an office, and what was signed is never altered.
    Holding("sharing_signatory", "agreements", named=("contact",), free=("ended_because",), none=("signed_as",)),
    Holding(
        "privacy_personalrequest",
        "requests",
        named=("asked_by",),
        free=("identity", "answer"),
        none=("found", "done"),
        how="who asked is taken away when the person is erased, the rest after its period",
    ),
    Holding("privacy_mark", "requests", named=("text",), how="taken away as soon as the request is done"),
    Holding(
        "privacy_erasure",
        "requests",
        none=("digests", "done"),
        how="keyed digests, which say nothing without the key",
    ),
)
about_nobody("sharing_identityreview", "signed_as")
about_nobody("sharing_look", "verb", "kind", "objects_ids")
about_nobody("sharing_clause", "kind", "things")
about_nobody("sharing_opening", "kind", "ids")
about_nobody("privacy_retained", "kind", "ids")
about_nobody("privacy_belonging", "table", "condition")
about_nobody("network_party", "slug", "name", "also_written", "provinces")
about_nobody("network_formername", "name")
about_nobody("network_signintry", "counter")
about_nobody("trail_seal", "digest")
about_nobody("auth_permission", "name", "codename")
about_nobody("auth_group", "name")
about_nobody("django_content_type", "app_label", "model")
about_nobody("procrastinate_jobs", "queue_name", "task_name", "lock", "args", "queueing_lock")  # numbers alone
about_nobody("procrastinate_periodic_defers", "task_name", "periodic_id")
about_nobody("account_emailconfirmation", "key")
about_nobody("socialaccount_socialapp", "provider", "provider_id", "name", "client_id", "secret", "key", "settings")
about_nobody("socialaccount_socialtoken", "token", "token_secret")
