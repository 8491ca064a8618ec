"""Taking the demonstration network in, by the very way a user's files go."""

from __future__ import annotations

import datetime as dt
import secrets
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from schakel.demo.agreeing import make_agreements
from schakel.demo.auditing import give_mandates, office
from schakel.demo.collecting import collect
from schakel.demo.generator import mapping_path, write_network
from schakel.demo.publishing import publish
from schakel.demo.targets import say_something, set_targets
from schakel.figures.extracting import renew_extract
from schakel.intake.actions import confirm_mapping
from schakel.intake.delivering import deliver
from schakel.intake.models import Delivery
from schakel.intake.receipts import make_receipt
from schakel.network.actions import give_role, load_network
from schakel.network.models import Party, PartyKind, Role
from schakel.network.queries import agencies, end_of, members_in, party, secretariat
from schakel.register.actions import foresee, link
from schakel.register.following import call_followers
from schakel.search.actions import index_all
from schakel.sharing.acting import acting
from schakel.sharing.models import IdentityReview
from schakel.sharing.reviewing import sign_review
from schakel.sharing.roles import COUNTER, LINKER, WORKER, database_role
from schakel.trail.actors import Actor
from schakel.trail.models import Entry

YEARS = (2021, 2022, 2023, 2024)
SET_UP = Actor(party=None, process="demonstration")
Told = Callable[[str], None]


class NotEmptyError(RuntimeError):
    """The database is in use for something else than the demonstration."""


def load(tell: Told) -> None:
    """Deliver four years of nine agencies, join, and count; what stands already is left as it is.

    ``tell`` gets a line for each step. Broken off and begun again, it goes on where it was. Raises
    NotEmptyError.
    """
    if Delivery.objects.exists() and not Entry.objects.filter(verb="loaded", process=SET_UP.process).exists():
        raise NotEmptyError("This database holds a network of its own; the demonstration needs an empty one.")
    load_network(actor=SET_UP)
    for name in take_part_in_review():  # before joining, which asks reviewers by it
        tell(f"{name}: takes part in identity review")
    with tempfile.TemporaryDirectory(prefix="schakel-demo-") as folder:
        write_network(Path(folder), years=YEARS)
        done = sum(_deliver_year(Path(folder), year, tell) for year in YEARS)
    collect(YEARS, tell)
    if done or not (settings.EXTRACT_DIRECTORY / "current").exists():
        with database_role(LINKER):
            link(on_thing=lambda thing: tell(f"joining: {thing}"))
            while foresee():
                tell("foreseeing what is proposed")
            call_followers()
        with database_role(COUNTER):
            tell("counting")
            renew_extract(settings.EXTRACT_DIRECTORY)
        with database_role(WORKER):
            for indexed, done_there in index_all(process=SET_UP.process, parties=Party.objects.all()):
                if done_there.written:
                    tell(f"indexing for search: {indexed.name}, {done_there.written} entries")
    publish(YEARS[:-1], tell)
    if give_mandates(YEARS[-2], office(SET_UP)):
        tell(f"{YEARS[-2]}: two agencies and the secretariat gave an auditor a mandate")
    for title in make_agreements():
        tell(f"agreement: {title}")
    set_targets(tell)
    say_something(_sign_in(party("bom"), Role.STEWARD)[0])


def take_part_in_review() -> Iterator[str]:
    """Have the agencies sign for identity review that never did, whatever they did since; gives their names."""
    for agency in agencies():
        if not IdentityReview.objects.filter(owner=agency).exists():
            with database_role(WORKER):
                sign_review(actor=Actor(party=agency.pk, process="demonstration"), signed_as="directeur")
            yield agency.name


def _deliver_year(folder: Path, year: int, tell: Told) -> int:
    lists = [folder / str(year) / name for name in ("market.csv", "register.csv")]
    sent = [(party, [folder / str(year) / "deliveries" / party.slug]) for party in members_in(year)]
    return sum(_deliver(party, year, paths, tell) for party, paths in [*sent, (secretariat(), lists)])


def _deliver(sender: Party, year: int, paths: list[Path], tell: Told) -> int:
    """Deliver for one party unless a delivery of that year stands; returns whether it was needed."""
    actor = Actor(party=sender.pk, process="demonstration")
    with database_role(WORKER):
        with acting(actor):
            if Delivery.objects.filter(owner=sender, period=year, state="accepted").exists():
                return 0
        name = "network" if sender.kind == PartyKind.SECRETARIAT else sender.slug
        confirm_mapping(actor=actor, text=mapping_path(name).read_text(encoding="utf-8"))
        done = deliver(actor=actor, party=sender, period=year, paths=paths)
        make_receipt(actor=actor, delivery_id=done.delivery.pk)
    rows = sum(w.new + w.changed + w.unchanged for w in done.written)
    tell(f"{year} {sender.name}: {rows} rows accepted")
    return 1


def sign_ins() -> Iterator[tuple[str, str]]:
    """Make sure of a person for each role; gives e-mail address and what they are."""
    for agency in agencies():
        for role in (Role.STEWARD, Role.READER):
            yield _sign_in(agency, role)
    yield _sign_in(party("bom"), Role.INVESTMENT_MANAGER)
    yield _sign_in(party("bom"), Role.ADMINISTRATOR)
    yield _sign_in(secretariat(), Role.SECRETARY)
    yield _sign_in(secretariat(), Role.IDENTITY_STEWARD)
    yield _sign_in(secretariat(), Role.ADMINISTRATOR)
    yield _sign_in(secretariat(), Role.SYSTEM_ADMINISTRATOR)
    yield _sign_in(party("ministerie-ez"), Role.READER)
    yield _sign_in(party("provincie-utrecht"), Role.READER)
    yield _sign_in(party("provincie-utrecht-aandeelhouder"), Role.READER)
    yield _sign_in(office(SET_UP), Role.AUDITOR, until=end_of(dt.date(timezone.localdate().year + 1, 12, 31)))


def _sign_in(at: Party, role: Role, *, until: dt.datetime | None = None) -> tuple[str, str]:
    email = f"{role.value}@{at.slug}.example"
    what = f"{role.label} · {at.name}"
    with override("nl"):  # the command line speaks English, the people of the network do not
        name = str(role.label).capitalize()
    give_role(actor=SET_UP, email=email, name=name, party=at, role=role, password=password(), until=until)
    return email, what


def password() -> str:
    """The one password of all demonstration sign-ins, made once for each installation."""
    path: Path = settings.VAR / "secrets" / "demo-password"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(9), encoding="utf-8")
    return path.read_text(encoding="utf-8")
