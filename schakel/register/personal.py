"""What the register holds of people: sole traders, and whoever an organisation is named after."""

from __future__ import annotations

from schakel.privacy.declaring import Ground, Holding, Processing, about_nobody, holding, processing
from schakel.privacy.specials import afterwards
from schakel.register.models import KnownKeys, Organisation
from schakel.trail.actors import Actor
from schakel.words import Words

# Whose a row is that has no one owner; the migration 0026 says the same to the database.
OF_MEMBERS = (
    "owner_id = {party} OR owner_id IS NULL AND EXISTS (SELECT FROM register_identitymember m"
    " WHERE m.owner_id = {party} AND m.identity_id IN (register_decision.identity_id, register_decision.other_id))"
)
OF_ANCHORED = (
    "EXISTS (SELECT FROM register_identitymember m"
    " WHERE m.owner_id = {party} AND m.identity_id = register_anchor.identity_id)"
)
OF_BOTH_SIDES = "{party} = ANY(owners)"


def forget_keys(actor: Actor) -> None:
    """What a record was found under while somebody types goes with its name; the next round makes what is left."""
    nameless = Organisation.objects.filter(owner_id=actor.owner, name="").values("pk")
    KnownKeys.objects.filter(owner_id=actor.owner, kind="organisation", record_id__in=nameless).delete()


processing(
    Processing(
        "organisations",
        Words("Organisaties die ROM's helpen", "Organisations that agencies help"),
        Words(
            "weten welke ondernemingen geholpen, gefinancierd en verbonden zijn, elke eenmaal te tellen, en te "
            "verantwoorden wat publiek geld deed",
            "to know which companies were helped, financed and connected, to count each once, and to account for what "
            "public money did",
        ),
        Words(
            "eenmanszaken, vennoten, naamgevers van ondernemingen",
            "sole traders, partners, people a company is named after",
        ),
        Ground.TASK,
        Words(
            "de eigen ROM; wie een afspraak heeft, wat die opent; beoordelaars van identiteit een kaartje",
            "the own agency; who has an agreement, what that opens; reviewers of identity a card",
        ),
        "records",
        70,
    )
)
holding(
    Holding(
        "register_organisation",
        "organisations",
        named=("name", "kvk", "rsin", "vat", "address", "postcode", "website"),
        free=("number", "state_reason"),
        none=("legal_form", "city", "country", "kind", "size"),
    ),
    Holding(
        "register_registerentry",
        "organisations",
        named=("name", "trade_names", "former_names", "kvk", "rsin", "street", "house_number", "postcode", "website"),
        free=("number", "state_reason"),
        none=("legal_form", "city", "activities", "merged_into", "former_numbers"),
    ),
    Holding(
        "register_registerfact",
        "organisations",
        named=(
            "name",
            "trade_names",
            "former_names",
            "kvk",
            "rsin",
            "street",
            "house_number",
            "postcode",
            "website",
        ),
        none=("legal_form", "city", "activities", "merged_into", "former_numbers", "keys"),
        of="",
        how="as the trade register publishes it; a person asks the Chamber of Commerce, and the next load follows it",
    ),
    Holding("register_identitymember", "organisations", free=("evidence",), none=("thing", "record_kind", "rule")),
    Holding(
        "register_decision",
        "organisations",
        free=("evidence",),
        none=("thing", "verb", "record_kind", "by", "version", "rule"),
        of=OF_MEMBERS,
    ),
    Holding("register_anchor", "organisations", free=("evidence",), none=("by", "rule"), of=OF_ANCHORED),
    Holding("register_familytie", "organisations", free=("evidence",), none=("record_kind", "reason")),
    Holding("register_card", "organisations", named=("says",), none=("record_kind",)),
    Holding(
        "register_proposalground",
        "organisations",
        named=("cards",),
        free=("evidence",),
        none=("owners",),
        of=OF_BOTH_SIDES,
    ),
    Holding(
        "register_judgement",
        "organisations",
        free=("why",),
        none=("thing", "kind_a", "kind_b", "version", "reasons"),
    ),
    Holding("register_ruling", "organisations", free=("why",)),
    Holding(
        "register_keyedrecord",
        "organisations",
        named=("kvk_code", "rsin_code", "postcode_code", "house_code", "address_code", "name_codes", "core_codes"),
        free=("number", "state_reason"),
        none=("round", "mark", "city_code", "site_codes", "name_filters", "slip_codes"),
        how="codes under a key that is not here; they go with the round of their year",
    ),
)
about_nobody(
    "register_keyedentry",
    "number",
    "state_reason",
    "round",
    "mark",
    "kvk_code",
    "rsin_code",
    "postcode_code",
    "house_code",
    "city_code",
    "site_codes",
    "name_codes",
    "core_codes",
    "name_filters",
)
about_nobody("register_proposal", "thing", "kind_a", "kind_b", "owners", "sides", "rule", "by")
about_nobody("register_proposalmoves", "moves")
about_nobody("register_joininground", "moves")
about_nobody("register_roundtold", "deliveries", "things")
about_nobody("register_figureeffect", "figures")
about_nobody("register_registerload", "file", "sha256", "source", "loaded_by")
about_nobody("register_knownkeys", "kind", "keys")  # numbers under the owner's own key
about_nobody("register_identity", "thing")
about_nobody("register_linkingmodel", "version", "weights", "learnt_from")
about_nobody("register_doubt", "thing", "kind_a", "kind_b", "reasons")
about_nobody("register_keyedround", "name", "mark")
afterwards(forget_keys)
