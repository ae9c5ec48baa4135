"""The one part of the build that setup.cfg cannot say: the accelerator of the row path, where a C compiler is there.

Without one the installation goes on, and rows are read by ``plain_rows.py``, which gives the same bytes.
"""

from __future__ import annotations

from Cython.Build import cythonize
from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

NAME = "converters.xlsx_to_ods.plain_rows_compiled"


class BuildWherePossible(build_ext):
    """Goes on without an extension that cannot be compiled, also where it is to lie beside its source."""

    def build_extension(self, ext: Extension) -> None:
        try:
            super().build_extension(ext)
        except Exception as error:  # whatever a missing compiler or header raises
            self.warn(f"{ext.name} is not built: {error}")
            self.extensions = [other for other in self.extensions if other is not ext]


setup(
    ext_modules=cythonize(
        [Extension(NAME, ["converters/xlsx_to_ods/plain_rows_compiled.pyx"])], build_dir="build/cython"
    ),
    cmdclass={"build_ext": BuildWherePossible},
)
