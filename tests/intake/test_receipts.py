"""A receipt says of each row what happened to it, and its totals add up; the sender's file comes back marked."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from schakel.intake import accounting, actions
from schakel.intake.delivering import examine_in_background
from schakel.intake.handing_back import return_in_background
from schakel.intake.models import Delivery, Edit, ReturnedFile
from schakel.intake.receipts import make_receipt
from schakel.sharing.roles import WORKER, database_role
from schakel.web.sheets import csv_lines, write_xlsx
from tests.examples import shown_by
from tests.intake.delivering import TABLES, send, write
from tests.intake.people import signed_in
from tests.intake.test_differing import accept, compare, versions
from tests.making import actor_for, acts

pytestmark = pytest.mark.django_db


def body(answer) -> bytes:
    return b"".join(answer.streaming_content)


@settings(max_examples=shown_by(4, assured_by=8))
@given(tables=versions())
def test_rows_read_are_new_changed_unchanged_and_refused_together(tables, tmp_path_factory):
    delivery = compare("bom", write(tmp_path_factory.mktemp("d") / "a", **tables))
    if delivery.state != "checked":
        return
    accept("bom", delivery)
    with acts("bom"):
        counts = accounting.totals(delivery)
        fates = list(accounting.fates(delivery, accounting.rows_of(delivery)))
    for kind, table in (("organisation", "relaties"), ("investment", "investeringen")):
        sent = tables[table].count("\n") - 1
        of_kind = counts.get(kind, {"read": 0, "new": 0, "changed": 0, "unchanged": 0, "refused": 0})
        assert of_kind["read"] == sent
        assert sum(of_kind[name] for name in ("new", "changed", "unchanged", "refused")) == sent
        assert sum(fate.kind == kind for fate in fates) == sent


def test_a_receipt_tells_what_was_refused_why_and_in_which_figures_the_rest_counts(tmp_path):
    rows = TABLES["investeringen"] + "I2;R2;31-02-2023;50.000,00;seed\n"
    done = send("bom", write(tmp_path / "d", investeringen=rows))
    make_receipt(actor=actor_for("bom"), delivery_id=done.delivery.pk)
    steward = signed_in("bom", "steward")
    url = f"/aanleveringen/{done.delivery.pk}/ontvangst/"
    page = steward.get(url).content.decode()
    assert "/cijfers/innovation_projects/" in page
    assert "relaties.csv" in page
    refused = steward.get(url, {"outcome": "refused"}).content.decode()
    assert "I2" in refused
    assert "investeringen, rij 3" in refused
    assert "I1 ·" not in refused


def test_an_edited_row_is_told_apart(tmp_path):
    done = send("bom", write(tmp_path / "d"), accept=False)
    with acts("bom") as bom:
        Edit.objects.create(
            owner=bom,
            delivery=done.delivery,
            file="relaties.csv",
            table="relaties",
            column="B",
            row=3,
            before="AgroLoop B.V.",
            after="AgroLoop Holding B.V.",
        )
    with database_role(WORKER):
        examine_in_background(actor=actor_for("bom"), delivery_id=done.delivery.pk)
    with acts("bom"):
        delivery = Delivery.objects.get(pk=done.delivery.pk)
    accept("bom", delivery)
    with acts("bom"):
        assert accounting.edited(delivery) == {("relaties.csv", "relaties"): [3]}
        (fate,) = accounting.fates(delivery, accounting.rows_of(delivery, touched="edited"))
        assert (fate.number, fate.edited, fate.title) == ("R2", True, "AgroLoop Holding B.V.")


def test_a_receipt_is_taken_along_as_csv_and_xlsx_and_nothing_in_it_runs(tmp_path):
    evil = TABLES["relaties"].replace("AgroLoop B.V.", '"=HYPERLINK(""http://x"")"')
    done = send("bom", write(tmp_path / "d", relaties=evil))
    steward = signed_in("bom", "steward")
    text = body(steward.get(f"/aanleveringen/{done.delivery.pk}/ontvangst.csv")).decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert len(lines) == 1 + 2 + 1 + 2 + 1
    assert not [cell for line in lines for cell in line if cell.startswith(("=", "+", "-", "@"))]
    assert any(cell.startswith("'=HYPERLINK") for line in lines for cell in line)
    book = body(steward.get(f"/aanleveringen/{done.delivery.pk}/ontvangst.xlsx"))
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")
    assert len(CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()) == len(lines)
    assert steward.get(f"/aanleveringen/{done.delivery.pk}/ontvangst.exe").status_code == 404


@given(rows=st.lists(st.lists(st.text(max_size=20), min_size=2, max_size=2), max_size=5))
def test_whatever_stands_in_a_list_no_cell_of_it_runs(rows):
    text = "".join(csv_lines(["a", "b"], rows)).removeprefix("\ufeff")
    cells = [cell for line in csv.reader(io.StringIO(text, newline=""), delimiter=";") for cell in line]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]
    target = io.BytesIO()
    write_xlsx(target, "t", ["a", "b"], [[cell for cell in row if cell.isprintable()] for row in rows])
    with zipfile.ZipFile(target) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet1.xml")


def test_the_senders_files_come_back_with_their_findings_and_anew_once_those_changed(tmp_path):
    rows = TABLES["investeringen"] + "I2;R2;31-02-2023;50.000,00;seed\n"
    delivery = compare("bom", write(tmp_path / "d", investeringen=rows))
    steward, url = signed_in("bom", "steward"), f"/aanleveringen/{delivery.pk}/werkboek/"
    assert '<form method="post"' in steward.get(url).content.decode()
    steward.post(url)
    assert steward.get(url, headers={"hx-request": "true"}).status_code == 204
    with database_role(WORKER):
        return_in_background(actor=actor_for("bom"), delivery_id=delivery.pk, language="nl")
    assert steward.get(url, headers={"hx-request": "true"}).headers["HX-Refresh"] == "true"
    assert "investeringen met bevindingen.xlsx" in steward.get(url).content.decode()
    with acts("bom"):
        marked = ReturnedFile.objects.get(file__name="investeringen.csv")
    book = io.BytesIO(body(steward.get(f"{url}{marked.pk}/")))
    sheets = CalamineWorkbook.from_filelike(book)
    assert "I2" in str([sheets.get_sheet_by_name(name).to_python() for name in sheets.sheet_names])
    assert signed_in("oost-nl", "steward").get(f"{url}{marked.pk}/").status_code == 404
    with database_role(WORKER):
        examine_in_background(actor=actor_for("bom"), delivery_id=delivery.pk)
    actions.ask_returned(actor=actor_for("bom"), delivery=delivery, language="nl")
    with acts("bom"):
        assert not ReturnedFile.objects.exclude(stored=None).exists()
