"""Words of VBA that a reader of code must tell apart from names ([MS-VBAL] 3.3.5.2), and what its objects hold."""

from __future__ import annotations

RESERVED = frozenset(
    ["addressof", "alias", "and", "any", "append", "as", "attribute", "base", "binary", "byref", "byval", "call", "case", "close", "compare", "const", "date", "declare", "dim", "do", "double", "each", "else", "elseif", "empty", "end", "endif", "enum", "eqv", "erase", "error", "event", "exit", "explicit", "false", "for", "friend", "from", "function", "get", "global", "gosub", "goto", "if", "imp", "implements", "in", "input", "integer", "is", "kill", "let", "lib", "like", "line", "lock", "long", "loop", "lset", "me", "mid", "mod", "module", "name", "new", "next", "not", "nothing", "null", "object", "on", "open", "option", "optional", "or", "output", "paramarray", "preserve", "print", "private", "property", "ptrsafe", "public", "put", "raiseevent", "random", "read", "redim", "rem", "resume", "return", "rset", "seek", "select", "set", "shared", "single", "static", "step", "stop", "string", "sub", "text", "then", "to", "true", "type", "typeof", "unlock", "until", "variant", "wend", "while", "width", "with", "withevents", "write", "xor", "access", "boolean", "byte", "currency", "decimal", "longlong", "longptr", "defbool", "defbyte", "defint", "deflng", "defcur", "defsng", "defdbl", "defdate", "defstr", "defobj", "defvar", "deflnglng", "deflngptr", "explicit", "collection", "debug"]
)
# types whose values have no members
VALUE_TYPES = frozenset(
    ["boolean", "byte", "currency", "date", "decimal", "double", "integer", "long", "longlong", "longptr", "single", "string", "variant", "object", "any"]
)
# prefixes of the constants that Office's libraries name: xlUp, wdStory, vbCrLf, msoTrue, ppLayoutBlank
CONSTANT_PREFIXES = ("xl", "wd", "vb", "mso", "pp", "fm", "ad", "rgb")
# what indexing a collection gives, where the registry says no more than "any": folded object -> folded object
ITEMS: dict[str, str] = {
    "workbooks": "workbook",
    "worksheets": "worksheet",
    "sheets": "worksheet",
    "documents": "document",
    "windows": "window",
    "names": "name",
    "shapes": "shape",
    "charts": "chart",
    "chartobjects": "chartobject",
    "pivottables": "pivottable",
    "comments": "comment",
    "hyperlinks": "hyperlink",
    "styles": "style",
    "borders": "border",
    "areas": "range",
    "tables": "table",
    "paragraphs": "paragraph",
    "sections": "section",
    "bookmarks": "bookmark",
    "fields": "field",
    "formfields": "formfield",
    "contentcontrols": "contentcontrol",
    "commandbars": "commandbar",
    "commandbarcontrols": "commandbarcontrol",
    "oleobjects": "oleobject",
    "revisions": "revision",
    "variables": "variable",
    "controls": "control",
}
# members and globals that answer an object of their own name, where the registry says "any"
SELF_NAMED = frozenset(
    [
        *ITEMS,
        "range",
        "font",
        "interior",
        "worksheetfunction",
        "commandbars",
        "pagesetup",
        "validation",
        "find",
    ]
)
COLLECTION_MEMBERS = frozenset(["add", "count", "item", "remove"])
ERR_MEMBERS = frozenset(
    ["number", "description", "source", "raise", "clear", "helpcontext", "helpfile", "lastdllerror"]
)
