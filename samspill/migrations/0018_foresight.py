from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("samspill", "0017_prepared_callback"),
    ]

    operations = [
        migrations.CreateModel(
            name="Foresight",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("by", models.CharField(max_length=40)),
                ("present", models.FloatField()),
                ("wanted", models.JSONField(default=list)),
                ("points", models.JSONField(default=list)),
                ("came", models.JSONField(default=dict)),
                ("requests", models.PositiveIntegerField(default=0)),
                ("since", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
            ],
        ),
    ]
