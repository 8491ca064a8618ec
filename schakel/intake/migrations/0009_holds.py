"""What kinds the last examination read in a delivery, so that its stand is known before it is accepted."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("intake", "0008_mending_by_people"),)
    operations = (
        migrations.AddField(model_name="delivery", name="holds", field=models.JSONField(default=dict)),
    )
