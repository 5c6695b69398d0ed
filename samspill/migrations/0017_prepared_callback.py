from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("samspill", "0016_callback_letters"),
    ]

    operations = [
        migrations.AddField(
            model_name="preparedreply",
            name="callback",
            field=models.JSONField(default=dict),
        ),
    ]
