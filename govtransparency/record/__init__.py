"""The public record of an index: what its publisher has made public, and the audit of its claims."""

from govtransparency.record.facts import check_facts, facts
from govtransparency.record.read import Record, read_record

__all__ = ["Record", "check_facts", "facts", "read_record"]
