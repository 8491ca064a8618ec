"""The walls of closings, publications, targets and what readers add."""

from django.db import migrations

from schakel.sharing.policies import append_only, for_counting_only, owned, readable_where


class Migration(migrations.Migration):
    dependencies = (("figures", "0003_closing_publishing_reading"),)
    operations = (
        owned("figures_closing", written_by="secretariat", published=True),
        for_counting_only("figures_closingfile"),
        owned("figures_approvingbody", written_by="secretariat", published=True),
        owned("figures_publication", written_by="secretariat", published=True),
        owned("figures_approval", published=True),
        append_only("figures_approval"),
        owned("figures_target"),
        readable_where("figures_target", "shared"),
        owned("figures_figurecomment"),
        readable_where("figures_figurecomment", "shared"),
        owned("figures_savedview"),
        readable_where("figures_savedview", "shared"),
        owned("figures_alert"),
        owned("figures_alerttold"),
    )
