
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('samspill', '0009_mail_threads'),
    ]

    operations = [
        migrations.CreateModel(
            name='Trait',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sign', models.CharField(max_length=12)),
                ('digest', models.CharField(max_length=32)),
            ],
        ),
        migrations.AddField(
            model_name='attachment',
            name='identity',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to='samspill.identity'),
        ),
        migrations.AddField(
            model_name='consent',
            name='identity',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='samspill.identity'),
        ),
        migrations.AddField(
            model_name='finding',
            name='proposed',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='identity',
            name='given_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='samspill.identity'),
        ),
        migrations.AddField(
            model_name='identity',
            name='unreachable_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='merge',
            name='offered',
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name='return',
            name='identity',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, to='samspill.identity'),
        ),
        migrations.AddField(
            model_name='review',
            name='done',
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddIndex(
            model_name='merge',
            index=models.Index(condition=models.Q(('undone_at', None)), fields=['kept'], name='merge_of_kept'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.UniqueConstraint(condition=models.Q(('undone_at', None)), fields=('merged',), name='merged_into_one_at_most'),
        ),
        migrations.AddConstraint(
            model_name='review',
            constraint=models.UniqueConstraint(condition=models.Q(('finished_at', None)), fields=('finished_at',), name='one_review_at_a_time', nulls_distinct=False),
        ),
        migrations.AddField(
            model_name='trait',
            name='contact',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='samspill.contact'),
        ),
        migrations.AddConstraint(
            model_name='trait',
            constraint=models.UniqueConstraint(fields=('sign', 'digest', 'contact'), name='each_trait_once'),
        ),
    ]
