"""A table of what the queue and the silences ask of a receipt.

What the receipts of earlier releases say lies sealed and a migration has no keys, so their rows are made empty here;
`trustact.casework.receipt_index` fills them when they are first asked for.
"""

import django.db.models.deletion
from django.db import migrations, models

EARLIER = """
INSERT INTO receipt_index (event_id, first, station, channel, gateway)
SELECT receipt."index",
  NOT EXISTS (
    SELECT 1 FROM event AS before
    WHERE before.case_id = receipt.case_id AND before.kind = receipt.kind AND before."index" < receipt."index"
  ), '', '', ''
FROM event AS receipt JOIN case_file ON case_file.id = receipt.case_id
WHERE receipt.kind = 'document-received' AND case_file.stage <> 'shredded'
"""


class Migration(migrations.Migration):
    """Makes the table, with a row for each receipt that was not shredded."""

    dependencies = [
        ("records", "0005_acknowledgements"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReceiptIndex",
            fields=[
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        serialize=False,
                        to="records.event",
                    ),
                ),
                ("first", models.BooleanField()),
                ("station", models.TextField(db_index=True)),
                ("channel", models.TextField()),
                ("gateway", models.TextField()),
                ("received_at", models.DateTimeField(db_index=True, null=True)),
                ("received_on", models.DateField(null=True)),
            ],
            options={
                "db_table": "receipt_index",
            },
        ),
        migrations.RunSQL(EARLIER, migrations.RunSQL.noop),
    ]
