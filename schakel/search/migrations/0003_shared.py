"""What others share is found too: candidates by who shares anything in full, to be read again behind the walls."""

from django.db import migrations

from schakel.sharing.policies import agreed, definer

_GRANTED = (
    "(SELECT string_agg(format('''@%s''', giver), ' | ')::tsquery"
    " FROM (SELECT DISTINCT giver FROM sharing_terms(NULL, 3)) givers)"
)


class Migration(migrations.Migration):
    dependencies = (("search", "0002_walls"), ("sharing", "0010_agreement_walls"))
    operations = (
        agreed("search_searchentry", covered="(kind, object_id) IN (SELECT kind, id::text FROM sharing_opened())"),
        definer(
            "search_shared(wanted tsquery, kinds text[], year integer, at_most integer)",
            "RETURNS SETOF bigint",
            f"SELECT e.id FROM search_searchentry e WHERE e.vector @@ ({_GRANTED} && wanted)"
            " AND array_position(kinds, e.kind::text) IS NOT NULL AND (year IS NULL OR e.period = year)"
            " ORDER BY e.period DESC NULLS LAST, e.id LIMIT at_most",
        ),
    )
