"""The marked copy of before, kept until the new one is whole."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (
        ("documents", "0002_walls"),
        ("intake", "0010_sources"),
    )

    operations = (
        migrations.AddField(
            model_name="returnedfile",
            name="former",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="documents.storedfile",
            ),
        ),
    )
