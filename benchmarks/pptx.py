"""PowerPoint documents per second and peak memory of the native engine, against one warm soffice over the same files.

python benchmarks/pptx.py [--limit N] [FOLDER]     without a folder: the corpus beside the project, else the
                                                 sample share, written on the spot
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parents[1])  # this folder would hide the package ``pptx``

from benchmarks.peer import main  # noqa: E402

if __name__ == "__main__":
    main("odp", ("pptx", "potx", "pptm", "potm", "ppsx"), "pptx")
