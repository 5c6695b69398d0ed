import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("samspill", "0006_evaluation")]

    operations = [
        migrations.CreateModel(
            name="Redaction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kinds", models.JSONField(default=list)),
                ("sealed", models.TextField(blank=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to=settings.AUTH_USER_MODEL)),
                ("conversation", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="redactions", to="samspill.conversation")),
                ("message", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="samspill.message")),
            ],
            options={
                "indexes": [models.Index(condition=models.Q(("sealed", ""), _negated=True), fields=["at"], name="redaction_to_forget")],
            },
        ),
    ]
