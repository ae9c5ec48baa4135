"""The support tables of elements that their parents' readers find by name: in rows, and below the sheet's own children.

With WORKBOOK and WORKSHEET they name every element of the parts that :func:`converters.xlsx_to_ods.skimmed_parts` answers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from converters.support import Support
from converters.xlsx_to_ods import (
    cell_properties,
    columns,
    conditional_formats,
    conditional_scales,
    data_validations,
    differential_styles,
    filters,
    fonts,
    header_footer,
    hyperlinks,
    rows,
    sheet,
    sparklines,
    spreadsheet,
    views,
    workbook,
)

_FONT = ("b", "i", "strike", "u", "outline", "shadow", "vertAlign", "color", "sz", "rFont", "name", "family")

ROW_CONTENT = Support(
    "rows",
    handlers={
        **{f"x:{name}": rows.RowReader.read for name in rows.HANDLED if name != "sheetData"},
        **{f"x:{name}": fonts.read_font for name in _FONT},
    },
    ignored={
        **{
            f"x:{name}": reason
            for name, reason in rows.IGNORED.items()
            if name not in ("extLst", "phoneticPr")
        },
        **{f"x:{name}": reason for name, reason in fonts.IGNORED_FONT_ELEMENTS.items()},
    },
)

# function -> the elements that it reads
_READERS: dict[Callable[..., Any], str] = {
    sheet.read_sheet: "x:worksheet x:ext x14:conditionalFormattings x14:dataValidations",
    sheet.WORKSHEET.dispatch: "x:pageSetUpPr x:mergeCell x:brk x:tablePart mc:Choice mc:Fallback",
    workbook.read_workbook: "x:workbook x:sheet x:workbookView x:definedName",
    views.plan_settings: "x:sheetView x:pane x:selection",
    columns.read_columns: "x:col",
    hyperlinks.add_hyperlinks: "x:hyperlink",
    header_footer.read_header_footer: (
        "x:oddHeader x:oddFooter x:evenHeader x:evenFooter x:firstHeader x:firstFooter"
    ),
    spreadsheet.SpreadsheetConversion.run: "x:tabColor",
    data_validations.Validations.write: (
        "x:dataValidation x14:dataValidation x:formula1 x:formula2 x14:formula1 x14:formula2 xm:sqref xm:f"
    ),
    conditional_formats.write_conditional_formats: (
        "x:cfRule x14:cfRule x:formula x14:conditionalFormatting x14:id"
    ),
    conditional_scales.write_color_scale: "x:colorScale x14:colorScale x:cfvo x14:cfvo x14:color",
    conditional_scales.write_data_bar: (
        "x:dataBar x14:dataBar x14:negativeFillColor x14:axisColor x14:fillColor"
    ),
    conditional_scales.write_icon_set: "x:iconSet x14:iconSet",
    differential_styles.read_differential: "x14:dxf x:font x:numFmt x:alignment",
    cell_properties.read_fill: "x:fill x:patternFill x:fgColor x:bgColor x:gradientFill x:stop",
    cell_properties.read_border: "x:border x:left x:right x:top x:bottom x:diagonal",
    sparklines.write_sparklines: (
        "x14:sparklineGroups x14:sparklineGroup x14:sparklines x14:sparkline x14:colorSeries x14:colorNegative "
        "x14:colorAxis x14:colorMarkers x14:colorFirst x14:colorLast x14:colorHigh x14:colorLow"
    ),
    filters.write_filter: (
        "x:filterColumn x:filters x:filter x:customFilters x:customFilter x:top10 x:dateGroupItem x:dynamicFilter "
        "x:colorFilter x:iconFilter"
    ),
}

STRUCTURE = Support(
    "inside the workbook's and the sheets' elements",
    handlers={tag: reader for reader, tags in _READERS.items() for tag in tags.split()},
    ignored={
        "x:outlinePr": "on which side of a group its button stands",
        "x:sortCondition": "how the rows were sorted once; they stand in that order",
        "x:pivotSelection": "which part of a pivot table was selected",
        "x:pivotArea": "which part of a pivot table was selected",
        "x:references": "which part of a pivot table was selected",
        "x:reference": "which part of a pivot table was selected",
        "x:pivotCache": "reported with the pivot tables that show it",
        "x:externalReference": "each use in a formula is reported at its cell",
        "x:ignoredError": "a green mark that a person switched off",
        "x:inputCells": "reported with their scenario",
        "x:scenario": "reported as scenarios",
        "x:protectedRange": "reported as protected ranges",
        "x:oleObject": "reported with its part",
        "x:objectPr": "reported with its part",
        "x:control": "reported with its part",
        "x:controlPr": "reported with its part",
        "x:anchor": "the place of an object that is reported with its part",
        "x:from": "the place of an object that is reported with its part",
        "x:to": "the place of an object that is reported with its part",
        "xdr:col": "the place of an object that is reported with its part",
        "xdr:colOff": "the place of an object that is reported with its part",
        "xdr:row": "the place of an object that is reported with its part",
        "xdr:rowOff": "the place of an object that is reported with its part",
        "x14:borderColor": "the thin edge of a data bar",
        "x14:negativeBorderColor": "the thin edge of a data bar",
        "x14:slicerList": "reported with the slicers' parts",
        "x14:slicer": "reported with its part",
        "x14:slicerCaches": "reported with the slicers' parts",
        "x14:slicerCache": "reported with the slicer's part",
        "x14:workbookPr": "settings of Excel's own interface",
        "x15:workbookPr": "settings of Excel's own interface",
        "x15:webExtension": "reported with its part",
        "x15:webExtensions": "reported with their parts",
        "x15ac:absPath": "where the file lay",
        "xcalcf:calcFeatures": "which calculation features the writing program had",
        "xcalcf:feature": "which calculation features the writing program had",
        "xlwcv:version": "which version of Excel the workbook keeps compatible with",
        "mx:PLV": "view state of Excel for Mac",
        "mx:ArchID": "marks the processor of a Mac",
        "loext:extCalcPr": "LibreOffice's own view of the calculation settings",
        "gs:sheetsCustomData": "Google's own data for reopening the file there",
    },
)
