"""How forms look: our templates for forms, fields and errors, and the design system's classes on inputs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.boundfield import BoundField, BoundWidget
from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from schakel.web.cells import html

CHOICES = (forms.RadioSelect, forms.CheckboxSelectMultiple)
_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "utrecht-checkbox utrecht-checkbox--html-input"),  # before its base class
    (forms.RadioSelect, "utrecht-radio-button utrecht-radio-button--html-input"),
    (forms.CheckboxInput, "utrecht-checkbox utrecht-checkbox--html-input"),
    (forms.Select, "utrecht-select utrecht-select--html-select"),
    (forms.Textarea, "utrecht-textarea utrecht-textarea--html-textarea"),
    (forms.FileInput, "file-input"),
    (forms.Widget, "utrecht-textbox utrecht-textbox--html-input"),
)
_INPUTS = {kind.template_name for kind in (forms.HiddenInput, forms.TextInput, forms.NumberInput, forms.DateInput)}


class Renderer(TemplatesSetting):
    """The setting ``FORM_RENDERER = "schakel.web.forms.Renderer"``: needs "django.forms" among the apps."""

    form_template_name = "web/forms/form.html"
    field_template_name = "web/forms/field.html"

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> SafeString:
        """As Django's templates say it; lists to choose from and plain inputs without a template for each part.

        A page that filters by year, agency and theme has a hundred choices: templates for them took a tenth of it.
        """
        if template_name == forms.Select.template_name:
            return _select(context["widget"])
        if template_name in _INPUTS:
            return _input(context["widget"])
        return mark_safe(super().render(template_name, context, request))  # noqa: S308 - what a template made


def choose(form: forms.BaseForm, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Give the field ``name`` of ``form`` its choices, value and label each, where they are known only when asked.

    Raises TypeError for a field that has none.
    """
    field = form.fields[name]
    if not isinstance(field, forms.ChoiceField):
        raise TypeError(f"{name} has no choices")
    field.choices = list(choices)


def styled(field: BoundField) -> SafeString:
    """The field's widget with the design system's class for its kind."""
    return field.as_widget(attrs={"class": _classes(field)})


def options(field: BoundField) -> list[BoundWidget]:
    """The single radio buttons or tick boxes of a field, each with its class."""
    widgets = list(field.subwidgets)
    for widget in widgets:
        widget.data["attrs"]["class"] = _classes(field)
    return widgets


def layout(field: BoundField) -> str:
    """How a field is laid out: "choices" (a fieldset), "checkbox" (label after) or "plain"."""
    if isinstance(field.field.widget, CHOICES):
        return "choices"
    return "checkbox" if isinstance(field.field.widget, forms.CheckboxInput) else "plain"


def says_optional(field: BoundField) -> bool:
    """Whether the label says that the field may stay empty: not where one of its choices is always chosen."""
    chosen = isinstance(field.field.widget, CHOICES) and bool(field.initial)
    return not (field.field.required or chosen or "data-empty-says" in field.field.widget.attrs)


def _classes(field: BoundField) -> str:
    widget = field.field.widget
    names = next(names for kind, names in _CLASSES if isinstance(widget, kind))
    return f"{names} {widget.attrs.get('class', '')}".strip()


def _input(widget: dict[str, Any]) -> SafeString:
    """What Django's ``widgets/input.html`` makes of ``widget``, the context of an ``Input``."""
    value = "" if widget["value"] is None else format_html(' value="{}"', str(widget["value"]))
    attributes = _attributes(widget["attrs"])
    return format_html('<input type="{}" name="{}"{}{}>', widget["type"], widget["name"], value, attributes)


def _select(widget: dict[str, Any]) -> SafeString:
    """What Django's ``widgets/select.html`` makes of ``widget``, the context of a ``Select``."""
    groups = "".join(_group(name, choices) for name, choices, _index in widget["optgroups"])
    return SafeString(f'<select name="{html(widget["name"])}"{_attributes(widget["attrs"])}>{groups}\n</select>')


def _group(name: str | None, choices: Iterable[dict[str, Any]]) -> str:
    listed = "".join(
        f'\n  <option value="{html(str(one["value"]))}"{_attributes(one["attrs"])}>{html(one["label"])}</option>'
        for one in choices
    )
    return f'\n  <optgroup label="{html(name)}">{listed}\n  </optgroup>' if name else listed


def _attributes(attrs: dict[str, Any]) -> SafeString:
    """Attributes as Django's ``widgets/attrs.html``: False is none, True has no value."""
    said = (
        f" {name}" if value is True else f' {name}="{html(value)}"'
        for name, value in attrs.items()
        if value is not False
    )
    return mark_safe("".join(said))  # noqa: S308 - values are escaped, names are ours
