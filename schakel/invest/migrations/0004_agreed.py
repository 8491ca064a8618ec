"""What agreements open here: investments and positions, with fund and company; what positions are worth only by itself."""

from django.db import migrations

from schakel.sharing.policies import agreed, cards, definer, found, reached

_OF = "(SELECT o.number FROM register_organisation o WHERE o.id = r.organisation_id)"
_BY = {"organisations": f"t.thing = {_OF}", "things": "t.thing = r.period || '/' || r.number"}
_COMPANY = "(SELECT coalesce(nullif(o.name, ''), o.number) FROM register_organisation o WHERE o.id = r.organisation_id)"
_TABLES = {"investment": "invest_investment", "position": "invest_position"}


def _beside(column: str) -> str:
    """What investments and positions that are open in full name in ``column``."""
    return " UNION ".join(
        f"SELECT r.{column} FROM {table} r WHERE r.id IN (SELECT invest_agreed_{kind}s(3, true))"
        for kind, table in _TABLES.items()
    )


class Migration(migrations.Migration):
    dependencies = (("invest", "0003_audited"), ("register", "0024_agreed"))
    operations = (
        *(reached(f"invest_agreed_{kind}s", kind=kind, table=table, by=_BY) for kind, table in _TABLES.items()),
        definer("invest_agreed_funds()", "RETURNS SETOF bigint", _beside("fund_id")),
        definer("invest_agreed_organisations()", "RETURNS SETOF bigint", _beside("organisation_id")),
        *(
            agreed(table, kind=kind, covered=f"id IN (SELECT invest_agreed_{kind}s(3, false))")
            for kind, table in _TABLES.items()
        ),
        *(
            agreed(
                table,
                kind=kind,
                covered=f"id IN (SELECT invest_agreed_{what}s())",
                whole=False,
                name=f"agreed_{kind}",
            )
            for table, what in (("invest_fund", "fund"), ("register_organisation", "organisation"))
            for kind in _TABLES
        ),
        agreed("invest_valuation", kind="valuation", covered="false"),
        *(
            found(
                kind,
                {
                    kind: f"SELECT invest_agreed_{kind}s(3, true)::text",
                    "fund": "SELECT invest_agreed_funds()::text",
                    "organisation": "SELECT invest_agreed_organisations()::text",
                },
            )
            for kind in _TABLES
        ),
        *(
            cards(
                f"invest_{kind}_cards",
                reaching=f"invest_agreed_{kind}s",
                table=table,
                title=_COMPANY,
                summary={name: f"r.{name}" for name in summary},
            )
            for (kind, table), summary in zip(_TABLES.items(), (("date", "type", "stage"), ("date",)), strict=True)
        ),
    )
