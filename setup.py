"""What is in the wheel: the library and, in its folder ``shipped``, the notebooks of the report and one edition."""

from setuptools import find_packages, setup

SHIPPED = {  # where the folders of the repository lie in the package: see govtransparency/shipped_files.py
    "govtransparency.shipped.notebooks": "notebooks",
    "govtransparency.shipped.data.raw.tai": "data/raw/tai",
}

setup(
    packages=[*find_packages(include=["govtransparency*"]), *SHIPPED],
    package_dir=SHIPPED,
    package_data={
        "govtransparency": ["py.typed", "report/render/templates/**/*", "plot/chinese_font/*"],
        **{package: ["**/*.*"] for package in SHIPPED},
    },
)
