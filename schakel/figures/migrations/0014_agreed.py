"""What agreements open here: what became of organisations, with the organisations."""

from django.db import migrations

from schakel.sharing.policies import agreed, cards, opened, reached

_TABLE = "figures_companyoutcome"
_OF = "(SELECT o.number FROM register_organisation o WHERE o.id = r.organisation_id)"
_NAME = "(SELECT coalesce(nullif(o.name, ''), o.number) FROM register_organisation o WHERE o.id = r.organisation_id)"
_THOSE = "SELECT figures_agreed_outcomes(3, true)"


class Migration(migrations.Migration):
    dependencies = (("figures", "0013_walls_of_outcomes"), ("register", "0024_agreed"))
    operations = (
        reached("figures_agreed_outcomes", kind="outcome", table=_TABLE, by={"organisations": f"t.thing = {_OF}"}),
        opened("outcome", _THOSE),
        opened("organisation", f"SELECT r.organisation_id FROM {_TABLE} r WHERE r.id IN ({_THOSE})"),
        agreed(_TABLE, all_of="outcome", covered="id IN (SELECT figures_agreed_outcomes(3, false))"),
        cards("figures_outcome_cards", reaching="figures_agreed_outcomes", table=_TABLE, title=_NAME, summary={}),
    )
