"""The confirmed mappings of the demonstration network fit its deliveries; 2024 holds what was planted, no more."""

from __future__ import annotations

import pytest

from schakel.demo.faults import FAULTY_YEAR
from schakel.demo.generator import SECRETARIAT, YEARS, mapping_path
from schakel.demo.outcomes import KEPT_BY
from schakel.demo.towns import AGENCIES
from schakel.demo.truth import Truth
from schakel.intake import checks
from schakel.intake.findings import Severity
from schakel.intake.interpreting import fits
from schakel.intake.kinds import kind
from schakel.intake.mapping import load

from .conftest import Interpreted

PARTIES = (*AGENCIES, SECRETARIAT)
RENAMED = "impuls-zeeland"
AGENCY_KINDS = {
    "organisation", "project", "project_participant", "fund", "investment", "position", "foreign_case",
    "trade_activity", "trade_participant", "staff",
}  # fmt: skip


@pytest.mark.parametrize("party", PARTIES)
def test_a_mapping_names_kinds_fields_and_codes_that_exist(party: str) -> None:
    mapping = load(mapping_path(party))
    assert mapping.agency == party
    for table in mapping.tables:
        declared = kind(table.kind)
        required = {field.name for field in declared.fields if field.required}
        assert set(table.fields) <= set(declared.fields_by_name)
        assert required <= set(table.fields)
        for name, source in table.fields.items():
            assert set(source.codes.values()) <= {code.value for code in declared.fields_by_name[name].codes}


@pytest.mark.parametrize("party", AGENCIES)
def test_every_agency_maps_every_kind_and_outcomes_where_it_follows_companies(party: str) -> None:
    kept = AGENCY_KINDS | ({"outcome"} if party in KEPT_BY else set())
    assert {table.kind for table in load(mapping_path(party)).tables} == kept


@pytest.mark.parametrize("party", PARTIES)
@pytest.mark.parametrize("year", YEARS)
def test_a_mapping_fits_every_year_but_where_a_header_was_renamed(
    interpreted: Interpreted, party: str, year: int
) -> None:
    reading, _ = interpreted(party, year)
    missing = [name for misfit in fits(load(mapping_path(party)), reading.tables) for name in misfit.missing]
    assert missing == (["Aanvang"] if (party, year) == (RENAMED, 2024) else [])


@pytest.mark.parametrize("party", PARTIES)
@pytest.mark.parametrize("year", [year for year in YEARS if year != FAULTY_YEAR])
def test_clean_years_are_read_without_findings(interpreted: Interpreted, party: str, year: int) -> None:
    """But that zeros lost from KvK numbers are noticed, as two systems keep those as numbers."""
    reading, interpretation = interpreted(party, year)
    found = [*reading.findings, *interpretation.findings]
    assert [finding for finding in found if finding.check != "kvk.padded"] == []
    assert all(finding.severity is Severity.NOTICE for finding in found)
    assert not found or party in {"nom", "oost-nl"}


@pytest.mark.parametrize("party", AGENCIES)
@pytest.mark.parametrize("year", [year for year in YEARS if year != FAULTY_YEAR])
def test_no_check_warns_of_a_clean_year(interpreted: Interpreted, party: str, year: int) -> None:
    found = checks.run(interpreted(party, year)[1], checks.all_checks(), checks.Context(period=year, agency=party))
    assert [(finding.check, finding.cell) for finding in found if finding.severity is not Severity.NOTICE] == []


def test_the_planted_faults_are_found_and_nothing_else(interpreted: Interpreted, truth: Truth) -> None:
    found = set()
    for agency in AGENCIES:
        _, interpretation = interpreted(agency, FAULTY_YEAR, answered=agency == RENAMED)
        known = checks.Context(period=FAULTY_YEAR, agency=agency)
        told = [*interpretation.findings, *checks.run(interpretation, checks.all_checks(), known)]
        found |= {(agency, f.check, f.kind, f.number) for f in told if f.severity is not Severity.NOTICE}
    at = {fault.agency: (fault.kind, fault.number) for fault in truth.faults}
    assert found == {
        ("bom", "date.impossible", *at["bom"]),
        ("bom", "project.no-participants", *at["bom"]),  # its rows would refer to a row that is kept out
        ("liof", "project.no-participants", *at["liof"]),
        ("oost-nl", "amount.negative", *at["oost-nl"]),
        ("rom-inwest", "amount.thousandfold", *at["rom-inwest"]),
    }
