"""The size that a picture has of its own: pixels at its resolution, which cropping lengths refer to.

Sources: PNG (W3C, 11.2.2 IHDR, 11.3.5.3 pHYs), JFIF 1.02 (APP0), GIF89a, BMP, [MS-EMF] 2.3.4.2, [MS-WMF] 2.3.2.3.
"""

from __future__ import annotations

import struct

_DEFAULT_DPI = 96.0
_INCHES_PER_METRE = 39.3700787
_START_OF_FRAME = {0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}
Size = tuple[float, float]


def picture_size_points(data: bytes) -> Size | None:
    """Width and height in points; None for a format or a file that does not tell."""
    try:
        for mark, read in _READERS:
            if data.startswith(mark):
                return read(data)
        if data[40:44] == b" EMF":
            return _emf(data)
    except (struct.error, IndexError, ZeroDivisionError):
        return None
    return None


def _points(width: float, height: float, x_dpi: float, y_dpi: float) -> Size | None:
    if width <= 0 or height <= 0:
        return None
    return width * 72 / (x_dpi or _DEFAULT_DPI), height * 72 / (y_dpi or _DEFAULT_DPI)


def _png(data: bytes) -> Size | None:
    width, height = struct.unpack(">II", data[16:24])
    x_dpi = y_dpi = _DEFAULT_DPI
    position = 8
    while position + 8 <= len(data):
        length, kind = struct.unpack(">I4s", data[position : position + 8])
        if kind == b"pHYs":
            x, y, unit = struct.unpack(">IIB", data[position + 8 : position + 17])
            if unit == 1:
                x_dpi, y_dpi = x / _INCHES_PER_METRE, y / _INCHES_PER_METRE
        if kind in (b"IDAT", b"IEND"):
            break
        position += 12 + length
    return _points(width, height, x_dpi, y_dpi)


def _jpeg(data: bytes) -> Size | None:
    x_dpi = y_dpi = _DEFAULT_DPI
    position = 2
    while position + 4 <= len(data):
        if data[position] != 0xFF:
            position += 1
            continue
        marker = data[position + 1]
        if marker == 0xFF or 0xD0 <= marker <= 0xD9:
            position += 1 if marker == 0xFF else 2
            continue
        (length,) = struct.unpack(">H", data[position + 2 : position + 4])
        if marker == 0xE0 and data[position + 4 : position + 9] == b"JFIF\0":
            unit, x, y = struct.unpack(">BHH", data[position + 11 : position + 16])
            factor = {1: 1.0, 2: 2.54}.get(unit, 0.0)
            if factor and x and y:
                x_dpi, y_dpi = x * factor, y * factor
        if marker in _START_OF_FRAME:
            height, width = struct.unpack(">HH", data[position + 5 : position + 9])
            return _points(width, height, x_dpi, y_dpi)
        position += 2 + length
    return None


def _gif(data: bytes) -> Size | None:
    width, height = struct.unpack("<HH", data[6:10])
    return _points(width, height, _DEFAULT_DPI, _DEFAULT_DPI)


def _bmp(data: bytes) -> Size | None:
    width, height = struct.unpack("<ii", data[18:26])
    x, y = struct.unpack("<ii", data[38:46])
    return _points(width, abs(height), x / _INCHES_PER_METRE, y / _INCHES_PER_METRE)


def _emf(data: bytes) -> Size | None:
    left, top, right, bottom = struct.unpack("<iiii", data[24:40])  # the frame, in hundredths of a millimetre
    return _points(right - left, bottom - top, 2540, 2540)


def _wmf(data: bytes) -> Size | None:
    left, top, right, bottom, per_inch = struct.unpack("<hhhhH", data[6:16])
    return _points(abs(right - left), abs(bottom - top), per_inch, per_inch)


_READERS = (
    (b"\x89PNG\r\n\x1a\n", _png),
    (b"\xff\xd8\xff", _jpeg),
    (b"GIF8", _gif),
    (b"BM", _bmp),
    (b"\xd7\xcd\xc6\x9a", _wmf),
)
