"""What LibreOffice writes against the schema becomes valid, and nothing else changes."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from converters.libreoffice import markup
from converters.libreoffice.mend import mend_package
from converters.libreoffice.mends import MARKUP_MENDS, MENDS
from converters.validity import validate

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
        "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
        "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
        "form": "urn:oasis:names:tc:opendocument:xmlns:form:1.0",
        "xlink": "http://www.w3.org/1999/xlink",
        "dc": "http://purl.org/dc/elements/1.1/",
        "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
    }.items()
)
# (where it stands, what LibreOffice writes, what stands there instead), each seen in a result of LibreOffice 25.2
STYLES, TEXT, SHEETS = "styles", "text", "sheets"
CASES = {
    "a handle's position, twice": (
        TEXT,
        '<text:p><draw:custom-shape svg:width="1cm" svg:height="1cm"><draw:enhanced-geometry draw:type="x">'
        '<draw:handle draw:handle-position="?f2 0" draw:handle-position-x="?f2" draw:handle-position-y="0"/>'
        "</draw:enhanced-geometry></draw:custom-shape></text:p>",
        '<draw:handle draw:handle-position="?f2 0"/>',
    ),
    "a relative size of a shape": (
        TEXT,
        '<text:p><draw:custom-shape style:rel-width="100%" style:rel-height="3%" svg:width="1cm" svg:height="1cm"/></text:p>',
        'svg:width="1cm" svg:height="1cm" loext:rel-width="100%" loext:rel-height="3%"',
    ),
    "a bullet without a character": (
        STYLES,
        '<text:list-style style:name="L"><text:list-level-style-bullet text:level="1" text:bullet-char=""/></text:list-style>',
        'text:bullet-char="\u200b"',
    ),
    "a row without height": (
        STYLES,
        '<style:style style:name="R" style:family="table-row"><style:table-row-properties style:row-height="0in"/></style:style>',
        'style:row-height="0.0007in"',
    ),
    "a weight that is none": (
        STYLES,
        '<style:style style:name="W" style:family="text"><style:text-properties fo:font-weight="0"/></style:style>',
        'fo:font-weight="normal"',
    ),
    "a negative padding": (
        STYLES,
        '<style:style style:name="G" style:family="graphic"><style:graphic-properties fo:padding-bottom="-0.0118in"/></style:style>',
        'fo:padding-bottom="0in"',
    ),
    "lines spread over a cell": (
        STYLES,
        '<style:style style:name="C" style:family="table-cell"><style:table-cell-properties style:vertical-align="justify"/></style:style>',
        'style:vertical-align="top" loext:vertical-align="justify"',
    ),
    "a link of a cell, twice": (
        STYLES,
        '<style:style style:name="C" style:family="table-cell"><style:table-cell-properties>'
        '<style:hyperlink xlink:href="https://a.b/"/><loext:hyperlink xlink:href="https://a.b/"/>'
        "</style:table-cell-properties></style:style>",
        '<style:table-cell-properties><loext:hyperlink xlink:href="https://a.b/"/></style:table-cell-properties>',
    ),
    "a date of the year nought": (
        TEXT,
        '<text:tracked-changes><text:changed-region xml:id="c1" text:id="c1"><text:insertion><office:change-info><dc:creator>A</dc:creator>'
        "<dc:date>0000-00-00T00:00:00</dc:date></office:change-info></text:insertion></text:changed-region></text:tracked-changes>",
        "<dc:date>1970-01-01T00:00:00</dc:date>",
    ),
    "a change that nobody signed": (
        TEXT,
        '<text:tracked-changes><text:changed-region xml:id="c1" text:id="c1"><text:deletion><office:change-info>'
        "<dc:date>2026-01-01T00:00:00</dc:date></office:change-info></text:deletion></text:changed-region></text:tracked-changes>",
        "<office:change-info><dc:creator/><dc:date>2026-01-01T00:00:00</dc:date></office:change-info>",
    ),
    "a change without a date, of LibreOffice 7.4": (
        TEXT,
        '<text:tracked-changes><text:changed-region xml:id="c1" text:id="c1"><text:deletion><office:change-info><dc:creator>A</dc:creator>'
        "<dc:date>1970-01-01</dc:date></office:change-info></text:deletion></text:changed-region></text:tracked-changes>",
        "<dc:date>1970-01-01T00:00:00</dc:date>",
    ),
    "a hidden name": (
        SHEETS,
        '<table:named-expressions><table:named-range table:name="n" table:cell-range-address="$A.$A$1"'
        ' table:range-usable-as="hidden"/></table:named-expressions>',
        'loext:range-usable-as="hidden"',
    ),
    "the name of a range that is gone": (
        SHEETS,
        '<table:named-expressions><table:named-range table:name="n" table:base-cell-address="$A.$A$1"'
        ' table:cell-range-address="#REF!"/></table:named-expressions>',
        '<table:named-expression table:name="n" table:base-cell-address="$A.$A$1" table:expression="#REF!"/>',
    ),
}  # fmt: skip


def package(folder: Path, place: str, construct: str, body: str = "") -> Path:
    """An ODF package, as LibreOffice writes it, with a construct among its styles or in its body."""
    spreadsheet = place == SHEETS
    styles = construct if place == STYLES else ""
    table = '<table:table table:name="A"><table:table-column/><table:table-row><table:table-cell/></table:table-row></table:table>'
    inside = f"{table}{construct}" if spreadsheet else (construct if place == TEXT else "") + body
    kind = "spreadsheet" if spreadsheet else "text"
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content {NAMESPACES} office:version="1.3">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:{kind}>{inside}</office:{kind}></office:body></office:document-content>"
    )
    path = folder / "result.odt"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr("content.xml", content)
    return path


def content_of(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read("content.xml").decode()


@pytest.mark.parametrize(("place", "written", "instead"), CASES.values(), ids=list(CASES))
def test_what_breaks_the_schema_is_mended_and_nothing_else_changes(
    tmp_path: Path, place: str, written: str, instead: str
) -> None:
    source, mended = package(tmp_path, place, written), tmp_path / "mended.odt"
    assert not validate(source).valid
    assert mend_package(source, mended) is not None
    assert validate(mended).violations == ()
    before, after = content_of(source), content_of(mended)
    assert instead in after
    start = next(index for index, (old, new) in enumerate(zip(before, after, strict=False)) if old != new)
    assert start >= before.index(written)
    assert after.endswith(before[before.index(written) + len(written) :])


def test_what_is_only_the_nearest_is_named(tmp_path: Path) -> None:
    _place, written, _instead = CASES["lines spread over a cell"]
    source = package(tmp_path, STYLES, written)
    assert mend_package(source, tmp_path / "mended.odt") == {"style:vertical-align"}


def test_a_valid_result_is_not_even_copied(tmp_path: Path) -> None:
    source = package(tmp_path, TEXT, "<text:p>hidden style:row-height= draw:fill</text:p>")
    assert mend_package(source, tmp_path / "mended.odt") is None
    assert not (tmp_path / "mended.odt").exists()


def test_a_list_from_nought_still_counts_from_nought(tmp_path: Path) -> None:
    style = (
        '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1"/>'
        '<text:list-level-style-number text:level="2" style:num-format="1" text:start-value="0"/></text:list-style>'
    )
    inner = "<text:list><text:list-item><text:p>zero</text:p></text:list-item><text:list-item><text:p>one</text:p></text:list-item></text:list>"
    body = f'<text:list text:style-name="L"><text:list-item><text:p>1</text:p>{inner}</text:list-item></text:list>'
    source, mended = package(tmp_path, STYLES, style, body), tmp_path / "mended.odt"
    assert not validate(source).valid
    assert mend_package(source, mended) == frozenset()
    assert validate(mended).violations == ()
    after = content_of(mended)
    assert '<text:list-item text:start-value="0"><text:p>zero</text:p>' in after
    assert after.count("text:start-value") == 1


def test_pieces_never_part_what_is_looked_at_together(monkeypatch: pytest.MonkeyPatch) -> None:
    data = (b"<a><b/><c/></a>" * 50) + b"<d>end</d>"
    for size in range(1, 40):
        monkeypatch.setattr(markup, "_BLOCK", size)
        pieces = list(markup.read_pieces(io.BytesIO(data), {b"b", b"c"}))
        assert b"".join(pieces) == data
        assert not any(piece.startswith((b"<b", b"<c")) for piece in pieces)


def test_each_mend_names_the_rule_that_is_broken() -> None:
    for mend in (*MENDS, *MARKUP_MENDS):
        assert mend.rule
        assert any(name in mend.rule for name in (*mend.elements, ":"))
