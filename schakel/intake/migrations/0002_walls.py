"""The walls of this room: every table with an owner has its policy."""

from django.db import migrations

from schakel.sharing.policies import owned


class Migration(migrations.Migration):
    dependencies = (("intake", "0001_initial"),)
    operations = (
        owned("intake_delivery"),
        owned("intake_deliveredfile"),
        owned("intake_deliveredtable"),
        owned("intake_deliveredrow"),
        owned("intake_deliveryfinding"),
        owned("intake_receipt"),
        owned("intake_confirmedmapping"),
    )
