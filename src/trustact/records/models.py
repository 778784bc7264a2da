"""The tables of the record. A case is its events folded together; an event is a ledger row and a sealed record.

`LedgerRow` and `LedgerCheckpoint` are append-only: database triggers refuse anything else (migration 0002).
"""

from django.conf import settings
from django.db import models


class LedgerRow(models.Model):
    """One ledger entry and the tree nodes it completed (`trustact.ledger.merkle.completed_subtrees`)."""

    index = models.BigIntegerField(primary_key=True)
    entry = models.BinaryField()
    nodes = models.BinaryField()

    class Meta:
        """Named for what it holds."""

        db_table = "ledger_row"


class LedgerCheckpoint(models.Model):
    """A signed checkpoint of the ledger (C2SP tlog-checkpoint), by the size of the tree it covers."""

    size = models.BigIntegerField(primary_key=True)
    note = models.BinaryField()

    class Meta:
        """Named for what it holds."""

        db_table = "ledger_checkpoint"


class SealedRecord(models.Model):
    """A value in the vault. An empty wrapped key means shredded."""

    id = models.CharField(max_length=32, primary_key=True)
    field = models.CharField(max_length=32)
    key_id = models.CharField(max_length=32)
    wrapped_key = models.BinaryField()
    ciphertext = models.BinaryField()

    class Meta:
        """Named for what it holds."""

        db_table = "sealed_record"


class Case(models.Model):
    """A numbered case. `token` links its ledger entries in public; `stage` is what the queue sorts by.

    `sameness` and `subject` are keyed fingerprints of what the form says, by which a copy of it and other
    requests about the same person are found without either being readable.
    """

    number = models.CharField(max_length=16, unique=True)
    token = models.CharField(max_length=32, unique=True)
    stage = models.CharField(max_length=16, db_index=True)
    sameness = models.CharField(max_length=64, blank=True, db_index=True)
    subject = models.CharField(max_length=64, blank=True, db_index=True)

    class Meta:
        """Named for what it holds."""

        db_table = "case_file"


class Event(models.Model):
    """What happened: its ledger row, its kind, its case if it has one, who did it, and the sealed particulars."""

    row = models.OneToOneField(LedgerRow, models.PROTECT, primary_key=True, db_column="index")
    kind = models.CharField(max_length=64, db_index=True)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="events")
    actor = models.CharField(max_length=150)
    sealed = models.OneToOneField(SealedRecord, models.PROTECT)

    class Meta:
        """In the order of the ledger."""

        db_table = "event"
        ordering = ("row",)


class ReceiptIndex(models.Model):
    """What the queue and the silences ask of a receipt, in the clear beside its sealed record, which bears it out.

    `first`: it opened its case. `gateway`: the channel or gateway that delivered it, empty for a person. `received_on`
    is the office's own day. An empty `station`: the receipt is of an earlier release and was not looked into yet.
    """

    event = models.OneToOneField(Event, models.PROTECT, primary_key=True)
    first = models.BooleanField()
    station = models.TextField(db_index=True)
    channel = models.TextField()
    gateway = models.TextField()
    received_at = models.DateTimeField(null=True, db_index=True)
    received_on = models.DateField(null=True)

    class Meta:
        """Named for what it holds."""

        db_table = "receipt_index"


class Document(models.Model):
    """A document as it arrived, sealed. `fingerprint` finds the same bytes again without telling what they are."""

    id = models.CharField(max_length=32, primary_key=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="documents")
    fingerprint = models.CharField(max_length=64, db_index=True)
    media_type = models.CharField(max_length=64)
    size = models.BigIntegerField()
    sealed = models.OneToOneField(SealedRecord, models.PROTECT)

    class Meta:
        """Named for what it holds."""

        db_table = "document"


class Enclosure(models.Model):
    """A document inside the mail of a case, by the fingerprint it would have as a document of its own."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="enclosures")
    fingerprint = models.CharField(max_length=64, db_index=True)

    class Meta:
        """Named for what it holds."""

        db_table = "enclosure"
        constraints = (models.UniqueConstraint(fields=("case", "fingerprint"), name="enclosure_once"),)


class LawArchive(models.Model):
    """A state of a law that decided something, by its digest, so that the decision can be replayed for ever."""

    digest = models.CharField(max_length=80, primary_key=True)
    archive = models.BinaryField()

    class Meta:
        """Named for what it holds."""

        db_table = "law_archive"


class SignInCode(models.Model):
    """A one-time sign-in code, kept only as its hash; used once, before it expires."""

    code_hash = models.CharField(max_length=64, primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    expires_at = models.DateTimeField()

    class Meta:
        """Named for what it holds."""

        db_table = "sign_in_code"


class Delivery(models.Model):
    """One delivery of one channel, by a keyed mark of what it calls itself, and the receipt it was given.

    A message or a file seen again after a crash has the same mark: it is the same delivery, not a second one.
    """

    mark = models.CharField(max_length=64, primary_key=True)
    event = models.OneToOneField(Event, models.PROTECT)

    class Meta:
        """Named for what it holds."""

        db_table = "delivery"


class ChannelToken(models.Model):
    """What a gateway shows to hand documents in through one channel, kept only as its hash; ended, never removed.

    `last_used_at` is when it last handed one in, by the office's clock.
    """

    token_hash = models.CharField(max_length=64, primary_key=True)
    name = models.CharField(max_length=64, unique=True)
    channel = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        """Named for what it holds."""

        db_table = "channel_token"


class ReadingTry(models.Model):
    """How often the reading of a case's document was begun, and which reader has it now (empty: none)."""

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True)
    tries = models.PositiveIntegerField(default=0)
    reader = models.CharField(max_length=32, blank=True)

    class Meta:
        """Named for what it holds."""

        db_table = "reading_try"


class ChannelState(models.Model):
    """How a configured channel is: since when well or not, in one line, and when it was last looked at."""

    name = models.CharField(max_length=64, primary_key=True)
    well = models.BooleanField()
    says = models.TextField(blank=True)
    since = models.DateTimeField()
    looked_at = models.DateTimeField()

    class Meta:
        """Named for what it holds."""

        db_table = "channel_state"


class Acknowledgement(models.Model):
    """A receipt that is still to be sent to the sender by mail; the address lies sealed with the receipt itself."""

    event = models.OneToOneField(Event, models.PROTECT, primary_key=True)

    class Meta:
        """Named for what it holds."""

        db_table = "acknowledgement"
