from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("samspill", "0014_callbacks"),
    ]

    operations = [
        migrations.AddField(
            model_name="callback",
            name="counted",
            field=models.BooleanField(default=False),
        ),
        migrations.AddIndex(
            model_name="callback",
            index=models.Index(
                condition=models.Q(("counted", False)), fields=["ended_at"], name="callback_uncounted"
            ),
        ),
    ]
