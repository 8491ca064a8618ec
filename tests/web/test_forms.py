"""Forms: an error summary on top that leads to the field, and the message beside it."""

from __future__ import annotations

import re

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates

from schakel.web.forms import layout, styled


class Project(forms.Form):
    number = forms.RegexField(r"^\d{8}$", label="KVK-nummer", help_text="Acht cijfers")
    task = forms.ChoiceField(label="Taak", choices=[("i", "Investeren")], widget=forms.RadioSelect)
    topics = forms.MultipleChoiceField(
        label="Onderwerpen", choices=[("a", "Fotonica")], required=False, widget=forms.CheckboxSelectMultiple
    )
    shared = forms.BooleanField(label="Delen", required=False)
    theme = forms.ChoiceField(label="Thema", choices=[("e", "Energie")], required=False)
    note = forms.CharField(label="Toelichting", required=False, widget=forms.Textarea(attrs={"class": "tall"}))

    def clean(self) -> dict[str, object]:
        if self.data.get("number") == "00000000":
            raise forms.ValidationError("Dit project bestaat al.")
        return self.cleaned_data


pytestmark = pytest.mark.usefixtures("shell")


def test_no_summary_before_anything_is_wrong() -> None:
    assert "error-summary" not in str(Project())


def test_the_summary_links_every_error_to_a_place_that_exists() -> None:
    html = str(Project({"number": "6912345"}))
    assert "2 velden vragen uw aandacht" in html
    places = re.findall(r'href="#([^"]+)"', html)
    assert len(places) == 2
    assert all(f'id="{place}"' in html for place in places)


def test_the_message_stands_beside_the_field_and_is_read_with_it() -> None:
    html = str(Project({"number": "6912345", "task": "i"}))
    assert "Eén veld vraagt uw aandacht" in html
    assert 'aria-describedby="id_number_helptext id_number_error"' in html
    assert 'id="id_number_error"' in html
    assert 'aria-invalid="true"' in html


def test_errors_of_the_whole_form_stand_in_the_summary() -> None:
    assert "<li>Dit project bestaat al.</li>" in str(Project({"number": "00000000", "task": "i"}))


def test_radio_buttons_are_a_fieldset_with_a_legend() -> None:
    html = str(Project())
    assert re.search(r'<fieldset class="choices"[^>]*>\s*<legend[^>]*>Taak</legend>', html)
    assert 'class="utrecht-radio-button utrecht-radio-button--html-input"' in html


def test_no_id_stands_twice() -> None:
    ids = re.findall(r'\bid="([^"]+)"', str(Project({"number": "1"})))
    assert len(ids) == len(set(ids))


def test_only_what_is_not_required_says_so() -> None:
    html = str(Project())
    assert re.search(r"Thema <span[^>]*>\(niet verplicht\)", html)
    assert not re.search(r"KVK-nummer <span", html)
    assert not re.search(r"Delen <span", html)


@pytest.mark.parametrize(
    ("name", "kind", "part"),
    [
        ("number", "plain", "utrecht-textbox"),
        ("task", "choices", "utrecht-radio-button"),
        ("topics", "choices", "utrecht-checkbox"),
        ("shared", "checkbox", "utrecht-checkbox"),
        ("theme", "plain", "utrecht-select"),
        ("note", "plain", "utrecht-textarea utrecht-textarea--html-textarea tall"),
    ],
)
def test_each_kind_of_field_has_its_own_look(name: str, kind: str, part: str) -> None:
    field = Project()[name]
    assert layout(field) == kind
    assert part in styled(field)


def test_a_choice_is_written_as_django_writes_it() -> None:
    class Choosing(forms.Form):
        place = forms.ChoiceField(choices=[("x", "A & <b>"), ("more", [("1", "one"), ("2", "two")])], initial="1")

    ours, djangos = (str(Choosing(renderer=renderer)["place"]) for renderer in (None, DjangoTemplates()))
    assert ours.split() == djangos.split()
    assert "A &amp; &lt;b&gt;" in ours
