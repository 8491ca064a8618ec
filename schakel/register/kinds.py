"""What can be delivered to the register: organisations, and the trade register's published facts."""

from schakel.intake.kinds import Code, Field, RecordKind, register_kind
from schakel.words import Words

ORGANISATION = register_kind(
    RecordKind(
        name="organisation",
        room="register",
        labels=Words("organisatie", "organisation"),
        plural=Words("organisaties", "organisations"),
        key=("number",),
        numbering="permanent",
        synonyms=("Relaties", "Accounts", "Organisaties", "Bedrijven", "Organisations"),
        fields=(
            Field("number", "text", Words("Relatienummer", "Organisation number"), required=True),
            Field("name", "text", Words("Naam", "Name"), required=True),
            Field("kvk", "kvk", Words("KvK-nummer", "Chamber of Commerce number")),
            Field("vat", "vat", Words("Btw-nummer", "VAT number")),
            Field("rsin", "rsin", Words("RSIN", "RSIN")),
            Field("legal_form", "text", Words("Rechtsvorm", "Legal form")),
            Field("address", "text", Words("Adres", "Street address")),
            Field("postcode", "postcode", Words("Postcode", "Postcode")),
            Field("city", "text", Words("Plaats", "City")),
            Field("country", "country", Words("Land", "Country")),
            Field("website", "url", Words("Website", "Website")),
            Field(
                "kind",
                "code",
                Words("Soort organisatie", "Kind of organisation"),
                required=True,
                codes=(
                    Code("company", Words("bedrijf", "company")),
                    Code("knowledge", Words("kennisinstelling", "knowledge institution"), ("knowledge",)),
                    Code("government", Words("overheid", "government")),
                    Code("other", Words("overig", "other")),
                ),
            ),
            Field(
                "size",
                "code",
                Words("Fase", "Growth stage"),
                codes=(
                    Code("startup", Words("start-up", "start-up"), ("startup",)),
                    Code("scaleup", Words("scale-up", "scale-up"), ("scaleup",)),
                    Code("sme", Words("mkb", "SME")),
                    Code("large", Words("groot", "large"), ("grootbedrijf",)),
                ),
            ),
        ),
    )
)

REGISTER_ENTRY = register_kind(
    RecordKind(
        name="register_entry",
        room="register",
        labels=Words("registerinschrijving", "register entry"),
        plural=Words("handelsregister", "trade register"),
        key=("kvk", "rsin", "name"),
        numbering="permanent",
        delivered_by="network",
        synonyms=("register", "handelsregister"),
        fields=(
            Field("kvk", "kvk", Words("KvK-nummer", "Chamber of Commerce number")),
            Field("rsin", "rsin", Words("RSIN", "RSIN")),
            Field("name", "text", Words("Statutaire naam", "Statutory name"), required=True),
            Field("trade_names", "text", Words("Handelsnamen", "Trade names"), several=True),
            Field("legal_form", "text", Words("Rechtsvorm", "Legal form")),
            Field("street", "text", Words("Straat", "Street")),
            Field("house_number", "text", Words("Huisnummer", "House number")),
            Field("postcode", "postcode", Words("Postcode", "Postcode")),
            Field("city", "text", Words("Plaats", "City")),
            Field("website", "url", Words("Website", "Website")),
        ),
    )
)
