"""Table styles that applications know by identifier without any part that holds them.

Presentations name them by GUID ([MS-OI29500] 2.1.1256, tableStyleId); these are the ones that applications give new
tables. Colours are scheme colours, so each follows the theme.
"""

from __future__ import annotations

from functools import cache

from lxml import etree

from converters.ooxml.namespaces import NAMESPACES

DEFAULT_STYLE = "{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}"
_MEDIUM_2 = {
    "{073A0DAA-6AF3-43AB-8588-CEC1D06C72B9}": "dk1",
    DEFAULT_STYLE: "accent1",
    "{21E4AEA4-8DFA-4A89-87EB-49C32662AFE0}": "accent2",
    "{F5AB1C69-6EDB-4FF4-983F-18BD219EF322}": "accent3",
    "{00A15C55-8517-42AA-B614-E9B94910E393}": "accent4",
    "{7DF18680-E054-41AD-8BC1-D1AEF772440D}": "accent5",
    "{93296810-A885-4BE3-A3E7-6D5BEEA58F35}": "accent6",
}
NO_GRID = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
_GRID = "{5940675A-B579-460E-94D1-54222C63F5DA}"

_SIDES = ("left", "right", "top", "bottom", "insideH", "insideV")


def _line(side: str, width_emu: int, color: str) -> str:
    fill = f'<a:solidFill><a:schemeClr val="{color}"/></a:solidFill>'
    return f'<a:{side}><a:ln w="{width_emu}" cmpd="sng">{fill}</a:ln></a:{side}>'


def _part(name: str, text: str = "", borders: str = "", fill: str = "") -> str:
    filled = f"<a:fill><a:solidFill>{fill}</a:solidFill></a:fill>" if fill else ""
    return f"<a:{name}>{text}<a:tcStyle><a:tcBdr>{borders}</a:tcBdr>{filled}</a:tcStyle></a:{name}>"


def _text(color: str, *, bold: bool = False) -> str:
    weight = ' b="on"' if bold else ""
    return f'<a:tcTxStyle{weight}><a:fontRef idx="minor"/><a:schemeClr val="{color}"/></a:tcTxStyle>'


def _medium_2(color: str) -> str:
    def tint(value: int) -> str:
        return f'<a:schemeClr val="{color}"><a:tint val="{value}"/></a:schemeClr>'

    solid = f'<a:schemeClr val="{color}"/>'
    heading = _text("lt1", bold=True)
    return (
        _part("wholeTbl", _text("dk1"), "".join(_line(side, 12_700, "lt1") for side in _SIDES), tint(20_000))
        + _part("band1H", fill=tint(40_000))
        + _part("band1V", fill=tint(40_000))
        + _part("lastCol", heading, fill=solid)
        + _part("firstCol", heading, fill=solid)
        + _part("lastRow", heading, _line("top", 38_100, "lt1"), solid)
        + _part("firstRow", heading, _line("bottom", 38_100, "lt1"), solid)
    )


def _grid() -> str:
    return _part("wholeTbl", _text("tx1"), "".join(_line(side, 12_700, "tx1") for side in _SIDES))


@cache
def preset_table_style(identifier: str) -> etree._Element | None:
    """The style of an identifier as an ``a:tblStyle`` element; None for one that is not known here."""
    identifier = identifier.upper()
    if identifier in _MEDIUM_2:
        parts = _medium_2(_MEDIUM_2[identifier])
    elif identifier == _GRID:
        parts = _grid()
    elif identifier == NO_GRID:
        parts = _part("wholeTbl", _text("tx1"))
    else:
        return None
    return etree.fromstring(
        f'<a:tblStyle xmlns:a="{NAMESPACES["a"]}" styleId="{identifier}">{parts}</a:tblStyle>'
    )
