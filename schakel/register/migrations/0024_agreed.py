"""What agreements open here: organisations, all of a giver's, by their numbers there, and along with what they are in."""

from django.db import migrations

from schakel.sharing.policies import agreed, cards, definer, opened, reached

_TABLE = "register_organisation"


class Migration(migrations.Migration):
    dependencies = (
        ("register", "0023_codes_of_records"),
        ("search", "0003_shared"),
        ("sharing", "0010_agreement_walls"),
    )
    operations = (
        reached("register_agreed", kind="organisation", table=_TABLE, by={"things": "t.thing = r.number"}),
        opened("organisation", "SELECT register_agreed(3, true)"),
        agreed(_TABLE, covered="id IN (SELECT sharing_opened_of('organisation'))"),
        cards(
            "register_cards",
            reaching="register_agreed",
            table=_TABLE,
            title="coalesce(nullif(r.name, ''), r.number)",
            summary={name: f"r.{name}" for name in ("kvk", "city", "country", "website", "kind", "size")},
        ),
        # Who else knows an organisation with one of these official numbers, and lets the acting party know that it does.
        definer(
            "register_known_at(numbers text[])",
            "RETURNS TABLE (owner_id bigint, id bigint)",
            f"SELECT DISTINCT ON (r.owner_id) r.owner_id, r.id FROM {_TABLE} r WHERE r.kvk = ANY (numbers)"
            " AND r.id IN (SELECT register_agreed(1, true)) ORDER BY r.owner_id, r.period DESC, r.id",
        ),
    )
