"""What can vary: choices of method, weights, and data."""
