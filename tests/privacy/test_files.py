"""A person is taken out of files, and the files stay what they are."""

from __future__ import annotations

import csv
import io
import zipfile

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from schakel.privacy.files import redacted
from schakel.privacy.marks import STANDS_FOR, Finder

NAME, KVK = "Zoë d'Hondt & Zn", "87654321"
FINDER = Finder.of("bom", [NAME, KVK, "4818 CL"])


def test_a_workbook_opens_as_before_without_the_person_also_where_a_cell_has_runs():
    book = Workbook()
    sheet = book.active
    sheet.append(["Naam", "KvK", "Bedrag"])
    sheet.append([NAME, int(KVK), 1250.5])
    sheet.append(["AgroLoop", 12345678, 99])
    sheet["D2"] = CellRichText("bij Zoë ", TextBlock(InlineFont(b=True), "d'Hondt & Zn"), " thuis")
    made = io.BytesIO()
    book.save(made)
    done = redacted(made.getvalue(), FINDER)
    rows = list(load_workbook(io.BytesIO(done)).active.values)
    assert rows[0][:3] == ("Naam", "KvK", "Bedrag")
    assert rows[1][0].startswith(STANDS_FOR)
    assert rows[1][1:3] == (0, 1250.5)
    assert "Hondt" not in rows[1][3]
    assert rows[2] == ("AgroLoop", 12345678, 99, None)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_list_of_text_keeps_its_encoding_and_its_columns(encoding):
    text = f'Nr;Naam;Postcode\r\nR1;"{NAME}";4818CL\r\nR2;Café Één;1011AB\r\n'
    done = redacted(text.encode(encoding), FINDER).decode(encoding)
    rows = list(csv.reader(io.StringIO(done), delimiter=";"))
    assert [len(row) for row in rows] == [3, 3, 3]
    assert rows[1][1].startswith(STANDS_FOR)
    assert rows[1][2] == "4818"  # province and figures follow from it
    assert rows[2] == ["R2", "Café Één", "1011AB"]


@given(before=st.binary(max_size=60), after=st.binary(max_size=60), wide=st.booleans())
def test_what_has_no_form_is_as_long_as_it_was(before, after, wide):
    said = NAME.encode("utf-16-le" if wide else "latin-1")
    content = b"\xd0\xcf\x11\xe0\0\0" + before + b"\0\0" + said + b"\0\0" + after
    done = redacted(content, FINDER)
    assert done is not None
    assert len(done) == len(content)
    assert "Hondt".encode("utf-16-le" if wide else "latin-1") not in done


def test_parquet_in_a_snapshot_fits_its_manifest():
    import hashlib
    import json

    part = io.BytesIO()
    pl.DataFrame({"id": ["1", "2"], "name": [NAME, "AgroLoop"]}).write_parquet(part)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("x.parquet", part.getvalue())
        packed.writestr("manifest.json", json.dumps({"parts": {"x.parquet": {"rows": 2, "sha256": "old"}}}))
    with zipfile.ZipFile(io.BytesIO(redacted(made.getvalue(), FINDER))) as packed:
        content, manifest = packed.read("x.parquet"), json.loads(packed.read("manifest.json"))
    assert manifest["parts"]["x.parquet"]["sha256"] == hashlib.sha256(content).hexdigest()
    frame = pl.read_parquet(io.BytesIO(content))
    assert frame["id"].to_list() == ["1", "2"]
    assert frame["name"][1] == "AgroLoop"
    assert "Hondt" not in frame["name"][0]


@given(st.binary(max_size=400))
def test_a_file_without_the_person_stays_as_it_is(content):
    assert Finder.of("bom", ["Zwartbol Quispel"]).without("niets") == "niets"
    assert redacted(content, Finder.of("bom", ["Zwartbol Quispel"])) is None
