"""Print environment.yml, for users of conda, from the requirements in pyproject.toml: `make lock` does it."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Packages that conda-forge has under the very name and with the very content of the Python package. All others, such as
# brotli and typst, which there are something else, are left to pip.
CONDA = {
    "dask",
    "fonttools",
    "hypothesis",
    "ipykernel",
    "ipywidgets",
    "jupyterlab",
    "matplotlib",
    "mypy",
    "myst-nb",
    "myst-parser",
    "nbconvert",
    "numba",
    "numpy",
    "openpyxl",
    "pandas",
    "papermill",
    "pip",
    "pooch",
    "pyarrow",
    "pydata-sphinx-theme",
    "pytest",
    "pytest-xdist",
    "python-calamine",
    "ruff",
    "scikit-learn",
    "scipy",
    "setuptools",
    "sphinx",
    "sphinxcontrib-bibtex",
    "statsmodels",
    "threadpoolctl",
    "tqdm",
    "wheel",
}
HEAD = """\
# Made by `make lock` from pyproject.toml. Only requirements.lock (make setup) gives the published numbers bit for bit.
name: govtransparency
channels:
  - conda-forge
dependencies:
"""


def requirements(project: dict) -> list[str]:
    """Return every requirement of the library, its extras and its development, sorted by name."""
    extras = project["project"]["optional-dependencies"].values()
    groups = project["dependency-groups"].values()
    every = {item for items in (project["project"]["dependencies"], *extras, *groups) for item in items}
    return sorted(item for item in every if not item.startswith(f"{project['project']['name']}["))


def environment(project: dict) -> str:
    """Return the text of environment.yml: conda's own packages first, the others by pip."""
    conda, pip = [f"python{project['project']['requires-python']}"], ["-e ."]
    for requirement in requirements(project):
        name = re.split(r"[^\w.-]", requirement, maxsplit=1)[0]
        if name in CONDA:
            conda.append(re.sub(r"\[.*?\]", "", requirement))  # conda-forge's dask brings distributed by itself
        else:
            pip.append(requirement)
    lines = [f"  - {item}\n" for item in conda] + ["  - pip:\n"] + [f"      - {item}\n" for item in pip]
    return HEAD + "".join(lines)


if __name__ == "__main__":
    print(environment(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))), end="")
