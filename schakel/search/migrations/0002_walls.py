"""The walls of the index, and the one function through which it is asked.

Conditions of text search are not leakproof: behind row security they use no index. So the function looks in the
index with the owner's rights and applies the grants itself, as the policies below say them: what the acting party
owns, and what is for all who sign in. It gives numbers of entries; what is shown of them is read again behind the
policies. Without an acting party it gives nothing. No text of the one who asks becomes SQL: expressions come as
values, and whatever they say is held to the same grants.
"""

from django.db import migrations

from schakel.sharing.policies import owned

_ACTING = "NULLIF(current_setting('schakel.party', true), '')::bigint"
_WHAT = "search_candidates(tsquery, tsquery, tsquery, text, text[], integer, integer)"

# Whose, and of which kind, is said so that no other index than that of words can be taken for it: an owner's part
# is a word of that index too. `wanted` must match; `exact`, `begins` and `titled` put what they match first, in that order.
_CANDIDATES = f"""
CREATE FUNCTION search_candidates(
    wanted tsquery, exact tsquery, titled tsquery, begins text, kinds text[], year integer, at_most integer
) RETURNS TABLE (entry bigint, kind varchar, period smallint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET jit = off SET enable_seqscan = off AS $$
DECLARE
    party bigint := {_ACTING};
    granted tsquery;
BEGIN
    IF party IS NULL THEN RETURN; END IF;
    granted := format('''@%s'' | ''@all''', party)::tsquery;
    RETURN QUERY
    SELECT once.id, once.kind, once.period FROM (
        SELECT DISTINCT ON (e.thing COLLATE "C", e.kind COLLATE "C") e.id, e.kind, e.period, e.sort_key,
            CASE WHEN e.vector @@ exact THEN 0
                 WHEN starts_with(e.sort_key, begins) THEN 1
                 WHEN e.vector @@ titled THEN 2
                 ELSE 3 END AS place
        FROM search_searchentry e
        WHERE e.vector @@ (granted && wanted)
          AND coalesce(e.owner_id, party) = party
          AND array_position(kinds, e.kind::text) IS NOT NULL
          AND (year IS NULL OR e.period = year)
        ORDER BY e.thing COLLATE "C", e.kind COLLATE "C", e.period DESC
    ) once
    ORDER BY once.place, once.period DESC NULLS LAST, once.sort_key COLLATE "C", once.id
    LIMIT at_most;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = (("search", "0001_initial"), ("sharing", "0001_privileges"))
    operations = (
        owned("search_searchentry"),
        migrations.RunSQL(
            sql=[
                "CREATE POLICY for_all ON search_searchentry FOR SELECT TO schakel_web, schakel_worker"
                f" USING (owner_id IS NULL AND (SELECT {_ACTING}) IS NOT NULL)",
                "CREATE POLICY keeps_for_all ON search_searchentry TO schakel_worker"
                " USING (owner_id IS NULL) WITH CHECK (owner_id IS NULL)",
                "REVOKE INSERT, UPDATE, DELETE ON search_searchentry FROM schakel_web",
            ],
            reverse_sql=[
                "DROP POLICY for_all ON search_searchentry",
                "DROP POLICY keeps_for_all ON search_searchentry",
                "GRANT INSERT, UPDATE, DELETE ON search_searchentry TO schakel_web",
            ],
        ),
        migrations.RunSQL(
            sql=[
                _CANDIDATES,
                f"REVOKE ALL ON FUNCTION {_WHAT} FROM PUBLIC",
                f"GRANT EXECUTE ON FUNCTION {_WHAT} TO schakel_web, schakel_worker",
            ],
            reverse_sql=f"DROP FUNCTION {_WHAT}",
        ),
    )
