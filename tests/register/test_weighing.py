"""What each field weighed, for who has judged: from the weights of the last round, also of a card."""

from __future__ import annotations

import pytest

from schakel.register.actions import link
from schakel.register.models import Decision, LinkingModel
from schakel.register.weighing import explained, newest_model
from schakel.sharing.roles import LINKER, database_role
from tests.making import acts, organisation

pytestmark = pytest.mark.django_db
OWN = {
    "name": "Zonneveld Energie B.V.",
    "kvk": "12345678",
    "address": "Kade 3",
    "postcode": "4818CL",
    "city": "Breda",
    "website": "zonneveld.example",
}
CARD = {
    "name": "Zonneveld Energie",
    "numbers": "12345678",
    "place": "Kade 3 4818CL Breda",
    "website": "www.zonneveld.example",
}


def test_a_card_that_says_much_in_one_weighs_as_what_is_said_apart():
    with acts("bom"):
        apart, in_one = explained(OWN, OWN | {"name": "Zonneveld Energie"}), explained(OWN, CARD)
    assert [(field.field.en, field.agreement.en, field.weight) for field in in_one] == [
        (field.field.en, field.agreement.en, field.weight) for field in apart
    ]
    told = {field.field.en: field for field in in_one}
    assert told["Number"].agreement.en == "the same"
    assert told["Address"].agreement.en == "same postcode and house number"
    assert told["Number"].weight > 0 < told["Name"].weight


def test_a_round_keeps_the_weights_that_it_decided_with_once():
    with acts("bom") as bom:
        organisation(bom, **{key: OWN[key] for key in ("name", "kvk", "postcode", "city")})
    with database_role(LINKER):
        link()
        link()
        kept = LinkingModel.objects.get()
        assert set(Decision.objects.filter(thing="organisation").values_list("version", flat=True)) == {kept.version}
    with acts("nom"):  # weights are of nobody
        assert newest_model().to_json() is not None
        assert newest_model().entry.weights == kept.weights["entry"]["weights"]
