"""The record: one log for real space, one for each practice room.

A Log is a Merkle tree over its Entries (RFC 6962). An Entry's leaf holds public fields and commitments;
an Opening in the vault holds the salt of one commitment and says in which row the value lives. Nodes
are the hashes of the tree's perfect subtrees; a Checkpoint is the signed size and root.
Entries, nodes and checkpoints are append-only, which the database itself enforces.
"""

from django.db import models

from talanoa.lib.receipts import Receipt

APPEND_ONLY = ("record_entry", "record_node", "record_checkpoint")


class Log(models.Model):
    """An append-only log. `origin` is its name in every checkpoint (C2SP tlog-checkpoint) and never changes."""

    name = models.CharField(max_length=80, unique=True)
    origin = models.CharField(max_length=200)
    key_name = models.CharField(max_length=80)
    vkey = models.CharField(max_length=300)
    size = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return self.origin


class Entry(models.Model):
    """One line of the record. `at` is exact; the leaf itself tells only the hour (UTC)."""

    log = models.ForeignKey(Log, on_delete=models.PROTECT, related_name="entries")
    index = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=60)
    process_key = models.CharField(max_length=40, blank=True)
    number = models.PositiveIntegerField(null=True)
    at = models.DateTimeField()
    leaf = models.BinaryField()

    # Known while the act that appended this entry goes on; of one that is read later, queries.receipt_of asks anew.
    receipt: Receipt | None = None

    class Meta:
        constraints = [models.UniqueConstraint(fields=["log", "index"], name="entry_index_once")]
        indexes = [models.Index(fields=["process_key", "index"], name="entry_of_process")]
        ordering = ["log", "index"]

    def __str__(self) -> str:
        return f"{self.index} {self.kind}"


class Node(models.Model):
    """The hash of a perfect subtree: `index` counts subtrees of 2**level leaves from the left."""

    log = models.ForeignKey(Log, on_delete=models.PROTECT, related_name="nodes")
    level = models.PositiveSmallIntegerField()
    index = models.PositiveBigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["log", "level", "index"], name="node_once")]


class Checkpoint(models.Model):
    """A signed note over size and root; `note` is its exact text."""

    log = models.ForeignKey(Log, on_delete=models.PROTECT, related_name="checkpoints")
    size = models.PositiveBigIntegerField()
    note = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["log", "size"], name="checkpoint_once")]


class Opening(models.Model):
    """The vault: what opens one commitment. Erasing empties `salt`; the leaf and its proofs stay valid."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="openings")
    field = models.CharField(max_length=40)
    salt = models.BinaryField(max_length=32, null=True)
    model = models.CharField(max_length=80)
    row = models.PositiveBigIntegerField()
    attribute = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "field"], name="opening_once")]
        indexes = [models.Index(fields=["model", "row"], name="opening_of_row")]
