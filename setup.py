"""What is in the wheel: the library and, in its folder ``shipped``, the notebooks of the report and one edition."""

from pathlib import Path

from setuptools import find_namespace_packages, setup

# where the folders of the repository lie in the package, for `govtransparency.shipped_files`
SHIPPED = {
    f"govtransparency.shipped.{folder.as_posix().replace('/', '.')}": folder.as_posix()
    for top in ("notebooks", "data/raw/tai")
    for folder in (Path(top), *Path(top).rglob("*/"))
    if folder.is_dir() and not folder.name.startswith(".")
}

setup(
    packages=[*find_namespace_packages(include=["govtransparency*"]), *SHIPPED],
    package_dir=SHIPPED,
    package_data={
        "govtransparency": ["py.typed", "report/render/templates/**/*", "plot/chinese_font/*"],
        **{package: ["*.*"] for package in SHIPPED},
    },
)
