"""The walls of this room: every table with an owner has its policy."""

from django.db import migrations

from schakel.sharing.policies import owned


class Migration(migrations.Migration):
    dependencies = (("invest", "0001_initial"),)
    operations = (
        owned("invest_fund"),
        owned("invest_investment"),
        owned("invest_position"),
        owned("invest_valuation"),
    )
