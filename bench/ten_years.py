"""Ten years of nine agencies, 200,000 records, written straight into the tables: a network to read pages of.

Every agency has its organisations, in part those of its neighbours; each year has its own projects, investments,
positions, cases and trade activities of them. Organisations are joined into identities, as the linker would.
"""

from __future__ import annotations

YEARS = range(2015, 2025)
CITIES = (
    "Breda",
    "Groningen",
    "Zwolle",
    "Utrecht",
    "Almere",
    "Middelburg",
    "Den Haag",
    "Haarlem",
    "Maastricht",
    "Assen",
)
THEMES = (
    "energy-transition",
    "food-transition",
    "raw-materials-transition",
    "healthy-ageing",
    "security",
    "key-technologies",
)
# Records of each agency and year; 2,222 of them make 200,000 in ten years of nine.
EACH = {
    "organisation": 700,
    "project": 300,
    "participation": 600,
    "investment": 180,
    "position": 180,
    "foreign_case": 60,
    "event": 100,
    "attendance": 96,
    "fund": 5,
    "staff": 1,
}

_CITY = "(ARRAY['" + "','".join(CITIES) + "'])[1 + {n} % 10]"
_THEME = "ARRAY[(ARRAY['" + "','".join(THEMES) + "'])[1 + {n} % 6]]"
_BASE = "owner_id, period, number, delivery_id, source_id, state, state_reason"
_HAVE = "o, y, {letter} || n, d, s, 'stands', ''"
_DAY = "make_date(y, 1 + n % 12, 1 + n % 28)"

# Each with what it takes from ``t`` (owner, year, delivery, source row) and a number ``n`` from 1.
_STATEMENTS = {
    "fund": f"""INSERT INTO invest_fund ({_BASE}, name, capital)
        SELECT {_HAVE.format(letter="'F'")}, 'Fonds ' || n, 10000000 * n""",
    "staff": f"""INSERT INTO figures_staff ({_BASE}, year, heads, fte)
        SELECT {_HAVE.format(letter="'S'")}, y, 60 + o, 50.5""",
    "organisation": f"""INSERT INTO register_organisation ({_BASE}, name, kvk, city, country, kind, size)
        SELECT {_HAVE.format(letter="'R'")}, 'Bedrijf ' || (o * 500 + n), lpad((o * 500 + n)::text, 8, '1'),
               {_CITY.format(n="(o * 500 + n)")}, 'NL', CASE WHEN n % 20 = 0 THEN 'knowledge' ELSE 'company' END,
               (ARRAY['micro', 'small', 'medium', 'large'])[1 + n % 4]""",
    "project": f"""INSERT INTO innovate_innovationproject ({_BASE}, title, start, volume, themes, status, lead_id)
        SELECT {_HAVE.format(letter="'P'")}, 'Project ' || n, {_DAY}, 10000 * (1 + n % 97), {_THEME.format(n="n")},
               (ARRAY['running', 'completed'])[1 + n % 2], r.id""",
    "participation": f"""INSERT INTO innovate_participation ({_BASE}, project_id, organisation_id, role)
        SELECT {_HAVE.format(letter="'D'")}, p.id, r.id, 'partner'""",
    "investment": f"""INSERT INTO invest_investment
        ({_BASE}, organisation_id, date, amount, instrument, type, stage, round_size, fund_id)
        SELECT {_HAVE.format(letter="'I'")}, r.id, {_DAY}, 25000 * (1 + n % 40),
               (ARRAY['equity', 'loan'])[1 + n % 2], (ARRAY['first', 'follow-on'])[1 + n % 2],
               (ARRAY['seed', 'start-up', 'later-stage'])[1 + n % 3], 100000 * (1 + n % 40), f.id""",
    "position": f"""INSERT INTO invest_position ({_BASE}, fund_id, organisation_id, date, cost)
        SELECT {_HAVE.format(letter="'H'")}, f.id, r.id, make_date(y, 12, 31), 50000 * (1 + n % 20)""",
    "foreign_case": f"""INSERT INTO internationalise_foreigncase
        ({_BASE}, organisation_id, origin, kind, date, capex, jobs_created, jobs_retained, confirmed_on)
        SELECT {_HAVE.format(letter="'B'")}, r.id, (ARRAY['DE', 'US', 'JP'])[1 + n % 3],
               (ARRAY['new-site', 'expansion', 'retention'])[1 + n % 3], {_DAY}, 200000 * (1 + n % 9), n % 30, n % 11,
               CASE WHEN n % 3 > 0 THEN {_DAY} END""",
    "event": f"""INSERT INTO events_event ({_BASE}, title, country, city, start)
        SELECT {_HAVE.format(letter="'E'")}, 'Handelsmissie ' || n, 'DE', 'Keulen', {_DAY}""",
    "attendance": f"""INSERT INTO events_attendance ({_BASE}, event_id, organisation_id)
        SELECT {_HAVE.format(letter="'A'")}, e.id, r.id""",
}
_WITH = {
    "project": "o",
    "participation": "po",
    "investment": "fo",
    "position": "fo",
    "foreign_case": "o",
    "attendance": "eo",
}
_JOINS = {
    "o": "JOIN register_organisation r ON r.owner_id = o AND r.period = y AND r.number = 'R' || (1 + n * 7 % 700)",
    "p": "JOIN innovate_innovationproject p ON p.owner_id = o AND p.period = y AND p.number = 'P' || (1 + n % 300)",
    "f": "JOIN invest_fund f ON f.owner_id = o AND f.period = y AND f.number = 'F' || (1 + n % 5)",
    "e": "JOIN events_event e ON e.owner_id = o AND e.period = y AND e.number = 'E' || (1 + n % 100)",
}
_STANDS = """INSERT INTO intake_deliverystand
    (owner_id, period, kind, delivery_id, received_at, checked_at, accepted_at, first_accepted_at, readable, delivered,
     standing, refused, vanished, errors, warnings, waived, found, "references", resolved, checks_version, changed_at)
    SELECT o, y, 'project', d, now(), now(), now(), now(), true, 300,
           300, 0, 0, 0, 0, 0, '[]', 0, 0, '', now() FROM t"""
_TRADE = """INSERT INTO internationalise_tradeactivity (owner_id, event_id, kind, participants)
    SELECT owner_id, id, 'trade-fair', 12 FROM events_event"""
# Neighbouring agencies know two hundred of the same companies: one identity for each name.
_IDENTITIES = """
    CREATE TEMPORARY TABLE named AS SELECT name, row_number() OVER (ORDER BY name) AS id
    FROM (SELECT DISTINCT name FROM register_organisation) x;
    INSERT INTO register_identity (id, thing, born_at) SELECT id, 'organisation', now() FROM named;
    INSERT INTO register_identitymember (owner_id, thing, record_kind, record_id, identity_id, "leading", rule,
        evidence)
    SELECT r.owner_id, 'organisation', 'organisation', r.id, named.id,
           row_number() OVER (PARTITION BY r.name, r.period ORDER BY r.id) = 1, 'name', ''
    FROM register_organisation r JOIN named USING (name);
    INSERT INTO register_identity (id, thing, born_at)
    SELECT 1000000 + id, 'project', now() FROM innovate_innovationproject;
    INSERT INTO register_identitymember (owner_id, thing, record_kind, record_id, identity_id, "leading", rule,
        evidence)
    SELECT owner_id, 'project', 'project', id, 1000000 + id, true, 'own', '' FROM innovate_innovationproject
"""


def fill() -> int:
    """Write the ten years as the owner of the database; returns how many records there are."""
    from django.db import connection

    from schakel.network.queries import agencies

    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE t (o bigint, y int, d bigint, s bigint)")
        for agency in agencies():
            for year in YEARS:
                cursor.execute(_DELIVERED, [agency.pk, year])
                delivery = cursor.fetchone()[0]
                cursor.execute(_TABLES, [agency.pk, delivery])
                table = cursor.fetchone()[0]
                cursor.execute(_ROW, [agency.pk, table])
                cursor.execute(
                    "INSERT INTO t VALUES (%s, %s, %s, %s)", [agency.pk, year, delivery, cursor.fetchone()[0]]
                )
        for kind, statement in _STATEMENTS.items():
            joins = " ".join(_JOINS[one] for one in _WITH.get(kind, ""))
            cursor.execute(f"{statement} FROM t CROSS JOIN generate_series(1, {EACH[kind]}) n {joins}")
            cursor.execute("ANALYZE")
        cursor.execute(_STANDS)
        cursor.execute(_TRADE)
        cursor.execute(_IDENTITIES)
        cursor.execute("ANALYZE")
    return sum(EACH.values()) * len(YEARS) * len(agencies())


_DELIVERED = """INSERT INTO intake_delivery (owner_id, period, state, received_at, accepted_at, content_digest, mapping,
    mapping_settled, proposed_tables, proposal, origin, whole, reading_findings, progress, effects, holds, compared,
    checks_version)
    VALUES (%s, %s, 'accepted', now(), now(), 'bench', '', true, '[]', '[]', 'command', true, '[]', '{}', '[]', '{}',
    '{}', '')
    RETURNING id"""
_TABLES = """INSERT INTO intake_deliveredtable (owner_id, delivery_id, kind, file, name, form, columns)
    SELECT %s, %s, kind, 'bench.xlsx', kind, 'xlsx', '{}' FROM unnest(ARRAY['organisation', 'project',
    'project_participant', 'investment', 'position', 'fund', 'foreign_case', 'trade_activity', 'trade_participant',
    'staff']) kind
    RETURNING id"""
_ROW = """INSERT INTO intake_deliveredrow (owner_id, table_id, row, item, number, raw, outcome)
    VALUES (%s, %s, 2, 0, '', '{}', 'new') RETURNING id"""
