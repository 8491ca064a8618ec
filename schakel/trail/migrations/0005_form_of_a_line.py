"""What a seal covers, by the form of a line; and addresses behind their wall, with the one way to take them away.

Columns that a later version adds to a line are no part of the lines before it: their form says so, and what says the
form is sealed too from form 2 on. A line of form 2 that is told to be of form 1 does not follow from its seal.
"""

from django.db import migrations

_ACTING = "NULLIF(current_setting('schakel.party', true), '')::bigint"
_WRITERS = "schakel_web, schakel_worker"
_LATER = "ARRAY['form', 'channel', 'origin', 'concerns_id', 'under']"
_DIGEST = """
CREATE OR REPLACE FUNCTION trail_digest(before bytea, entry trail_entry) RETURNS bytea LANGUAGE sql STABLE
SET timezone = 'UTC' SET search_path = public, pg_temp AS
$$ SELECT sha256(coalesce(before, ''::bytea) || convert_to({text}, 'UTF8')) $$
"""
_TEXT = f"""
CREATE FUNCTION trail_text(entry trail_entry) RETURNS text LANGUAGE sql STABLE
SET timezone = 'UTC' SET search_path = public, pg_temp AS
$$ SELECT (CASE WHEN entry.form = 1 THEN to_jsonb(entry) - {_LATER} ELSE to_jsonb(entry) END)::text $$
"""
_FORGET = """
CREATE FUNCTION trail_forget_origins(earlier timestamptz, of_person bigint) RETURNS integer LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    gone integer;
BEGIN
    IF earlier IS NULL AND of_person IS NULL THEN RAISE EXCEPTION 'before when, or of whom?'; END IF;
    DELETE FROM trail_origin
    WHERE (earlier IS NULL OR at < earlier) AND (of_person IS NULL OR person_id = of_person);
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$
"""
_POLICIES = (
    "ALTER TABLE trail_origin ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE trail_origin FORCE ROW LEVEL SECURITY",
    "CREATE POLICY migrates ON trail_origin TO schakel_owner USING (true) WITH CHECK (true)",
    "CREATE POLICY sees_all ON trail_origin FOR SELECT TO schakel_backup USING (true)",
    f"CREATE POLICY own ON trail_origin FOR SELECT TO {_WRITERS} USING (owner_id = (SELECT {_ACTING}))",
    f"CREATE POLICY writes ON trail_origin FOR INSERT TO {_WRITERS}"
    f" WITH CHECK (owner_id IS NULL OR owner_id = (SELECT {_ACTING}))",
    f"REVOKE UPDATE, DELETE, TRUNCATE ON trail_origin FROM {_WRITERS}",
    "REVOKE ALL ON trail_origin FROM schakel_counter, schakel_linker",
)


class Migration(migrations.Migration):
    dependencies = (("trail", "0004_from_where"),)
    operations = (
        migrations.RunSQL(
            sql=[_TEXT, _DIGEST.format(text="trail_text(entry)")],
            reverse_sql=[_DIGEST.format(text="to_jsonb(entry)::text"), "DROP FUNCTION trail_text(trail_entry)"],
        ),
        migrations.RunSQL(
            sql=list(_POLICIES),
            reverse_sql=[
                *(f"DROP POLICY {name} ON trail_origin" for name in ("migrates", "sees_all", "own", "writes")),
                "ALTER TABLE trail_origin NO FORCE ROW LEVEL SECURITY",
                "ALTER TABLE trail_origin DISABLE ROW LEVEL SECURITY",
            ],
        ),
        migrations.RunSQL(
            sql=[
                _FORGET,
                "REVOKE ALL ON FUNCTION trail_forget_origins(timestamptz, bigint) FROM PUBLIC",
                "GRANT EXECUTE ON FUNCTION trail_forget_origins(timestamptz, bigint) TO schakel_worker",
            ],
            reverse_sql="DROP FUNCTION trail_forget_origins(timestamptz, bigint)",
        ),
    )
