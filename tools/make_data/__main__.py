"""`make data`: write again what is made of the public record, and say which files are not as they were."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from govtransparency.editions import find_root
from govtransparency.errors import InputError
from tools.make_data.province_totals import write_province_totals
from tools.make_data.simulated_editions import write_simulated_editions

if TYPE_CHECKING:
    from pathlib import Path


def main(root: Path) -> int:
    """Write the simulated editions and those of totals below `root`, and return the exit status: 2 for bad input."""
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    try:
        written = [*write_simulated_editions(root), *write_province_totals(root)]
    except InputError as error:
        print(error, file=sys.stderr)
        return 2
    changed = [path for path in written if before.get(path) != path.read_bytes()]
    for path in changed:
        print(f"changed: {path.relative_to(root.parents[1])}")
    print(f"{len(written)} files written, {len(changed) or 'none'} changed")
    return 0


if __name__ == "__main__":
    sys.exit(main(find_root()))
