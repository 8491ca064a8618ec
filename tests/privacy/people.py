"""Somebody whose data is asked about, what agencies hold of them, and all that can hold a name."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from pathlib import Path

import polars as pl
from django.db import connection

from schakel.documents.models import StoredFile
from schakel.documents.queries import content_of
from schakel.figures.extracting import read_facts
from schakel.intake.delivering import Delivered
from schakel.intake.models import ReadRows, Remark
from schakel.network.models import Person
from schakel.network.queries import party
from schakel.privacy.actions import carry_out, decide, identify, look, receive
from schakel.privacy.models import Asks, PersonalRequest
from schakel.register.actions import link
from schakel.search.actions import index
from schakel.sharing.roles import LINKER, WORKER, database_role
from schakel.trail.actions import note
from schakel.trail.actors import Actor
from tests.inbox.people import acts_as, somebody
from tests.intake.delivering import send, write
from tests.making import actor_for, acts, as_owner

NAME, STREET, KVK = "Jantje van der Wal-Pietersen", "Kastanjelaan 12 bis", "87654321"
MARKS = (NAME, STREET, KVK, "4818CL")


def deliver_about(slug: str, folder: Path, name: str = NAME, kvk: str = KVK) -> Delivered:
    """A delivery with a sole trader among its organisations, who is named in a project and a remark as well."""
    tables = {
        "relaties": f"Nr;Naam;KvK;Postcode;Soort\nR1;{name};{kvk};4818CL;bedrijf\nR2;AgroLoop B.V.;;4331AA;bedrijf\n",
        "projecten": "Project;Titel;Start;Omvang;Penvoerder;Samen met\n"
        f"P1;Waterstof bij {name};01-03-2023;250.000,00;R1;\n",
    }
    done = send(slug, write(folder / slug, **tables))
    with acts(slug) as agency:
        Remark.objects.create(owner=agency, delivery=done.delivery, text=f"Gebeld met {name} op de {STREET}.")
        note(actor=actor_for(slug), verb="withdrew", kind="thing", reason=f"op verzoek van {name}")
    with database_role(WORKER):
        index(actor=Actor(party=agency.pk, process="test"))
    return done


def boss(slug: str = "bom") -> Actor:
    """The administrator of a party."""
    return acts_as(administrator(slug), slug)


def administrator(slug: str = "bom") -> Person:
    """The person who administers a party."""
    return somebody(f"beheer-{slug}", slug, "party-administrator")


def asked(slug: str = "bom", marks: Sequence[str] = MARKS, asks: str = Asks.ERASURE, **said: object) -> PersonalRequest:
    """A request whose sender is known, and what is held looked up."""
    actor = boss(slug)
    (made,) = receive(actor=actor, asks=asks, asked_by="Wie het vraagt", asked_on=dt.date.today(), marks=marks, **said)
    identify(actor=actor, request_id=made.pk, how="paspoort getoond")
    return look(actor=actor, request_id=made.pk)


def erased(slug: str = "bom", marks: Sequence[str] = MARKS, **said: object) -> PersonalRequest:
    """Somebody is erased, as the administrator decides and the worker does."""
    made = asked(slug, marks, **said)
    decide(actor=boss(slug), request_id=made.pk, reason="geen grond meer om te bewaren")
    return carried_out(made)


def carried_out(request: PersonalRequest) -> PersonalRequest:
    """What the worker's job does."""
    with database_role(WORKER):
        return carry_out(actor=Actor(party=request.owner_id, process="worker"), request_id=request.pk)


def joined() -> None:
    """A round of joining."""
    with database_role(LINKER):
        link()


def figures() -> dict[str, list[tuple[object, ...]]]:
    """All that figures are counted from, as it stands."""
    with as_owner():
        frames, _meta = read_facts()
    return {name: sorted(frame.rows(), key=repr) for name, frame in frames.items()}


_TABLES = (
    "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'procrastinate%' ORDER BY 1"
)


def holding(text: str, *, owner: str = "") -> list[str]:
    """Everything in the database, and in its files, in which ``text`` still stands: of all, or of one party.

    Written apart from what erases: it reads whole rows as JSON, and files as their bytes and as what is in them.
    """
    wanted, found = text.casefold(), []
    whose = party(owner).pk if owner else None
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(_TABLES)
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT to_jsonb(t) ->> 'owner_id', to_jsonb(t)::text FROM {table} t")
            found += [table for of, row in cursor.fetchall() if _of(of, whose) and wanted in row.casefold()]
        for run in ReadRows.objects.all():
            if (
                _of(run.owner_id, whose)
                and wanted in str(pl.read_parquet(io.BytesIO(bytes(run.content))).rows()).casefold()
            ):
                found.append("rows as read")
        for file in StoredFile.objects.all():
            if _of(file.owner_id, whose) and wanted in content_of(file).decode("latin-1").casefold():
                found.append(f"file {file.name}")
    return found


def _of(owner: object, whose: int | None) -> bool:
    return whose is None or owner is None or int(str(owner)) == whose
