"""Targets: who sets them, what they must say, that they are ended and not altered, and what each reads of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import ProgrammingError, transaction
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from schakel.figures import targeting
from schakel.figures.actions.targets import TargetRefused, Wanted, end_target, follow_target, set_target
from schakel.figures.catalogue import catalogue
from schakel.figures.models import Target
from schakel.figures.vintages import editions
from schakel.network.queries import party
from schakel.sharing.roles import WEB, database_role
from tests.intake.people import signed_in
from tests.making import actor_for, acts

from .counting_here import closed_over, counting, deliveries, projects
from .drawing import fact
from .publishing import in_an_hour, prepared, publish, secretary, set_hour

pytestmark = pytest.mark.django_db
PROJECTS = Wanted(
    indicator="innovation_projects",
    period=2023,
    value=Decimal(60),
    nature="flow",
    counts="projects",
    source="annual plan 2023, page 4",
    baseline=Decimal(40),
    baseline_period=2022,
)
COMPANIES = replace(PROJECTS, indicator="companies_invested_in", counts="companies")
PAGE = "/cijfers/doelen/"
READERS = ("ministerie-ez", "provincie-utrecht")


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with override("en"):
        yield


def facts() -> dict[str, list]:
    found = projects(2023, "bom", 1, 30) + projects(2023, "nom", 101, 22)
    return {"project": found, "delivery": deliveries(2023)}


@pytest.fixture
def live(tmp_path: Path, settings) -> Iterator[None]:
    with counting(tmp_path, facts()) as socket:
        settings.COUNTING_SOCKET = socket
        yield


def own(slug: str = "bom", wanted: Wanted = PROJECTS) -> Target:
    return set_target(actor=actor_for(slug), wanted=wanted)


def seen_by(slug: str) -> list[tuple[str, str]]:
    with acts(slug):
        return [(target.owner.slug, target.indicator) for target in targeting.current()]


def shown_to(slug: str, agency: str = "") -> targeting.TargetShown | None:
    with acts(slug) as reader:
        return targeting.for_figure(reader, PROJECTS.indicator, 2023, agency=agency)


def said(answer) -> str:
    main = re.search(r"<main.*</main>", answer.content.decode(), re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", main.group() if main else "").replace("\xa0", " ").split())


def test_from_40_to_60_investments_says_companies_or_transactions(live) -> None:
    """Trap 11."""
    with pytest.raises(TargetRefused, match="counts companies, and the target is stated in transactions") as refused:
        set_target(actor=secretary(), wanted=replace(COMPANIES, counts="transactions"))
    assert "choose an indicator that counts transactions: Investments" in str(refused.value)
    transactions = replace(COMPANIES, indicator="investments", counts="transactions")
    assert set_target(actor=secretary(), wanted=transactions).indicator == "investments"
    with pytest.raises(TargetRefused, match="is a number in the year"):
        set_target(actor=secretary(), wanted=replace(COMPANIES, nature="stock"))
    with pytest.raises(TargetRefused, match="is a number at the end of the year"):
        set_target(actor=secretary(), wanted=replace(COMPANIES, indicator="portfolio_companies"))
    made = set_target(actor=secretary(), wanted=COMPANIES)
    assert (made.about, made.counts, made.nature) == (None, "companies", "flow")


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        (replace(PROJECTS, source=" "), "where the target comes from"),
        (replace(PROJECTS, baseline_period=None), "needs its number and its year"),
        (replace(PROJECTS, baseline_period=2023), "comes before"),
        (replace(PROJECTS, value=Decimal("60.5")), "is whole"),
        (replace(PROJECTS, value=Decimal(-1)), "below zero"),
        (replace(PROJECTS, indicator="happiness"), "no such indicator"),
        (replace(PROJECTS, indicator="follow_on_share", counts="transactions", value=Decimal(45)), "between 0 and 100"),
        (replace(PROJECTS, indicator="joint_projects_share", value=Decimal("0.4")), "for the network alone"),
    ],
)
def test_what_is_no_sound_target_is_refused_with_what_to_do(wanted: Wanted, why: str) -> None:
    with pytest.raises(TargetRefused, match=why):
        own(wanted=wanted)
    assert not Target.objects.exists()


@pytest.mark.parametrize("slug", READERS)
def test_readers_set_none(slug: str) -> None:
    with pytest.raises(TargetRefused, match="Agencies and the secretariat"):
        own(slug)
    assert signed_in(slug, "reader").get(f"{PAGE}nieuw/").status_code == 403


def test_an_agency_sets_its_own_and_the_secretariat_the_networks() -> None:
    ours, network = own(), set_target(actor=secretary(), wanted=PROJECTS)
    assert (ours.about, network.about) == (party("bom"), None)


def test_what_an_agency_writes_as_the_networks_target_past_the_acts_is_not_shown() -> None:
    with acts("bom") as bom:
        written = {"indicator": "innovation_projects", "period": 2023, "value": 1, "nature": "flow"}
        Target.objects.create(owner=bom, about=None, counts="projects", source="-", **written)
        Target.objects.create(owner=bom, about=party("nom"), counts="projects", source="-", programme="X", **written)
    assert seen_by("rom-nederland") == seen_by("bom") == seen_by("ministerie-ez") == []


def test_one_target_at_a_time() -> None:
    own()
    with pytest.raises(TargetRefused, match="There is a target for this in 2023 already"):
        own()
    own(wanted=replace(PROJECTS, programme="Quantum"))


def test_shared_is_read_by_all_and_own_by_oneself() -> None:
    own()
    own("nom", replace(PROJECTS, shared=False))
    for slug in (*READERS, "liof", "rom-nederland"):
        assert seen_by(slug) == [("bom", "innovation_projects")]
    assert ("nom", "innovation_projects") in seen_by("nom")


def test_a_target_is_ended_with_a_reason_and_followed_never_altered() -> None:
    first = own()
    with pytest.raises(TargetRefused, match="Say why"):
        end_target(actor=actor_for("bom"), target=first, reason=" ")
    with pytest.raises(TargetRefused, match="Only the organisation"):
        end_target(actor=actor_for("nom"), target=first, reason="not ours")
    second = follow_target(
        actor=actor_for("bom"), target=first, wanted=replace(PROJECTS, value=Decimal(55)), reason="a lower budget"
    )
    with acts("bom"):
        first.refresh_from_db()
        assert (first.value, first.ended_because, second.value) == (60, "a lower budget", 55)
    with pytest.raises(TargetRefused, match="ended already"):
        end_target(actor=actor_for("bom"), target=first, reason="once more")


def test_following_that_is_refused_ends_nothing() -> None:
    first = own()
    with pytest.raises(TargetRefused), transaction.atomic():
        follow_target(actor=actor_for("bom"), target=first, wanted=replace(PROJECTS, nature="stock"), reason="so")
    assert seen_by("bom") == [("bom", "innovation_projects")]


@pytest.mark.parametrize("changed", [{"value": 1}, {"source": "-"}, {"shared": False}, {"about": None}])
def test_the_database_lets_nobody_alter_a_target(changed: dict[str, object]) -> None:
    made = own()
    with pytest.raises(ProgrammingError), transaction.atomic(), acts("bom"):
        Target.objects.filter(pk=made.pk).update(**changed)
    with pytest.raises(ProgrammingError), transaction.atomic(), acts("bom"):
        Target.objects.filter(pk=made.pk).delete()


def test_what_ended_stays_ended() -> None:
    made = end_target(actor=actor_for("bom"), target=own(), reason="done")
    with acts("bom"):
        assert not Target.objects.filter(pk=made.pk).update(ended_at=None, ended_because="")


def test_a_target_stands_beside_the_figure_that_the_reader_reads(live) -> None:
    set_target(actor=secretary(), wanted=PROJECTS)
    own(wanted=replace(PROJECTS, value=Decimal(30)))
    found = shown_to("rom-nederland")
    assert (found.actual, found.difference, found.baseline) == ("52", "8 below the target", "40 in 2022")
    assert (found.standing, found.bar, found.done) == ("missed", "52 of 60", 866)
    assert shown_to("bom", "bom").standing == "reached"
    others = shown_to("nom", "bom")
    assert (others.actual, others.done, others.standing) == ("–", None, "open")
    assert "Only this agency" in others.why_none


def test_under_embargo_a_reader_reads_the_target_and_no_figure(tmp_path: Path, settings) -> None:
    set_target(actor=secretary(), wanted=PROJECTS)
    held = prepared()
    set_hour(actor=secretary(), publication=held, at=in_an_hour())
    with counting(tmp_path, facts(), editions=editions(), closings={held.closing_id: closed_over(facts())}) as socket:
        settings.COUNTING_SOCKET = socket
        for slug in READERS:
            found = shown_to(slug)
            assert (found.value, found.actual, found.standing) == ("60", "–", "open")
            page = said(signed_in(slug, "reader", language="en").get(f"{PAGE}?year=2023"))
            assert "60" in page
            assert "52" not in page
        assert shown_to("bom").actual == "52"


def test_once_published_a_reader_reads_how_it_stands(tmp_path: Path, settings) -> None:
    set_target(actor=secretary(), wanted=PROJECTS)
    held = publish(2023)
    with counting(tmp_path, facts(), editions=editions(), closings={held.closing_id: closed_over(facts())}) as socket:
        settings.COUNTING_SOCKET = socket
        assert shown_to("ministerie-ez").actual == "52"
        page = said(signed_in("ministerie-ez", "reader", language="en").get(f"{PAGE}?year=2023"))
        assert "40 in 2022 60 52" in page
        assert "not reached" in page


def test_a_figure_that_is_withheld_is_said_to_be_and_not_to_be_missing(tmp_path: Path, settings) -> None:
    set_target(actor=secretary(), wanted=COMPANIES)
    few = {"investment": [fact(n, "bom", n, organisation=n, amount=100) for n in (1, 2)], "delivery": deliveries(2023)}
    held = publish(2023)
    with counting(tmp_path, few, editions=editions(), closings={held.closing_id: closed_over(few)}) as socket:
        settings.COUNTING_SOCKET = socket
        with acts("ministerie-ez") as reader:
            (shown,) = targeting.of_figure(reader, COMPANIES.indicator, 2023)
    assert shown.actual == "–"
    assert shown.why_none == "The figure is withheld: too few organisations stand behind it."


def test_a_programme_has_a_target_and_no_figure(live) -> None:
    set_target(actor=secretary(), wanted=replace(PROJECTS, programme="Quantum Delta"))
    with acts("bom") as reader:
        (found,) = targeting.of_figure(reader, PROJECTS.indicator, 2023)
    assert (found.actual, found.why_none) == ("–", "Figures are not counted by programme.")


def test_a_steward_sets_follows_and_ends_a_target_on_its_pages(live) -> None:
    page = signed_in("bom", "steward", language="en")
    filled = {
        "indicator": "invested_eur",
        "period": "2023",
        "value": "2500000",
        "counts": "companies",
        "nature": "flow",
        "source": "annual plan",
        "shared": "on",
    }
    refused = page.post(f"{PAGE}nieuw/", filled)
    assert refused.status_code == 422
    assert "counts euros, and the target is stated in companies" in said(refused)
    done = page.post(f"{PAGE}nieuw/", filled | {"counts": "euros"}, follow=True)
    assert "The target is set." in done.content.decode()
    assert "€ 2,500,000" in said(done)
    with acts("bom"):
        held = Target.objects.get()
    one = f"{PAGE}{held.pk}/"
    assert "Where it is written" not in said(page.get(one))
    follow = f"{PAGE}nieuw/?follows={held.pk}"
    assert 'value="2500000"' in page.get(follow).content.decode()
    page.post(follow, filled | {"counts": "euros", "value": "3000000", "reason": "more funds"})
    with acts("bom"):
        assert [str(each.value) for each in targeting.current()] == ["3000000.0000"]
        [newest] = targeting.current()
    assert page.post(f"{PAGE}{newest.pk}/", {"reason": ""}).status_code == 422
    page.post(f"{PAGE}{newest.pk}/", {"reason": "no more"})
    assert "more funds" in said(page.get(PAGE))
    assert seen_by("bom") == []


def test_a_share_is_typed_in_per_cents(live) -> None:
    page = signed_in("bom", "steward", language="en")
    filled = {"indicator": "follow_on_share", "period": "2023", "value": "45", "counts": "transactions"}
    page.post(f"{PAGE}nieuw/", filled | {"nature": "flow", "source": "plan", "shared": "on"})
    with acts("bom"):
        held = Target.objects.get()
    assert held.value == Decimal("0.45")
    assert 'name="value" value="45"' in page.get(f"{PAGE}nieuw/?follows={held.pk}").content.decode()


def test_who_only_reads_at_an_agency_sets_and_ends_none(live) -> None:
    made = own()
    page = signed_in("bom", "reader", language="en")
    assert page.get(f"{PAGE}nieuw/").status_code == 403
    assert page.post(f"{PAGE}{made.pk}/", {"reason": "so"}).status_code == 403
    assert signed_in("nom", "steward").post(f"{PAGE}{made.pk}/", {"reason": "so"}).status_code == 403
    assert signed_in("nom", "steward").get(f"{PAGE}nieuw/?follows={made.pk}").status_code == 404


def test_a_target_that_is_not_shared_is_not_there_for_others(live) -> None:
    made = own(wanted=replace(PROJECTS, shared=False))
    assert signed_in("nom", "steward").get(f"{PAGE}{made.pk}/").status_code == 404
    assert signed_in("bom", "reader").get(f"{PAGE}{made.pk}/").status_code == 200


def test_an_indicators_page_has_its_targets_and_the_way_to_what_stands_beside_it(live) -> None:
    set_target(actor=secretary(), wanted=PROJECTS)
    answer = signed_in("bom", "steward", language="en").get("/cijfers/innovation_projects/?year=2023")
    assert "Target 2023 of Network: 60" in said(answer)
    assert "not reached 52 of 60 · 8 below the target" in said(answer)
    page = answer.content.decode()
    for way in ("/cijfers/doelen/?year=2023", "/cijfers/innovation_projects/verwachting/?year=2023"):
        assert f'href="{way}"' in page
    assert 'href="/cijfers/innovation_projects/opmerkingen/?year=2023"' in page
    assert "Tell me when they are published" in page


class Agreeing(TestCase):
    """A target is taken if, and only if, it says of its indicator what the indicator says of itself."""

    @given(
        st.sampled_from(sorted(catalogue())),
        st.sampled_from(["flow", "stock"]),
        st.sampled_from(sorted({each.counted.en for each in catalogue().values()})),
    )
    def test_it_agrees_with_its_indicator(self, name: str, nature: str, counts: str) -> None:
        found = catalogue()[name]
        wanted = Wanted(name, 2030, Decimal(1), nature, counts, "a plan")
        agrees = (nature, counts) == (found.nature, found.counted.en)
        with database_role(WEB):
            try:
                made = set_target(actor=secretary(), wanted=wanted)
            except TargetRefused:
                assert not agrees
            else:
                assert agrees
                end_target(actor=secretary(), target=made, reason="next")


def test_the_overview_says_a_target_in_money_as_it_says_its_figure(live) -> None:
    euros = replace(PROJECTS, indicator="invested_eur", counts="euros", value=Decimal(240_000_000))
    set_target(actor=secretary(), wanted=replace(euros, baseline=None, baseline_period=None))
    page = said(signed_in("rom-nederland", "secretary", language="en").get("/?year=2023"))
    assert "Target: € 240 million" in page
    assert "240,000,000" not in page
