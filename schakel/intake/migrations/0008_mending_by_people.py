"""What mending in the browser needs: types of cells, what is taken along, and who was handed what."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from schakel.sharing.policies import owned


class Migration(migrations.Migration):
    dependencies = (
        ("intake", "0006_compared_and_returned"),
        ("intake", "0006_expecting_certifying"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    )
    operations = (
        migrations.AddField(
            model_name="edit", name="after_type", field=models.CharField(default="text", max_length=10)
        ),
        migrations.AddField(model_name="edit", name="below", field=models.IntegerField(default=0)),
        migrations.AddField(model_name="waiver", name="carry", field=models.BooleanField(default=False)),
        migrations.AddField(
            model_name="waiver",
            name="carried_from",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="intake.waiver"
            ),
        ),
        migrations.AddIndex(
            model_name="deliveryfinding",
            index=models.Index(fields=["delivery", "check_id", "table", "row"], name="finding_of_check"),
        ),
        migrations.CreateModel(
            name="Handing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("check_id", models.CharField(max_length=80)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "delivery",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="handings", to="intake.delivery"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="network.party"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": (
                    models.UniqueConstraint(
                        condition=models.Q(("settled_at__isnull", True)),
                        fields=("delivery", "check_id"),
                        name="handed_to_one",
                    ),
                )
            },
        ),
        owned("intake_handing"),
    )
