"""One sheet, several ways through the row path: the parser alone, the Python scanner, the compiled one. Equal bytes."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from converters.losses import Loss, LossLog
from converters.odf.package import MEDIA_TYPES, OdfPackage
from converters.ooxml.package import Package
from converters.options import Options
from converters.xlsx_to_ods import convert, part_stream, plain_rows, rows
from converters.xlsx_to_ods.plain_rows import PythonPlainRows
from tests.converters.xlsx_to_ods.workbooks import raw
from tests.office_files import X

_STYLES = (
    "<numFmts count='1'><numFmt numFmtId='170' formatCode='[h]:mm:ss'/></numFmts>"
    "<fonts count='2'><font><sz val='11'/><name val='Calibri'/></font>"
    "<font><sz val='30'/><name val='Calibri'/></font></fonts>"
    "<cellXfs count='7'><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='170'/><xf numFmtId='9'/>"
    "<xf numFmtId='0' fontId='1' applyFont='1'/><xf numFmtId='4'/>"
    "<xf numFmtId='0' applyAlignment='1'><alignment wrapText='1'/></xf></cellXfs>"
)
_SHARED = (
    '<si><t>plain</t></si> <si><t xml:space="preserve">kept as it is</t></si>'
    "<si><t> lead</t></si>\n<si><t>a &amp; b &lt; é €</t></si><si><r><t>rich </t></r><r><rPr><b/></rPr><t>bold</t></r></si>"
    "<si/><si><t>_x0041_</t></si><si><t>two  spaces</t></si><si><t>line\nbreak</t></si><si><t>a longer text that does "
    "not fit in one line of its cell</t></si>"
)

_TEXTS = st.sampled_from(
    ["", "x", " x", "a  b", "é&amp;ü", "&quot;q&quot;", "1", "a_x000D_b", "_", "a &gt; b", "a > b", "&#65;", "tab\there"]
) | st.text("ab _&é€\ufffd", max_size=6).map(lambda text: text.replace("&", "&amp;"))  # fmt: skip
_NUMBERS = st.sampled_from(
    ["0", "1", "60", "61.5", "43831", "-0", "1e5", "+.5", "5.", "1E", ".", " 7 ", "1_0", "nan", "", "0.1", "007"]
) | st.floats(allow_nan=False, allow_infinity=False).map(repr)  # fmt: skip
_INDEXES = st.integers(-1, 12).map(str)
_FORMULAS = st.sampled_from(
    [
        "<f>A{r}+$B$1</f>", "<f>SUM(A{r}:C{n})*2</f>", "<f>A{r}&amp;\"A1\"</f>", "<f>'My Q1'!A{r}</f>", "<f>Budget!A{r}</f>",
        "<f>IF(A{r}&gt;0,1,2)</f>", "<f>NOSUCH{r}(</f>", '<f t="shared" si="0"/>', '<f t="shared" si="0" ref="A1:C9">A{r}+1</f>',
        '<f t="array" ref="A{r}:B{r}">A{r}*2</f>', "<f/>", "<f>A{r}-A1048576</f>", '<f ca="1">NOW()</f>',
    ]
)  # fmt: skip


_COLUMNS = ("A", "B", "C", "D", "F", "AA", "XFD")
_PLAIN = (
    "", " t='s'>0", " t='s'>1", " t='s'>9", ">12.5", ">-1e-7", ">43831", ">43831.5", " t='n'>7", " t='b'>1", " t='b'>0",
    " t='str'>a \"b\"", " t='str'>é &amp; &gt;", " t='inlineStr'>text", " t='inlineStr'>wider than its column is",
    " t='e'>#N/A", " t='str'>", ">",
)  # fmt: skip
_PLAIN_FORMULAS = (
    "", "", "", "<f>A{r}*2+B$1</f>", '<f t="shared" si="0"/>', '<f aca="false">A{r}*2+B$1</f>', '<f ca="1">A{r}*2+B$1</f>'
)  # fmt: skip

_EMPTY = st.sampled_from(["<v/>", "<v />", "<v></v>", ""])


def _seldom(draw: st.DrawFn) -> bool:
    return draw(st.integers(0, 19)) == 0


@st.composite
def _plain_cell(draw: st.DrawFn, row: int, column: str) -> str:
    style = draw(st.sampled_from(["", *(f' s="{index}"' for index in range(7))]))
    kind, _, value = draw(st.sampled_from(_PLAIN)).replace("'", '"').partition(">")
    formula = draw(st.sampled_from(_PLAIN_FORMULAS)).format(r=row)
    if not value and not draw(st.booleans()):
        return f'<c r="{column}{row}"{style}{kind}/>'
    inline = "inline" in kind
    content = (
        f"<is><t>{value}</t></is>"
        if inline
        else f"{formula}<v>{value}</v>"
        if value
        else f"{formula}{draw(_EMPTY)}"
    )
    return f'<c r="{column}{row}"{style}{kind}>{content}</c>'


@st.composite
def _odd_cell(draw: st.DrawFn, row: int, column: str) -> str:
    column = draw(st.sampled_from([column, "A", "XFE", "a", "AAAA"]))
    style = draw(st.sampled_from(["", ' s="1"', ' s="7"', ' s="x"']))
    start = draw(
        st.sampled_from([f'<c r="{column}{row}"', "<c", f'<c cm="1" r="{column}{row}"', f'<c r="{column}"'])
    )
    formula = draw(st.just("") | _FORMULAS).format(r=row, n=row + 3)
    kind = draw(st.sampled_from(["", "s", "str", "n", "b", "e", "inlineStr", "d", "other"]))
    value = {
        "s": _INDEXES,
        "b": st.sampled_from(["0", "1", "true", "2"]),
        "e": st.sampled_from(["#N/A", "#SPILL!"]),
        "d": st.just("2024-02-29T12:30:00"),
        "str": _TEXTS,
    }.get(kind, _NUMBERS)
    if kind == "inlineStr":
        content = f"<is><t>{draw(_TEXTS)}</t></is>"
    else:
        content = draw(st.sampled_from(["", "<v/>"]) | value.map(lambda text: f"<v>{text}</v>"))
    attributes = style + (f' t="{kind}"' if kind else "")
    return (
        f"{start}{attributes}/>" if not formula + content else f"{start}{attributes}>{formula}{content}</c>"
    )


@st.composite
def _sheet(draw: st.DrawFn) -> str:
    """Plain rows for the most part, with anything else among them."""
    pieces, number = (
        ['<row r="1"><c r="A1"><f t="shared" si="0" ref="A1:XFD99">C1+$A2</f><v>3</v></c></row>'],
        1,
    )
    for _ in range(draw(st.integers(0, 15))):
        number += draw(st.sampled_from([3, 0, -1])) if _seldom(draw) else 1
        attributes = draw(st.sampled_from(_ODD_ROWS if _seldom(draw) else _PLAIN_ROWS))
        reference = "" if _seldom(draw) else f' r="{number}"'
        columns = sorted(
            draw(st.sets(st.sampled_from(_COLUMNS), max_size=5)), key=lambda name: (len(name), name)
        )
        cells = [draw((_odd_cell if _seldom(draw) else _plain_cell)(number, column)) for column in columns]
        pieces.append(
            draw(st.sampled_from(["<!-- <row r='9'> -->", "<odd/>", "text"])) if _seldom(draw) else "\n"
        )
        pieces.append(f"<row{reference}{attributes}>{''.join(cells)}</row>")
    tail = draw(st.sampled_from(["", "", '<mergeCells><mergeCell ref="B3:C4"/></mergeCells>', _VALIDATED]))
    return f'<cols><col min="2" max="2" width="4" style="3"/></cols><sheetData>{"".join(pieces)}</sheetData>{tail}'


_PLAIN_ROWS = (
    "",
    "",
    ' spans="1:3"',
    ' spans="1:3" ht="30" customHeight="1"',
    ' ht="18.75"',
    ' x14ac:dyDescent="0.25"',
    ' s="3"',
    ' customFormat="false" ht="12.8" hidden="false" customHeight="false" outlineLevel="0" collapsed="false"',
)
_ODD_ROWS = (' hidden="1"', ' outlineLevel="1"', ' s="3" customFormat="1"', " ht='20'", ' ht="&#49;5"')
_VALIDATED = (
    '<dataValidations><dataValidation type="whole" sqref="A2:B5"><formula1>1</formula1></dataValidation>'
    "</dataValidations>"
)


def _workbook(sheet: str) -> bytes:
    parts = {
        "xl/styles.xml": f'<styleSheet xmlns="{X}">{_STYLES}</styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{X}">{_SHARED}</sst>',
    }
    kinds = {"rId2": ("styles", "styles.xml"), "rId3": ("sharedStrings", "sharedStrings.xml")}
    content = f'<worksheet xmlns="{X}" xmlns:x14ac="urn:x">{sheet}</worksheet>'
    return raw("", {**parts, "xl/worksheets/sheet1.xml": content}, kinds)


def _result(source: bytes) -> tuple[bytes, tuple[Loss, ...]]:
    log, target = LossLog(), io.BytesIO()
    with Package(source) as opened, OdfPackage(target, MEDIA_TYPES["ods"]) as odf:
        convert(opened, odf, Options(), log)
    return target.getvalue(), log.losses()


def _by_parser(source: bytes) -> tuple[bytes, tuple[Loss, ...]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(part_stream, "is_readable", lambda _data: False)
        return _result(source)


def _by_scanner(
    source: bytes, scanner: Callable[..., object], block_bytes: int
) -> tuple[bytes, tuple[Loss, ...]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(part_stream, "BLOCK_BYTES", block_bytes)
        patch.setattr(rows, "PlainRows", scanner)
        return _result(source)


SCANNERS = {"python": PythonPlainRows}
if plain_rows.PlainRows is not PythonPlainRows:
    SCANNERS["compiled"] = plain_rows.PlainRows


@pytest.mark.parametrize("scanner", SCANNERS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sheet=_sheet(), block_bytes=st.sampled_from([50, 173, 1000, 1 << 20]))
def test_rows_taken_by_a_scanner_are_the_rows_that_the_parser_reads(scanner, sheet, block_bytes):
    source = _workbook(sheet)
    assert _by_scanner(source, SCANNERS[scanner], block_bytes) == _by_parser(source)


def test_the_accelerator_is_what_conversions_use_where_it_is_built():
    compiled = pytest.importorskip(
        "converters.xlsx_to_ods.plain_rows_compiled", reason="built without a C compiler"
    )
    assert rows.PlainRows is compiled.CompiledPlainRows


@pytest.mark.parametrize("scanner", SCANNERS)
def test_a_plain_sheet_never_reaches_the_parser(scanner, monkeypatch):
    """Else large sheets are converted at a tenth of the speed, and nothing but a stopwatch would tell."""
    filled = "".join(
        f'<row r="{row}" spans="1:5"><c r="A{row}" t="s"><v>0</v></c><c r="B{row}" s="1"><v>{43831 + row}</v></c>'
        f'<c r="C{row}" s="5"><v>{row}.25</v></c><c r="D{row}" t="inlineStr"><is><t>number {row}</t></is></c>'
        f'<c r="E{row}"><f>C{row}*IF(B{row}&gt;$B$1,Budget!C{row},2)</f><v>1</v></c>'
        f'<c r="F{row}" t="str"><f t="shared" si="0"/><v>ab</v></c></row>'
        for row in range(2, 400)
    )
    first = '<row r="1"><c r="F1"><f t="shared" ref="F1:F400" si="0">A1&amp;"b"</f><v>1</v></c></row>'
    read: list[int] = []

    def counted(self, row, *arguments):
        read.append(row)
        return general(self, row, *arguments)

    general = rows.RowReader._general_cell
    monkeypatch.setattr(rows.RowReader, "_general_cell", counted)
    monkeypatch.setattr(rows, "PlainRows", SCANNERS[scanner])
    _result(_workbook(f"<sheetData>{first}{filled}</sheetData>"))
    assert max(read) == 2  # the first formulas of a column are translated, the others follow them
