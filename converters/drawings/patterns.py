"""Pattern fills as 8 by 8 bitmaps (ECMA-376 Part 1, 20.1.10.50, ST_PresetPatternVal)."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

from converters.ooxml.colors import from_hex

SIZE = 8
_BAYER = (
    (0, 32, 8, 40, 2, 34, 10, 42),
    (48, 16, 56, 24, 50, 18, 58, 26),
    (12, 44, 4, 36, 14, 46, 6, 38),
    (60, 28, 52, 20, 62, 30, 54, 22),
    (3, 35, 11, 43, 1, 33, 9, 41),
    (51, 19, 59, 27, 49, 17, 57, 25),
    (15, 47, 7, 39, 13, 45, 5, 37),
    (63, 31, 55, 23, 61, 29, 53, 21),
)
Pattern = Callable[[int, int], bool]  # whether the pixel at x, y has the foreground colour


def _share(percent: int) -> Pattern:
    return lambda x, y: _BAYER[y][x] < percent * 64 / 100


# name -> the pixels of the foreground; shares are ordered dithers
_PATTERNS: dict[str, Pattern] = {
    **{f"pct{n}": _share(n) for n in (5, 10, 20, 25, 30, 40, 50, 60, 70, 75, 80, 90)},
    "horz": lambda _x, y: y == 0,
    "vert": lambda x, _y: x == 0,
    "ltHorz": lambda _x, y: y % 4 == 0,
    "ltVert": lambda x, _y: x % 4 == 0,
    "dkHorz": lambda _x, y: y % 4 < 2,
    "dkVert": lambda x, _y: x % 4 < 2,
    "narHorz": lambda _x, y: y % 2 == 0,
    "narVert": lambda x, _y: x % 2 == 0,
    "dashHorz": lambda x, y: (y == 0 and x < 4) or (y == 4 and x >= 4),
    "dashVert": lambda x, y: (x == 0 and y < 4) or (x == 4 and y >= 4),
    "cross": lambda x, y: x == 0 or y == 0,
    "dnDiag": lambda x, y: (x - y) % 8 == 0,
    "upDiag": lambda x, y: (x + y) % 8 == 0,
    "ltDnDiag": lambda x, y: (x - y) % 4 == 0,
    "ltUpDiag": lambda x, y: (x + y) % 4 == 0,
    "dkDnDiag": lambda x, y: (x - y) % 4 < 2,
    "dkUpDiag": lambda x, y: (x + y) % 4 < 2,
    "wdDnDiag": lambda x, y: (x - y) % 8 < 3,
    "wdUpDiag": lambda x, y: (x + y) % 8 < 3,
    "dashDnDiag": lambda x, y: (x - y) % 4 == 0 and y % 8 < 4,
    "dashUpDiag": lambda x, y: (x + y) % 4 == 0 and y % 8 < 4,
    "diagCross": lambda x, y: (x - y) % 8 == 0 or (x + y) % 8 == 0,
    "smCheck": lambda x, y: (x // 2 + y // 2) % 2 == 0,
    "lgCheck": lambda x, y: (x // 4 + y // 4) % 2 == 0,
    "smGrid": lambda x, y: x % 4 == 0 or y % 4 == 0,
    "lgGrid": lambda x, y: x == 0 or y == 0,
    "dotGrid": lambda x, y: (x == 0 and y % 2 == 0) or (y == 0 and x % 2 == 0),
    "smConfetti": lambda x, y: (x * 3 + y * 5) % 8 == 0,
    "lgConfetti": lambda x, y: (x // 2 * 3 + y // 2 * 5) % 4 == 0,
    "horzBrick": lambda x, y: y % 4 == 0 or (x == 0 and y < 4) or (x == 4 and y >= 4),
    "diagBrick": lambda x, y: (x + y) % 8 == 0 or ((x - y) % 8 == 0 and y < 4),
    "solidDmnd": lambda x, y: abs(x - 4) + abs(y - 4) <= 3,
    "openDmnd": lambda x, y: (x - y) % 8 == 0 or (x + y) % 8 == 0,
    "dotDmnd": lambda x, y: ((x - y) % 8 == 0 or (x + y) % 8 == 0) and x % 2 == 0,
    "plaid": lambda x, y: (x + y) % 2 == 0 if y < 4 else x < 4,
    "sphere": lambda x, y: (x - 4) ** 2 + (y - 4) ** 2 <= 10,
    "weave": lambda x, y: (x - y) % 8 in (0, 4) or ((x + y) % 8 == 0 and y % 4 < 2),
    "divot": lambda x, y: (x, y) in ((3, 1), (4, 2), (3, 3), (0, 5), (7, 6), (0, 7)),
    "shingle": lambda x, y: (x + y) % 8 == 0 or (y % 4 == 3 and x < 4),
    "wave": lambda x, y: y % 4 == (2, 1, 0, 1, 2, 3, 3, 3)[x],
    "trellis": lambda x, y: y % 2 == 0 or (x + y) % 4 == 1,
    "zigZag": lambda x, y: y % 4 == min(x, 7 - x) % 4,
}  # fmt: skip


def pattern_png(name: str, foreground: str, background: str) -> bytes:
    """A PNG of one tile of the pattern in two colours (``"#rrggbb"``); half and half for an unknown name."""
    pattern = _PATTERNS.get(name, _PATTERNS["pct50"])
    colors = [bytes(round(value * 255) for value in from_hex(color)) for color in (background, foreground)]
    rows = b"".join(b"\0" + b"".join(colors[pattern(x, y)] for x in range(SIZE)) for y in range(SIZE))
    header = struct.pack(">IIBBBBB", SIZE, SIZE, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
