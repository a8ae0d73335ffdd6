"""What searches longer than the tests do: ``python -m tests.soak``; pytest collects nothing of it."""
