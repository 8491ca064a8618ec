"""Schakel's own way, for `linking.py`: FOLDER WITH_REGISTER(0 or 1) OUT."""

from __future__ import annotations

import sys
from pathlib import Path

from schakel.register.matching import match
from schakel.register.matching.files import listed, told

folder, with_register, out = Path(sys.argv[1]), sys.argv[2] == "1", sys.argv[3]
found = match(told(folder), listed(folder if with_register else folder / "no-register"))
found.answers.select("entry", "decided", rid="record", identity="cluster").write_parquet(out)
