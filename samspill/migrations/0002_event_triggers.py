from django.db import migrations

from samspill.kit.migration_sql import EVENTS, EVENTS_BACK


class Migration(migrations.Migration):
    dependencies = [("samspill", "0001_first")]

    operations = [migrations.RunSQL(EVENTS, EVENTS_BACK)]
