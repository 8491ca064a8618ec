"""Which weights rounds go by: nobody's, read by all, written by the linker, and only ever added to."""

from django.db import migrations

from schakel.sharing.policies import append_only, shared


class Migration(migrations.Migration):
    dependencies = (("register", "0019_model_choice"),)
    operations = (shared("register_modelchoice"), append_only("register_modelchoice"))
