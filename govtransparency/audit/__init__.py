"""What was published, checked against the rest of the record and against the rebuilt index."""
