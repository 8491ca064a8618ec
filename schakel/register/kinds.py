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
                unless_in="organisation_codes",
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

# Beside our own words, those over the columns of the trade register's open data and of licensed feeds.
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
            Field(
                "kvk",
                "kvk",
                Words("KvK-nummer", "Chamber of Commerce number"),
                synonyms=("KvK", "Dossiernummer", "Handelsregisternummer", "Inschrijfnummer", "CoC number"),
            ),
            Field("rsin", "rsin", Words("RSIN", "RSIN"), synonyms=("Fiscaal nummer", "RSIN-nummer")),
            Field(
                "name",
                "text",
                Words("Statutaire naam", "Statutory name"),
                required=True,
                synonyms=("Naam", "Name", "Volledige naam", "Eerste handelsnaam", "Bedrijfsnaam", "Vennootschapsnaam"),
            ),
            Field(
                "trade_names",
                "text",
                Words("Handelsnamen", "Trade names"),
                several=True,
                synonyms=("Handelsnaam", "Trade name", "Trade", "Overige handelsnamen"),
            ),
            Field(
                "former_names",
                "text",
                Words("Vroegere namen", "Former names"),
                several=True,
                synonyms=("Voormalige namen", "Oude namen", "Voorgaande statutaire naam", "Previous names"),
            ),
            Field(
                "legal_form",
                "text",
                Words("Rechtsvorm", "Legal form"),
                synonyms=("Uitgebreide rechtsvorm", "Rechtsvorm omschrijving", "Form", "Juridische vorm"),
            ),
            Field("street", "text", Words("Straat", "Street"), synonyms=("Straatnaam", "Vestigingsadres straat")),
            Field(
                "house_number",
                "text",
                Words("Huisnummer", "House number"),
                synonyms=("Huisnr", "Houseno", "Huisnummer en toevoeging"),
            ),
            Field("postcode", "postcode", Words("Postcode", "Postcode"), synonyms=("PC", "Postal code")),
            Field("city", "text", Words("Plaats", "City"), synonyms=("Vestigingsplaats", "Woonplaats", "Plaatsnaam")),
            Field("website", "url", Words("Website", "Website"), synonyms=("Domein", "Domain", "URL", "Internetadres")),
            Field(
                "activities",
                "text",
                Words("SBI-codes", "Activity codes"),
                several=True,
                synonyms=("SBI", "SBI-code", "Activiteiten", "Hoofdactiviteit", "SBI activity"),
            ),
            Field(
                "ended_on",
                "date",
                Words("Beëindigd op", "Ended on"),
                synonyms=(
                    "Datum einde",
                    "Einddatum",
                    "Datum uitschrijving",
                    "Datum opheffing",
                    "Datum ontbinding",
                    "End date",
                ),
            ),
            Field(
                "merged_into",
                "kvk",
                Words("Opgegaan in", "Merged into"),
                synonyms=("Gefuseerd met", "Verkrijgende rechtspersoon", "Opvolger", "Overgegaan naar", "Successor"),
                help=Words(
                    "Het KvK-nummer van de inschrijving waarin deze is opgegaan.",
                    "The KvK number of the entry that this one went up in.",
                ),
            ),
            Field(
                "former_numbers",
                "kvk",
                Words("Vroegere KvK-nummers", "Former KvK numbers"),
                several=True,
                synonyms=("Oude KvK-nummers", "Vorige KvK-nummers", "Voorgaand dossiernummer", "Previous numbers"),
            ),
        ),
    )
)

# What `schakel encode` writes, and nobody fills in: codes instead of names, and under which key they were made.
_CODES = (
    Field("round", "text", Words("Ronde zonder namen", "Round without names"), required=True),
    Field("mark", "text", Words("Merk van de sleutel", "Mark of the key"), required=True),
    Field("kvk_code", "text", Words("Code van KvK-nummer", "Code of the KvK number")),
    Field("rsin_code", "text", Words("Code van RSIN", "Code of the RSIN")),
    Field("postcode_code", "text", Words("Code van postcode", "Code of the postcode")),
    Field("house_code", "text", Words("Code van huisnummer", "Code of the house number")),
    Field("city_code", "text", Words("Code van plaats", "Code of the city")),
    Field("site_codes", "text", Words("Codes van websites", "Codes of sites")),
    Field("name_codes", "text", Words("Codes van namen", "Codes of names")),
    Field("core_codes", "text", Words("Codes van namen zonder toevoeging", "Codes of names without additions")),
    Field("name_filters", "text", Words("Filters van namen", "Filters of names")),
)
ORGANISATION_CODES = register_kind(
    RecordKind(
        name="organisation_codes",
        room="register",
        labels=Words("organisatie zonder naam", "organisation without a name"),
        plural=Words("codes van organisaties", "codes of organisations"),
        key=("number",),
        numbering="permanent",
        delivered_by="command",
        optional=True,
        fields=(
            Field("number", "text", Words("Relatienummer", "Organisation number"), required=True),
            *_CODES,
            Field("address_code", "text", Words("Code van het adres", "Code of the address"), added=True),
            Field("slip_codes", "text", Words("Codes van verschrijvingen", "Codes of slips"), added=True),
        ),
    )
)
REGISTER_CODES = register_kind(
    RecordKind(
        name="register_codes",
        room="register",
        labels=Words("registerinschrijving in codes", "register entry in codes"),
        plural=Words("codes van het handelsregister", "codes of the trade register"),
        key=("place",),
        numbering="none",
        delivered_by="command",
        optional=True,
        fields=(Field("place", "text", Words("Plaats in de lijst", "Place in the list"), required=True), *_CODES),
    )
)
