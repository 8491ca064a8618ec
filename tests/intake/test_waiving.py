"""Warnings may stay, with a reason: one place, all of a value or all of a check; errors never."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schakel.inbox.queries import waiting
from schakel.intake import actions, delivering
from schakel.intake.actions import DeliveryRefused
from schakel.intake.actions.waiving import mark_waived
from schakel.intake.models import Delivery, DeliveryFinding, Handing, Waiver
from schakel.network.queries import party
from schakel.sharing.roles import WORKER, database_role
from tests.intake.delivering import send, write
from tests.intake.mending import PROJECTS, VOLUME, caretaker, faulty, finding, reader, steward
from tests.making import actor_for, acts

pytestmark = pytest.mark.django_db
CHECK = "cell.placeholder"
VALUE = {"table": "projecten", "column": "D", "value": "n.b."}


def waived_rows(delivery: Delivery) -> list[int | None]:
    with acts("bom"):
        return sorted(DeliveryFinding.objects.filter(delivery=delivery, waived=True).values_list("row", flat=True))


def checked_again(delivery: Delivery) -> None:
    with database_role(WORKER):
        delivering.examine_in_background(actor=actor_for("bom"), delivery_id=delivery.pk)


def test_one_place_all_of_a_value_or_all_of_a_check_may_stay(tmp_path):
    delivery, sanne = faulty(tmp_path), steward()
    words = {"actor": sanne, "delivery": delivery, "check_id": CHECK, "reason": "Volgt in maart."}
    one = actions.waive(**words, row=3, **VALUE)
    assert waived_rows(delivery) == [3]
    value = actions.waive(**words, **VALUE)
    assert waived_rows(delivery) == [2, 3, 4]
    actions.end_waiver(actor=sanne, waiver=value)
    assert waived_rows(delivery) == [3]  # the other one still holds
    actions.end_waiver(actor=sanne, waiver=one)
    assert waived_rows(delivery) == []
    actions.waive(**words)
    assert waived_rows(delivery) == [2, 3, 4]


def test_what_was_waived_stays_so_when_the_delivery_is_checked_again(tmp_path):
    delivery, sanne = faulty(tmp_path), steward()
    actions.waive(actor=sanne, delivery=delivery, check_id=CHECK, reason="Volgt.", row=2, **VALUE)
    with acts("bom"):
        DeliveryFinding.objects.filter(delivery=delivery).delete()
    checked_again(delivery)
    assert waived_rows(delivery) == [2]


def test_an_error_is_never_waived(tmp_path):
    delivery, sanne = faulty(tmp_path), steward()
    with acts("bom"):
        error = finding(delivery, severity="error")
    with pytest.raises(DeliveryRefused):
        actions.waive(actor=sanne, delivery=delivery, check_id=error.check_id, reason="Mag.")
    with acts("bom"):
        Waiver.objects.create(owner_id=delivery.owner_id, delivery=delivery, check_id=error.check_id, reason="Mag.")
        mark_waived(delivery)
        error.refresh_from_db()
        assert not error.waived


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_waiver_has_a_reason(tmp_path, reason):
    with pytest.raises(DeliveryRefused):
        actions.waive(actor=steward(), delivery=faulty(tmp_path), check_id=CHECK, reason=reason)


def test_what_the_checks_do_not_find_is_not_waived(tmp_path):
    with pytest.raises(DeliveryRefused):
        actions.waive(actor=steward(), delivery=faulty(tmp_path), check_id=CHECK, reason="Mag.", row=99)


def test_readers_do_not_waive_and_caretakers_waive_only_their_kind(tmp_path):
    delivery = faulty(tmp_path)
    words = {"delivery": delivery, "check_id": CHECK, "reason": "Mag."}
    for actor in (reader(), caretaker("organisation", name="wim")):
        with pytest.raises(PermissionDenied):
            actions.waive(actor=actor, **words)
    waiver = actions.waive(actor=caretaker("project"), **words)
    with pytest.raises(PermissionDenied):
        actions.end_waiver(actor=reader(), waiver=waiver)


def test_another_agency_neither_sees_nor_ends_a_waiver(tmp_path):
    delivery = faulty(tmp_path)
    waiver = actions.waive(actor=steward(), delivery=delivery, check_id=CHECK, reason="Mag.")
    with pytest.raises(Delivery.DoesNotExist):
        actions.end_waiver(actor=steward("oost-nl"), waiver=waiver)
    with acts("oost-nl"):
        assert not Waiver.objects.exists()


def test_a_waiver_is_taken_to_the_next_delivery_by_check_and_value(tmp_path):
    first, sanne = faulty(tmp_path), steward()
    words = {"actor": sanne, "delivery": first, "check_id": CHECK, "reason": "Volgt elk jaar in maart."}
    with pytest.raises(DeliveryRefused):
        actions.waive(**words, row=2, carry=True, **VALUE)
    waiver = actions.waive(**words, carry=True, **VALUE)
    second = send("bom", write(tmp_path / "next", projecten=PROJECTS), period=2024, accept=False).delivery
    with acts("bom"):
        (taken,) = second.waivers.all()
        assert (taken.carried_from, taken.reason, taken.value) == (waiver, waiver.reason, "n.b.")
    assert waived_rows(second) == [2, 3, 4]
    actions.carry_waiver(actor=sanne, waiver=taken, carry=False)
    third = send("bom", write(tmp_path / "third", projecten=PROJECTS), period=2025, accept=False).delivery
    assert waived_rows(third) == []


def test_what_was_handed_on_is_done_when_nothing_of_it_is_open(tmp_path):
    delivery, sanne, ruben = faulty(tmp_path), steward(), reader()
    actions.hand(actor=sanne, delivery=delivery, check_id=CHECK, person=ruben.person or 0)
    with acts("bom"):
        assert waiting(ruben.person or 0, party("bom").pk).count() == 1
    actions.waive(actor=ruben, delivery=delivery, check_id=CHECK, reason="Volgt.")  # handed, so theirs to settle
    with acts("bom"):
        assert not waiting(ruben.person or 0, party("bom").pk).exists()
        assert Handing.objects.get().settled_at
    with pytest.raises(PermissionDenied):
        actions.end_waiver(actor=ruben, waiver=Waiver(pk=_only_waiver(), delivery=delivery))


def _only_waiver() -> int:
    with acts("bom"):
        return Waiver.objects.get().pk


def test_what_was_handed_on_is_done_when_a_new_check_finds_none_of_it(tmp_path):
    delivery, sanne, ruben = faulty(tmp_path), steward(), reader()
    actions.hand(actor=sanne, delivery=delivery, check_id=CHECK, person=ruben.person or 0)
    with acts("bom"):
        place = finding(delivery, check_id=CHECK)
    from_there = actions.edit_alike(
        actor=ruben,
        delivery=delivery,
        place=VOLUME,
        before=place.value,
        after="",
    )
    assert from_there.cells == 3
    checked_again(delivery)
    with acts("bom"):
        assert not waiting(ruben.person or 0, party("bom").pk).exists()


def test_nothing_is_handed_to_a_stranger(tmp_path):
    delivery, stranger = faulty(tmp_path), steward("oost-nl")
    with pytest.raises(DeliveryRefused):
        actions.hand(actor=steward(), delivery=delivery, check_id=CHECK, person=stranger.person or 0)
    with pytest.raises(DeliveryRefused):
        actions.set_caretaker(actor=steward(), kind="project", person=stranger.person)


WAIVERS = st.lists(
    st.tuples(
        st.sampled_from(["a", "b"]),
        st.none() | st.integers(1, 3),
        st.none() | st.sampled_from(["x", "y"]),
        st.sampled_from(["", "A", "B"]),
        st.booleans(),
    ),
    max_size=4,
)
FOUND = st.lists(
    st.tuples(
        st.sampled_from(["a", "b"]),
        st.sampled_from(["error", "warning", "notice"]),
        st.integers(1, 3),
        st.sampled_from(["x", "y"]),
        st.sampled_from(["A", "B"]),
    ),
    max_size=8,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(found=FOUND, said=WAIVERS, before=st.booleans())
def test_a_finding_is_waived_if_and_only_if_a_waiver_that_holds_covers_it(found, said, before):
    with acts("bom") as bom:
        delivery = Delivery.objects.create(owner=bom, period=2023, content_digest="x")
        for check, severity, row, value, column in found:
            DeliveryFinding.objects.create(
                owner=bom,
                delivery=delivery,
                period=2023,
                check_id=check,
                severity=severity,
                row=row,
                value=value,
                column=column,
                waived=before,
            )
        for check, row, value, column, ended in said:
            Waiver.objects.create(
                owner=bom,
                delivery=delivery,
                check_id=check,
                row=row,
                value=value,
                column=column,
                reason="r",
                ended_at="2024-01-01T00:00Z" if ended else None,
            )
        mark_waived(delivery)
        for one in DeliveryFinding.objects.filter(delivery=delivery):
            covered = any(
                check == one.check_id
                and row in {None, one.row}
                and value in {None, one.value}
                and c in {"", one.column}
                for check, row, value, c, ended in said
                if not ended
            )
            assert one.waived == (covered and one.severity != "error")
