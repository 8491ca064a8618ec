"""What is vendored is what the manifest says, small, licensed, and the bundle is made of it."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

from schakel.web import vendored
from scripts.design_system import OWN, bundle
from scripts.vendor_frontend import PACKAGES, STATIC, TEST_VENDOR, VENDOR

LIMIT = 1_500_000  # bytes


def entries(folder: Path) -> list[dict[str, str]]:
    return list(json.loads((folder / "manifest.json").read_text()))


@pytest.mark.parametrize("folder", [VENDOR, TEST_VENDOR], ids=["pages", "tests"])
def test_every_file_is_the_one_of_the_manifest(folder: Path) -> None:
    for entry in entries(folder):
        place = folder / f"{entry['package']}@{entry['version']}"
        for name, digest in dict(entry["files"]).items():
            assert hashlib.sha256((place / name).read_bytes()).hexdigest() == digest, name


def test_the_manifests_hold_the_packages_that_are_pinned() -> None:
    kept = {(entry["package"], entry["version"]) for folder in (VENDOR, TEST_VENDOR) for entry in entries(folder)}
    assert kept == {(package.name, package.version) for package in PACKAGES}


def test_every_package_has_its_licence_beside_it() -> None:
    for package in PACKAGES:
        own = list(package.folder.glob("LICENSE*"))
        shared = VENDOR / f"licences/{package.licence}.md"
        assert own or shared.exists(), package.name


def test_it_all_stays_small() -> None:
    assert sum(path.stat().st_size for path in STATIC.rglob("*") if path.is_file()) < LIMIT


def test_the_bundle_is_made_of_what_is_vendored() -> None:
    assert (VENDOR / "design-system.css").read_text() == bundle(STATIC)


def test_every_token_that_we_use_is_there() -> None:
    own = "\n".join((STATIC / name).read_text() for name in OWN)
    known = set(re.findall(r"(--[\w-]+):", own + (VENDOR / "design-system.css").read_text()))
    assert set(re.findall(r"var\((--[\w-]+)\)", own)) <= known


def test_no_style_sheet_asks_anything_of_another_site() -> None:
    for sheet in STATIC.rglob("*.css"):
        assert not re.search(r"url\(['\"]?(?:https?:)?//|@import|sourceMappingURL", sheet.read_text()), sheet


def test_a_page_finds_a_vendored_file_without_its_version() -> None:
    name = vendored.static_name("htmx.org", "htmx.min.js")
    assert (STATIC.parent / name).is_file()
    with pytest.raises(vendored.NotVendoredError):
        vendored.static_name("htmx.org", "other.js")
    with pytest.raises(vendored.NotVendoredError):
        vendored.static_name("left-pad", "index.js")
