"""Find and load an edition: one year of one index, from its folder of raw files."""

from govtransparency.editions.load import STATUSES, Edition, find_root, list_editions, read_edition

__all__ = ["STATUSES", "Edition", "find_root", "list_editions", "read_edition"]
