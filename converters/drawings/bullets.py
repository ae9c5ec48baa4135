"""Bullets and numbers of DrawingML paragraphs as ``text:list-style``.

Sources: ECMA-376 Part 1, 21.1.2.4 (bullets), 20.1.10.61 (ST_TextAutonumberScheme); ODF 1.3 Part 3, 16.30 and following.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from converters.drawings.context import DrawingContext
from converters.drawings.fonts import font_name, symbol_text
from converters.drawings.paragraph_properties import ParagraphFormat
from converters.drawings.pictures import carry_picture
from converters.odf.properties import ListLevelProperties, TextProperties
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.namespaces import qn
from converters.units import from_emu, percent, points, read_int, read_percentage

# the start of ST_TextAutonumberScheme -> style:num-format; the rest of its name is the punctuation
_NUMBER_FORMATS = {
    "arabic": "1",
    "alphaLc": "a",
    "alphaUc": "A",
    "romanLc": "i",
    "romanUc": "I",
    "circleNum": "①, ②, ③, ...",
    "ea1Chs": "一, 二, 三, ...",
    "ea1Cht": "一, 二, 三, ...",
    "ea1Jpn": "一, 二, 三, ...",
    "hebrew2": "א, י, ק, ...",
    "arabic1": "أ, ب, ت, ...",
    "arabic2": "أ, ب, ت, ...",
    "thaiAlpha": "ก, ข, ฃ, ...",
    "thaiNum": "๑, ๒, ๓, ...",
    "hindiNum": "१, २, ३, ...",
    "hindiAlpha": "क, ख, ग, ...",
}
_PUNCTUATION = (
    ("ParenBoth", "(", ")"),
    ("ParenR", "", ")"),
    ("Period", "", "."),
    ("Minus", "", "-"),
    ("Plain", "", ""),
)


_SYMBOL_FONT = "OpenSymbol"
_LABEL_ROOM_EMU = 216_000  # for the label of each level of a paragraph that names no indent at all


@dataclass(frozen=True, slots=True)
class Bullet:
    """A list level's label. One of ``character``, ``number_format`` and ``picture`` says what it is."""

    margin_emu: int
    indent_emu: int
    character: str = ""
    number_format: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int = 1
    picture: str = ""
    font: str | None = None
    color: str | None = None
    size: str | None = None
    picture_size_points: float = 0

    def goes_with(self, other: Bullet) -> bool:
        """Whether both can be the same level of one list: colour and size are those of the first."""
        return replace(self, color=None, size=None, picture_size_points=0) == replace(
            other, color=None, size=None, picture_size_points=0
        )


def resolve_bullet(
    paragraph: ParagraphFormat,
    context: DrawingContext,
    text: TextProperties,
    size_points: float,
    level: int = 0,
) -> Bullet | None:
    """The label of a paragraph of a level (0 to 8); None where it has none.

    ``text`` are the properties of its first run, ``size_points`` the size of that run.
    """
    children = paragraph.children
    bullet = Bullet(paragraph.margin_emu, paragraph.indent_emu)
    if not {"marL", "indent"} & paragraph.attributes.keys():
        bullet = Bullet(_LABEL_ROOM_EMU * (level + 1), -_LABEL_ROOM_EMU)
    named = paragraph.children.get(qn("a:buFont"))
    typeface = context.theme.typeface(named.get("typeface", "")) if named is not None else ""
    font = font_name(context.document, typeface) if typeface else None
    if (mark := children.get(qn("a:buChar"))) is not None:
        character = symbol_text(mark.get("char", "•")[:1] or "•", typeface)
        if character.isspace():
            return None
        # a character without a typeface of its own: LibreOffice looks for one in its own font of symbols
        font = font or font_name(context.document, _SYMBOL_FONT)
        bullet = replace(bullet, character=character)
    elif (mark := children.get(qn("a:buAutoNum"))) is not None:
        number_format, prefix, suffix = number_scheme(mark.get("type", "arabicPeriod"))
        start = max(1, read_int(mark.get("startAt"), 1) or 1)
        bullet = replace(bullet, number_format=number_format, prefix=prefix, suffix=suffix, start=start)
    elif (mark := children.get(qn("a:buBlip"))) is not None:
        blip = mark.find(qn("a:blip"))
        picture = carry_picture(
            context.document, context.package, context.part,
            blip.get(qn("r:embed")) if blip is not None else None, context.log, context.place,
        )  # fmt: skip
        bullet = replace(bullet, picture=picture.href) if picture else replace(bullet, character="•")
    else:
        return None
    color = context.color(children.get(qn("a:buClr")))
    return replace(
        bullet,
        font=font,
        color=color.rgb if color is not None else text.color,
        size=_size(paragraph, size_points),
        picture_size_points=size_points,
    )


def _size(paragraph: ParagraphFormat, size_points: float) -> str:
    """The label's size as a share of the text's: LibreOffice takes points of ``fo:font-size`` for percent."""
    share = paragraph.children.get(qn("a:buSzPct"))
    if share is not None:
        return percent(read_percentage(share.get("val")) or 100)
    exact = paragraph.children.get(qn("a:buSzPts"))
    if exact is not None:
        return percent((read_int(exact.get("val"), 1800) or 1800) / size_points)
    return "100%"


def number_scheme(scheme: str) -> tuple[str, str, str]:
    """(number format, prefix, suffix) of an ``ST_TextAutonumberScheme``: ``arabicParenBoth`` is ("1", "(", ")")."""
    stem, prefix, suffix = scheme, "", ""
    for ending, before, after in _PUNCTUATION:
        if scheme.endswith(ending):
            stem, prefix, suffix = scheme[: -len(ending)], before, after
            break
    matches = [name for name in _NUMBER_FORMATS if stem.startswith(name)]
    return _NUMBER_FORMATS[max(matches, key=len)] if matches else "1", prefix, suffix


def list_style(context: DrawingContext, levels: Mapping[int, Bullet]) -> str:
    """The name of the automatic list style with these levels (0 to 8)."""

    def write(writer: XmlWriter, name: str) -> None:
        with writer.element("text:list-style", {"style:name": name}):
            for level in sorted(levels):
                write_level(writer, level, levels[level])

    return context.automatic.name_for_fragment("L", write)


def write_level(writer: XmlWriter, level: int, bullet: Bullet) -> None:
    """One level of a list style: the label stands at margin plus indent, the text at the margin."""
    hanging = max(0, -bullet.indent_emu)
    position = ListLevelProperties(
        space_before=from_emu(bullet.margin_emu + bullet.indent_emu),
        min_label_width=from_emu(hanging) if hanging else None,
    )
    label = TextProperties(font_name=bullet.font, color=bullet.color, font_size=bullet.size)
    attributes: dict[str, str | None] = {"text:level": str(level + 1)}
    if bullet.picture:
        tag = "text:list-level-style-image"
        side = points(bullet.picture_size_points)
        position = replace(position, width=side, height=side, vertical_pos="middle", vertical_rel="line")
        attributes |= {"xlink:href": bullet.picture, "xlink:type": "simple", "xlink:show": "embed"}
        attributes["xlink:actuate"] = "onLoad"
    elif bullet.number_format:
        tag = "text:list-level-style-number"
        attributes |= {
            "style:num-format": bullet.number_format,
            "style:num-prefix": bullet.prefix or None,
            "style:num-suffix": bullet.suffix or None,
            "text:start-value": str(bullet.start) if bullet.start != 1 else None,
        }
    else:
        tag = "text:list-level-style-bullet"
        attributes["text:bullet-char"] = bullet.character
    with writer.element(tag, attributes):
        position.write(writer)
        if not bullet.picture:
            label.write(writer)
