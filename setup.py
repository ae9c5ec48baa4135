"""The one part of the build that setup.cfg cannot say: the accelerator of the row path, where a C compiler is there.

Without one the installation goes on, and rows are read by ``plain_rows.py``, which gives the same bytes.
"""

from Cython.Build import cythonize
from setuptools import Extension, setup

NAME = "converters.xlsx_to_ods.plain_rows_compiled"

setup(
    ext_modules=cythonize(
        [Extension(NAME, ["converters/xlsx_to_ods/plain_rows_compiled.pyx"], optional=True)],
        build_dir="build/cython",
    )
)
