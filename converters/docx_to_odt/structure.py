"""Elements that are read together with their parent, or that belong to something reported as a whole.

They stand in tables of their own so that every element of a part is in some table: inspection holds each element
against the union of them.
"""

from __future__ import annotations

from converters.support import Support

_STORY = "a story: its content is written"
_WITH_PARENT = "read with the element that holds it"
_EQUATION = "read with the part of the equation that holds it"
_TEXT_EFFECT = "belongs to a text effect, which is reported as a whole"
_EFFECT = "belongs to an effect, which is reported as a whole"
_LOCKS = "names and locks of the editor"
_OUTLINE = "a detail of a line, which is drawn plainly"
_GEOMETRY = "read with the outline of a shape"

STORIES = Support(
    "story",
    {},
    ignored=dict.fromkeys(
        ("w:hdr", "w:ftr", "w:footnotes", "w:footnote", "w:endnotes", "w:endnote", "w:comments", "w:comment"),
        _STORY,
    ),
)
PARTS_OF_PROPERTIES = Support(
    "parts of properties",
    {},
    ignored={
        **dict.fromkeys(
            (
                "w:top", "w:bottom", "w:left", "w:right", "w:start", "w:end", "w:insideH", "w:insideV",
                "w:ilvl", "w:numId", "w:numFmt", "w:numStart", "w:numRestart", "w:pos", "w:rPr",
            ),
            _WITH_PARENT,
        ),
        "w:between": "LibreOffice draws one frame around paragraphs with the same borders",
        "w:bar": "a line beside the text that Word, too, draws in old documents only",
        "w:tl2br": "read with the borders of the cell",
        "w:tr2bl": "read with the borders of the cell",
        "w:dateFormat": "read with the content control",
        "w:lid": "read with the content control",
        "w:storeMappedDataAs": "read with the content control",
        "w:calendar": "read with the content control",
        "w:listItem": "read with the content control",
        "w14:checked": "read with the content control",
        "w14:checkedState": "read with the content control",
        "w14:uncheckedState": "read with the content control",
        "w:ins": "read with the tracked changes",
    },
)  # fmt: skip
FORM_DATA = Support(
    "form field data",
    {},
    ignored=dict.fromkeys(
        (
            "w:ffData", "w:name", "w:enabled", "w:calcOnExit", "w:textInput", "w:default", "w:checkBox", "w:checked",
            "w:sizeAuto", "w:size", "w:ddList", "w:result", "w:listEntry", "w:maxLength", "w:type", "w:format",
            "w:entryMacro", "w:exitMacro", "w:helpText", "w:statusText", "w:label", "w:tabIndex", "w:fldData",
        ),
        "belongs to a form field, whose shown text stays",
    ),
)  # fmt: skip
DRAWING_STRUCTURE = Support(
    "structure of a drawing",
    {},
    ignored={
        **dict.fromkeys(
            (
                "wp:extent", "wp:docPr", "wp:positionH", "wp:positionV", "wp:posOffset", "wp:align", "wp:wrapNone",
                "wp:wrapSquare", "wp:wrapTight", "wp:wrapThrough", "wp:wrapTopAndBottom", "a:graphic", "a:graphicData",
                "a:xfrm", "a:off", "a:ext", "a:chOff", "a:chExt", "a:hlinkClick", "pic:nvPicPr", "pic:cNvPr",
                "pic:cNvPicPr", "pic:blipFill", "pic:spPr", "a:blip", "a:srcRect", "a:ln", "a:noFill", "a:solidFill",
                "a:srgbClr", "a:schemeClr", "a:prstClr", "a:sysClr", "a:alpha", "a:shade", "a:tint", "a:lumMod",
                "a:lumOff", "a:satMod", "wps:spPr", "wps:txbx", "wps:bodyPr", "a:noAutofit", "a:spAutoFit",
                "a:normAutofit",
            ),
            _WITH_PARENT,
        ),
        **dict.fromkeys(
            (
                "wp:cNvGraphicFramePr", "a:graphicFrameLocks", "a:picLocks", "a:spLocks", "wps:cNvSpPr", "wps:cNvCnPr",
                "wps:cNvPr", "a:extLst", "a16:creationId", "adec:decorative",
            ),
            _LOCKS,
        ),
        **dict.fromkeys(
            ("a:miter", "a:round", "a:bevel", "a:headEnd", "a:tailEnd", "a:prstDash", "a:custDash", "a:ds"), _OUTLINE
        ),
        **dict.fromkeys(
            (
                "a:prstGeom", "a:avLst", "a:gd", "a:gdLst", "a:ahLst", "a:ahXY", "a:ahPolar", "a:cxnLst", "a:cxn",
                "a:pos", "a:rect", "a:pathLst", "a:path", "a:moveTo", "a:pt", "a:lnTo", "a:close", "a:cubicBezTo",
                "a:quadBezTo", "a:arcTo", "a:prstTxWarp",
            ),
            _GEOMETRY,
        ),
        "a:stretch": "a picture fills its frame",
        "a:fillRect": "a picture fills its frame",
        "wp:effectExtent": _WITH_PARENT,
        "wp:simplePos": "not used: the position stands beside it",
        "wp:wrapPolygon": "LibreOffice finds the contour itself",
        "wp:start": "LibreOffice finds the contour itself",
        "wp:lineTo": "LibreOffice finds the contour itself",
        "wp14:sizeRelH": "the size in the drawing is the same at the page size of the document",
        "wp14:sizeRelV": "the size in the drawing is the same at the page size of the document",
        "wp14:pctWidth": "the size in the drawing is the same at the page size of the document",
        "wp14:pctHeight": "the size in the drawing is the same at the page size of the document",
        "wp14:pctPosHOffset": "the fallback gives the same position as a length",
        "wp14:pctPosVOffset": "the fallback gives the same position as a length",
        "a14:useLocalDpi": "a resolution for the editor",
        "a14:hiddenFill": "a fill that is switched off",
        "a14:hiddenLine": "a line that is switched off",
        "a14:hiddenEffects": "an effect that is switched off",
        "a14:shadowObscured": "a detail of an effect that is switched off",
        **dict.fromkeys(
            ("a14:imgProps", "a14:imgLayer", "a14:imgEffect", "a14:sharpenSoften", "a14:saturation",
             "a14:brightnessContrast", "a14:colorTemperature"),
            "how the editor made the picture, which is carried as it looks",
        ),
        "wps:style": "read with the shape: what it takes from the theme",
        "a:lnRef": "read with the shape: what it takes from the theme",
        "a:fillRef": "read with the shape: what it takes from the theme",
        "a:effectRef": "read with the shape: what it takes from the theme",
        "a:fontRef": "read with the shape: what it takes from the theme",
        **dict.fromkeys(
            (
                "a:camera", "a:lightRig", "a:rot", "a:bevelT", "a:bevelB", "a:contourClr", "a:extrusionClr", "a:gsLst",
                "a:gs", "a:lin", "a:tileRect", "a:fgClr", "a:bgClr",
            ),
            _EFFECT,
        ),
        **dict.fromkeys(("mc:AlternateContent", "mc:Choice", "mc:Fallback"), "one branch is chosen and read"),
    },
)  # fmt: skip
TEXT_EFFECTS = Support(
    "parts of text effects",
    {},
    ignored=dict.fromkeys(
        (
            "w14:srgbClr", "w14:schemeClr", "w14:alpha", "w14:shade", "w14:tint", "w14:satMod", "w14:lumMod",
            "w14:lumOff", "w14:prstDash", "w14:noFill", "w14:solidFill", "w14:gradFill", "w14:gsLst", "w14:gs",
            "w14:lin", "w14:path", "w14:fillToRect", "w14:round", "w14:bevel", "w14:miter", "w14:bevelT",
            "w14:bevelB", "w14:contourClr", "w14:extrusionClr", "w14:camera", "w14:lightRig", "w14:rot",
        ),
        _TEXT_EFFECT,
    ),
)  # fmt: skip
EQUATIONS = Support(
    "parts of equations",
    {},
    ignored={
        f"m:{name}": _EQUATION
        for name in (
            "accPr", "aln", "alnScr", "argSz", "barPr", "baseJc", "begChr", "borderBoxPr", "boxPr", "brk", "cGp",
            "cGpRule", "chr", "count", "cSp", "deg", "degHide", "den", "diff", "dPr", "e", "endChr", "eqArrPr",
            "fName", "fPr", "funcPr", "groupChrPr", "grow", "hideBot", "hideLeft", "hideRight", "hideTop", "jc", "lim",
            "limLoc", "limLowPr", "limUppPr", "lit", "maxDist", "mc", "mcJc", "mcPr", "mcs", "mPr", "mr", "naryPr",
            "noBreak", "nor", "num", "objDist", "oMathParaPr", "opEmu", "phantPr", "plcHide", "pos", "radPr", "rSp",
            "rSpRule", "scr", "sepChr", "show", "shp", "sPrePr", "sSubPr", "sSubSupPr", "sSupPr", "strikeBLTR",
            "strikeH", "strikeTLBR", "strikeV", "sty", "sub", "subHide", "sup", "supHide", "transp", "type", "vertJc",
            "zeroAsc", "zeroDesc", "zeroWid",
        )
    },
)  # fmt: skip

SUPPORT: tuple[Support, ...] = (
    STORIES,
    PARTS_OF_PROPERTIES,
    FORM_DATA,
    DRAWING_STRUCTURE,
    TEXT_EFFECTS,
    EQUATIONS,
)
