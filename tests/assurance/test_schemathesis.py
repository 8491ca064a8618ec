"""Schemathesis makes requests from the API's own description: none fails, and answers are as described."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from schakel.cli.processes import processes
from tests.e2e.site import Site, free_port, new_var, run_module, serving

EXAMPLES, SECONDS = 10, 300
# Strange methods and headers are asked in tests/sharing/test_hostile.py.
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,ignored_auth"


def test_requests_made_from_the_description_find_no_failure(tmp_path: Path, django_db_setup: None) -> None:
    site = Site(f"http://127.0.0.1:{(port := free_port())}", new_var(tmp_path, "schemathesis"))
    key = json.loads(run_module(site, "tests.assurance.writing"))["bom"]
    command = [sys.executable, "-m", "schemathesis.cli", "run", f"{site.url}/api/v1/openapi.json"]
    command += ["--url", f"{site.url}/api/v1", "--checks", CHECKS, "--max-examples", str(EXAMPLES), "--seed", "2023"]
    command += ["--header", f"Authorization: Bearer {key}", "--phases", "examples,coverage,fuzzing", "--no-color"]
    web = [one for one in processes(host="127.0.0.1", port=port, web_workers=1) if one.name == "web"]
    with serving(site, web, ready="live"):
        done = subprocess.run(
            command, capture_output=True, text=True, cwd=tmp_path, timeout=SECONDS, check=False, env=os.environ
        )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert "No issues found" in done.stdout or "passed" in done.stdout, done.stdout[-3000:]
