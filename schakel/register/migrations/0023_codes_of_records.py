from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("register", "0022_keyed_walls")]

    operations = [
        migrations.AddField(model_name="keyedrecord", name=name, field=models.TextField(null=True))
        for name in ("address_code", "slip_codes")
    ]
