"""Find and load an edition: one year of one index, from its folder of raw files."""

from govtransparency.editions.load import STATUSES, Edition, find_root, list_editions, read_edition
from govtransparency.editions.years import Panel, read_panel

__all__ = ["STATUSES", "Edition", "Panel", "find_root", "list_editions", "read_edition", "read_panel"]
