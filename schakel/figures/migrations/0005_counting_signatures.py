"""How many agencies signed for a year, for who makes figures: a number, as which ones is for the secretariat."""

from django.db import migrations

_ACTING = "NULLIF(current_setting('schakel.party', true), '')::bigint"
_WHAT = "figures_certified(integer)"

_CERTIFIED = f"""
CREATE FUNCTION figures_certified(year integer, OUT certified integer, OUT members integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT count(*) FILTER (WHERE EXISTS (
               SELECT FROM intake_certification c JOIN intake_verdict v ON v.certification_id = c.id
               WHERE c.owner_id = a.id AND c.period = year AND c.withdrawn_at IS NULL AND v.verdict = 'accepted'
           ) AND EXISTS (
               SELECT FROM network_party WHERE id = {_ACTING} AND kind IN ('agency', 'secretariat')
           ))::integer,
           count(*)::integer
    FROM network_party a
    WHERE a.kind = 'agency' AND EXISTS (
        SELECT FROM network_membership m WHERE m.party_id = a.id AND m.since < make_date(year + 1, 1, 1)
        AND (m.until IS NULL OR m.until > make_date(year, 1, 1))
    )
$$;
"""


class Migration(migrations.Migration):
    dependencies = (("figures", "0004_walls_of_closings"), ("intake", "0006_expecting_certifying"))
    operations = (
        migrations.RunSQL(
            sql=[
                _CERTIFIED,
                f"REVOKE ALL ON FUNCTION {_WHAT} FROM PUBLIC",
                f"GRANT EXECUTE ON FUNCTION {_WHAT} TO schakel_web, schakel_worker",
            ],
            reverse_sql=f"DROP FUNCTION {_WHAT}",
        ),
    )
