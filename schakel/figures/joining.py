"""The market list's companies are organisations: they are joined with those that agencies know."""

from schakel.register.identities import also_organisations

also_organisations(
    """
SELECT 'market_round', r.id, r.owner_id, a.slug, r.period, '', r.company, r.kvk, NULL, NULL, NULL, NULL, r.city, NULL,
       'company'
FROM figures_marketround r JOIN network_party a ON a.id = r.owner_id
WHERE r.state <> 'withdrawn' ORDER BY r.id
"""
)
