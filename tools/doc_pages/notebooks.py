"""The tutorials on the site, run: their notebooks stand outside `docs/`, and their outputs are kept between builds."""

import hashlib
import shutil
from pathlib import Path

from jupyter_client.manager import KernelManager
from sphinx.application import Sphinx

COPIES = "tutorials"  # below docs/, not in git


def copy_notebooks(source: Path, folder: Path) -> None:
    """Make a folder hold the notebooks of another and nothing else; what is there already stays untouched."""
    folder.mkdir(exist_ok=True)
    wanted = {path.name: path for path in sorted(source.glob("*.ipynb"))}
    for path in folder.iterdir():
        if path.name not in wanted and path.is_file():
            path.unlink()
    for name, path in wanted.items():
        if not (folder / name).exists() or (folder / name).read_bytes() != path.read_bytes():
            shutil.copyfile(path, folder / name)


def digest_of(*folders: Path) -> str:
    """Return a hash of all that pages may compute with: a change of the library or the data is a change of outputs."""
    found = hashlib.sha256()
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    for path in (path for path in files if path.suffix != ".pyc"):
        found.update(str(path).encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:16]


def _prepare(app: Sphinx) -> None:
    """Copy the tutorials, and say where outputs are kept: beside Sphinx's own notes, for this state of the library."""
    root = Path(app.confdir).parent
    copy_notebooks(root / "notebooks" / "tutorials", Path(app.confdir) / COPIES)
    KernelManager.transport_encryption.default_value = "auto"  # without it ipykernel prints a warning for each kernel
    kept = Path(app.doctreedir) / "notebooks"
    cache = kept / digest_of(root / "govtransparency", root / "data" / "raw")
    for old in kept.glob("[0-9a-f]" * 16):
        if old != cache:
            shutil.rmtree(old)
    app.env.mystnb_config = app.env.mystnb_config.copy(  # type: ignore[attr-defined]
        output_folder=str(kept / "outputs"), execution_cache_path=str(cache)
    )


def setup(app: Sphinx) -> dict[str, bool]:
    """Give Sphinx the tutorials."""
    app.setup_extension("myst_nb")
    app.connect("builder-inited", _prepare, priority=600)  # after myst_nb has set its own folders
    return {"parallel_read_safe": True, "parallel_write_safe": True}
