"""Where the vendored front-end files are: by package and file name, so that a page names no version."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

VENDOR = Path(__file__).parent / "static" / "web" / "vendor"


class NotVendoredError(LookupError):
    """No such package or file is vendored."""


def static_name(package: str, file: str) -> str:
    """The static-files name of ``file`` of ``package``. Raises ``NotVendoredError``."""
    entry = _versions().get(package)
    if entry is None or file not in entry["files"]:
        raise NotVendoredError(f"{file} of {package} is not vendored")
    return f"web/vendor/{package}@{entry['version']}/{file}"


@cache
def _versions() -> dict[str, dict[str, str]]:
    entries = json.loads((VENDOR / "manifest.json").read_text(encoding="utf-8"))
    return {entry["package"]: entry for entry in entries}
