"""Who only reads for the secretariat sees what failed, and sets nothing going."""

from __future__ import annotations

import pytest

from tests.intake.people import signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/beheer/post/", "/beheer/taken/"])
def test_only_a_secretary_has_failed_work_done_again(path):
    reader, secretary = signed_in("rom-nederland", "reader"), signed_in("rom-nederland", "secretary")
    assert reader.get(path).status_code == 200
    refused = reader.post(path)
    assert (refused.status_code, "secretaris" in refused.content.decode()) == (403, True)
    assert secretary.post(path).status_code == 302
