"""Write the API's description to standard output, as its address gives it."""

from __future__ import annotations

import json
import sys

import django

if __name__ == "__main__":
    django.setup()
    from schakel.api import api

    json.dump(api.get_openapi_schema(), sys.stdout, indent=1)
