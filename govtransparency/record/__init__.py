"""The public record of an index: what its publisher has made public, and the audit of its claims."""

from govtransparency.record.facts import facts
from govtransparency.record.read_record import Record, read_record

__all__ = [
    "Record",
    "facts",
    "read_record",
]
