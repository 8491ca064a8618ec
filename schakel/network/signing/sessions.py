"""Where a person is signed in, and ending that.

When a session was last used is written once a minute and by processes each for itself, so that most pages cost
nothing more; until then it ends, where nothing more is done (see `schakel.network.sessions`).
"""

from __future__ import annotations

import datetime as dt
import re
import time
from dataclasses import dataclass

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from schakel.network.sessions import SessionStore
from schakel.network.signing.writing import signed_in, told

_PAUSE = 60  # seconds between two marks of a session being used; so much sooner than the setting says it may end
_MOST = 10_000  # sessions whose last mark a process remembers
_marked: dict[str, float] = {}
# What a browser says it is, in the order in which the words give themselves away: Edge says that it is Chrome too.
_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True, slots=True)
class OwnSession:
    """A session as its person is told of it; ``number`` is for ending it."""

    number: int
    device: str
    since: dt.datetime
    seen: dt.datetime
    current: bool


def device(user_agent: str) -> str:
    """A browser's line about itself in a few words."""
    browser = next((name for mark, name in _BROWSERS if re.search(rf"{mark}/", user_agent)), "")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("an unknown browser")


def own_sessions(request: HttpRequest) -> list[OwnSession]:
    """Where the person is signed in, this session first, then those seen last."""
    known = UserSession.objects.purge_and_list(signed_in(request))
    open_now = set(
        Session.objects.filter(pk__in=[one.session_key for one in known], expire_date__gt=timezone.now()).values_list(
            "pk", flat=True
        )
    )
    here = request.session.session_key
    told_of = [
        OwnSession(one.pk, device(one.user_agent), one.created_at, one.last_seen_at, one.session_key == here)
        for one in known
        if one.session_key in open_now
    ]
    return sorted(told_of, key=lambda one: (not one.current, -one.seen.timestamp()))


def end_others(request: HttpRequest) -> int:
    """End all sessions of the person but this one; returns how many."""
    others = list(UserSession.objects.filter(user=request.user).exclude(session_key=request.session.session_key))
    for session in others:
        session.end()
    if others:
        told(signed_in(request), "ended sessions", sessions=len(others))
    return len(others)


def mark_seen(request: HttpRequest) -> None:
    """Write that the session is in use, if that was not written in the last minute; costs most pages nothing.

    What a page asks by itself, while its person may be away, is no use.
    """
    session = request.session
    key = session.session_key
    now = time.monotonic()
    if not isinstance(session, SessionStore) or key is None or _by_itself(request):
        return
    if now - _marked.get(key, -_PAUSE) < _PAUSE:
        return
    if len(_marked) >= _MOST:
        _marked.clear()
    _marked[key] = now
    session.used()
    moment = timezone.now()
    UserSession.objects.filter(session_key=key, last_seen_at__lt=moment - dt.timedelta(seconds=_PAUSE)).update(
        last_seen_at=moment
    )


def _by_itself(request: HttpRequest) -> bool:
    return request.method == "GET" and "HX-Request" in request.headers


@never_cache
@login_required
def sessions(request: HttpRequest) -> HttpResponse:
    """Where one is signed in."""
    return render(request, "network/signing/sessions.html", {"sessions": own_sessions(request)})


@require_POST
@login_required
def end_session(request: HttpRequest, number: int) -> HttpResponse:
    """End one session of one's own."""
    session = get_object_or_404(UserSession, pk=number, user=request.user)
    session.end()
    told(signed_in(request), "ended sessions", sessions=1)
    messages.success(request, _("That session is ended."))
    return HttpResponseRedirect(reverse("network:sessions"))


@require_POST
@login_required
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """End all but this one."""
    end_others(request)
    messages.success(request, _("All other sessions are ended."))
    return HttpResponseRedirect(reverse("network:sessions"))
