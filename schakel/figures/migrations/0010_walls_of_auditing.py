"""Samples and conclusions behind their wall: an auditor's own, and never altered."""

from django.db import migrations

from schakel.sharing.policies import append_only, owned

_TABLES = ("figures_sample", "figures_sampleitem", "figures_conclusion")


class Migration(migrations.Migration):
    dependencies = (("figures", "0009_auditing"),)
    operations = (*(owned(table) for table in _TABLES), *(append_only(table) for table in _TABLES))
