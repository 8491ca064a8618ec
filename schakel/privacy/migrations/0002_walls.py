"""Requests behind their wall, and the one way in which what is otherwise never altered is rewritten.

Append-only lines, the identity ledger and what the linker writes no process may alter. `privacy_put` rewrites one text of
one row all the same: for the worker alone, of the acting party's own rows alone, and only while a request to erase, that
the party decided, waits to be carried out. `privacy_write` is what it does, and is nobody's but the owner's, for after a
restore. Ids, links, amounts and dates neither can reach: only texts, lists of texts and JSON.
"""

from django.db import migrations

from schakel.sharing.policies import append_only, owned
from schakel.sharing.roles import WEB, WORKER

_ACTING = "NULLIF(current_setting('schakel.party', true), '')::bigint"
_WRITE = """
CREATE FUNCTION privacy_write(whose bigint, called text, col text, pk bigint, val text) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    kind text;
    belongs text;
    becomes text;
    changed bigint;
BEGIN
    SELECT format_type(a.atttypid, NULL) INTO kind FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relname = called AND a.attname = col AND a.attnum > 0;
    becomes := CASE
        WHEN kind IN ('text', 'character varying') THEN '$1'
        WHEN kind = 'jsonb' THEN '$1::jsonb'
        WHEN kind IN ('text[]', 'character varying[]') THEN
            'ARRAY(SELECT e FROM jsonb_array_elements_text($1::jsonb) WITH ORDINALITY AS t(e, n) ORDER BY n)'
    END;
    IF becomes IS NULL OR called LIKE 'privacy\\_%' OR called = 'trail_seal' THEN
        RAISE EXCEPTION '%.% is not rewritten', called, col USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT b.condition INTO belongs FROM privacy_belonging b WHERE b."table" = called;
    belongs := replace(coalesce(belongs, 'owner_id = {party}'), '{party}', '$2');
    EXECUTE format('UPDATE public.%I SET %I = %s WHERE id = $3 AND (%s)', called, col, becomes, belongs)
    USING val, whose, pk;
    GET DIAGNOSTICS changed = ROW_COUNT;
    IF changed <> 1 THEN
        RAISE EXCEPTION 'row % of % is not of party %', pk, called, whose USING ERRCODE = 'insufficient_privilege';
    END IF;
END $$;
"""
_PUT = f"""
CREATE FUNCTION privacy_put(request bigint, called text, col text, pk bigint, val text) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM privacy_personalrequest r WHERE r.id = request AND r.owner_id = {_ACTING}
            AND r.asks = 'erasure' AND r.state = 'decided'
    ) THEN
        RAISE EXCEPTION 'request % is not to be carried out', request USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM privacy_write({_ACTING}, called, col, pk, val);
END $$;
"""
_EMPTY = """
CREATE FUNCTION privacy_empty(who bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM account_emailaddress WHERE user_id = who;
    DELETE FROM mfa_authenticator WHERE user_id = who;
    DELETE FROM usersessions_usersession WHERE user_id = who;
    DELETE FROM socialaccount_socialtoken WHERE account_id IN (SELECT id FROM socialaccount_socialaccount WHERE user_id = who);
    DELETE FROM socialaccount_socialaccount WHERE user_id = who;
    DELETE FROM network_roleheld WHERE person_id = who;
    DELETE FROM trail_origin WHERE person_id = who;
    UPDATE network_person SET name = '—', email = 'gewist-' || who || '@erased.invalid', password = '!', is_active = false,
        last_login = NULL
    WHERE id = who;
END $$;
"""
_EMPTY_ACCOUNT = f"""
CREATE FUNCTION privacy_empty_account(request bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    who bigint;
BEGIN
    SELECT r.account_id INTO who FROM privacy_personalrequest r
    WHERE r.id = request AND r.owner_id = {_ACTING} AND r.asks = 'erasure' AND r.state = 'decided';
    IF who IS NULL OR EXISTS (
        SELECT FROM network_roleheld WHERE person_id = who AND (until IS NULL OR until > statement_timestamp())
    ) THEN
        RAISE EXCEPTION 'request % empties no account', request USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM privacy_empty(who);
END $$;
"""
_ARGUMENTS = "(bigint, text, text, bigint, text)"


class Migration(migrations.Migration):
    dependencies = (
        ("privacy", "0001_initial"),
        ("network", "0007_providers"),
        ("sessions", "0001_initial"),
        ("sharing", "0013_invitation_walls"),
        ("trail", "0006_altered_by_law"),
    )
    operations = (
        owned("privacy_personalrequest", sender="routed_by_id"),
        owned("privacy_mark", sender="routed_by_id"),
        owned("privacy_erasure"),
        owned("privacy_retained"),
        append_only("privacy_erasure"),
        append_only("privacy_retained"),
        migrations.RunSQL(
            sql=[
                f"REVOKE INSERT ON privacy_erasure, privacy_retained FROM {WEB}",
                f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON privacy_belonging FROM {WEB}, {WORKER}",
                f"GRANT DELETE ON sharing_invitation TO {WORKER}",
                f"GRANT SELECT (id, session_key, last_seen_at), DELETE ON usersessions_usersession TO {WORKER}",
                f"GRANT SELECT, DELETE ON django_session TO {WORKER}",
                f"GRANT UPDATE (name, language) ON network_person TO {WEB}",
            ],
            reverse_sql=[
                f"GRANT INSERT ON privacy_erasure, privacy_retained TO {WEB}",
                f"GRANT INSERT, UPDATE, DELETE ON privacy_belonging TO {WEB}, {WORKER}",
                f"REVOKE DELETE ON sharing_invitation FROM {WORKER}",
                f"REVOKE ALL ON usersessions_usersession FROM {WORKER}",
                f"REVOKE UPDATE (name, language) ON network_person FROM {WEB}",
            ],
        ),
        migrations.RunSQL(
            sql=[
                _WRITE,
                _PUT,
                f"REVOKE ALL ON FUNCTION privacy_write{_ARGUMENTS}, privacy_put{_ARGUMENTS} FROM PUBLIC",
                f"GRANT EXECUTE ON FUNCTION privacy_put{_ARGUMENTS} TO {WORKER}",
                _EMPTY,
                _EMPTY_ACCOUNT,
                "REVOKE ALL ON FUNCTION privacy_empty(bigint), privacy_empty_account(bigint) FROM PUBLIC",
                f"GRANT EXECUTE ON FUNCTION privacy_empty_account(bigint) TO {WORKER}",
            ],
            reverse_sql=[
                "DROP FUNCTION privacy_empty_account(bigint)",
                "DROP FUNCTION privacy_empty(bigint)",
                f"DROP FUNCTION privacy_put{_ARGUMENTS}", f"DROP FUNCTION privacy_write{_ARGUMENTS}"],
        ),
    )
