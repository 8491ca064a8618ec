"""The verbs of requests: receive, check who asks, look up, decide, carry out.

Each is done for the acting party, about what it holds itself. Who receives a request for others sends it on to each
party that it concerns, and sees of it no more than how it stands.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from schakel.network.models import Party, PartyKind, Person
from schakel.privacy.accounts import account_at, empty_as_owner, empty_for, has_roles
from schakel.privacy.erased_list import Listed, add, line_of, listed
from schakel.privacy.erasing import erase, put_as_owner, put_for
from schakel.privacy.looking import look_up
from schakel.privacy.marks import Finder, too_common
from schakel.privacy.models import Asks, Erasure, Mark, PersonalRequest, RequestState
from schakel.refusals import Refusal
from schakel.sharing.acting import acting
from schakel.trail.actions import note
from schakel.trail.actors import Actor

KIND = "personal request"


class RequestRefused(Refusal):
    """Something cannot be done with a request; the message says why and what to do."""


def receive(
    *,
    actor: Actor,
    asks: str,
    asked_by: str,
    asked_on: dt.date,
    marks: Collection[str],
    email: str = "",
    parties: Iterable[Party] = (),
) -> list[PersonalRequest]:
    """Write down what somebody asks of the acting party, or, by the secretariat, of each of ``parties``.

    ``marks``: by what the person is found; ``email``: of their account, if they have one here. Raises RequestRefused.
    """
    said = [mark.strip() for mark in dict.fromkeys(marks) if mark.strip()]
    for mark in said:
        if too_common(mark):
            raise RequestRefused(
                _("“%(mark)s” is found where others are meant; write the whole name, address or number."), mark=mark
            )
    if asked_on > timezone.localdate():
        raise RequestRefused(_("A request is not from a day to come."))
    with acting(actor):
        owners = list(parties) or [Party.objects.get(pk=actor.owner)]
        _must_route(actor, owners)
        account = _account(actor.owner, owners, email)
        if account is not None:
            said = list(dict.fromkeys([*said, account.email, account.name]))
        if not said:
            raise RequestRefused(_("Say by which names, addresses or numbers this person is found."))
        made = [
            PersonalRequest(
                owner=owner,
                routed_by_id=actor.owner,
                asks=asks,
                asked_by=asked_by.strip()[:160],
                asked_on=asked_on,
                due=month_after(asked_on),
                account=account,
                made_by_id=actor.person,
            )
            for owner in owners
        ]
        for one in made:
            _keep_request(actor, one, said)
    return made


def identify(*, actor: Actor, request_id: int, how: str) -> PersonalRequest:
    """Write down how it was checked who asks. Raises RequestRefused, PersonalRequest.DoesNotExist."""
    with acting(actor):
        found = _held(actor, request_id, RequestState.RECEIVED)
        if not how.strip():
            raise RequestRefused(_("Say how you checked who asks this."))
        found.identity, found.identified_by_id, found.state = how.strip()[:200], actor.person, RequestState.IDENTIFIED
        found.save(update_fields=["identity", "identified_by", "state"])
        note(actor=actor, verb="identified", kind=KIND, objects=[found.pk])
    return found


def look(*, actor: Actor, request_id: int) -> PersonalRequest:
    """Look the person up in all that the acting party holds. Raises RequestRefused, PersonalRequest.DoesNotExist."""
    with acting(actor):
        found = _held(actor, request_id, RequestState.IDENTIFIED)
        found.found = look_up(actor.owner, finder_of(found))
        found.looked_at = timezone.now()
        found.save(update_fields=["found", "looked_at"])
        note(actor=actor, verb="looked up", kind=KIND, objects=[found.pk], tables=sorted(found.found))
    return found


def refuse(*, actor: Actor, request_id: int, reason: str) -> None:
    """Refuse a request, in whole, with the legal reason; by what the person is found is taken away.

    Raises RequestRefused, PersonalRequest.DoesNotExist.
    """
    with acting(actor):
        found = _held(actor, request_id, RequestState.RECEIVED, RequestState.IDENTIFIED)
        if not reason.strip():
            raise RequestRefused(_("Say on what legal ground this is refused, such as a duty to keep the data."))
        # A check holds that who is refused was identified or never came that far: why then stands in the answer.
        found.identity = found.identity or "-"
        _close(actor, found, RequestState.REFUSED, reason)


def answered(*, actor: Actor, request_id: int, how: str) -> None:
    """Write down how a request to see or correct was answered. Raises RequestRefused, PersonalRequest.DoesNotExist."""
    with acting(actor):
        found = _held(actor, request_id, RequestState.IDENTIFIED)
        if found.asks == Asks.ERASURE:
            raise RequestRefused(_("This is about erasing; have it erased, or refuse it with the reason."))
        if not how.strip():
            raise RequestRefused(_("Say what was done."))
        _close(actor, found, RequestState.DONE, how)


def decide(*, actor: Actor, request_id: int, reason: str) -> PersonalRequest:
    """Decide that a person is erased; a job does it. Raises RequestRefused, PersonalRequest.DoesNotExist."""
    with acting(actor):
        found = _held(actor, request_id, RequestState.IDENTIFIED)
        if found.asks != Asks.ERASURE:
            raise RequestRefused(_("This request is not about erasing."))
        if found.looked_at is None:
            raise RequestRefused(_("Look first what is held, so that nobody else is erased."))
        if not reason.strip():
            raise RequestRefused(_("Say why there is no ground left to keep this."))
        if found.account_id is not None and has_roles(found.account_id):
            raise RequestRefused(_("This person still has a role; close them off first, at each organisation."))
        found.state, found.answer = RequestState.DECIDED, reason.strip()
        found.decided_by_id, found.decided_at = actor.person, timezone.now()
        found.save(update_fields=["state", "answer", "decided_by", "decided_at"])
        note(actor=actor, verb="decided", kind=KIND, objects=[found.pk])
    return found


def carry_out(*, actor: Actor, request_id: int) -> PersonalRequest:
    """Erase the person of a request that was decided; with the worker's rights. Does nothing a second time.

    Looked up anew: what came in since the decision goes too. Raises PersonalRequest.DoesNotExist, OSError.
    """
    with acting(actor):
        found = PersonalRequest.objects.select_for_update().get(pk=request_id, owner_id=actor.owner)
        if found.state != RequestState.DECIDED:
            return found
        finder = finder_of(found)
        line = line_of(finder, at=timezone.now().isoformat(), account=found.account_id)
        add(line)  # first: were what follows undone, a restore would erase what was decided to be erased
        done = erase(
            actor=actor,
            finder=finder,
            found=look_up(actor.owner, finder),
            put=put_for(found.pk),
            reason=f"{KIND} {found.pk}",
        )
        if found.account_id is not None:
            empty_for(found.pk)
            done["network_person"] = 1
        _keep(actor.owner, line, done)
        found.done, found.found = done, {}
        found.asked_by, found.account_id = "—", None
        found.identity, found.answer = finder.without(found.identity), finder.without(found.answer)
        note(actor=actor, verb="erased", kind="person", objects=[], request=found.pk, done=done)
        _close(actor, found, RequestState.DONE, found.answer)
    return found


def erase_again(*, process: str) -> list[Erasure]:
    """Erase whom the list names and this database does not yet: after a restore. As the database's owner.

    Returns what was done. Raises ValueError for a list that cannot be read.
    """
    done = []
    for line in listed():
        party = Party.objects.filter(slug=line.party).first()
        if party is None or Erasure.objects.filter(mark=line.mark).exists():
            continue
        actor = Actor(party=party.pk, process=process)
        with acting(actor):
            found = look_up(party.pk, line.finder)
            put = put_as_owner(party.pk)
            count = erase(actor=actor, finder=line.finder, found=found, put=put, reason=f"erasure {line.mark}")
            if line.account is not None:
                empty_as_owner(line.account)
                count["network_person"] = 1
            Mark.objects.filter(owner=party, request__in=_asked(party.pk, line.finder)).delete()
            done.append(_keep(party.pk, line, count))
            note(actor=actor, verb="erased", kind="person", objects=[], again=True, done=count)
    return done


def finder_of(request: PersonalRequest) -> Finder:
    """What finds the person of a request."""
    return Finder.of(request.owner.slug, request.marks.values_list("text", flat=True))


def _must_route(actor: Actor, owners: list[Party]) -> None:
    others = [owner for owner in owners if owner.pk != actor.owner]
    if others and not Party.objects.filter(pk=actor.owner, kind=PartyKind.SECRETARIAT).exists():
        raise RequestRefused(_("Only the secretariat sends a request on to others."))


def _account(acting_party: int, owners: list[Party], email: str) -> Person | None:
    """The account of an address; who sends a request on to others tells nothing of accounts."""
    if not email.strip():
        return None
    if [owner.pk for owner in owners] != [acting_party]:
        raise RequestRefused(
            _("Each organisation names the account itself; leave it empty when you send a request on.")
        )
    found = account_at(acting_party, email)
    if found is None:
        raise RequestRefused(_("Nobody who works or worked for your organisation has this address."))
    return found


def _keep_request(actor: Actor, made: PersonalRequest, marks: Collection[str]) -> None:
    made.save()
    Mark.objects.bulk_create(
        Mark(owner=made.owner, routed_by_id=actor.owner, request=made, text=text[:200]) for text in marks
    )
    note(actor=actor, verb="received", kind=KIND, objects=[made.pk], asks=made.asks, of=made.owner_id)


def month_after(day: dt.date) -> dt.date:
    """The same day of the month after, or its last day (article 3 of Regulation 1182/71 on terms)."""
    year, month = divmod(day.year * 12 + day.month, 12)
    following = dt.date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    return min(dt.date(year, month + 1, 1) + dt.timedelta(days=day.day - 1), following - dt.timedelta(days=1))


def _held(actor: Actor, request_id: int, *states: str) -> PersonalRequest:
    """A request of the acting party that is in one of ``states``, held for who asks."""
    found = PersonalRequest.objects.select_for_update().get(pk=request_id, owner_id=actor.owner)
    if found.state not in states:
        raise RequestRefused(_("This request is further already; look at its page."))
    return found


def _close(actor: Actor, found: PersonalRequest, state: str, answer: str) -> None:
    found.state, found.answer, found.done_at = state, answer.strip(), timezone.now()
    found.decided_by_id = found.decided_by_id or actor.person
    found.save()
    found.marks.all().delete()
    note(actor=actor, verb=str(state), kind=KIND, objects=[found.pk])


def _keep(party: int, line: Listed, done: dict[str, int]) -> Erasure:
    return Erasure.objects.create(
        owner_id=party, mark=line.mark, digests=line.digests, account_id=line.account, at=line.at, done=done
    )


def _asked(party: int, finder: Finder) -> list[int]:
    """Requests that a restore brought back, of the person who was erased."""
    marks = Mark.objects.filter(owner_id=party)
    return [mark.request_id for mark in marks if finder.finds(mark.text)]
