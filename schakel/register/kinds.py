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
        synonyms=(
            "Relaties",
            "Accounts",
            "Organisaties",
            "Bedrijven",
            "Organisations",
            "Klanten",
            "Partijen",
            "Ondernemingen",
            "Stakeholders",
            "Companies",
            "Clients",
        ),
        fields=(
            Field(
                "number",
                "text",
                Words("Relatienummer", "Organisation number"),
                required=True,
                synonyms=(
                    "Relatienr",
                    "Klantnummer",
                    "Organisatienummer",
                    "Bedrijfsnummer",
                    "Relatie-ID",
                    "Organisatie-ID",
                    "Account ID",
                    "Company ID",
                    "Customer number",
                ),
            ),
            Field(
                "name",
                "text",
                Words("Naam", "Name"),
                required=True,
                synonyms=(
                    "Bedrijfsnaam",
                    "Naam organisatie",
                    "Organisatie",
                    "Bedrijf",
                    "Onderneming",
                    "Klantnaam",
                    "Company name",
                    "Organisation",
                    "Account name",
                ),
            ),
            Field(
                "kvk",
                "kvk",
                Words("KvK-nummer", "Chamber of Commerce number"),
                synonyms=(
                    "KvK",
                    "Kamer van Koophandel",
                    "Handelsregister",
                    "Handelsregisternummer",
                    "Inschrijfnummer",
                    "CoC number",
                    "Trade register number",
                ),
            ),
            Field(
                "vat",
                "vat",
                Words("Btw-nummer", "VAT number"),
                synonyms=("Btw", "Btw-id", "Omzetbelastingnummer", "OB-nummer", "VAT ID", "Tax number"),
            ),
            Field("rsin", "rsin", Words("RSIN", "RSIN"), synonyms=("Fiscaal nummer",)),
            Field(
                "legal_form",
                "text",
                Words("Rechtsvorm", "Legal form"),
                synonyms=("Juridische vorm", "Type rechtspersoon", "Ondernemingsvorm", "Legal entity type"),
            ),
            Field(
                "address",
                "text",
                Words("Adres", "Street address"),
                synonyms=("Straat", "Straat en huisnummer", "Bezoekadres", "Vestigingsadres", "Street", "Address"),
            ),
            Field("postcode", "postcode", Words("Postcode", "Postcode"), synonyms=("Zip", "Postal code", "PC")),
            Field(
                "city",
                "text",
                Words("Plaats", "City"),
                synonyms=("Vestigingsplaats", "Woonplaats", "Gemeente", "Plaatsnaam", "Town", "Municipality"),
            ),
            Field("country", "country", Words("Land", "Country")),
            Field(
                "website",
                "url",
                Words("Website", "Website"),
                synonyms=("URL", "Webadres", "Internet", "Homepage", "Web site"),
            ),
            Field(
                "kind",
                "code",
                Words("Soort organisatie", "Kind of organisation"),
                required=True,
                codes=(
                    Code("company", Words("bedrijf", "company"), ("onderneming", "business", "firm")),
                    Code(
                        "knowledge",
                        Words("kennisinstelling", "knowledge institution"),
                        (
                            "knowledge",
                            "universiteit",
                            "onderzoeksinstelling",
                            "kennis- en onderwijsinstelling",
                            "research organisation",
                            "university",
                        ),
                    ),
                    Code(
                        "government",
                        Words("overheid", "government"),
                        ("publiek", "overheidsinstelling", "public body", "public sector"),
                    ),
                    Code("other", Words("overig", "other"), ("anders", "overige")),
                ),
                synonyms=("Type organisatie", "Categorie", "Relatietype", "Organisation type"),
            ),
            Field(
                "size",
                "code",
                Words("Fase", "Growth stage"),
                codes=(
                    Code("startup", Words("start-up", "start-up"), ("startup", "starter")),
                    Code("scaleup", Words("scale-up", "scale-up"), ("scaleup", "doorgroeier", "groeier")),
                    Code(
                        "sme",
                        Words("mkb", "SME"),
                        ("midden- en kleinbedrijf", "small and medium-sized", "klein en middelgroot"),
                    ),
                    Code(
                        "large",
                        Words("groot", "large"),
                        ("grootbedrijf", "corporate", "large enterprise", "grote onderneming"),
                    ),
                ),
                synonyms=(
                    "Groeifase",
                    "Ontwikkelingsfase",
                    "Levensfase",
                    "Bedrijfsgrootte",
                    "Grootteklasse",
                    "Omvangsklasse",
                    "Size class",
                    "Maturity",
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
