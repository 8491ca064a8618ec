"""The template tags, read as HTML: what they say, and that they escape what they are given."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from schakel.web import cells
from schakel.web.tables import Badge, Column, Link, Table, sort_of

Render = Callable[..., str]
COLUMNS = (
    Column("name", "Naam", heading=True, sortable=True),
    Column("count", "Aantal", kind="number", sortable=True),
    Column("amount", "Bedrag", kind="money"),
)


@pytest.fixture
def render(shell: None) -> Render:
    """Renders a piece of template as a page at ``path`` would."""

    def rendered(source: str, path: str = "/lijst/", **context: object) -> str:
        request = RequestFactory().get(path)
        template = engines["django"].from_string("{% load schakel_web %}" + source)
        return " ".join(template.render(context, request).split())

    return rendered


def test_a_key_figure_says_its_name_with_its_link(render: Render) -> None:
    html = render('{% key_figure "Banen" 3330|number note="over drie jaar" href="/banen/" %}')
    assert "3.330" in html
    assert '<a class="nl-link" href="/banen/">Wat erachter zit<span class="visually-hidden">: Banen</span></a>' in html


@pytest.mark.parametrize("kind", ["ok", "warning", "error", "info"])
def test_a_badge_has_a_mark_and_a_word_beside_its_colour(render: Render, kind: str) -> None:
    html = render("{% status_badge kind 'Woord' %}", kind=kind)
    assert f'class="badge badge--{kind}"' in html
    assert cells.MARKS[kind] in html
    assert "Woord" in html


def test_there_is_no_badge_of_an_unknown_kind() -> None:
    with pytest.raises(KeyError):
        cells.badge("purple", "Woord")


def test_an_alert_says_what_it_is_in_a_word(render: Render) -> None:
    html = render('{% alert "success" %}Opgeslagen &amp; klaar{% endalert %}')
    assert "utrecht-alert--ok" in html
    assert "<strong>Gelukt</strong>" in html
    assert "Opgeslagen &amp; klaar" in html


def test_an_alert_escapes_what_it_shows(render: Render) -> None:
    html = render("{% alert 'error' %}{{ text }}{% endalert %}", text="<script>")
    assert "&lt;script&gt;" in html


def test_a_table_writes_values_by_their_kind(render: Render) -> None:
    row = {"name": Link("Zonneveld", "/1/"), "count": 1104, "amount": 21_900_000_000}
    html = render("{% data_table table %}", table=Table("Lijst", COLUMNS, [row])).replace("\u00a0", " ")
    assert '<th scope="row" role="rowheader"><a class="nl-link" href="/1/">Zonneveld</a></th>' in html
    assert '<td role="cell" class="table__end" data-label="Aantal"><span>1.104</span></td>' in html
    assert "€ 219 mln" in html


def test_a_table_heads_row_of_totals_like_the_others(render: Render) -> None:
    table = Table("Lijst", COLUMNS, [{"name": "A", "count": 2}], footer={"name": "Netwerk", "count": 2})
    html = render("{% data_table table %}", table=table)
    assert html.index("<tfoot") < html.index("Netwerk")


def test_an_empty_table_says_what_belongs_there_and_how_to_begin(render: Render) -> None:
    table = Table("Lijst", COLUMNS, [], empty="Nog geen aanleveringen.", empty_how="Lever een bestand aan.")
    html = render("{% data_table table %}", table=table)
    assert "<table" not in html
    assert "Nog geen aanleveringen." in html
    assert "Lever een bestand aan." in html


def test_sorting_keeps_the_filters_and_forgets_the_page(render: Render) -> None:
    table = Table("Lijst", COLUMNS, [{"name": "A"}], sort="name")
    html = render("{% data_table table %}", path="/lijst/?theme=e&page=3&sort=name", table=table)
    assert 'aria-sort="ascending"' in html
    assert 'href="?theme=e&amp;sort=-name"' in html
    assert 'href="?theme=e&amp;sort=count"' in html
    assert "page=3" not in html


@pytest.mark.parametrize(
    ("asked", "answer"),
    [("count", "count"), ("-count", "-count"), ("amount", "name"), ("", "name"), ("--count", "name")],
)
def test_only_sortable_columns_sort(asked: str, answer: str) -> None:
    request = RequestFactory().get("/", {"sort": asked})
    assert sort_of(request, COLUMNS, "name") == answer


@given(text=st.text())
def test_a_cell_never_lets_markup_through(text: str) -> None:
    assert "<" not in cells.shown(text) + cells.shown(text, "number")


@pytest.mark.parametrize("value", [None, "< 5", 12])
def test_a_number_cell_takes_words_for_what_is_not_shown(value: object) -> None:
    with translation.override("nl"):
        assert cells.shown(value, "number") == {None: "–", "< 5": "&lt; 5", 12: "12"}[value]


def test_dates_and_badges_in_cells() -> None:
    with translation.override("nl"):
        assert cells.shown(date(2024, 1, 23), "date") == "23\u00a0januari\u00a02024"
        assert "Lopend" in cells.shown(Badge("ok", "Lopend"))


def test_pages_are_links_that_keep_the_filters(render: Render) -> None:
    page = Paginator(range(1104), 25).get_page(3)
    html = render("{% pagination page %}", path="/lijst/?theme=e&page=3", page=page)
    assert "51 tot en met 75 van 1.104" in html
    assert 'rel="next" href="?theme=e&amp;page=4"' in html
    assert 'href="?theme=e&amp;page=3" aria-current="page"' in html


def test_a_list_of_nothing_has_no_pages(render: Render) -> None:
    assert render("{% pagination page %}", page=Paginator([], 10).page(1)).strip() == ""


class Narrow(forms.Form):
    q = forms.CharField(label="Zoek", required=False)


def test_filters_can_be_cleared_once_there_are_any(render: Render) -> None:
    source = "{% filter_bar form %}"
    used = render(source, path="/lijst/?q=fotonica&sort=-name", form=Narrow({"q": "fotonica"}))
    assert 'value="fotonica"' in used
    assert '<input type="hidden" name="sort" value="-name">' in used
    assert '<a class="nl-link filters__clear" href="/lijst/">' in used
    assert "filters__clear" not in render(source, form=Narrow({}))
    assert "(niet verplicht)" not in used


def test_breadcrumbs_end_with_this_page(render: Render) -> None:
    html = render('{% breadcrumbs "Overzicht" "/" title %}', title="Project <1>")
    assert '<a class="nl-link" href="/">Overzicht</a>' in html
    assert '<span aria-current="page">Project &lt;1&gt;</span>' in html


def test_a_finding_says_where_what_and_what_to_do(render: Render) -> None:
    html = render(
        '{% finding "notice" "31 februari is geen datum." place="Projecten!F17" value="31-02" remedy="Verbeter het." %}'
    )
    for part in ("Melding", "Projecten!F17", "31 februari is geen datum.", "Er staat: 31-02", "Verbeter het."):
        assert part in html


def test_a_term_twice_on_a_page_has_two_ids(render: Render) -> None:
    html = render('{% term "agency" %} {% term "agency" "ROM’s" %}')
    assert 'id="term-agency-1"' in html
    assert 'popovertarget="term-agency-2"' in html


def test_progress_and_tabs_and_facts(render: Render) -> None:
    assert "31.204 van 50.000" in render('{% progress "Lezen" 31204 50000 %}')
    tabs = render("{% tabs 'Delen' links '/b/' %}", links=[("A", "/a/"), ("B", "/b/")])
    assert 'href="/b/" aria-current="page">B</a>' in tabs
    facts = render("{% facts pairs %}", pairs=[("Naam", "<b>"), ("Stand", Badge("ok", "Lopend"))])
    assert "<dd>&lt;b&gt;</dd>" in facts
    assert "badge--ok" in facts
