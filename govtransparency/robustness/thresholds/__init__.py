"""Weights at which ranks change: swaps, first place, dominance, improvement, rescoring."""
