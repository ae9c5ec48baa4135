"""What each kind of relationship leads to: the feature it means, and the loss where no converter carries the part.

The table is of packages as a whole; what stands inside a document's content is a family's own (their SUPPORT
tables). Without a loss, the part is carried by a family, holds only caches or views, or its family reports it.
Sources: ECMA-376 Part 1, 11.3, 12.3, 13.3, 14.2, 15.2; [MS-OFFMACRO2] 2.3; [MS-DOCX], [MS-XLSX], [MS-PPTX] 2.2.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from converters.errors import Refused
from converters.losses import LossLog, Place
from converters.ooxml.metadata import is_label_in_force, read_custom_properties
from converters.ooxml.package import Package, Relationship


@dataclass(frozen=True, slots=True)
class PartRole:
    """``feature`` is a code of FEATURES, ``loss`` one of LOSSES; either may be empty.

    ``idle`` parts hold nothing of the document: one that is missing is no loss.
    """

    feature: str = ""
    loss: str = ""
    idle: bool = False


def _roles(kinds: str, *, idle: bool = False) -> dict[str, PartRole]:
    return dict.fromkeys(kinds.split(), PartRole(idle=idle))


# relationship kind (last step of its type) -> role
ROLES: dict[str, PartRole] = {
    # the document and what it is made of: read by the families
    **_roles(
        "officeDocument core-properties extended-properties custom-properties styles theme themeOverride settings "
        "webSettings fontTable numbering header footer glossaryDocument people person commentAuthors authors "
        "worksheet sharedStrings drawing vmlDrawing slide slideLayout slideMaster notesSlide notesMaster "
        "handoutMaster presProps viewProps tableStyles hyperlink chartStyle chartColorStyle chartUserShapes "
        "commentsExtended commentsIds commentsExtensible diagramLayout diagramQuickStyle diagramColors "
        "diagramDrawing sheetMetadata chartsheet dialogsheet"
    ),
    # caches, views and leftovers of the program: nothing of the document
    **_roles(
        "xlBinaryIndex calcChain printerSettings stylesWithEffects wordVbaData activeXControlBinary legacyDocTextInfo legacyDiagramText changesInfo "
        "revisionInfo slideUpdateInfo slideUpdateUrl tags customXmlProps pivotCacheRecords volatileDependencies "
        "usernames revisionLog customProperty styleSheet documenttasks richStyles rdRichValueStructure "
        "rdRichValueTypes rdSupportingPropertyBag rdSupportingPropertyBagStructure externalLinkPath xlPathMissing "
        "externalLinkLongPath xlExternalLinkPath cfVolatileDependencies featurePropertyBag designerTags userNames",
        idle=True,
    ),
    # content that families or the drawings carry or report
    "image": PartRole("picture"),
    "hdphoto": PartRole("picture"),
    "chart": PartRole("chart"),
    "chartEx": PartRole("chart"),
    "diagramData": PartRole("smartart"),
    "oleObject": PartRole("ole_object"),
    "package": PartRole("ole_object"),
    "control": PartRole("activex"),
    "ctrlProp": PartRole("form_field"),
    "audio": PartRole("media"),
    "video": PartRole("media"),
    "media": PartRole(),  # the twin that PowerPoint 2010 writes beside audio and video
    "model3d": PartRole("media"),
    "comments": PartRole("comment"),
    "threadedComment": PartRole("comment"),
    "footnotes": PartRole(),
    "endnotes": PartRole(),
    "table": PartRole("table"),
    "queryTable": PartRole("external_data"),
    "connections": PartRole("external_data"),
    "pivotTable": PartRole("pivot_table"),
    "pivotCacheDefinition": PartRole(),
    "slicer": PartRole("slicer"),
    "slicerCache": PartRole(),
    "timeline": PartRole("slicer"),
    "timelineCache": PartRole(),
    "externalLink": PartRole("external_link"),
    "powerPivotData": PartRole("data_model"),
    "xlMacrosheet": PartRole("macro_sheet", "MACROS_NOT_CARRIED"),
    "xlIntlMacrosheet": PartRole("macro_sheet", "MACROS_NOT_CARRIED"),
    "revisionHeaders": PartRole("tracked_change"),
    "attachedTemplate": PartRole("attached_template"),
    "mailMergeSource": PartRole("mail_merge"),
    "mailMergeHeaderSource": PartRole("mail_merge"),
    "mailMergeRecipientData": PartRole("mail_merge"),
    "recipientData": PartRole("mail_merge"),
    "subDocument": PartRole("external_link"),
    "frame": PartRole("external_link"),
    "aFChunk": PartRole("ole_object"),
    "rdRichValue": PartRole("external_data"),
    # what is lost whatever the content
    "vbaProject": PartRole("macros"),  # a policy decides: converters.macros
    **dict.fromkeys(
        ("vbaProjectSignature", "vbaProjectSignatureAgile", "vbaProjectSignatureV3"),
        PartRole("signature", "SIGNATURE_LOST"),
    ),
    "origin": PartRole("signature", "SIGNATURE_LOST"),
    "classificationlabels": PartRole("sensitivity_label", "SENSITIVITY_LABEL"),
    "customXml": PartRole("custom_xml", "CUSTOM_XML_DROPPED"),
    "xmlMaps": PartRole("custom_xml", "CUSTOM_XML_DROPPED"),
    "tableSingleCells": PartRole("custom_xml", "CUSTOM_XML_DROPPED"),
    "font": PartRole("embedded_font", "EMBEDDED_FONT_DROPPED"),
    "webextension": PartRole("web_extension", "WEB_EXTENSION_DROPPED"),
    "webextensiontaskpanes": PartRole("", "WEB_EXTENSION_DROPPED"),
    "extensibility": PartRole("", "RIBBON_DROPPED"),
    "userCustomization": PartRole("", "RIBBON_DROPPED"),
    "attachedToolbars": PartRole("", "RIBBON_DROPPED"),
    "keyMapCustomizations": PartRole("", "RIBBON_DROPPED"),
    "thumbnail": PartRole("", "THUMBNAIL_DROPPED", idle=True),
}
# Custom XML that Office and SharePoint leave in most files and that no part of the document shows.
_IDLE_CUSTOM_XML = (
    "http://schemas.microsoft.com/sharepoint/v3/contenttype/forms",
    "http://schemas.microsoft.com/sharepoint/events",
    "http://schemas.microsoft.com/office/2006/metadata/contentType",
    "http://schemas.microsoft.com/office/2006/metadata/longProperties",
    "http://schemas.microsoft.com/office/2006/customDocumentInformationPanel",
    "http://schemas.microsoft.com/office/2006/coverPageProps",  # what it holds, the cover page shows
)
_LABEL_PREFIX, _LABEL_NAME = "MSIP_Label_", "_Name"


def relationships(
    package: Package, sources: Iterable[str] | None = None
) -> Iterator[tuple[str, Relationship]]:
    """(part, relationship) for every relationship in the package, or of ``sources`` alone.

    A damaged relationships part yields nothing.
    """
    for source in package.relationship_sources if sources is None else sources:
        try:
            found = package.relationships(source)
        except Refused:
            continue  # reported by damaged_relationships()
        for relationship in found.values():
            yield source, relationship


def report_package_losses(
    package: Package,
    log: LossLog,
    *,
    engine_independent_only: bool = False,
    sources: Iterable[str] | None = None,
) -> None:
    """Record what no converter carries of a package as a whole, and the parts of kinds that nobody knows.

    ``sources`` are the parts whose relationships count, all without it. Where LibreOffice is the engine, only losses that hang on no engine are known (``engine_independent_only``).
    """
    own = LossLog()
    sources = package.relationship_sources if sources is None else list(sources)
    for source, relationship in relationships(package, sources):
        if relationship.external:
            continue
        _report_relationship(package, source, relationship, own)
    for name in _labels(package):
        own.report("SENSITIVITY_LABEL", Place("document"), label=name)
    for source in sources:
        _report_damage(package, source, own)
    reported = {loss.code for loss in log.losses()}
    log.extend(
        loss
        for loss in own.losses()
        if loss.code not in reported - {"PART_MISSING"}
        and (loss.engine_independent or not engine_independent_only)
    )


def _report_relationship(package: Package, source: str, relationship: Relationship, log: LossLog) -> None:
    role = ROLES.get(relationship.kind)
    place = Place("part", part=relationship.target or source)
    if relationship.target not in package:
        if relationship.kind != "hyperlink" and (role is None or not role.idle):
            log.report("PART_MISSING", place, relationship=relationship.kind)
    elif role is None:
        log.report("UNKNOWN_PART", place, content_type=package.content_type(relationship.target))
    elif role.loss == "SENSITIVITY_LABEL":
        for label in _label_names(package, relationship.target):
            log.report(role.loss, place, label=label)
    elif role.loss == "CUSTOM_XML_DROPPED":
        if not is_idle_custom_xml(package, relationship.target):
            log.report(role.loss, place)
    elif role.loss:
        log.report(role.loss, place)


def _report_damage(package: Package, part: str, log: LossLog) -> None:
    try:
        package.relationships(part)
    except Refused as refusal:
        folder, name = posixpath.split(part)
        place = Place("part", part=posixpath.join(folder, "_rels", name + ".rels"))
        log.report("PART_DAMAGED", place, detail=str(refusal))


def is_idle_custom_xml(package: Package, part: str) -> bool:
    """Whether a custom XML part holds nothing that a person could miss: known plumbing, or no text at all."""
    try:
        root = package.read_xml(part)
    except Refused:
        return False
    namespace = etree.QName(root).namespace or ""
    return namespace in _IDLE_CUSTOM_XML or not "".join(root.itertext()).strip()


def _label_names(package: Package, part: str) -> list[str]:
    """The labels that a classification part names and that are in force ([MS-OFFCRYPTO] 2.6.4)."""
    try:
        root = package.read_xml(part)
    except Refused:
        return ["?"]
    return [element.get("id", "?") for element in root.iter(etree.Element) if is_label_in_force(element)]


def _labels(package: Package) -> list[str]:
    """Sensitivity labels as older versions keep them: custom properties ``MSIP_Label_<id>_Name``."""
    return [
        item.value
        for item in read_custom_properties(package)
        if item.name.startswith(_LABEL_PREFIX) and item.name.endswith(_LABEL_NAME)
    ]
