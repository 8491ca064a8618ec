"""The demonstration's years: opened, signed and counted but for the last, and left as they are a second time."""

from __future__ import annotations

import pytest

from schakel.demo import collecting
from schakel.intake.models import Certification, CollectionYear, Verdict
from schakel.network.queries import party
from schakel.sharing.acting import acting
from tests.intake.collecting import of, send, write
from tests.intake.delivering import TABLES

pytestmark = pytest.mark.django_db


def test_all_years_but_the_last_are_signed_and_counted_once(tmp_path, monkeypatch):
    monkeypatch.setattr(collecting, "members_in", lambda _year: [party("bom")])
    for year in (2022, 2023):
        tables = {name: text.replace("2023", str(year)) for name, text in TABLES.items()}
        send("bom", write(tmp_path / str(year), **tables), period=year)
    told: list[str] = []
    for _again in range(2):
        collecting.collect((2022, 2023), told.append)
    assert told == ["2022: certified by 1 agencies and accepted for counting"]
    with acting(of("bom")):
        assert set(CollectionYear.objects.values_list("period", flat=True)) == {2022, 2023}
        assert list(Certification.objects.values_list("period", "version")) == [(2022, 1)]
        assert Verdict.objects.get().verdict == "accepted"
