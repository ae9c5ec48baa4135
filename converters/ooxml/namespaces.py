"""Namespaces of Office Open XML: prefixes used all over this package, and Strict folded into Transitional.

Sources: ECMA-376 Part 1 (Strict), Part 4 (Transitional), [MS-DOCX], [MS-XLSX], [MS-PPTX], [MS-ODRAWXML].
"""

from __future__ import annotations

from functools import cache

_TRANSITIONAL = "http://schemas.openxmlformats.org/"
_STRICT = "http://purl.oclc.org/ooxml/"
_MS = "http://schemas.microsoft.com/office/"

# prefix -> namespace. Prefixes are this package's own: a document may use any.
NAMESPACES: dict[str, str] = {
    "a": _TRANSITIONAL + "drawingml/2006/main",
    "c": _TRANSITIONAL + "drawingml/2006/chart",
    "cdr": _TRANSITIONAL + "drawingml/2006/chartDrawing",
    "dgm": _TRANSITIONAL + "drawingml/2006/diagram",
    "lc": _TRANSITIONAL + "drawingml/2006/lockedCanvas",
    "pic": _TRANSITIONAL + "drawingml/2006/picture",
    "wp": _TRANSITIONAL + "drawingml/2006/wordprocessingDrawing",
    "xdr": _TRANSITIONAL + "drawingml/2006/spreadsheetDrawing",
    "w": _TRANSITIONAL + "wordprocessingml/2006/main",
    "x": _TRANSITIONAL + "spreadsheetml/2006/main",
    "p": _TRANSITIONAL + "presentationml/2006/main",
    "m": _TRANSITIONAL + "officeDocument/2006/math",
    "r": _TRANSITIONAL + "officeDocument/2006/relationships",
    "s": _TRANSITIONAL + "officeDocument/2006/sharedTypes",
    "ep": _TRANSITIONAL + "officeDocument/2006/extended-properties",
    "op": _TRANSITIONAL + "officeDocument/2006/custom-properties",
    "vt": _TRANSITIONAL + "officeDocument/2006/docPropsVTypes",
    "ds": _TRANSITIONAL + "officeDocument/2006/customXml",
    "ct": _TRANSITIONAL + "package/2006/content-types",
    "rel": _TRANSITIONAL + "package/2006/relationships",
    "cp": _TRANSITIONAL + "package/2006/metadata/core-properties",
    "mc": _TRANSITIONAL + "markup-compatibility/2006",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "dcmitype": "http://purl.org/dc/dcmitype/",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "xml": "http://www.w3.org/XML/1998/namespace",
    "pkg": "http://schemas.microsoft.com/office/2006/xmlPackage",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w10": "urn:schemas-microsoft-com:office:word",
    "xvml": "urn:schemas-microsoft-com:office:excel",
    "pvml": "urn:schemas-microsoft-com:office:powerpoint",
    "wne": _MS + "word/2006/wordml",
    "w14": _MS + "word/2010/wordml",
    "w15": _MS + "word/2012/wordml",
    "w16se": _MS + "word/2015/wordml/symex",
    "w16cid": _MS + "word/2016/wordml/cid",
    "w16": _MS + "word/2018/wordml",
    "w16cex": _MS + "word/2018/wordml/cex",
    "w16du": _MS + "word/2023/wordml/word16du",
    "wp14": _MS + "word/2010/wordprocessingDrawing",
    "wpc": _MS + "word/2010/wordprocessingCanvas",
    "wpg": _MS + "word/2010/wordprocessingGroup",
    "wpi": _MS + "word/2010/wordprocessingInk",
    "wps": _MS + "word/2010/wordprocessingShape",
    "cx": _MS + "drawing/2014/chartex",
    "a14": _MS + "drawing/2010/main",
    "a16": _MS + "drawing/2014/main",
    "adec": _MS + "drawing/2017/decorative",
    "asvg": _MS + "drawing/2016/SVG/main",
    "dsp": _MS + "drawing/2008/diagram",
    "am3d": _MS + "drawing/2017/model3d",
    "x12ac": _MS + "spreadsheetml/2011/1/ac",
    "x14": _MS + "spreadsheetml/2009/9/main",
    "x14ac": _MS + "spreadsheetml/2009/9/ac",
    "x15": _MS + "spreadsheetml/2010/11/main",
    "xr": _MS + "spreadsheetml/2014/revision",
    "xda": _MS + "spreadsheetml/2017/dynamicarray",
    "xm": _MS + "excel/2006/main",
    "x15ac": _MS + "spreadsheetml/2010/11/ac",
    "xcalcf": _MS + "spreadsheetml/2018/calcfeatures",
    "xlwcv": _MS + "spreadsheetml/2024/workbookCompatibilityVersion",
    "mx": _MS + "mac/excel/2008/main",
    "sle": "http://schemas.microsoft.com/office/drawing/2010/slicer",
    "tsle": "http://schemas.microsoft.com/office/drawing/2012/timeslicer",
    "loext": "http://schemas.libreoffice.org/",
    "gs": "http://customooxmlschemas.google.com/",
    "xltc": _MS + "spreadsheetml/2018/threadedcomments",
    "p14": _MS + "powerpoint/2010/main",
    "p15": _MS + "powerpoint/2012/main",
    "p188": _MS + "powerpoint/2018/8/main",
}

# Strict namespace -> Transitional namespace (ECMA-376 Part 1 against Part 4, Annex A).
STRICT_NAMESPACES: dict[str, str] = {
    _STRICT + "drawingml/main": NAMESPACES["a"],
    _STRICT + "drawingml/chart": NAMESPACES["c"],
    _STRICT + "drawingml/chartDrawing": NAMESPACES["cdr"],
    _STRICT + "drawingml/diagram": NAMESPACES["dgm"],
    _STRICT + "drawingml/lockedCanvas": NAMESPACES["lc"],
    _STRICT + "drawingml/picture": NAMESPACES["pic"],
    _STRICT + "drawingml/wordprocessingDrawing": NAMESPACES["wp"],
    _STRICT + "drawingml/spreadsheetDrawing": NAMESPACES["xdr"],
    _STRICT + "wordprocessingml/main": NAMESPACES["w"],
    _STRICT + "spreadsheetml/main": NAMESPACES["x"],
    _STRICT + "presentationml/main": NAMESPACES["p"],
    _STRICT + "officeDocument/math": NAMESPACES["m"],
    _STRICT + "officeDocument/relationships": NAMESPACES["r"],
    _STRICT + "officeDocument/sharedTypes": NAMESPACES["s"],
    _STRICT + "officeDocument/extendedProperties": NAMESPACES["ep"],
    _STRICT + "officeDocument/customProperties": NAMESPACES["op"],
    _STRICT + "officeDocument/docPropsVTypes": NAMESPACES["vt"],
    _STRICT + "officeDocument/customXml": NAMESPACES["ds"],
}
STRICT_MARK = _STRICT.encode()
_STRICT_RELATIONSHIP = _STRICT + "officeDocument/relationships/"
_STRICT_RELATIONSHIP_NAMES = {
    "extendedProperties": "extended-properties",
    "customProperties": "custom-properties",
}

_PREFIXES = {uri: prefix for prefix, uri in NAMESPACES.items()}


@cache
def qn(name: str) -> str:
    """``qn("w:p")`` is the Clark name; a name without prefix stays. Raises KeyError for an unknown prefix."""
    prefix, _, local = name.rpartition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if prefix else local


@cache
def prefixed(clark: str) -> str:
    """The inverse of :func:`qn`, for tables and reports; an unknown namespace stays visible as it is."""
    if clark[:1] != "{":
        return clark
    uri, _, local = clark[1:].partition("}")
    prefix = _PREFIXES.get(uri)
    return f"{prefix}:{local}" if prefix else clark


@cache
def transitional(clark: str) -> str:
    """The Transitional Clark name of a Strict one; any other stays."""
    if not clark.startswith("{" + _STRICT):
        return clark
    uri, _, local = clark[1:].partition("}")
    return f"{{{STRICT_NAMESPACES.get(uri, uri)}}}{local}"


def transitional_relationship(relationship_type: str) -> str:
    """The Transitional type of a Strict relationship type; any other stays."""
    if not relationship_type.startswith(_STRICT_RELATIONSHIP):
        return relationship_type
    name = relationship_type[len(_STRICT_RELATIONSHIP) :]
    return f"{NAMESPACES['r']}/{_STRICT_RELATIONSHIP_NAMES.get(name, name)}"
