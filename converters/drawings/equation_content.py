"""The structures of Office Math Markup as presentation MathML (ECMA-376 Part 1, 22.1; MathML 3, chapter 3).

Each handler writes exactly one MathML element, except where the source's element only groups; arguments stand in an
``mrow`` each, since MathML tells them apart by their place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from lxml import etree

from converters.drawings.equation_text import write_run
from converters.drawings.equation_writer import EquationWriter, is_on, property_of, value_of
from converters.ooxml.namespaces import qn
from converters.support import Support
from converters.units import read_int

_INTEGRALS = frozenset("∫∬∭∮∯∰∱∲∳")
_COLUMNS = {"left": "left", "center": "center", "right": "right", "inside": "left", "outside": "right"}
_NOTATIONS = (
    ("hideTop", "top"),
    ("hideBot", "bottom"),
    ("hideLeft", "left"),
    ("hideRight", "right"),
)
_STRIKES = (
    ("strikeH", "horizontalstrike"),
    ("strikeV", "verticalstrike"),
    ("strikeBLTR", "updiagonalstrike"),
    ("strikeTLBR", "downdiagonalstrike"),
)
_FRACTIONS: Mapping[str, dict[str, str | None]] = {
    "skw": {"bevelled": "true"},
    "noBar": {"linethickness": "0"},
}
_DEFAULT_NARY, _DEFAULT_ACCENT, _DEFAULT_GROUP = "∫", "\u0302", "\u23df"
# combining accents as the spacing marks that MathML names (MathML 3, Appendix C)
_ACCENTS = {
    "\u0300": "`", "\u0301": "´", "\u0302": "^", "\u0303": "~", "\u0304": "¯", "\u0305": "¯", "\u0306": "˘",
    "\u0307": "˙", "\u0308": "¨", "\u030a": "˚", "\u030c": "ˇ", "\u20d7": "→", "\u20d6": "←", "\u20e1": "↔",
    "\u20db": "⃛", "\u20dc": "⃜", "\u0332": "_",
}  # fmt: skip
_WIDE = frozenset(("\u0305", "\u20d7", "\u20d6", "\u20e1", "\u0332"))
_MAX_COLUMNS = 64
# whether limits stand above and below -> the limits that there are -> the element for them
_LIMIT_TAGS: Mapping[bool, Mapping[tuple[str, ...], str]] = {
    True: {("sub", "sup"): "munderover", ("sub",): "munder", ("sup",): "mover"},
    False: {("sub", "sup"): "msubsup", ("sub",): "msub", ("sup",): "msup"},
}
Handler = Callable[[etree._Element, EquationWriter], None]


def _accent(element: etree._Element, equation: EquationWriter) -> None:
    """``m:acc``: a mark over its argument (22.1.2.1)."""
    mark = value_of(element, "chr", _DEFAULT_ACCENT)
    with equation.writer.element("mover", {"accent": "true"}):
        equation.argument(element, "e")
        equation.operator(_ACCENTS.get(mark, mark), stretchy="true" if mark in _WIDE else "false")


def _bar(element: etree._Element, equation: EquationWriter) -> None:
    """``m:bar``: a line over or under (22.1.2.7)."""
    above = value_of(element, "pos", "bot") == "top"
    with equation.writer.element(
        "mover" if above else "munder", {"accent" if above else "accentunder": "true"}
    ):
        equation.argument(element, "e")
        equation.operator("¯" if above else "\u0332", stretchy="true")


def _group_character(element: etree._Element, equation: EquationWriter) -> None:
    """``m:groupChr``: a brace or arrow over or under (22.1.2.41)."""
    above = value_of(element, "pos", "bot") == "top"
    with equation.writer.element("mover" if above else "munder"):
        equation.argument(element, "e")
        equation.operator(value_of(element, "chr", _DEFAULT_GROUP), stretchy="true")


def _delimiters(element: etree._Element, equation: EquationWriter) -> None:
    """``m:d``: arguments in brackets with a separator between them (22.1.2.24)."""
    grows = property_of(element, "grow") is None or is_on(element, "grow")
    separator = value_of(element, "sepChr", "|")
    with equation.writer.element("mrow"):
        equation.fence(value_of(element, "begChr", "("), "prefix", stretches=grows)
        with equation.writer.element("mrow"):
            for index, argument in enumerate(element.iterfind(qn("m:e"))):
                if index and separator:
                    equation.operator(separator, stretchy="false", separator="true")
                with equation.writer.element("mrow"):
                    equation.write(argument)
        equation.fence(value_of(element, "endChr", ")"), "postfix", stretches=grows)


def _equation_array(element: etree._Element, equation: EquationWriter) -> None:
    """``m:eqArr``: equations one above the other; ``&`` marks where they are aligned (22.1.2.34)."""
    writer = equation.writer
    with writer.element("mtable"):
        for row in element.iterfind(qn("m:e")):
            with writer.element("mtr"), writer.element("mtd"), writer.element("mrow"):
                if any("&" in (text.text or "") for text in row.iter(qn("m:t"))):
                    equation.approximated("m:aln")
                replace(equation, has_marks=True).write(row)


def _fraction(element: etree._Element, equation: EquationWriter) -> None:
    """``m:f``: stacked, slanted, in one line or without a bar (22.1.2.36)."""
    kind = value_of(element, "type", "bar")
    if kind == "lin":
        with equation.writer.element("mrow"):
            equation.argument(element, "num")
            equation.operator("/", stretchy="false")
            equation.argument(element, "den")
        return
    with equation.writer.element("mfrac", _FRACTIONS.get(kind)):
        equation.argument(element, "num")
        equation.argument(element, "den")


def _function(element: etree._Element, equation: EquationWriter) -> None:
    """``m:func``: a name and what it is applied to (22.1.2.39)."""
    with equation.writer.element("mrow"):
        equation.argument(element, "fName")
        equation.argument(element, "e")


def _limit(tag: str) -> Handler:
    def write(element: etree._Element, equation: EquationWriter) -> None:
        with equation.writer.element(tag):
            equation.argument(element, "e")
            equation.argument(element, "lim")

    return write


def _matrix(element: etree._Element, equation: EquationWriter) -> None:
    """``m:m``: rows and columns (22.1.2.58)."""
    alignments: list[str] = []
    for column in element.iterfind(f"{qn('m:mPr')}/{qn('m:mcs')}/{qn('m:mc')}/{qn('m:mcPr')}"):
        count, justified = column.find(qn("m:count")), column.find(qn("m:mcJc"))
        times = read_int(count.get(qn("m:val")), 1) if count is not None else 1
        name = justified.get(qn("m:val"), "center") if justified is not None else "center"
        alignments += [_COLUMNS.get(name, "center")] * min(max(1, times or 1), _MAX_COLUMNS)
    aligned = " ".join(alignments[:_MAX_COLUMNS]) if set(alignments) - {"center"} else None
    writer = equation.writer
    with writer.element("mtable", {"columnalign": aligned}):
        for row in element.iterfind(qn("m:mr")):
            with writer.element("mtr"):
                for cell in row.iterfind(qn("m:e")):
                    with writer.element("mtd"), writer.element("mrow"):
                        equation.write(cell)


def _nary(element: etree._Element, equation: EquationWriter) -> None:
    """``m:nary``: a sum, product, integral ... with its limits (22.1.2.70)."""
    sign = value_of(element, "chr", _DEFAULT_NARY)
    default = equation.integral_limits if sign in _INTEGRALS else equation.other_limits
    above = value_of(element, "limLoc", default) == "undOvr"
    limits = [name for name, hide in (("sub", "subHide"), ("sup", "supHide")) if not is_on(element, hide)]
    tag = _LIMIT_TAGS[above].get(tuple(limits))
    writer = equation.writer
    with writer.element("mrow"):
        if tag is not None:
            writer.start(tag)
        equation.operator(sign, stretchy="false", movablelimits="false")
        for name in limits:
            equation.argument(element, name)
        if tag is not None:
            writer.end()
        equation.argument(element, "e")


def _phantom(element: etree._Element, equation: EquationWriter) -> None:
    """``m:phant``: room that something takes, shown or not (22.1.2.81)."""
    shown = property_of(element, "show") is None or is_on(element, "show")
    zero = {
        name: "0"
        for name, local in (("width", "zeroWid"), ("height", "zeroAsc"), ("depth", "zeroDesc"))
        if is_on(element, local)
    }
    if zero:
        equation.writer.start("mpadded", zero)
    with equation.writer.element("mrow" if shown else "mphantom"):
        equation.write(element.find(qn("m:e")))
    if zero:
        equation.writer.end()


def _radical(element: etree._Element, equation: EquationWriter) -> None:
    """``m:rad``: a square root, or a root with its degree (22.1.2.88)."""
    degree = element.find(qn("m:deg"))
    if is_on(element, "degHide") or degree is None or len(degree) == 0:
        with equation.writer.element("msqrt"):
            equation.argument(element, "e")
        return
    with equation.writer.element("mroot"):
        equation.argument(element, "e")
        equation.argument(element, "deg")


def _scripts(tag: str, *arguments: str) -> Handler:
    def write(element: etree._Element, equation: EquationWriter) -> None:
        with equation.writer.element(tag):
            for name in arguments:
                equation.argument(element, name)

    return write


def _prescripts(element: etree._Element, equation: EquationWriter) -> None:
    """``m:sPre``: indices before the base (22.1.2.99)."""
    with equation.writer.element("mmultiscripts"):
        equation.argument(element, "e")
        equation.writer.empty("mprescripts")
        equation.argument(element, "sub")
        equation.argument(element, "sup")


def _box(element: etree._Element, equation: EquationWriter) -> None:
    """``m:box`` and what groups only: no MathML element says more than a row does (22.1.2.13)."""
    equation.argument(element, "e")


def _border_box(element: etree._Element, equation: EquationWriter) -> None:
    """``m:borderBox``: lines around and through (22.1.2.11)."""
    lines = [name for local, name in _NOTATIONS if not is_on(element, local)]
    notation = ["box"] if len(lines) == len(_NOTATIONS) else lines
    notation += [name for local, name in _STRIKES if is_on(element, local)]
    equation.approximated("m:borderBox")  # LibreOffice shows the content alone
    with equation.writer.element("menclose", {"notation": " ".join(notation) or "none"}):
        equation.argument(element, "e")


def _group(element: etree._Element, equation: EquationWriter) -> None:
    equation.write(element)


def _tag(element: etree._Element, equation: EquationWriter) -> None:
    equation.write(element.find(qn("w:sdtContent")))


def _change(element: etree._Element, equation: EquationWriter) -> None:
    """What was inserted into an equation stays: an object has no tracked changes inside."""
    equation.log.report(
        "TRACKED_CHANGE_FLATTENED", equation.place, element=f"w:{etree.QName(element).localname}"
    )
    equation.write(element)


_NOT_SHOWN = "a mark of the editor inside an equation"

SUPPORT = Support(
    "equation",
    {
        "m:r": write_run,
        "m:acc": _accent,
        "m:bar": _bar,
        "m:box": _box,
        "m:borderBox": _border_box,
        "m:d": _delimiters,
        "m:eqArr": _equation_array,
        "m:f": _fraction,
        "m:func": _function,
        "m:groupChr": _group_character,
        "m:limLow": _limit("munder"),
        "m:limUpp": _limit("mover"),
        "m:m": _matrix,
        "m:nary": _nary,
        "m:phant": _phantom,
        "m:rad": _radical,
        "m:sPre": _prescripts,
        "m:sSub": _scripts("msub", "e", "sub"),
        "m:sSubSup": _scripts("msubsup", "e", "sub", "sup"),
        "m:sSup": _scripts("msup", "e", "sup"),
        "m:oMath": _group,
        "w:r": write_run,
        "w:smartTag": _group,
        "w:customXml": _group,
        "w:hyperlink": _group,
        "w:sdt": _tag,
        "w:ins": _change,
        "w:moveTo": _change,
    },
    ignored={
        "m:argPr": "the size of an argument, which follows from its place",
        "m:ctrlPr": "the formatting of a sign that the application draws",
        **dict.fromkeys(
            ("w:bookmarkStart", "w:bookmarkEnd", "w:proofErr", "w:permStart", "w:permEnd", "w:commentRangeStart",
             "w:commentRangeEnd", "w:moveFromRangeStart", "w:moveFromRangeEnd", "w:moveToRangeStart",
             "w:moveToRangeEnd", "w:customXmlPr", "w:smartTagPr", "w:sdtPr", "w:sdtEndPr"),
            _NOT_SHOWN,
        ),
    },
    unsupported={"w:del": "TRACKED_CHANGE_FLATTENED", "w:moveFrom": "TRACKED_CHANGE_FLATTENED"},
)  # fmt: skip
