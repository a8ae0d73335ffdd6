"""Tables for readers, made of results."""
