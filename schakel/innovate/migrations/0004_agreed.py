"""What agreements open here: projects, with who takes part in them.

With a project in full come the organisations in it, as it cannot be read without them.
"""

from django.db import migrations

from schakel.sharing.policies import agreed, cards, definer, found, reached

_PROJECT, _PART = "innovate_innovationproject", "innovate_participation"
_TAKES_PART = (
    f"(SELECT o.number FROM register_organisation o WHERE o.id = r.lead_id OR o.id IN"
    f" (SELECT p.organisation_id FROM {_PART} p WHERE p.project_id = r.id))"
)
_BY = {
    "themes": "t.thing = ANY (r.themes)",
    "organisations": f"t.thing IN {_TAKES_PART}",
    "things": "t.thing = r.period || '/' || r.number",
}
_THOSE = "SELECT innovate_agreed(3, true)"
_IN_THEM = (
    f"SELECT p.organisation_id FROM {_PART} p WHERE p.project_id IN ({_THOSE})"
    f" UNION SELECT r.lead_id FROM {_PROJECT} r WHERE r.id IN ({_THOSE})"
)


class Migration(migrations.Migration):
    dependencies = (("innovate", "0003_audited"), ("register", "0024_agreed"))
    operations = (
        reached("innovate_agreed", kind="project", table=_PROJECT, by=_BY),
        definer("innovate_agreed_organisations()", "RETURNS SETOF bigint", _IN_THEM),
        agreed(_PROJECT, kind="project", covered="id IN (SELECT innovate_agreed(3, false))"),
        agreed(_PART, kind="project", covered="project_id IN (SELECT innovate_agreed(3, false))"),
        agreed(
            "register_organisation",
            kind="project",
            covered="id IN (SELECT innovate_agreed_organisations())",
            whole=False,
            name="agreed_project",
        ),
        found(
            "project",
            {
                "project": "SELECT innovate_agreed(3, true)::text",
                "project_participant": f"SELECT id::text FROM {_PART}",
                "organisation": "SELECT innovate_agreed_organisations()::text",
            },
        ),
        cards(
            "innovate_cards",
            reaching="innovate_agreed",
            table=_PROJECT,
            title="r.title",
            summary={name: f'r."{name}"' for name in ("start", "end", "themes", "status", "together_with")},
        ),
    )
