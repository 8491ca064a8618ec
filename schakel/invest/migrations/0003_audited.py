"""What an auditor under a mandate reads here; what positions are worth only where the mandate says so."""

from django.db import migrations

from schakel.sharing.policies import audited

_OF_POSITION = "position_id IN (SELECT id FROM invest_position)"


class Migration(migrations.Migration):
    dependencies = (("invest", "0002_walls"), ("sharing", "0005_mandate_walls"))
    operations = (
        audited("invest_fund", period="period"),
        audited("invest_investment", period="period"),
        audited("invest_position", period="period"),
        audited("invest_valuation", where=_OF_POSITION, secret=True),
    )
