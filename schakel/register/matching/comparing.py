"""How two statements stand to each other, field by field: a level, and what the shared value says.

All in one pass of SQL over the candidate pairs. Levels are words that a person can read
(`explaining`); weights for them are the model's. Names are compared each with each, the best counts.
"""

from __future__ import annotations

from duckdb import DuckDBPyConnection

from schakel.register.matching.frequencies import BIT, LIMIT, limit
from schakel.register.matching.vocabulary import ONE_OF_MANY

# From the weakest agreement to the strongest. "sister": but for a word for a part of a group.
NAME_LEVELS = ("sister", "other", "some", "initials", "part", "short", "typo", "order", "same", "rare")
ALIKE = ("same", "rare", "order", "typo", "short", "initials", "part")
CITY_BITS = 5 * BIT  # a place that only the other side spells so
HOUSE_BITS = 3 * BIT  # a house number within its postcode

_NAMES = """
WITH met AS (
  SELECT p.a, p.b, x.name_id AS name_a, y.name_id AS name_b, x.nth AS nth_a, y.nth AS nth_b,
    x.tight AS ta, y.tight AS tb, x.units AS ua, y.units AS ub,
    x.words AS wa, y.words AS wb, len(x.words) AS na, len(y.words) AS nb,
    x.bare AS ba, y.bare AS bb, x.stated AS fa, y.stated AS fb, x.bits AS bits_a, y.bits AS bits_b, y.word_bits,
    x.whole AS whole_a, y.whole AS whole_b,
    CASE WHEN x.tight <> y.tight THEN list_intersect(x.words, y.words) END AS shared
  FROM pair p JOIN {left}_weighed x ON x.id = p.a JOIN {right}_weighed y ON y.id = p.b),
rest AS (
  SELECT *, coalesce(len(shared), 0) AS many,
    CASE WHEN len(shared) > 0
      THEN array_to_string(list_filter(wa, lambda w: NOT list_contains(shared, w)), '') END AS ra,
    CASE WHEN len(shared) > 0
      THEN array_to_string(list_filter(wb, lambda w: NOT list_contains(shared, w)), '') END AS rb,
    CASE WHEN len(shared) > 0 THEN list_sum(list_transform(wb,
      lambda w, i: CASE WHEN list_contains(shared, w) THEN word_bits[i] ELSE 0 END))::INT ELSE 0 END AS shared_bits,
    CASE WHEN shared IS NOT NULL AND abs(length(whole_a) - length(whole_b)) <= 2
      AND (left(whole_a, 3) = left(whole_b, 3) OR right(whole_a, 3) = right(whole_b, 3))
      THEN damerau_levenshtein(whole_a, whole_b) ELSE 99 END AS slips,
    CASE WHEN shared IS NOT NULL AND ua <> ub AND abs(length(ta) - length(tb)) <= 1
      AND least(length(ta), length(tb)) > 5 AND (left(ta, 3) = left(tb, 3) OR right(ta, 3) = right(tb, 3))
      THEN damerau_levenshtein(ta, tb) ELSE 99 END AS own_slips
  FROM met),
judged AS (
  SELECT *, least(length(ra), length(rb)) AS rest_letters, CASE
    WHEN shared IS NULL AND ua <> ub THEN 'sister'
    WHEN ta = tb THEN CASE WHEN bits_b >= {rare} THEN 'rare' ELSE 'same' END
    WHEN many = na AND many = nb THEN CASE WHEN ua = ub THEN 'order' ELSE 'sister' END
    WHEN many > 0 AND regexp_full_match(ra, {one_of_many}) AND regexp_full_match(rb, {one_of_many}) THEN 'sister'
    WHEN least(length(whole_a), length(whole_b)) >= 5 AND (ua = ub OR abs(length(whole_a) - length(whole_b)) < 2)
      AND slips <= CASE WHEN least(length(whole_a), length(whole_b)) >= 9 THEN 2 ELSE 1 END THEN 'typo'
    WHEN own_slips <= 1 THEN 'sister'
    WHEN many > 0 AND (ra = '' OR rb = '') THEN CASE WHEN ua = ub THEN 'part' ELSE 'sister' END
    WHEN many > 0 AND ua = ub AND damerau_levenshtein(ra, rb) <=
      CASE WHEN rest_letters >= 8 THEN 2 WHEN rest_letters >= 4 THEN 1 ELSE 0 END THEN 'typo'
    WHEN many > 0 AND ua = ub AND left(ra, 2) = left(rb, 2)
      AND (starts_with(ra, rb) OR starts_with(rb, ra) OR jaro_winkler_similarity(ra, rb) >= 0.85) THEN 'short'
    WHEN ua = ub AND least(length(ta), length(tb)) >= 5 AND (starts_with(ta, tb) OR starts_with(tb, ta)) THEN 'part'
    WHEN na = 1 AND nb > 1 AND length(ta) BETWEEN 3 AND 6 AND abs(length(ta) - nb) < 2
      AND starts_with(ta || 'b', left(array_to_string(list_transform(wb, lambda w: w[1]), ''), length(ta)))
      THEN 'initials'
    WHEN nb = 1 AND na > 1 AND length(tb) BETWEEN 3 AND 6 AND abs(length(tb) - na) < 2
      AND starts_with(tb || 'b', left(array_to_string(list_transform(wa, lambda w: w[1]), ''), length(tb)))
      THEN 'initials'
    WHEN many > 0 THEN 'some'
    ELSE 'other' END AS level
  FROM rest),
told AS (
  SELECT *, CASE WHEN level IN ('same', 'rare', 'order', 'typo', 'short', 'initials') THEN least(bits_b, {most})
    WHEN level IN ('part', 'some') THEN least(shared_bits, bits_a + {bit}, bits_b + {bit}, {most}) ELSE 0 END AS bits
  FROM judged)
SELECT a, b, max(rank) AS rank, bool_or(level = 'sister') AS sister,
  bool_or(level IN ('same', 'rare', 'order', 'typo')) AS agrees,
  arg_max(level, rank) AS level, arg_max(bits, rank) AS bits, arg_max(fa, rank) AS fa, arg_max(fb, rank) AS fb,
  arg_max(name_a, rank) AS name_a, arg_max(name_b, rank) AS name_b,
  max(CASE WHEN {label_a} THEN bits_b WHEN {label_b} THEN bits_a ELSE 0 END) AS label_bits
FROM (SELECT t.*, ((list_position({levels}, level) * 32768 + bits)::BIGINT * 64 - nth_a) * 64 - nth_b AS rank,
  x.label AS la, y.label AS lb FROM told t JOIN {left} x ON x.id = t.a JOIN {right} y ON y.id = t.b)
GROUP BY a, b
"""
_IS_LABEL = "length({label}) >= 5 AND ({label} = {name} OR (length({label}) >= 12 AND starts_with({name}, {label})))"

_FIELDS = """
WITH met AS (
  SELECT p.a, p.b, n.* EXCLUDE (a, b), x.form AS form_a, y.form AS form_b, y.district AS district_b, y.city AS city_b,
    CASE WHEN x.kvk = y.kvk OR x.rsin = y.rsin THEN 'same' WHEN x.kvk IS NULL OR y.kvk IS NULL
      THEN CASE WHEN x.rsin <> y.rsin THEN 'differ' END
      WHEN damerau_levenshtein(x.kvk, y.kvk) <= 1 THEN 'slip' ELSE 'differ' END AS number,
    CASE WHEN x.postcode = y.postcode THEN
        CASE WHEN x.house = y.house THEN 'address' WHEN x.house IS NULL OR y.house IS NULL THEN 'postcode'
          ELSE 'beside' END
      WHEN x.street = y.street AND x.house = y.house AND (x.city = y.city OR x.district = y.district
        OR ((x.city IS NULL OR y.city IS NULL) AND (x.district IS NULL OR y.district IS NULL))) THEN 'street'
      WHEN x.district = y.district THEN 'district'
      WHEN x.city = y.city THEN CASE WHEN x.district <> y.district OR (x.house <> y.house AND x.street <> y.street)
        THEN 'moved' ELSE 'city' END
      WHEN left(x.city, 1) = left(y.city, 1) AND length(x.city) > 3 AND damerau_levenshtein(x.city, y.city) = 1
        THEN 'city'
      WHEN x.city <> y.city OR x.district <> y.district THEN 'away' END AS place,
    CASE WHEN x.site = y.site OR x.site = y.mail OR x.mail = y.site OR x.mail = y.mail THEN 'same'
      WHEN x.label = y.label AND length(x.label) >= 5 THEN 'label'
      WHEN x.label IS NOT NULL AND y.label IS NOT NULL THEN 'differ' END AS web,
    CASE WHEN x.site IN (y.site, y.mail) THEN x.site ELSE x.mail END AS shared_site,
    coalesce(x.own = y.own, FALSE) AS permanent,
    y.label AS shared_label, y.postcode AS shared_postcode, y.street AS shared_street, y.house AS shared_house
  FROM pair p JOIN named n USING (a, b) JOIN {left} x ON x.id = p.a JOIN {right} y ON y.id = p.b),
regime AS (
  SELECT *, CASE WHEN level IN {alike} THEN '' WHEN sister THEN '/sister' ELSE '/other' END AS beside_name,
    CASE WHEN coalesce(fa, form_a) = coalesce(fb, form_b) THEN 'same'
      WHEN coalesce(fa, form_a) <> coalesce(fb, form_b) THEN 'differ' END AS form,
    CASE WHEN label_bits > 0 AND web = 'same' THEN 'named'
      WHEN label_bits > 0 AND coalesce(web, 'differ') = 'differ' AND level NOT IN ('same', 'rare', 'order', 'typo')
        THEN 'name'
      ELSE web END AS site
  FROM met)
SELECT r.a, r.b, r.name_a, r.name_b, r.level AS name, r.sister AND NOT r.agrees AS sister, r.permanent, r.number,
  r.place || r.beside_name AS place, r.site || r.beside_name AS web, r.form,
  r.bits AS name_bits, coalesce(r.place IN ('address', 'postcode', 'street'), FALSE)
    OR coalesce(r.site IN ('same', 'named'), FALSE) AS near,
  coalesce(CASE r.place WHEN 'address' THEN p.bits + {house} WHEN 'postcode' THEN p.bits WHEN 'beside' THEN p.bits
    WHEN 'street' THEN s.bits WHEN 'district' THEN d.bits WHEN 'city' THEN coalesce(c.bits, {slip})
    WHEN 'moved' THEN c.bits END, 0)
    AS place_bits,
  coalesce(CASE r.site WHEN 'same' THEN w.bits WHEN 'named' THEN w.bits WHEN 'label' THEN l.bits
    WHEN 'name' THEN least(r.label_bits, {most}) END, 0) AS web_bits,
  coalesce(CASE r.form WHEN 'same' THEN f.bits END, 0) AS form_bits
FROM regime r
LEFT JOIN f_postcode p ON p.postcode = r.shared_postcode
LEFT JOIN f_address s ON s.street = r.shared_street AND s.house = r.shared_house
LEFT JOIN f_district d ON d.district = r.district_b LEFT JOIN f_city c ON c.city = r.city_b
LEFT JOIN f_site w ON w.site = r.shared_site LEFT JOIN f_label l ON l.label = r.shared_label
LEFT JOIN f_form f ON f.form = coalesce(r.fb, r.form_b)
"""


def compare(database: DuckDBPyConnection, left: str, right: str, many: int) -> None:
    """Table ``compared``, a row a pair: a, b, the levels of each field (null where not both state it), and bits.

    name_a, name_b: the names that agree best. sister: the names are those of sister companies and of
    no other kind. bits: what all shared values say together, in thousandths.
    """
    most = min(limit(many), LIMIT * BIT)
    database.execute(
        "CREATE OR REPLACE TEMP TABLE named AS "
        + _NAMES.format(
            left=left,
            right=right,
            rare=limit(many) - 1800,
            most=most,
            bit=BIT,
            levels=list(NAME_LEVELS),
            one_of_many=f"'{ONE_OF_MANY}'",
            label_a=_IS_LABEL.format(label="la", name="bb"),
            label_b=_IS_LABEL.format(label="lb", name="ba"),
        )
    )
    database.execute(
        "CREATE OR REPLACE TEMP TABLE compared AS "
        + _FIELDS.format(left=left, right=right, alike=ALIKE, house=HOUSE_BITS, slip=CITY_BITS, most=most)
    )
