"""What agreements open here: foreign cases, and trade activities with who took part; with the organisations in them."""

from django.db import migrations

from schakel.sharing.policies import agreed, cards, definer, found, reached

_CASE, _EVENT, _TRADE, _PART = (
    "internationalise_foreigncase",
    "events_event",
    "internationalise_tradeactivity",
    "events_attendance",
)
_THINGS = "t.thing = r.period || '/' || r.number"
_NUMBER = "(SELECT o.number FROM register_organisation o WHERE o.id = r.organisation_id)"
_NAME = "(SELECT coalesce(nullif(o.name, ''), o.number) FROM register_organisation o WHERE o.id = r.organisation_id)"
_TOOK_PART = (
    f"(SELECT o.number FROM {_PART} p JOIN register_organisation o ON o.id = p.organisation_id WHERE p.event_id = r.id)"
)


def _also(table: str, *, kind: str, covered: str, whole: bool) -> migrations.RunSQL:
    return agreed(table, kind=kind, covered=covered, whole=whole, name=f"agreed_{kind}")


class Migration(migrations.Migration):
    dependencies = (("internationalise", "0003_audited"), ("events", "0003_audited"), ("register", "0024_agreed"))
    operations = (
        reached(
            "internationalise_agreed_cases",
            kind="foreign_case",
            table=_CASE,
            by={"organisations": f"t.thing = {_NUMBER}", "things": _THINGS},
        ),
        reached(
            "internationalise_agreed_activities",
            kind="trade_activity",
            table=_EVENT,
            by={"organisations": f"t.thing IN {_TOOK_PART}", "things": _THINGS},
            only=f"r.id IN (SELECT event_id FROM {_TRADE})",
        ),
        definer(
            "internationalise_agreed_companies()",
            "RETURNS SETOF bigint",
            f"SELECT r.organisation_id FROM {_CASE} r WHERE r.id IN (SELECT internationalise_agreed_cases(3, true))",
        ),
        definer(
            "internationalise_agreed_participants()",
            "RETURNS SETOF bigint",
            f"SELECT p.organisation_id FROM {_PART} p"
            " WHERE p.event_id IN (SELECT internationalise_agreed_activities(3, true))",
        ),
        agreed(_CASE, kind="foreign_case", covered="id IN (SELECT internationalise_agreed_cases(3, false))"),
        agreed(
            _EVENT,
            kind="trade_activity",
            covered="id IN (SELECT internationalise_agreed_activities(3, true))",
            whole=False,
        ),
        *(
            agreed(
                table,
                kind="trade_activity",
                covered="event_id IN (SELECT internationalise_agreed_activities(3, true))",
                whole=False,
            )
            for table in (_TRADE, _PART)
        ),
        _also(
            "register_organisation",
            kind="foreign_case",
            covered="id IN (SELECT internationalise_agreed_companies())",
            whole=False,
        ),
        _also(
            "register_organisation",
            kind="trade_activity",
            covered="id IN (SELECT internationalise_agreed_participants())",
            whole=False,
        ),
        found(
            "foreign_case",
            {
                "foreign_case": "SELECT internationalise_agreed_cases(3, true)::text",
                "organisation": "SELECT internationalise_agreed_companies()::text",
            },
        ),
        found(
            "trade_activity",
            {
                "trade_activity": "SELECT internationalise_agreed_activities(3, true)::text",
                "trade_participant": f"SELECT id::text FROM {_PART}",
                "organisation": "SELECT internationalise_agreed_participants()::text",
            },
        ),
        cards(
            "internationalise_case_cards",
            reaching="internationalise_agreed_cases",
            table=_CASE,
            title=_NAME,
            summary={name: f"r.{name}" for name in ("origin", "kind", "date")},
        ),
        cards(
            "internationalise_activity_cards",
            reaching="internationalise_agreed_activities",
            table=_EVENT,
            title="r.title",
            summary={name: f'r."{name}"' for name in ("country", "start", "end")},
        ),
    )
