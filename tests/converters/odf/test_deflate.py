"""Deflate streams in pieces."""

from __future__ import annotations

import io
import zipfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converters.odf import deflate
from converters.odf.deflate import DeflateSpool, DeflateStream
from converters.odf.package import MEDIA_TYPES, OdfPackage


def _inflated(stream: io.BytesIO) -> bytes:
    return zlib.decompress(stream.getvalue(), -zlib.MAX_WBITS)


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_what_is_written_and_appended_inflates_to_itself(pieces):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(deflate, "PIECE_BYTES", 64)
        target = io.BytesIO()
        stream, spool = DeflateStream(target), DeflateSpool()
        for piece in pieces:
            spool.write(piece)
        spool.flush_piece()
        stream.write(b"before ")
        stream.append(spool)
        stream.write(b" after")
        stream.finish()
    expected = b"before " + b"".join(pieces) + b" after"
    assert _inflated(target) == expected
    assert (stream.crc, stream.size) == (zlib.crc32(expected), len(expected))


def test_the_bytes_do_not_depend_on_how_the_data_is_handed_over():
    data = bytes(range(256)) * 20_000
    targets = []
    for step in (7_919, 1_000_000, len(data)):
        target = io.BytesIO()
        stream = DeflateStream(target)
        for first in range(0, len(data), step):
            stream.write(data[first : first + step])
        stream.finish()
        targets.append(target.getvalue())
    assert targets[0] == targets[1] == targets[2]


def test_a_streamed_file_of_a_package_is_read_by_other_programs(tmp_path):
    path = tmp_path / "a.ods"
    with (
        OdfPackage(path, MEDIA_TYPES["ods"]) as package,
        package.stream("content.xml", "text/xml") as stream,
    ):
        stream.write(b"<a>" * 700_000)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        entry = archive.getinfo("content.xml")
        assert (entry.compress_type, entry.file_size) == (zipfile.ZIP_DEFLATED, 2_100_000)
        assert archive.read("content.xml") == b"<a>" * 700_000
