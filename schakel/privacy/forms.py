"""Forms of requests about data, and of one's own account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from schakel.network.models import Party, Person
from schakel.privacy.models import Asks
from schakel.sharing.people.forms import DayInput


class AskForm(forms.Form):
    """What somebody asks, and by what they are found. ``parties``: for who sends it on to those it concerns."""

    use_required_attribute = False

    asks = forms.ChoiceField(label=_("What is asked"), choices=Asks.choices)
    asked_by = forms.CharField(
        label=_("Who asks"),
        help_text=_("Name, and how to reach them; taken away once they are erased."),
        max_length=160,
    )
    asked_on = forms.DateField(label=_("Asked on"), help_text=_("The answer is due a month later."), widget=DayInput())
    marks = forms.CharField(
        label=_("By what they are found"),
        help_text=_(
            "One a line: the name in each way it is written, address, postcode, e-mail, KvK number. Capitals, accents "
            "and punctuation make no difference."
        ),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=4000,
        required=False,
    )
    email = forms.CharField(
        label=_("Address they sign in with"),
        help_text=_("Only for somebody who works or worked here; leave it empty for anybody else."),
        max_length=254,
        required=False,
    )
    parties = forms.ModelMultipleChoiceField(
        label=_("Send on to"),
        help_text=_("Each answers for its own records. Tick nothing for your own organisation."),
        queryset=Party.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, routes: bool, **options: Any) -> None:  # noqa: ANN401 - as Django's own
        options.setdefault("initial", {"asked_on": timezone.localdate()})
        super().__init__(*args, **options)
        if routes:
            self.fields["parties"].queryset = Party.objects.order_by("order", "name")  # type: ignore[attr-defined]
        else:
            del self.fields["parties"]

    def clean_marks(self) -> list[str]:
        """What stands on each line."""
        return [line.strip() for line in self.cleaned_data["marks"].splitlines() if line.strip()]


class SaidForm(forms.Form):
    """One text: how somebody was identified, why something is decided, what was done."""

    use_required_attribute = False

    said = forms.CharField(label="", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)

    def __init__(self, *args: Any, label: object, help_text: object = "", **options: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **options)
        self.fields["said"].label, self.fields["said"].help_text = label, help_text  # type: ignore[assignment]


class OwnForm(forms.ModelForm):  # type: ignore[type-arg]  # Django's own is generic in stubs alone
    """One's own name and language. The address is what one signs in with: the party's administrator changes that."""

    use_required_attribute = False

    class Meta:
        model = Person
        fields = ("name", "language")
        labels = {"name": _("Name"), "language": _("Language of mail")}  # noqa: RUF012 - as Django has it
        widgets = {"language": forms.Select(choices=[("nl", "Nederlands"), ("en", "English")])}  # noqa: RUF012
