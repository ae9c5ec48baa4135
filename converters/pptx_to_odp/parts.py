"""Every part of a package: carried, left out for a reason, or lost. Keyed by the kind of relationship that leads to it."""

from __future__ import annotations

from collections.abc import Iterator

from converters.errors import Refused
from converters.losses import LossLog, Place
from converters.ooxml.package import Package, Relationship
from converters.pptx_to_odp.presentation import Presentation

# kind of relationship -> why nothing is lost with the part it leads to
CARRIED: dict[str, str] = {
    "officeDocument": "the presentation itself",
    "slide": "written as a page",
    "slideLayout": "written as a master page where a slide uses it",
    "slideMaster": "written with its layouts",
    "notesSlide": "written with its slide",
    "notesMaster": "gives the notes pages their places and styles",
    "theme": "its colours, fonts and formats are resolved where they are used",
    "themeOverride": "belongs to a chart, reported with it",
    "tableStyles": "resolved in each cell",
    "image": "carried where a picture, fill or bullet uses it",
    "hdphoto": "the unfiltered original of a picture that is carried",
    "comments": "written as annotations",
    "commentAuthors": "written with the comments",
    "authors": "written with the comments",
    "diagramData": "SmartArt is drawn from its drawing part, and reported where it has none",
    "diagramLayout": "SmartArt is drawn from its drawing part, and reported where it has none",
    "diagramQuickStyle": "SmartArt is drawn from its drawing part, and reported where it has none",
    "diagramColors": "SmartArt is drawn from its drawing part, and reported where it has none",
    "diagramDrawing": "written as shapes",
    "core-properties": "written as metadata",
    "extended-properties": "written as metadata",
    "custom-properties": "written as metadata",
    "chart": "reported where it stands on a slide",
    "chartEx": "reported where it stands on a slide",
    "chartUserShapes": "belongs to a chart, reported with it",
    "chartColorStyle": "belongs to a chart, reported with it",
    "chartStyle": "belongs to a chart, reported with it",
    "oleObject": "reported where it stands on a slide",
    "package": "reported with the chart or object that it belongs to",
    "presProps": "settings of the application for showing and printing",
    "viewProps": "the application's last view",
    "printerSettings": "settings of one printer",
    "vmlDrawing": "older form of what the slide holds as DrawingML",
    "changesInfos": "the application's own record of editing",
    "revisionInfo": "the application's own record of editing",
    "slideUpdateInfo": "a link to a slide library",
    "thumbnail": "a picture of the first slide, made anew when the target is saved",
    "media": "reported with the video or audio relationship beside it",
}
# kind of relationship -> code of the loss
LOST: dict[str, str] = {
    "video": "MEDIA_DROPPED",
    "audio": "MEDIA_DROPPED",
    "vbaProject": "MACROS_NOT_CARRIED",
    "wordVbaData": "MACROS_NOT_CARRIED",
    "control": "ACTIVEX_DROPPED",
    "activeXControlBinary": "ACTIVEX_DROPPED",
    "tags": "SLIDE_TAGS_DROPPED",
    "customXml": "CUSTOM_XML_DROPPED",
    "customXmlProps": "CUSTOM_XML_DROPPED",
    "handoutMaster": "HANDOUT_MASTER_DROPPED",
    "font": "EMBEDDED_FONT_DROPPED",
    "origin": "SIGNATURE_LOST",
    "signature": "SIGNATURE_LOST",
    "slicer": "UNKNOWN_PART",
    "webextension": "WEB_EXTENSION_DROPPED",
    "webextensiontaskpanes": "WEB_EXTENSION_DROPPED",
    "taskpanes": "WEB_EXTENSION_DROPPED",
    "ui": "RIBBON_DROPPED",
    "extensibility": "RIBBON_DROPPED",
    "userCustomization": "RIBBON_DROPPED",
    "customData": "CUSTOM_XML_DROPPED",
    "ink": "INK_DROPPED",
    "model3d": "DRAWING_DROPPED",
    "classificationlabels": "SENSITIVITY_LABEL",
}
_WITH_KIND = frozenset(("MEDIA_DROPPED", "DRAWING_DROPPED"))


def report_parts(package: Package, presentation: Presentation, log: LossLog) -> None:
    """Report each part that a relationship leads to and that is neither carried nor left out for a reason."""
    slides = {part: number for number, part in presentation.slide_parts()}
    seen: set[str] = set()
    waiting: list[tuple[str, int]] = [("", 0)]
    while waiting:
        source, number = waiting.pop()
        for relationship in _relationships(package, source, log):
            if relationship.external or relationship.target in seen:
                continue
            if relationship.target not in package:
                continue  # reported where it is used
            seen.add(relationship.target)
            slide = slides.get(relationship.target, number)
            _report(package, relationship, slide, log)
            waiting.append((relationship.target, slide))


def _relationships(package: Package, part: str, log: LossLog) -> Iterator[Relationship]:
    try:
        yield from package.relationships(part).values()
    except Refused as error:
        log.report("PART_DAMAGED", Place("part", part=part), detail=str(error))


def _report(package: Package, relationship: Relationship, slide: int, log: LossLog) -> None:
    kind = relationship.kind
    if kind in CARRIED:
        return
    place = (
        Place("slide", slide, str(slide), part=relationship.target)
        if slide
        else Place("part", part=relationship.target)
    )
    code = LOST.get(kind, "UNKNOWN_PART")
    if code == "UNKNOWN_PART":
        log.report(code, place, content_type=package.content_type(relationship.target) or kind)
    elif code in _WITH_KIND:
        log.report(code, place, kind=kind)
    elif code == "ACTIVEX_DROPPED":
        log.report(code, place, program=kind)
    elif code == "SENSITIVITY_LABEL":
        log.report(code, place, label=relationship.target)
    else:
        log.report(code, place)
