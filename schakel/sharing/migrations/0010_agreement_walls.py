"""Agreements behind their walls, and what they open.

``sharing_terms`` is the one place where it is asked what stands: which givers let the acting party see things of a kind,
at least so deep, by the clock of the statement. It and what stands on it are SECURITY DEFINER, so that they are quick and
ask the same whoever calls; they tell of the acting party's own agreements alone. What policies ask (``sharing_gives…``,
``sharing_opened…``) answers only where the page said that it shows what others share (``schakel.shared``): all else works
on a party's own. Rooms say in ``sharing_opening`` what of theirs is opened; only migrations write there, as it is SQL.
"""

from django.db import migrations

from schakel.sharing.policies import owned

_ACTING = "NULLIF(current_setting('schakel.party', true), '')::bigint"
_PARTIES = "schakel_web, schakel_worker"
_DEFINER = "LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS"
_QUICK = "LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$"
_UNLESS_SHOWN = "IF current_setting('schakel.shared', true) IS DISTINCT FROM 'on' THEN"


def _stands(party: str) -> str:
    return f"{party}.signed_at IS NOT NULL AND {party}.suspended_at IS NULL AND {party}.ended_at IS NULL"


_FUNCTIONS = {
    "sharing_agreements_named()": f"RETURNS SETOF bigint {_DEFINER}"
    f" $$ SELECT agreement_id FROM sharing_signatory WHERE owner_id = {_ACTING} $$",
    "sharing_terms(of_kind text, at_least integer)": "RETURNS TABLE"
    f" (agreement bigint, giver bigint, depth smallint, reach varchar, thing text) {_DEFINER} $$"
    " SELECT a.id, gives.owner_id, c.depth, c.reach, thing"
    " FROM sharing_signatory receives JOIN sharing_agreement a ON a.id = receives.agreement_id"
    " JOIN sharing_signatory gives ON gives.agreement_id = a.id AND gives.owner_id <> receives.owner_id"
    " JOIN sharing_clause c ON c.agreement_id = a.id AND c.depth >= at_least"
    " AND (of_kind IS NULL OR c.kind = of_kind)"
    " LEFT JOIN LATERAL unnest(c.things) AS thing ON true"
    f" WHERE receives.owner_id = {_ACTING} AND receives.receives AND gives.gives"
    f" AND {_stands('receives')} AND {_stands('gives')} AND a.proposed_at IS NOT NULL"
    " AND a.since <= statement_timestamp() AND a.until > statement_timestamp()"
    " AND NOT EXISTS (SELECT FROM sharing_signatory s WHERE s.agreement_id = a.id AND s.signed_at IS NULL) $$",
    # In PL/pgSQL, so that it costs next to nothing on pages that show nothing of others; they are most.
    "sharing_gives_all(of_kind text)": f"RETURNS bigint[] {_QUICK} BEGIN {_UNLESS_SHOWN} RETURN '{{}}'; END IF;"
    " RETURN (SELECT coalesce(array_agg(DISTINCT giver), '{}') FROM sharing_terms(of_kind, 3) WHERE reach = 'all'); END $$",
    "sharing_gives_first(of_kind text)": f"RETURNS bigint {_QUICK} BEGIN {_UNLESS_SHOWN} RETURN NULL; END IF;"
    " RETURN (SELECT min(giver) FROM sharing_terms(of_kind, 3)); END $$",
    "sharing_gives_last(of_kind text)": f"RETURNS bigint {_QUICK} BEGIN {_UNLESS_SHOWN} RETURN NULL; END IF;"
    " RETURN (SELECT max(giver) FROM sharing_terms(of_kind, 3)); END $$",
    "sharing_opened()": f"RETURNS TABLE (kind text, id bigint) {_QUICK} DECLARE each sharing_opening; BEGIN"
    f" {_UNLESS_SHOWN} RETURN; END IF; FOR each IN SELECT * FROM sharing_opening LOOP"
    " RETURN QUERY EXECUTE format('SELECT %L::text, opened.id::bigint FROM (%s) opened (id)', each.kind, each.ids);"
    " END LOOP; END $$",
    "sharing_opened_of(of_kind text)": f"RETURNS SETOF bigint {_QUICK} DECLARE each sharing_opening; BEGIN"
    f" {_UNLESS_SHOWN} RETURN; END IF; FOR each IN SELECT * FROM sharing_opening o WHERE o.kind = of_kind LOOP"
    " RETURN QUERY EXECUTE each.ids; END LOOP; END $$",
}
_MAKE = [
    statement
    for name, body in _FUNCTIONS.items()
    for statement in (
        f"CREATE FUNCTION {name} {body}",
        f"REVOKE ALL ON FUNCTION {name} FROM PUBLIC",
        f"GRANT EXECUTE ON FUNCTION {name} TO {_PARTIES}",
    )
]
_DRAFTS = f"agreement_id IN (SELECT id FROM sharing_agreement WHERE owner_id = (SELECT {_ACTING}) AND proposed_at IS NULL)"
_NAMED = "agreement_id IN (SELECT id FROM sharing_agreement)"
_PROPOSED = "agreement_id IN (SELECT id FROM sharing_agreement WHERE proposed_at IS NOT NULL)"
_BLANK = "signed_at IS NULL AND suspended_at IS NULL AND ended_at IS NULL"
_OWN = f"owner_id = (SELECT {_ACTING})"
_NEVER_ALTERED = "RESTRICTIVE FOR {} TO " + _PARTIES + " USING (proposed_at IS NULL)"
_POLICIES = [
    f"CREATE POLICY named ON sharing_agreement FOR SELECT TO {_PARTIES}"
    " USING (proposed_at IS NOT NULL AND id IN (SELECT sharing_agreements_named()))",
    f"CREATE POLICY begins_as_draft ON sharing_agreement AS RESTRICTIVE FOR INSERT TO {_PARTIES}"
    " WITH CHECK (proposed_at IS NULL)",
    f"CREATE POLICY draft_alone ON sharing_agreement AS {_NEVER_ALTERED.format('UPDATE')} WITH CHECK (true)",
    f"CREATE POLICY draft_goes ON sharing_agreement AS {_NEVER_ALTERED.format('DELETE')}",
    # Who is named is the drafter's to say until it proposes; what a party does with it then is that party's alone.
    f"CREATE POLICY drafts ON sharing_signatory FOR ALL TO {_PARTIES} USING ({_DRAFTS}) WITH CHECK ({_DRAFTS})",
    f"CREATE POLICY named ON sharing_signatory FOR SELECT TO {_PARTIES} USING ({_NAMED})",
    f"CREATE POLICY of_agreements_seen ON sharing_signatory AS RESTRICTIVE FOR SELECT TO {_PARTIES} USING ({_NAMED})",
    f"CREATE POLICY names_unsigned ON sharing_signatory AS RESTRICTIVE FOR INSERT TO {_PARTIES}"
    f" WITH CHECK ({_DRAFTS} AND {_BLANK})",
    f"CREATE POLICY signs_itself ON sharing_signatory AS RESTRICTIVE FOR UPDATE TO {_PARTIES}"
    f" USING ({_OWN} AND ended_at IS NULL AND {_PROPOSED}) WITH CHECK ({_OWN})",
    f"CREATE POLICY draft_goes ON sharing_signatory AS RESTRICTIVE FOR DELETE TO {_PARTIES} USING ({_DRAFTS})",
    f"REVOKE UPDATE ON sharing_signatory FROM {_PARTIES}",
    "GRANT UPDATE (contact, signed_by_id, signed_as, signed_at, suspended_at, ended_by_id, ended_at, ended_because)"
    f" ON sharing_signatory TO {_PARTIES}",
    "ALTER TABLE sharing_clause ENABLE ROW LEVEL SECURITY",
    "ALTER TABLE sharing_clause FORCE ROW LEVEL SECURITY",
    "CREATE POLICY migrates ON sharing_clause TO schakel_owner USING (true) WITH CHECK (true)",
    "CREATE POLICY sees_all ON sharing_clause FOR SELECT TO schakel_counter, schakel_linker, schakel_backup USING (true)",
    f"CREATE POLICY drafts ON sharing_clause FOR ALL TO {_PARTIES} USING ({_DRAFTS}) WITH CHECK ({_DRAFTS})",
    f"CREATE POLICY named ON sharing_clause FOR SELECT TO {_PARTIES} USING ({_NAMED})",
    f"REVOKE UPDATE ON sharing_clause FROM {_PARTIES}",
    # A signature is for good: who signed may end, and not sign anew as another.
    "CREATE FUNCTION sharing_signed_once() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$ BEGIN"
    " IF OLD.signed_at IS NOT NULL AND (NEW.signed_at, NEW.signed_by_id, NEW.signed_as)"
    " IS DISTINCT FROM (OLD.signed_at, OLD.signed_by_id, OLD.signed_as) THEN"
    " RAISE EXCEPTION 'a signature is not altered' USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER signed_once BEFORE UPDATE ON sharing_signatory FOR EACH ROW EXECUTE FUNCTION sharing_signed_once()",
]
_NAMES = {
    "sharing_agreement": ("named", "begins_as_draft", "draft_alone", "draft_goes"),
    "sharing_signatory": ("drafts", "named", "of_agreements_seen", "names_unsigned", "signs_itself", "draft_goes"),
    "sharing_clause": ("migrates", "sees_all", "drafts", "named"),
}
_UNDO = [
    "DROP TRIGGER signed_once ON sharing_signatory",
    "DROP FUNCTION sharing_signed_once()",
    *(f"DROP POLICY {name} ON {table}" for table, names in _NAMES.items() for name in names),
    "ALTER TABLE sharing_clause NO FORCE ROW LEVEL SECURITY",
    "ALTER TABLE sharing_clause DISABLE ROW LEVEL SECURITY",
    f"GRANT UPDATE ON sharing_signatory, sharing_clause TO {_PARTIES}",
]


class Migration(migrations.Migration):
    dependencies = (("sharing", "0009_agreements"), ("sharing", "0008_network_stands"))
    operations = (
        owned("sharing_agreement"),
        owned("sharing_signatory"),
        migrations.RunSQL(
            sql=f"REVOKE ALL ON sharing_opening FROM {_PARTIES}, schakel_counter, schakel_linker",
            reverse_sql=f"GRANT SELECT ON sharing_opening TO {_PARTIES}",
        ),
        migrations.RunSQL(sql=_MAKE, reverse_sql=[f"DROP FUNCTION {name}" for name in reversed(_FUNCTIONS)]),
        migrations.RunSQL(sql=_POLICIES, reverse_sql=_UNDO),
    )
