"""The public record of an index: what its publisher has made public, and the audit of its claims."""

from govtransparency.record.audit import audit_claims
from govtransparency.record.compare import contradictions
from govtransparency.record.facts import check_facts, facts
from govtransparency.record.read import Record, read_record
from govtransparency.record.weights import FeasibleWeights, feasible_weights

__all__ = [
    "FeasibleWeights",
    "Record",
    "audit_claims",
    "check_facts",
    "contradictions",
    "facts",
    "feasible_weights",
    "read_record",
]
