"""Find and load an edition: one year of one index, from its folder of raw files."""

from govtransparency.editions.config import STATUSES
from govtransparency.editions.download import Original, fetch, original_file, originals
from govtransparency.editions.edition import Edition
from govtransparency.editions.edition_doubts import doubts
from govtransparency.editions.load import list_editions, read_edition
from govtransparency.editions.panel_of_years import Panel, read_panel, readable_panel
from govtransparency.editions.root import find_root

__all__ = [
    "STATUSES",
    "Edition",
    "Original",
    "Panel",
    "doubts",
    "fetch",
    "find_root",
    "list_editions",
    "original_file",
    "originals",
    "read_edition",
    "read_panel",
    "readable_panel",
]
