"""Places that are looked at: a folder, and a bucket of a real S3-compatible server."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from hypothesis import given
from hypothesis import strategies as st
from moto.server import ThreadedMotoServer

from schakel.documents import actions as documents
from schakel.inbox.models import Item
from schakel.intake.actions import confirm_mapping
from schakel.intake.models import Delivery, DeliveryState, SourceSeen
from schakel.intake.sources.declared import Source, SourcesError, declared_sources
from schakel.intake.sources.looking import QUIET, look
from schakel.intake.sources.places import Found, by_year
from schakel.sharing.roles import WORKER, database_role
from tests.intake.delivering import MAPPING, TABLES, write
from tests.making import actor_for, acts

pytestmark = pytest.mark.django_db
AT_ONCE = dt.timedelta(0)


@pytest.fixture(autouse=True)
def _worker_looks() -> Iterator[None]:
    confirm_mapping(actor=actor_for("bom"), text=MAPPING.format(agency="bom"))
    with database_role(WORKER):
        yield


@pytest.fixture
def folder(tmp_path: Path) -> Source:
    """A folder with the deliveries of BOM, and one for 2023 in it."""
    (tmp_path / "bom").mkdir()
    write(tmp_path / "bom" / "2023")
    return Source(agency="bom", folder=str(tmp_path / "bom"))


def test_a_folder_that_is_quiet_becomes_a_delivery_that_a_steward_hears_of(folder):
    (taken,) = look([folder], quiet=AT_ONCE)
    with acts("bom"):
        delivery = Delivery.objects.get(pk=taken.pk)
        assert (delivery.period, delivery.origin, delivery.state) == (2023, "folder", DeliveryState.RECEIVED)
        assert delivery.progress == {"step": "waiting"}
        assert delivery.files.count() == len(TABLES)
        assert Item.objects.get().role == "steward"


def test_files_that_are_still_being_copied_wait(folder):
    assert look([folder], quiet=QUIET) == []
    with acts("bom"):
        assert not Delivery.objects.exists()


def test_what_was_taken_is_not_taken_again_until_it_changes(folder):
    look([folder], quiet=AT_ONCE)
    assert look([folder], quiet=AT_ONCE) == []
    changed = Path(folder.folder, "2023", "relaties.csv")
    changed.write_text(TABLES["relaties"] + "R3;Nieuw B.V.;;;bedrijf\n")
    assert len(look([folder], quiet=AT_ONCE)) == 1
    with acts("bom"):
        assert Delivery.objects.count() == 2


def test_the_same_content_touched_anew_is_the_same_delivery(folder):
    (first,) = look([folder], quiet=AT_ONCE)
    for path in Path(folder.folder, "2023").iterdir():
        os.utime(path, (1, 1))
    (again,) = look([folder], quiet=AT_ONCE)
    assert again.pk == first.pk


def test_a_place_that_is_not_there_holds_up_no_other(folder, caplog):
    gone = Source(agency="bom", folder=folder.folder + "-gone")
    nobody = Source(agency="nobody", folder=folder.folder)
    assert len(look([gone, nobody, folder], quiet=AT_ONCE)) == 1
    assert "mount it" in caplog.text
    assert "no party called nobody" in caplog.text


@pytest.mark.parametrize("endpoint", ["no address", "https://"])
def test_a_bucket_with_an_address_that_is_none_holds_up_no_other(folder, endpoint, caplog):
    wrong = Source(agency="bom", bucket="deliveries", endpoint=endpoint)
    assert len(look([wrong, folder], quiet=AT_ONCE)) == 1
    assert "cannot be read" in caplog.text


def test_a_file_that_is_too_large_holds_up_no_other_and_says_why(folder, tmp_path, monkeypatch):
    Path(tmp_path, "other", "2022").mkdir(parents=True)
    Path(tmp_path, "other", "2022", "groot.csv").write_bytes(b"a" * 5000)
    monkeypatch.setattr(documents, "LARGEST", 4999)
    taken = look([Source(agency="bom", folder=str(tmp_path / "other")), folder], quiet=AT_ONCE)
    assert [delivery.period for delivery in taken] == [2023]
    with acts("bom"):
        assert "splits het" in SourceSeen.objects.get(period=2022).problem
        told = Item.objects.get(key__endswith="/refused")
    assert "splits het" in told.body_nl
    assert "split it" in told.body_en
    Path(tmp_path, "other", "2022", "groot.csv").write_bytes(b"a" * 4000)
    look([Source(agency="bom", folder=str(tmp_path / "other"))], quiet=AT_ONCE)
    with acts("bom"):
        assert not Item.objects.filter(key__endswith="/refused", done_at=None).exists()


def test_what_is_refused_says_why_and_is_tried_again_when_it_changes(folder):
    for path in Path(folder.folder, "2023").iterdir():
        path.rename(path.with_name("." + path.name))
    Path(folder.folder, "2023", "leeg.csv").write_text("")
    look([folder], quiet=AT_ONCE)
    with acts("bom"):
        assert SourceSeen.objects.get().taken


def test_a_link_out_of_the_folder_is_not_followed(folder, tmp_path):
    (tmp_path / "secret.csv").write_text("Nr\nX\n")
    Path(folder.folder, "2023", "link.csv").symlink_to(tmp_path / "secret.csv")
    (taken,) = look([folder], quiet=AT_ONCE)
    with acts("bom"):
        assert "link.csv" not in taken.files.values_list("name", flat=True)


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """The address of an S3-compatible server."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


def test_a_bucket_is_read_as_a_folder_is(s3, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("secret\n")
    client = boto3.client(
        "s3", endpoint_url=s3, region_name="eu-west-1", aws_access_key_id="reader", aws_secret_access_key="secret"
    )
    client.create_bucket(Bucket="deliveries", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
    for name, text in TABLES.items():
        client.put_object(Bucket="deliveries", Key=f"bom/2023/{name}.csv", Body=text.encode())
    client.put_object(Bucket="deliveries", Key="liof/2023/other.csv", Body=b"Nr\n1\n")
    source = Source(
        agency="bom", bucket="deliveries", prefix="bom/", endpoint=s3, key="reader", secret_file=str(secret)
    )
    (taken,) = look([source], quiet=AT_ONCE)
    with acts("bom"):
        assert taken.origin == "bucket"
        assert set(taken.files.values_list("name", flat=True)) == {f"{name}.csv" for name in TABLES}
    assert look([source], quiet=AT_ONCE) == []


def test_a_bucket_that_is_not_there_is_told(s3, tmp_path, caplog):
    secret = tmp_path / "secret"
    secret.write_text("secret")
    source = Source(agency="bom", bucket="nothing", endpoint=s3, key="reader", secret_file=str(secret))
    assert look([source], quiet=AT_ONCE) == []
    assert "cannot be read" in caplog.text


@given(paths=st.lists(st.from_regex(r"(20\d\d|\d{1,5}|x)(/[a-z~.]{1,4}){0,3}", fullmatch=True)))
def test_only_files_right_in_a_folder_of_a_year_count(paths):
    for year, found in by_year(Found(path, "1") for path in paths).items():
        for file in found:
            assert file.path == f"{year}/{file.name}"
            assert file.name[0] not in ".~"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[source]", "not valid TOML"),
        ('[[source]]\nfolder = "/x"', "agency is missing"),
        ('[[source]]\nagency = "bom"', "either a folder or a bucket"),
        ('[[source]]\nagency = "bom"\nfolder = "/x"\nbucket = "y"', "either a folder or a bucket"),
        ('[[source]]\nagency = "bom"\nfoldr = "/x"', "unknown word 'foldr'"),
        ('[[source]]\nagency = "bom"\nbucket = 5', "bucket must be text"),
        ('[[source]]\nagency = "bom"\nfolder = "/x"\nwhole = "no"', "whole must be true or false"),
        ("source = 5", r"write each as \[\[source\]\]"),
        ('source = ["x"]', r"write each as \[\[source\]\]"),
    ],
)
def test_a_file_of_sources_that_is_wrong_says_where(tmp_path, text, said):
    path = tmp_path / "sources.toml"
    path.write_text(text)
    with pytest.raises(SourcesError, match=said):
        declared_sources(path)


def test_without_a_file_of_sources_nothing_is_looked_at(tmp_path):
    assert declared_sources(tmp_path / "sources.toml") == []
