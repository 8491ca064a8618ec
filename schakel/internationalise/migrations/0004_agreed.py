"""What agreements open here: foreign cases, and trade activities with who took part; with the organisations in them."""

from django.db import migrations

from schakel.sharing.policies import agreed, cards, opened, reached

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
_CASES, _ACTIVITIES = "SELECT internationalise_agreed_cases", "SELECT internationalise_agreed_activities"


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
        opened("foreign_case", f"{_CASES}(3, true)"),
        opened("organisation", f"SELECT r.organisation_id FROM {_CASE} r WHERE r.id IN ({_CASES}(3, true))"),
        opened("trade_activity", f"{_ACTIVITIES}(3, true)"),
        opened("trade_participant", f"SELECT p.id FROM {_PART} p WHERE p.event_id IN ({_ACTIVITIES}(3, true))"),
        opened("organisation", f"SELECT p.organisation_id FROM {_PART} p WHERE p.event_id IN ({_ACTIVITIES}(3, true))"),
        agreed(_CASE, all_of="foreign_case", covered=f"id IN ({_CASES}(3, false))"),
        agreed(_EVENT, kind="trade_activity", covered=f"id IN ({_ACTIVITIES}(3, true))"),
        agreed(_TRADE, kind="trade_activity", covered=f"event_id IN ({_ACTIVITIES}(3, true))"),
        agreed(_PART, kind="trade_activity", covered=f"event_id IN ({_ACTIVITIES}(3, true))"),
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
