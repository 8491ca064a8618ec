"""A party takes all that it has along, in a form that needs no Schakel to be read; and nothing of another."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from schakel.documents import packages
from schakel.documents.actions import keep
from schakel.documents.jobs import forget_packages
from schakel.documents.models import Package, StoredFile
from schakel.documents.taking_along import tables, write
from schakel.network.queries import party
from schakel.register.models import Organisation
from schakel.sharing.models import Token
from schakel.sharing.tokens import make_token
from schakel.trail.models import Entry
from tests.examples import ROUNDS
from tests.inbox.people import somebody
from tests.making import actor_for, acts, as_owner, make
from tests.sharing.people.characters import administrator, client_of

pytestmark = pytest.mark.django_db
MOMENT = "2026-11-22T10:00:00+01:00"


@pytest.fixture
def both(tmp_path: Path) -> None:
    """Two agencies with organisations, files and keys of their own."""
    for slug in ("bom", "liof"):
        with acts(slug) as own:
            for number in range(3):
                make(
                    Organisation,
                    own,
                    number=f"{slug}-{number}",
                    name=f"Naam van {slug} =1+{number}",
                    city='Den "Bosch"',
                )
        keep(actor=actor_for(slug), name=f"van {slug}.csv", content=f"inhoud van {slug}".encode())
        make_token(actor=actor_for(slug), name=f"sleutel van {slug}", scopes=["read"])


def taken(slug: str, folder: Path) -> ZipFile:
    write(party(slug), folder / "package.zip", actor=actor_for(slug), moment=MOMENT)
    return ZipFile(folder / "package.zip")


def described(package: ZipFile) -> dict:
    return json.loads(package.read("datapackage.json"))


def rows(package: ZipFile, table: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(package.read(f"data/{table}.csv").decode("utf-8"))))


@pytest.mark.usefixtures("both")
def test_every_row_that_a_party_owns_is_in_it(tmp_path):
    package = taken("bom", tmp_path)
    me = party("bom").pk
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.columns"
            " WHERE column_name = 'owner_id' AND table_schema = 'public'"
        )
        owned = {name for (name,) in cursor.fetchall()} - {"documents_filepart", "documents_package"}
        for table in sorted(owned):
            cursor.execute(f'SELECT count(*) FROM "{table}" WHERE owner_id = %s', [me])
            (many,) = cursor.fetchone()
            found = len(rows(package, table)) if f"data/{table}.csv" in package.namelist() else 0
            assert found == many, table
    assert owned <= {table.name for table in tables()}
    assert [row["number"] for row in rows(package, "register_organisation")] == ["bom-0", "bom-1", "bom-2"]


@pytest.mark.usefixtures("both")
def test_nothing_of_another_party_and_no_secret_is_in_it(tmp_path):
    package = taken("bom", tmp_path)
    everything = b"".join(package.read(name) for name in package.namelist())
    assert b"van bom" in everything
    assert b"van liof" not in everything
    with acts("bom"):
        token = Token.objects.get()
    assert b"sleutel van bom" in everything
    assert token.digest.encode() not in everything


@pytest.mark.usefixtures("both")
def test_files_stand_in_it_as_they_were_delivered_and_every_digest_holds(tmp_path):
    package = taken("bom", tmp_path)
    said = described(package)
    (file,) = said["files"]
    assert package.read(file["path"]) == b"inhoud van bom"
    for part in (*said["resources"], *said["files"]):
        content = package.read(part["path"])
        assert (part["bytes"], part["hash"]) == (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}")


@pytest.mark.usefixtures("both")
def test_each_table_says_its_columns_their_types_and_what_they_refer_to(tmp_path):
    package = taken("bom", tmp_path)
    for resource in described(package)["resources"]:
        fields = [field["name"] for field in resource["schema"]["fields"]]
        listed = list(csv.reader(io.StringIO(package.read(resource["path"]).decode())))
        assert listed[0] == fields
        assert len(listed) > 1
        by_kind = {field["name"]: field["type"] for field in resource["schema"]["fields"]}
        for row in listed[1:]:
            for name, value in zip(fields, row, strict=True):
                if value:
                    assert reads(by_kind[name], value), (resource["path"], name, value)
    organisations = next(
        one for one in described(package)["resources"] if one["path"] == "data/register_organisation.csv"
    )
    assert organisations["schema"]["refersTo"]["owner_id"] == "network_party"
    assert organisations["schema"]["primaryKey"] == ["id"]


def reads(kind: str, value: str) -> bool:
    """Whether a value is of the type that the package says."""
    if kind in {"array", "any"}:
        return isinstance(json.loads(value), list) or kind == "any"
    if kind == "boolean":
        return value in {"true", "false"}
    as_read = {"integer": int, "number": float, "date": dt.date.fromisoformat, "datetime": dt.datetime.fromisoformat}
    return as_read.get(kind, str)(value) is not None


@ROUNDS
@given(name=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60))
def test_any_text_comes_back_as_it_was(tmp_path_factory, name):
    with acts("bom") as own:
        made = make(Organisation, own, number=f"n{Organisation.objects.count()}", name=name)
    package = taken("bom", tmp_path_factory.mktemp("package"))
    assert next(row["name"] for row in rows(package, "register_organisation") if row["id"] == str(made.pk)) == name


@pytest.mark.usefixtures("both")
def test_the_administrator_asks_waits_fetches_and_takes_away():
    boss = client_of(administrator())
    assert boss.post("/meenemen/").headers["Location"] == "/meenemen/"
    assert "wordt gemaakt" in boss.get("/meenemen/").content.decode()
    boss.post("/meenemen/")  # a second one meanwhile is not begun
    with acts("bom"):
        package = Package.objects.get()
    assert boss.get(f"/meenemen/{package.pk}/bestand/").status_code == 404
    packages.make(actor=actor_for("bom"), package_id=package.pk)
    packages.make(actor=actor_for("bom"), package_id=package.pk)  # a job may run twice
    answer = boss.get(f"/meenemen/{package.pk}/bestand/")
    content = b"".join(answer.streaming_content)
    assert int(answer.headers["Content-Length"]) == len(content)
    assert "data/register_organisation.csv" in ZipFile(io.BytesIO(content)).namelist()
    with acts("bom"):
        assert StoredFile.objects.filter(name__startswith="schakel-bom").count() == 1
        verbs = set(Entry.objects.filter(kind="package").values_list("verb", flat=True))
    assert verbs == {"asked for", "made", "exported"}
    boss.post(f"/meenemen/{package.pk}/weghalen/")
    assert boss.get(f"/meenemen/{package.pk}/bestand/").status_code == 404
    with acts("bom"):
        assert not StoredFile.objects.filter(name__startswith="schakel-bom").exists()


@pytest.mark.usefixtures("both")
def test_nobody_else_asks_for_it_or_fetches_it():
    client_of(administrator()).post("/meenemen/")
    with acts("bom"):
        package = Package.objects.get()
    packages.make(actor=actor_for("bom"), package_id=package.pk)
    steward, neighbour = somebody("sara", "bom", "steward"), administrator("liof")
    for path in ("/meenemen/", f"/meenemen/{package.pk}/bestand/"):
        assert client_of(steward).get(path).status_code == 403
    assert client_of(steward).post("/meenemen/").status_code == 403
    other = client_of(neighbour)
    assert other.get(f"/meenemen/{package.pk}/bestand/").status_code == 404
    assert other.post(f"/meenemen/{package.pk}/weghalen/").status_code == 404
    assert "sara" not in other.get("/meenemen/").content.decode()


@pytest.mark.usefixtures("both")
def test_a_package_goes_after_a_week_and_never_holds_another_package():
    actor = actor_for("bom")
    old = packages.ask(actor=actor)
    packages.make(actor=actor, package_id=old.pk)
    with acts("bom"):
        Package.objects.update(asked_at=timezone.now() - packages.KEPT - dt.timedelta(hours=1))
    new = packages.ask(actor=actor)
    packages.make(actor=actor, package_id=new.pk)
    with acts("bom"):
        old.refresh_from_db()
        new.refresh_from_db()
        assert old.file_id not in [file["file"] for file in described(opened(new))["files"]]
    forget_packages(timestamp=0)
    with acts("bom"):
        left = {package.pk: package.file_id for package in Package.objects.all()}
    assert left == {old.pk: None, new.pk: new.file_id}


def opened(package: Package) -> ZipFile:
    from schakel.documents.queries import content_of

    return ZipFile(io.BytesIO(content_of(StoredFile.objects.get(pk=package.file_id))))


def test_one_that_is_too_large_says_so(monkeypatch):
    monkeypatch.setattr("schakel.documents.actions.LARGEST", 10)
    package = packages.ask(actor=actor_for("bom"))
    packages.make(actor=actor_for("bom"), package_id=package.pk)
    page = client_of(administrator()).get("/meenemen/").content.decode()
    assert "te groot" in page
    assert "take_along" in page


@pytest.mark.usefixtures("both")
def test_the_command_writes_the_same_and_overwrites_nothing(tmp_path):
    path = tmp_path / "alles.zip"
    with as_owner():
        call_command("take_along", "bom", str(path))
    assert [row["number"] for row in rows(ZipFile(path), "register_organisation")] == ["bom-0", "bom-1", "bom-2"]
    for words in (["bom", str(path)], ["nergens", str(tmp_path / "x.zip")]):
        with pytest.raises(CommandError), as_owner():
            call_command("take_along", *words)
