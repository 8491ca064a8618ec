"""Pages of the inbox, of people's wishes about it, and of mail that could not be sent."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from schakel.inbox import actions, queries, sending
from schakel.inbox.counting import waiting_count
from schakel.inbox.forms import DeputyForm, FilterForm, MailForm
from schakel.inbox.models import Deputy, Item, Letter
from schakel.inbox.showing import chosen, question, shown
from schakel.sharing.requests import PartyRequest, for_parties, must_be_secretary
from schakel.web.tables import Column, Table

_PAGE = 25
_DIGITS = 18  # of a number that the database has room for
_SHOWS = ("", "told", "done")


@require_GET
@for_parties()
def inbox(request: PartyRequest) -> HttpResponse:
    """What waits for who is signed in; what they were told; what is done."""
    person, party = request.role_held.person_id, request.role_held.party_id
    show = _show(request)
    items = question(show, person, party)
    form = FilterForm(request.GET)
    if not show and form.is_valid():
        wanted = form.cleaned_data
        items = chosen(items, person=person, whose=wanted["whose"], when=wanted["when"])
    page = Paginator(items, _PAGE).get_page(request.GET.get("page"))
    context = {
        "show": show,
        "tabs": _tabs(person, party),
        "current": _address(show),
        "filter": form,
        "filtered": not show and any(request.GET.get(name) for name in ("whose", "when")),
        "page": page,
        "items": shown(page, person),
        "any_unread": show != "done" and any(getattr(item, "unread", False) for item in page),
        "can_send": sending.can_send(),
        "failed": queries.last_letter_failed(person, party),
        "held_up": queries.letter_held_up(person, party),
    }
    return render(request, "inbox/inbox.html", context)


def _show(request: PartyRequest) -> str:
    asked = request.GET.get("show", "") or request.POST.get("show", "")
    return asked if asked in _SHOWS else ""


def _address(show: str) -> str:
    return reverse("inbox") + (f"?show={show}" if show else "")


def _tabs(person: int, party: int) -> list[tuple[str, str]]:
    waiting = _("To do (%(count)s)") % {"count": waiting_count(person, party)}
    told = _("To know (%(count)s unread)") % {"count": queries.unread_told(person, party)}
    return [(waiting, _address("")), (told, _address("told")), (_("Settled"), _address("done"))]


def _mine(request: PartyRequest, item_id: int) -> Item:
    """An item of the inbox of who is signed in; raises Http404 for any other."""
    return get_object_or_404(queries.addressed_to(request.role_held.person_id, request.role_held.party_id), pk=item_id)


@require_GET
@for_parties()
def opened(request: PartyRequest, item_id: int) -> HttpResponse:
    """To the page where an item is done; it has been read."""
    item = _mine(request, item_id)
    actions.mark_seen(actor=request.actor, items=Item.objects.filter(pk=item.pk))
    return redirect(item.url)


@require_POST
@for_parties()
def read(request: PartyRequest) -> HttpResponse:
    """One item, or all of a tab, has been read."""
    show = _show(request)
    items = question(show, request.role_held.person_id, request.role_held.party_id)
    if (asked := request.POST.get("item", "")) != "all":
        items = items.filter(pk=int(asked) if asked.isdecimal() and len(asked) <= _DIGITS else 0)
    count = actions.mark_seen(actor=request.actor, items=items)
    messages.success(request, ngettext("%(n)s item is read.", "%(n)s items are read.", count) % {"n": count})
    return redirect(_address(show))


@require_POST
@for_parties()
def done(request: PartyRequest, item_id: int) -> HttpResponse:
    """An item is done, says who is signed in."""
    if actions.say_done(actor=request.actor, item=_mine(request, item_id)):
        messages.success(request, _("Done; it no longer waits for anyone."))
    else:
        messages.warning(request, _("This item is done by itself once the work on its page is finished."))
    return redirect("inbox")


@require_http_methods(["GET", "POST"])
@for_parties()
def preferences(request: PartyRequest) -> HttpResponse:
    """How who is signed in wants mail, and who stands in for whom."""
    wish = queries.preference(request.role_held.person_id, request.role_held.party_id)
    form = MailForm(request.POST if request.method == "POST" else None, initial={"mail": wish.mail, "hour": wish.hour})
    if request.method == "POST" and form.is_valid():
        actions.choose_mail(actor=request.actor, mail=form.cleaned_data["mail"], hour=form.cleaned_data["hour"])
        messages.success(request, _("Your wishes about mail are kept."))
        return redirect("inbox-preferences")
    return _preferences_page(request, form, _deputy_form(request))


@require_POST
@for_parties()
def deputy(request: PartyRequest) -> HttpResponse:
    """Somebody stands in for who is signed in, or for a colleague."""
    form = _deputy_form(request)
    if form.is_valid():
        asked = form.cleaned_data
        try:
            actions.set_deputy(actor=request.actor, **asked)
        except actions.DeputyRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("That is arranged; both of you see it here."))
            return redirect("inbox-preferences")
    wish = queries.preference(request.role_held.person_id, request.role_held.party_id)
    return _preferences_page(request, MailForm(initial={"mail": wish.mail, "hour": wish.hour}), form)


@require_POST
@for_parties()
def deputy_ends(request: PartyRequest, deputy_id: int) -> HttpResponse:
    """Nobody stands in any more."""
    found = get_object_or_404(Deputy, pk=deputy_id)
    try:
        actions.end_deputy(actor=request.actor, deputy=found)
        messages.success(request, _("From now on this work waits for the person themself again."))
    except actions.DeputyRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("inbox-preferences")


def _deputy_form(request: PartyRequest) -> DeputyForm:
    person, party = request.role_held.person_id, request.role_held.party_id
    return DeputyForm(
        request.POST if request.path == reverse("inbox-deputy") else None,
        people=queries.colleagues(party),
        me=person,
        for_others=actions.may_set_for_others(person, party),
    )


def _preferences_page(request: PartyRequest, mail_form: MailForm, deputy_form: DeputyForm) -> HttpResponse:
    person, party = request.role_held.person_id, request.role_held.party_id
    every = actions.may_set_for_others(person, party)
    leave = [row for row in queries.leave(party) if every or person in {row.person_id, row.deputy_id}]
    context = {
        "mail_form": mail_form,
        "deputy_form": deputy_form,
        "leave": leave,
        "alone": len(queries.colleagues(party)) < 2,
        "address": request.role_held.person.email,
        "can_send": sending.can_send(),
    }
    return render(request, "inbox/preferences.html", context)


@require_http_methods(["GET", "POST"])
@for_parties("secretariat", administration=True)
def mail(request: PartyRequest) -> HttpResponse:
    """Mail that could not be sent, and why; a POST has all of it tried again."""
    failed = list(queries.failed_letters())
    if request.method == "POST":
        must_be_secretary(request)
        count = actions.retry_letters(actor=request.actor, letters=[letter.pk for letter in failed])
        said = ngettext("%(n)s message is tried again.", "%(n)s messages are tried again.", count) % {"n": count}
        messages.success(request, said)
        return redirect("inbox-mail")
    context = {"table": _letters_table(failed), "any": bool(failed), "can_send": sending.can_send()}
    return render(request, "inbox/mail.html", context | {"waiting": queries.waiting_letters()})


def _letters_table(failed: list[Letter]) -> Table:
    rows = [
        {
            "person": letter.person.name,
            "party": letter.owner.name,
            "address": letter.address,
            "made": letter.made_at,
            "attempts": letter.attempts,
            "error": letter.last_error,
        }
        for letter in failed
    ]
    return Table(
        caption=_("Messages that could not be sent"),
        columns=[
            Column("person", _("Recipient"), heading=True),
            Column("party", _("Organisation")),
            Column("address", _("Address")),
            Column("made", _("Written on"), kind="moment"),
            Column("attempts", _("Attempts"), kind="number"),
            Column("error", _("What the mail server said")),
        ],
        rows=rows,
        empty=_("Every message was sent, or still waits for its next attempt."),
        empty_how=_("A message that the mail server refuses for good, or does not take for five days, waits here."),
    )
