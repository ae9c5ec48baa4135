"""The settings part (ECMA-376 Part 1, 17.15) and the layout switches of LibreOffice that answer to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from converters.drawings.equations import EquationDefaults, read_equation_defaults
from converters.losses import LossLog, Place
from converters.odf.settings import Short
from converters.ooxml.namespaces import qn
from converters.ooxml.protection import FORMS, locked_edit, lost_protection, opens_read_only
from converters.support import Support
from converters.units import read_int, read_on_off, read_twips

_VAL = qn("w:val")
DEFAULT_TAB_TWIPS = 720.0
WORD_2013 = 15  # the compatibility mode from which on Word lays out as today
WORD_2007 = 12  # the mode of a document that names none


@dataclass(slots=True)
class Settings:
    """What of ``w:settings`` the conversion needs."""

    default_tab_twips: float = DEFAULT_TAB_TWIPS
    is_present: bool = False  # whether the document has settings at all
    auto_hyphenation: bool = False
    hyphenation_zone_twips: float = 360.0
    hyphenation_limit: int = 0  # of lines in a row; 0 for none
    hyphenates_capitals: bool = True
    even_and_odd_headers: bool = False
    mirror_margins: bool = False
    shows_background: bool = False
    gutter_at_top: bool = False
    compatibility_mode: int = WORD_2007
    names_compatibility_mode: bool = False
    own_size_in_tables: bool = False  # the default paragraph style's size holds in tables whatever it is
    theme_languages: Mapping[str, str] = field(default_factory=dict)
    compatibility: set[str] = field(default_factory=set)
    footnote_properties: etree._Element | None = None
    endnote_properties: etree._Element | None = None
    record_changes: bool = False
    equation_defaults: EquationDefaults = EquationDefaults()
    locks: list[etree._Element] = field(default_factory=list)  # against changes of the document

    @property
    def opens_read_only(self) -> bool:
        return any(map(opens_read_only, self.locks))

    @property
    def only_forms_change(self) -> bool:
        """Whether only fields of forms may be filled in."""
        return any(
            lock.tag == qn("w:documentProtection") and locked_edit(lock) == FORMS for lock in self.locks
        )

    @property
    def tables_hang_out(self) -> bool:
        """Whether a table's border stands outside the text area so that its text stands on the edge.

        So it is in the modes of Word 2003 to 2010. A document that names no mode comes from another producer than
        Word, which set its borders on the edge; LibreOffice takes it so, too.
        """
        return self.names_compatibility_mode and self.compatibility_mode < WORD_2013


def read_settings(root: etree._Element | None, log: LossLog, part: str) -> Settings:
    settings = Settings(is_present=root is not None)
    for element in root if root is not None else ():
        SUPPORT.dispatch(element, log, Place("part", part=part), settings)
    for lock in settings.locks:
        for code, kind in lost_protection(lock):
            log.report(code, Place("part", part=part), kind=kind)
    return settings


# -- handlers: (element, settings) -------------------------------------------------------------------------------


def _on_off(name: str) -> Callable[..., None]:
    def read(element: etree._Element, settings: Settings) -> None:
        setattr(settings, name, read_on_off(element.get(_VAL)))

    return read


def _read_default_tab(element: etree._Element, settings: Settings) -> None:
    settings.default_tab_twips = read_twips(element.get(_VAL)) or DEFAULT_TAB_TWIPS


def _read_hyphenation_zone(element: etree._Element, settings: Settings) -> None:
    settings.hyphenation_zone_twips = read_twips(element.get(_VAL)) or 0.0


def _read_hyphenation_limit(element: etree._Element, settings: Settings) -> None:
    settings.hyphenation_limit = max(read_int(element.get(_VAL), 0) or 0, 0)


def _read_capitals(element: etree._Element, settings: Settings) -> None:
    settings.hyphenates_capitals = not read_on_off(element.get(_VAL))


def _read_theme_languages(element: etree._Element, settings: Settings) -> None:
    settings.theme_languages = {
        etree.QName(name).localname: str(value) for name, value in element.attrib.items()
    }


def _read_compatibility(element: etree._Element, settings: Settings) -> None:
    for child in element:
        if child.tag == qn("w:compatSetting"):
            if child.get(qn("w:name")) == "compatibilityMode":
                mode = read_int(child.get(_VAL), WORD_2007) or WORD_2007
                if not settings.names_compatibility_mode or mode > settings.compatibility_mode:
                    settings.compatibility_mode = mode  # named more than once, the highest holds
                settings.names_compatibility_mode = True
            elif child.get(qn("w:name")) == "overrideTableStyleFontSizeAndJustification":
                settings.own_size_in_tables = read_on_off(child.get(_VAL))
        elif read_on_off(child.get(_VAL)):
            settings.compatibility.add(etree.QName(child).localname)


def _read_lock(element: etree._Element, settings: Settings) -> None:
    settings.locks.append(element)


def _read_note_properties(name: str) -> Callable[..., None]:
    def read(element: etree._Element, settings: Settings) -> None:
        setattr(settings, name, element)

    return read


def _read_equation_defaults(element: etree._Element, settings: Settings) -> None:
    settings.equation_defaults = read_equation_defaults(element)


_EDITOR = "a habit of the editor; neither shown nor printed"
_VIEW = "how the window showed the document"
_WEB = "concerns web pages only"
_REVISION = "identifies editing sessions"

SUPPORT = Support(
    "settings part",
    {
        "w:defaultTabStop": _read_default_tab,
        "w:documentProtection": _read_lock,
        "w:writeProtection": _read_lock,
        "w:autoHyphenation": _on_off("auto_hyphenation"),
        "w:hyphenationZone": _read_hyphenation_zone,
        "w:consecutiveHyphenLimit": _read_hyphenation_limit,
        "w:doNotHyphenateCaps": _read_capitals,
        "w:evenAndOddHeaders": _on_off("even_and_odd_headers"),
        "w:displayBackgroundShape": _on_off("shows_background"),
        "w:mirrorMargins": _on_off("mirror_margins"),
        "w:gutterAtTop": _on_off("gutter_at_top"),
        "w:trackRevisions": _on_off("record_changes"),
        "w:themeFontLang": _read_theme_languages,
        "w:compat": _read_compatibility,
        "w:footnotePr": _read_note_properties("footnote_properties"),
        "w:endnotePr": _read_note_properties("endnote_properties"),
        "m:mathPr": _read_equation_defaults,
    },
    ignored={
        "w:zoom": _VIEW,
        "w:view": _VIEW,
        "w:revisionView": _VIEW,
        "w:proofState": _EDITOR,
        "w:rsids": _REVISION,
        "w:docVars": "variables that only macros and fields read; fields keep their shown text",
        "w14:docId": _REVISION,
        "w15:docId": _REVISION,
        "w15:chartTrackingRefBased": _EDITOR,
        "w14:defaultImageDpi": _EDITOR,
        "w14:discardImageEditingData": _EDITOR,
        "w14:conflictMode": _EDITOR,
        "w:shapeDefaults": "defaults for drawing new shapes",
        "w:hdrShapeDefaults": "defaults for drawing new shapes",
        "w:clrSchemeMapping": "Word's own mapping of theme colours is used",
        "w:characterSpacingControl": "LibreOffice sets the compression of punctuation by language",
        "w:decimalSymbol": "the language decides in ODF",
        "w:listSeparator": "the language decides in ODF",
        "w:stylePaneFormatFilter": _EDITOR,
        "w:stylePaneSortMethod": _EDITOR,
        "w:displayHorizontalDrawingGridEvery": _EDITOR,
        "w:displayVerticalDrawingGridEvery": _EDITOR,
        "w:drawingGridHorizontalSpacing": _EDITOR,
        "w:drawingGridVerticalSpacing": _EDITOR,
        "w:drawingGridHorizontalOrigin": _EDITOR,
        "w:drawingGridVerticalOrigin": _EDITOR,
        "w:doNotUseMarginsForDrawingGridOrigin": _EDITOR,
        "w:doNotShadeFormData": _EDITOR,
        "w:noPunctuationKerning": "LibreOffice decides by font",
        "w:savePreviewPicture": _EDITOR,
        "w:embedSystemFonts": "embedded fonts are reported by their parts",
        "w:embedTrueTypeFonts": "embedded fonts are reported by their parts",
        "w:saveSubsetFonts": "embedded fonts are reported by their parts",
        "w:attachedTemplate": "styles stand in the document itself",
        "w:documentType": _EDITOR,
        "w:doNotValidateAgainstSchema": _EDITOR,
        "w:doNotDemarcateInvalidXml": _EDITOR,
        "w:doNotEmbedSmartTags": _EDITOR,
        "w:doNotDisplayPageBoundaries": _VIEW,
        "w:doNotTrackMoves": _EDITOR,
        "w:doNotTrackFormatting": _EDITOR,
        "w:doNotAutoCompressPictures": _EDITOR,
        "w:doNotIncludeSubdocsInStats": _EDITOR,
        "w:hideSpellingErrors": _EDITOR,
        "w:hideGrammaticalErrors": _EDITOR,
        "w:activeWritingStyle": _EDITOR,
        "w:removePersonalInformation": _EDITOR,
        "w:removeDateAndTime": _EDITOR,
        "w:updateFields": "fields keep their shown text until they are updated",
        "w:formsDesign": _EDITOR,
        "w:defaultTableStyle": "the table style of new tables",
        "w:clickAndTypeStyle": _EDITOR,
        "w:bookFoldPrinting": "a choice of the printer dialogue",
        "w:bookFoldPrintingSheets": "a choice of the printer dialogue",
        "w:bookFoldRevPrinting": "a choice of the printer dialogue",
        "w:printTwoOnOne": "a choice of the printer dialogue",
        "w:printFractionalCharacterWidth": "a choice of the printer dialogue",
        "w:printPostScriptOverText": "a choice of the printer dialogue",
        "w:printFormsData": "a choice of the printer dialogue",
        "w:bordersDoNotSurroundHeader": "concerns page borders, which are drawn around the text",
        "w:bordersDoNotSurroundFooter": "concerns page borders, which are drawn around the text",
        "w:alignBordersAndEdges": "concerns page borders, which are drawn around the text",
        "w:autoFormatOverride": _EDITOR,
        "w:styleLockTheme": _EDITOR,
        "w:styleLockQFSet": _EDITOR,
        "w:noLineBreaksAfter": "LibreOffice has its own list by language",
        "w:noLineBreaksBefore": "LibreOffice has its own list by language",
        "w:strictFirstAndLastChars": "LibreOffice has its own list by language",
        "w:ignoreMixedContent": _EDITOR,
        "w:alwaysShowPlaceholderText": _EDITOR,
        "w:showEnvelope": _EDITOR,
        "w:showXMLTags": _VIEW,
        "w:alwaysMergeEmptyNamespace": _EDITOR,
        "w:saveInvalidXml": _EDITOR,
        "w:saveXmlDataOnly": _EDITOR,
        "w:useXSLTWhenSaving": _EDITOR,
        "w:saveThroughXslt": _EDITOR,
        "w:saveFormsData": _EDITOR,
        "w:optimizeForBrowser": _WEB,
        "w:doNotRelyOnCSS": _WEB,
        "w:allowPNG": _WEB,
        "w:relyOnVML": _WEB,
        "w:captions": "labels for new captions",
        "w:smartTagType": "smart tags keep their text",
        "w:rsidRoot": _REVISION,
        "w:readModeInkLockDown": _VIEW,
        "w:summaryLength": _EDITOR,
        "w:uiCompat97To2003": _EDITOR,
        "w:forceUpgrade": _EDITOR,
        "w:attachedSchema": "schemas of custom XML, which is reported by its parts",
        "w:hideMark": _EDITOR,
        "w:schemaLibrary": "schemas of custom XML, which is reported by its parts",
    },
    unsupported={
        "w:mailMerge": "MAIL_MERGE_DROPPED",
        "w:linkStyles": "TEMPLATE_STYLES_UNLINKED",
    },
)


def layout_settings(settings: Settings) -> dict[str, dict[str, object]]:
    """Items for settings.xml: the layout switches with which LibreOffice lays out a document of Word as Word does."""
    old = settings.compatibility_mode < WORD_2013
    items: dict[str, object] = {
        "AddExternalLeading": "noLeading" not in settings.compatibility,
        "AddFrameOffsets": old,
        "AddParaLineSpacingToTableCells": True,
        "AddParaSpacingToTableCells": True,
        # the spaces of neighbours add up, as LibreOffice has it where a document says nothing
        "AddParaTableSpacing": not settings.is_present
        or "doNotUseHTMLParagraphAutoSpacing" in settings.compatibility,
        "AddParaTableSpacingAtStart": True,
        "AddVerticalFrameOffsets": True,
        "AlignTabStopPosition": True,
        "ApplyParagraphMarkFormatToEmptyLineAtEndOfParagraph": True,
        "ApplyParagraphMarkFormatToNumbering": True,
        "ApplyTextAttrToEmptyLineAtEndOfParagraph": False,
        "AutoFirstLineIndentDisregardLineSpace": True,
        "BackgroundParaOverDrawings": True,
        "CharacterCompressionType": Short(0),
        "ClipAsCharacterAnchoredWriterFlyFrames": False,
        "ClippedPictures": True,
        "CollapseEmptyCellPara": True,
        "ConsiderTextWrapOnObjPos": True,
        "ContinuousEndnotes": True,
        "DisableOffPagePositioning": True,
        "DoNotBreakWrappedTables": "doNotBreakWrappedTables" in settings.compatibility,
        "DoNotCaptureDrawObjsOnPage": True,
        "DoNotJustifyLinesWithManualBreak": "doNotExpandShiftReturn" in settings.compatibility,
        "DoNotMirrorRtlDrawObjs": True,
        "DoNotResetParaAttrsForNumFont": False,
        "DropCapPunctuation": True,
        "EmptyDbFieldHidesPara": False,
        "FootnoteInColumnToPageEnd": True,
        "FrameAutowidthWithMorePara": True,
        "GutterAtTop": False,  # it is part of the top margin
        "HeaderSpacingBelowLastPara": True,
        "HyphenateURLs": False,
        "IgnoreFirstLineIndentInNumbering": False,
        "IgnoreHiddenCharsForLineCalculation": True,
        "IgnoreTabsAndBlanksForLineCalculation": True,
        "InvertBorderSpacing": True,
        "JustifyLinesWithShrinking": not old,
        **({"LoadReadonly": True} if settings.opens_read_only else {}),
        "MathBaselineAlignment": True,
        "MinRowHeightInclBorder": True,
        "MsWordCompGridMetrics": True,
        "MsWordCompMinLineHeightByFly": old,
        "MsWordCompTrailingBlanks": True,
        "NoClippingWithWrapPolygon": True,
        "NoGapAfterNoteNumber": True,
        "NoNumberingShowFollowBy": True,
        "OutlineLevelYieldsNumbering": False,
        "PaintHellOverHeaderFooter": True,
        "PrintEmptyPages": True,
        "PrinterIndependentLayout": (
            "disabled" if "usePrinterMetrics" in settings.compatibility else "high-resolution"
        ),
        "PropLineSpacingShrinksFirstLine": True,
        **({"ProtectForm": True} if settings.only_forms_change else {}),
        "SmallCapsPercentage66": False,
        "StylesNoDefault": False,
        "SubtractFlysAnchoredAtFlys": False,
        "SurroundTextWrapSmall": True,
        "TabAtLeftIndentForParagraphsInList": True,
        "TabOverMargin": old,
        "TabOverSpacing": True,
        "TabOverflow": True,
        "TableRowKeep": True,
        "TabsRelativeToIndent": False,
        "TreatSingleColumnBreakAsPageBreak": True,
        "UnbreakableNumberings": True,
        "UnxForceZeroExtLeading": False,
        "UseFormerLineSpacing": False,
        "UseFormerObjectPositioning": False,
        "UseFormerTextWrapping": False,
        "UseOldNumbering": False,
        "UseOldPrinterMetrics": False,
        "UseVariableWidthNBSP": False,
    }
    view: dict[str, Any] = {"ShowRedlineChanges": True, "InBrowseMode": False}
    return {"ooo:view-settings": view, "ooo:configuration-settings": items}
