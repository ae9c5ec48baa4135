"""Every kind of file that identification knows: its family, what it becomes, and which engine can read it.

``extension`` is that of the ODF file a kind becomes; kinds without one are recognised so that they are declined by
name. Order within a family: newest first.
"""

from __future__ import annotations

from dataclasses import dataclass

TEXT, SPREADSHEET, PRESENTATION = "text", "spreadsheet", "presentation"


@dataclass(frozen=True, slots=True)
class Kind:
    """``native`` and ``libreoffice`` say which engines read it; ``macro`` that its format may hold VBA."""

    code: str
    family: str = ""
    extension: str = ""
    template: bool = False
    macro: bool = False
    native: bool = False
    libreoffice: bool = False


def _ooxml(code: str, family: str, extension: str, *, template: bool = False, macro: bool = False) -> Kind:
    return Kind(code, family, extension, template, macro, native=True, libreoffice=True)


def _legacy(code: str, family: str, extension: str, *, template: bool = False, macro: bool = True) -> Kind:
    return Kind(code, family, extension, template, macro, libreoffice=True)


_KINDS = (
    _ooxml("docx", TEXT, "odt"),
    _ooxml("docm", TEXT, "odt", macro=True),
    _ooxml("dotx", TEXT, "ott", template=True),
    _ooxml("dotm", TEXT, "ott", template=True, macro=True),
    _ooxml("flat_docx", TEXT, "odt"),  # Flat OPC: a package in one XML file
    _legacy("word2003xml", TEXT, "odt"),
    _legacy("doc", TEXT, "odt"),
    _legacy("dot", TEXT, "ott", template=True),
    Kind("doc95", TEXT, macro=True),  # Word 6 and 95
    Kind("dot95", TEXT, macro=True),
    Kind("word2", TEXT),  # Word for Windows 1 and 2, no OLE container
    Kind("works", TEXT),
    _legacy("rtf", TEXT, "odt", macro=False),
    _ooxml("xlsx", SPREADSHEET, "ods"),
    _ooxml("xlsm", SPREADSHEET, "ods", macro=True),
    _ooxml("xltx", SPREADSHEET, "ots", template=True),
    _ooxml("xltm", SPREADSHEET, "ots", template=True, macro=True),
    _legacy("xlsb", SPREADSHEET, "ods"),
    Kind("xlam", SPREADSHEET, macro=True),  # an add-in: code, no document
    _legacy("excel2003xml", SPREADSHEET, "ods"),
    _legacy("xls", SPREADSHEET, "ods"),
    _legacy("xlt", SPREADSHEET, "ots", template=True),
    Kind("xls95", SPREADSHEET, macro=True),  # BIFF5: Excel 5 and 95
    Kind("xls4", SPREADSHEET),  # BIFF2 to BIFF4, no OLE container
    _ooxml("pptx", PRESENTATION, "odp"),
    _ooxml("pptm", PRESENTATION, "odp", macro=True),
    _ooxml("potx", PRESENTATION, "otp", template=True),
    _ooxml("potm", PRESENTATION, "otp", template=True, macro=True),
    _ooxml("ppsx", PRESENTATION, "odp"),
    _ooxml("ppsm", PRESENTATION, "odp", macro=True),
    _legacy("ppt", PRESENTATION, "odp"),  # pot and pps are the same bytes under another name
    Kind("ppt95", PRESENTATION),
    Kind("ppam", PRESENTATION, macro=True),
    # Microsoft's own, not converted
    *map(Kind, ("ooxml_encrypted", "ooxml_rights_managed", "ooxml_other")),
    *map(Kind, ("vsd", "vsdx", "pub", "mdb", "accdb", "one", "mpp", "msg", "ole_other")),
    # in an open format already
    *map(Kind, ("odt", "ott", "ods", "ots", "odp", "otp", "odg", "odf_other", "odf_flat")),
    # no office document
    *map(Kind, ("pdf", "html", "mht", "xml", "csv", "slk", "text", "zip", "empty", "owner_file", "unknown")),
)
KINDS: dict[str, Kind] = {kind.code: kind for kind in _KINDS}

# Microsoft Office formats that are declined by name rather than as "no office document"
UNSUPPORTED = frozenset(
    [
        "xlam",
        "ppam",
        "doc95",
        "dot95",
        "word2",
        "works",
        "xls95",
        "xls4",
        "ppt95",
        "ooxml_other",
        "vsd",
        "vsdx",
        "pub",
        "mdb",
        "accdb",
        "one",
        "mpp",
        "msg",
        "ole_other",
        "odt",
        "ott",
        "ods",
        "ots",
        "odp",
        "otp",
        "odg",
        "odf_other",
        "odf_flat",
    ]
)

_TYPE = "application/vnd."
_WORD = _TYPE + "openxmlformats-officedocument.wordprocessingml."
_SHEET = _TYPE + "openxmlformats-officedocument.spreadsheetml."
_SHOW = _TYPE + "openxmlformats-officedocument.presentationml."

# media type of the main part -> kind (ECMA-376 Part 1, 11.3.10, 12.3.23, 13.3.6; [MS-OFFMACRO2] 2.2)
MAIN_PART_TYPES: dict[str, str] = {
    _WORD + "document.main+xml": "docx",
    _WORD + "template.main+xml": "dotx",
    _TYPE + "ms-word.document.macroenabled.main+xml": "docm",
    _TYPE + "ms-word.template.macroenabledtemplate.main+xml": "dotm",
    _TYPE + "ms-word.template.macroenabled.main+xml": "dotm",
    _SHEET + "sheet.main+xml": "xlsx",
    _SHEET + "template.main+xml": "xltx",
    _TYPE + "ms-excel.sheet.macroenabled.main+xml": "xlsm",
    _TYPE + "ms-excel.template.macroenabled.main+xml": "xltm",
    _TYPE + "ms-excel.addin.macroenabled.main+xml": "xlam",
    _TYPE + "ms-excel.sheet.binary.macroenabled.main": "xlsb",
    _SHOW + "presentation.main+xml": "pptx",
    _SHOW + "template.main+xml": "potx",
    _SHOW + "slideshow.main+xml": "ppsx",
    _TYPE + "ms-powerpoint.presentation.macroenabled.main+xml": "pptm",
    _TYPE + "ms-powerpoint.template.macroenabled.main+xml": "potm",
    _TYPE + "ms-powerpoint.slideshow.macroenabled.main+xml": "ppsm",
    _TYPE + "ms-powerpoint.addin.macroenabled.main+xml": "ppam",
    _TYPE + "ms-visio.drawing.main+xml": "vsdx",
    _TYPE + "ms-visio.drawing.macroenabled.main+xml": "vsdx",
    _TYPE + "ms-visio.template.main+xml": "vsdx",
    _TYPE + "ms-visio.stencil.main+xml": "vsdx",
}

# root element of the main part -> kind, for packages whose content types are wrong (prefixed names)
MAIN_ROOTS: dict[str, str] = {"w:document": "docx", "x:workbook": "xlsx", "p:presentation": "pptx"}
