"""Files as tables of text cells that remember where they stand."""
