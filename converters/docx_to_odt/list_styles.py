"""Numbering instances as list styles (ODF 1.3 Part 3, 16.30; ECMA-376 Part 1, 17.9, 17.18.59)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from converters.docx_to_odt.numbering import LEVELS, Instance, Level, Numbering, list_style_name
from converters.docx_to_odt.outline import Outline
from converters.docx_to_odt.symbols import is_symbol_font
from converters.drawings.pictures import carry_picture
from converters.losses import LossLog, Place
from converters.odf.document import OdfDocument
from converters.odf.properties import ListLevelProperties, TextProperties, is_empty
from converters.odf.stylesheet import NamedStyle, Style
from converters.odf.xmlwriter import XmlWriter
from converters.ooxml.package import Package
from converters.units import points

# ST_NumberFormat, or the first numbers of a custom one -> style:num-format; all but the first six are LibreOffice's
# own values
NUM_FORMATS: Mapping[str, str] = {
    "decimal": "1",
    "lowerLetter": "a",
    "upperLetter": "A",
    "lowerRoman": "i",
    "upperRoman": "I",
    "none": "",
    "decimalZero": "01, 02, 03, ...",
    "001, 002, 003, ...": "001, 002, 003, ...",
    "0001, 0002, 0003, ...": "0001, 0002, 0003, ...",
    "00001, 00002, 00003, ...": "00001, 00002, 00003, ...",
    "ordinal": "1st",
    "ordinalText": "First",
    "cardinalText": "One",
    "decimalEnclosedCircle": "①, ②, ③, ...",
    "decimalEnclosedCircleChinese": "①, ②, ③, ...",
    "chineseCounting": "一, 二, 三, ...",
    "chineseCountingThousand": "一, 二, 三, ...",
    "japaneseCounting": "一, 二, 三, ...",
    "ideographDigital": "一, 二, 三, ...",
    "taiwaneseCountingThousand": "一, 二, 三, ...",
    "chineseLegalSimplified": "壹, 贰, 叁, ...",
    "ideographTraditional": "甲, 乙, 丙, ...",
    "ideographZodiac": "子, 丑, 寅, ...",
    "aiueo": "ア, イ, ウ, ...",
    "aiueoFullWidth": "ア, イ, ウ, ...",
    "iroha": "イ, ロ, ハ, ...",
    "irohaFullWidth": "イ, ロ, ハ, ...",
    "ganada": "가, 나, 다, ...",
    "chosung": "ㄱ, ㄴ, ㄷ, ...",
    "hebrew1": "א, י, ק, ...",
    "hebrew2": "א, ב, ג, ...",
    "arabicAlpha": "أ, ب, ت, ...",
    "arabicAbjad": "أ, ب, ج, ...",
    "thaiLetters": "ก, ข, ฃ, ...",
    "russianLower": "а, б, .., аа, аб, ... (ru)",
    "russianUpper": "А, Б, .., Аа, Аб, ... (ru)",
    "decimalFullWidth": "1",
    "decimalHalfWidth": "1",
    "numberInDash": "1",
}
_FOLLOWED_BY = {"tab": "listtab", "space": "space", "nothing": "nothing"}
_ALIGNMENTS = {"left": None, "start": None, "center": "center", "right": "end", "end": "end"}
_PLACEHOLDER = re.compile(r"%([1-9])")
_DEFAULT_BULLET = "•"
OUTLINE_LEVELS = 10
BULLET_HEIGHT_POINTS = 7.9  # a picture is shown as high as a bullet, whatever its size; LibreOffice's measure
_UNNUMBERED = ListLevelProperties(position_mode="label-alignment", label_followed_by="nothing")


@dataclass(frozen=True, slots=True)
class BulletPicture:
    """A picture in the ODF package that stands for a bullet; ``proportion`` is width by height."""

    href: str
    proportion: float


def write_list_styles(document: OdfDocument, package: Package, numbering: Numbering, log: LossLog) -> None:
    """Add one named list style per numbering instance to the document's common styles, once all that refers is written."""
    pictures = _carry_pictures(document, package, numbering, log)
    for instance in numbering.used():
        _add_list_style(document, instance, pictures, log, numbering.place)


def _carry_pictures(
    document: OdfDocument, package: Package, numbering: Numbering, log: LossLog
) -> Mapping[int, BulletPicture]:
    """The pictures of bullets that some level shows, by ``w:numPicBulletId``, brought into the package."""
    shown: dict[int, BulletPicture] = {}
    levels = (level for instance in numbering.used() for level in instance.levels.values())
    for picture_id in dict.fromkeys(level.picture_id for level in levels if level.picture_id is not None):
        bullet = numbering.picture(picture_id)
        if bullet is None:
            log.report("PICTURE_BULLET_DROPPED", numbering.place)
            continue
        picture = carry_picture(
            document, package, numbering.place.part, bullet.relationship_id, log, numbering.place
        )
        if picture is not None:
            shown[picture_id] = BulletPicture(picture.href, bullet.proportion)
    return shown


def write_outline(document: OdfDocument, outline: Outline, numbering: Numbering) -> None:
    """Add the outline style: the numbers of the headings that have them in the outline, none for others."""
    instance = outline.instance
    name = numbering.style_name(instance.id) if instance is not None else None
    numbered = {} if instance is None else {i: instance.levels[i] for i in outline.levels.values()}

    def write(writer: XmlWriter) -> None:
        with writer.element("text:outline-style", {"style:name": "Outline"}):
            for index in range(OUTLINE_LEVELS):
                level = numbered.get(index)
                attributes: dict[str, str | None] = {"text:level": str(index + 1), "style:num-format": ""}
                properties = _UNNUMBERED
                if level is not None:
                    label = None if is_empty(level.run.text) else _label_name(str(name), index)
                    attributes = {**attributes, "text:style-name": label, **_number_attributes(level)}
                    properties = level_properties(level)
                with writer.element("text:outline-level-style", attributes):
                    properties.write(writer)

    document.add_common("outline", write)


def _label_name(list_name: str, index: int) -> str:
    return f"{list_name}_20_label_20_{index + 1}"


def _add_list_style(
    document: OdfDocument,
    instance: Instance,
    pictures: Mapping[int, BulletPicture],
    log: LossLog,
    place: Place,
) -> None:
    name, labels = list_style_name(instance), {}
    for index, level in instance.levels.items():
        if not is_empty(level.run.text):
            labels[index] = _label_name(name, index)
            shown = f"{name} label {index + 1}"
            document.add_named_style(NamedStyle(labels[index], Style("text", (level.run.text,)), shown))
        if level.num_format not in NUM_FORMATS and level.num_format != "bullet":
            log.report("NUMBER_FORMAT_APPROXIMATED", place, format=level.num_format)
    document.add_common(f"list {name}", _style_writer(instance, name, labels, pictures))


def _style_writer(
    instance: Instance, name: str, labels: Mapping[int, str], pictures: Mapping[int, BulletPicture]
) -> Callable[[XmlWriter], None]:
    def write(writer: XmlWriter) -> None:
        with writer.element("text:list-style", {"style:name": name}):
            for index in range(LEVELS):
                level = instance.levels.get(index)
                if level is None:
                    continue
                picture = pictures.get(level.picture_id) if level.picture_id is not None else None
                if picture is not None:
                    _write_picture_level(writer, level, picture)
                else:
                    _write_level(writer, level, labels.get(index))

    return write


def _write_picture_level(writer: XmlWriter, level: Level, picture: BulletPicture) -> None:
    attributes = {
        "text:level": str(level.index + 1),
        "xlink:href": picture.href,
        "xlink:type": "simple",
        "xlink:show": "embed",
        "xlink:actuate": "onLoad",
    }
    properties = replace(
        level_properties(level),
        width=points(BULLET_HEIGHT_POINTS * picture.proportion),
        height=points(BULLET_HEIGHT_POINTS),
        vertical_pos="middle",
        vertical_rel="line",
    )
    with writer.element("text:list-level-style-image", attributes):
        properties.write(writer)


def _write_level(writer: XmlWriter, level: Level, label: str | None) -> None:
    attributes: dict[str, str | None] = {"text:level": str(level.index + 1), "text:style-name": label}
    if level.num_format == "bullet":
        attributes["text:bullet-char"] = bullet_char(level)
        tag = "text:list-level-style-bullet"
    else:
        attributes.update(_number_attributes(level))
        tag = "text:list-level-style-number"
    with writer.element(tag, attributes):
        level_properties(level).write(writer)
        if level.num_format == "bullet" and level.run.text.font_name is not None:
            TextProperties(font_name=level.run.text.font_name).write(writer)


def bullet_char(level: Level) -> str:
    """The one character of a bullet, as its typeface has it: symbol fonts keep theirs in the private use area."""
    char = level.text[:1] or " "
    return char if char.isprintable() or is_symbol_font(level.run.symbol_typeface) else _DEFAULT_BULLET


def _number_attributes(level: Level) -> dict[str, str | None]:
    num_format = NUM_FORMATS.get(level.num_format, "1")
    text = level.text
    if level.num_format == "numberInDash":
        text = _PLACEHOLDER.sub(r"- %\1 -", text)
    levels = [int(found) for found in _PLACEHOLDER.findall(text)]
    own = level.index + 1
    if own not in levels:  # fixed text, or numbers of higher levels only
        num_format = num_format if levels else ""
    prefix = text.split("%", 1)[0] if levels else text
    suffix = _PLACEHOLDER.split(text)[-1] if levels else ""
    shown = own - min(levels) + 1 if own in levels else 1
    return {
        "loext:num-list-format": _PLACEHOLDER.sub(r"%\1%", text),
        "style:num-prefix": prefix or None,
        "style:num-suffix": suffix or None,
        "style:num-format": num_format,
        "style:num-letter-sync": "true" if num_format in ("a", "A") else None,
        "text:start-value": str(level.start) if level.start > 1 else None,
        "text:display-levels": str(shown) if shown > 1 else None,
        "loext:is-legal": "true" if level.legal and shown > 1 else None,
    }


def level_properties(level: Level) -> ListLevelProperties:
    paragraph = level.paragraph.paragraph
    tabs = [change.stop.position for change in level.paragraph.tabs if change.stop is not None]
    return ListLevelProperties(
        text_align=_ALIGNMENTS.get(level.alignment),
        position_mode="label-alignment",
        label_followed_by=_FOLLOWED_BY.get(level.suffix, "listtab"),
        list_tab_stop_position=tabs[0] if tabs and level.suffix == "tab" else None,
        text_indent=paragraph.text_indent,
        margin_left=paragraph.margin_left,
    )
