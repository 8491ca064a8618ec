"""What became of companies behind its wall: an agency's own, and an auditor's under a mandate."""

from django.db import migrations

from schakel.sharing.policies import audited, owned


class Migration(migrations.Migration):
    dependencies = (("figures", "0012_company_outcomes"), ("sharing", "0005_mandate_walls"))
    operations = (owned("figures_companyoutcome"), audited("figures_companyoutcome", period="period"))
