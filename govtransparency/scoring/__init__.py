"""Scoring of an index: a recipe and normalised values, compiled once to arrays and scored under any weights."""
