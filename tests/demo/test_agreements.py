"""The demonstration's agreements: made once, and standing between the parties that signed them."""

from __future__ import annotations

import pytest

from schakel.demo.agreeing import make_agreements
from schakel.sharing.models import Agreement
from schakel.sharing.opened import terms
from tests.making import acts

pytestmark = pytest.mark.django_db


def test_they_are_made_once_and_open_what_they_say():
    made = make_agreements()
    assert "Deelnemingen voor de aandeelhouder" in made
    assert make_agreements() == []
    with acts("provincie-utrecht-aandeelhouder"):
        opened = [kind for kind in ("organisation", "investment", "position", "valuation") if terms(kind)]
        assert opened == ["investment", "position", "valuation"]
    with acts("provincie-utrecht"):
        assert terms("organisation") == []  # the agency signed, the province did not yet
        assert Agreement.objects.get().title == "Intentieverklaring met de provincie"
