"""What agreements open here: organisations, all of a giver's or by their numbers there."""

from django.db import migrations

from schakel.sharing.policies import agreed, cards, reached

_TABLE = "register_organisation"


class Migration(migrations.Migration):
    dependencies = (("register", "0023_codes_of_records"), ("sharing", "0010_agreement_walls"))
    operations = (
        reached("register_agreed", kind="organisation", table=_TABLE, by={"things": "t.thing = r.number"}),
        agreed(_TABLE, kind="organisation", covered="id IN (SELECT register_agreed(3, false))"),
        cards(
            "register_cards",
            reaching="register_agreed",
            table=_TABLE,
            title="coalesce(nullif(r.name, ''), r.number)",
            summary={name: f"r.{name}" for name in ("kvk", "city", "country", "website", "kind", "size")},
        ),
    )
