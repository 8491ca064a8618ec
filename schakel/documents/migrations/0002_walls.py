"""The walls of this room: every table with an owner has its policy."""

from django.db import migrations

from schakel.sharing.policies import owned


class Migration(migrations.Migration):
    dependencies = (("documents", "0001_initial"), ("sharing", "0001_privileges"))
    operations = (owned("documents_storedfile"), owned("documents_filepart"))
