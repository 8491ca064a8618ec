"""What agreements open here: investments and positions, with fund and company; what positions are worth only by itself."""

from django.db import migrations

from schakel.sharing.policies import agreed, cards, opened, reached

_OF = "(SELECT o.number FROM register_organisation o WHERE o.id = r.organisation_id)"
_BY = {"organisations": f"t.thing = {_OF}", "things": "t.thing = r.period || '/' || r.number"}
_COMPANY = "(SELECT coalesce(nullif(o.name, ''), o.number) FROM register_organisation o WHERE o.id = r.organisation_id)"
_TABLES = {"investment": "invest_investment", "position": "invest_position"}
_SUMMARIES = {"investment": ("date", "type", "stage"), "position": ("date",)}
_ALONG = {"organisation": "organisation_id", "fund": "fund_id"}


def _of(kind: str) -> str:
    return f"SELECT invest_agreed_{kind}s(3, true)"


class Migration(migrations.Migration):
    dependencies = (("invest", "0003_audited"), ("register", "0024_agreed"))
    operations = (
        *(reached(f"invest_agreed_{kind}s", kind=kind, table=table, by=_BY) for kind, table in _TABLES.items()),
        *(opened(kind, _of(kind)) for kind in _TABLES),
        *(
            opened(along, f"SELECT r.{column} FROM {table} r WHERE r.{column} IS NOT NULL AND r.id IN ({_of(kind)})")
            for kind, table in _TABLES.items()
            for along, column in _ALONG.items()
        ),
        *(
            agreed(table, all_of=kind, covered=f"id IN (SELECT invest_agreed_{kind}s(3, false))")
            for kind, table in _TABLES.items()
        ),
        agreed("invest_fund", covered="id IN (SELECT sharing_opened_of('fund'))"),
        # Of the positions that are read: the subquery stands behind the walls of their own table.
        agreed(
            "invest_valuation",
            kind="valuation",
            covered="owner_id = ANY ((SELECT sharing_gives_all('valuation'))::bigint[])"
            " AND position_id IN (SELECT id FROM invest_position)",
        ),
        *(
            cards(
                f"invest_{kind}_cards",
                reaching=f"invest_agreed_{kind}s",
                table=table,
                title=_COMPANY,
                summary={name: f"r.{name}" for name in _SUMMARIES[kind]},
            )
            for kind, table in _TABLES.items()
        ),
    )
