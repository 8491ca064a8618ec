"""What agreements open here: projects, with who takes part in them.

With a project in full come the organisations in it, as it cannot be read without them.
"""

from django.db import migrations

from schakel.sharing.policies import agreed, cards, opened, reached

_PROJECT, _PART = "innovate_innovationproject", "innovate_participation"
_TAKES_PART = (
    "(SELECT o.number FROM register_organisation o WHERE o.id = r.lead_id OR o.id IN"
    f" (SELECT p.organisation_id FROM {_PART} p WHERE p.project_id = r.id))"
)
_BY = {
    "themes": "t.thing = ANY (r.themes)",
    "organisations": f"t.thing IN {_TAKES_PART}",
    "things": "t.thing = r.period || '/' || r.number",
}
_THOSE = "SELECT innovate_agreed(3, true)"


class Migration(migrations.Migration):
    dependencies = (("innovate", "0003_audited"), ("register", "0024_agreed"))
    operations = (
        reached("innovate_agreed", kind="project", table=_PROJECT, by=_BY),
        opened("project", _THOSE),
        opened("project_participant", f"SELECT p.id FROM {_PART} p WHERE p.project_id IN ({_THOSE})"),
        opened("organisation", f"SELECT p.organisation_id FROM {_PART} p WHERE p.project_id IN ({_THOSE})"),
        opened("organisation", f"SELECT r.lead_id FROM {_PROJECT} r WHERE r.id IN ({_THOSE}) AND r.lead_id IS NOT NULL"),
        agreed(_PROJECT, all_of="project", covered="id IN (SELECT innovate_agreed(3, false))"),
        agreed(_PART, all_of="project", covered="project_id IN (SELECT innovate_agreed(3, false))"),
        cards(
            "innovate_cards",
            reaching="innovate_agreed",
            table=_PROJECT,
            title="r.title",
            summary={name: f'r."{name}"' for name in ("start", "end", "themes", "status", "together_with")},
        ),
    )
