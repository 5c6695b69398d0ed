import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("samspill", "0018_foresight"),
    ]

    operations = [
        migrations.CreateModel(
            name="ComingWeek",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("chances", models.BinaryField()),
                ("at", models.DateTimeField()),
                (
                    "callback",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="coming_week", to="samspill.callback"
                    ),
                ),
            ],
        ),
    ]
