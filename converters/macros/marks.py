"""What VBA source does beyond its document: procedures that start by themselves, and reaches outside of Office.

Told by words, without running anything: a word in a comment does not count, one in a text may. Sources: the names of
events and automatic macros in Microsoft's object models of Word, Excel and PowerPoint; [MS-VBAL] 5.2.3.5 (Declare).
"""

from __future__ import annotations

import re

# procedures that the programs start
AUTO_PROCEDURES = frozenset(
    name.lower()
    for name in (
        # Word
        "AutoExec",
        "AutoNew",
        "AutoOpen",
        "AutoClose",
        "AutoExit",
        "Document_New",
        "Document_Open",
        "Document_Close",
        "Document_BeforeClose",
        "Document_BeforeSave",
        "Document_BeforePrint",
        # Excel
        "Auto_Open",
        "Auto_Close",
        "Auto_Activate",
        "Auto_Deactivate",
        "Workbook_Open",
        "Workbook_Activate",
        "Workbook_BeforeClose",
        "Workbook_BeforeSave",
        "Workbook_BeforePrint",
        "Workbook_Close",
        "Workbook_NewSheet",
        "Workbook_SheetChange",
        "Workbook_SheetActivate",
        "Workbook_SheetCalculate",
        "Workbook_AddinInstall",
        "Worksheet_Change",
        "Worksheet_Activate",
        "Worksheet_Calculate",
        "Worksheet_SelectionChange",
        # PowerPoint
        "OnSlideShowPageChange",
        "OnSlideShowTerminate",
        "Auto_ShowBegin",
        "Auto_ShowEnd",
        # controls and application objects that start while a document opens
        "InkPicture1_Painted",
        "InkPicture_Painted",
        "App_WorkbookOpen",
        "App_DocumentOpen",
    )
)
# what is reached -> how the source says it
_CALLS: dict[str, re.Pattern[str]] = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in (
        ("declare", r"\bDeclare\s+(?:PtrSafe\s+)?(?:Sub|Function)\b"),
        ("shell", r"(?<![.\w])Shell\s*[(\"]|\bWScript\.Shell\b|\bShell\.Application\b|\bShellExecute"),
        ("create_object", r"\b(?:CreateObject|GetObject)\s*\("),
        (
            "file_system",
            r"\bScripting\.FileSystemObject\b|(?<!\w)(?:Kill|FileCopy|MkDir|RmDir|ChDir)\s+[\"\w]",
        ),
        ("database", r"\bADODB\b|\bDAO\.|\bOpenDatabase\s*\(|\bCurrentDb\b"),
        ("network", r"\bXMLHTTP\b|\bWinHttp|\bURLDownloadToFile|\bInternetExplorer\.Application\b"),
        ("registry", r"\b(?:RegRead|RegWrite|SaveSetting|GetSetting)\b"),
        ("mail", r"\bOutlook\.Application\b|\bSendMail\b|\bCDO\.Message\b"),
        ("send_keys", r"\bSendKeys\b|\bAppActivate\b|\bDDEInitiate\b"),
        ("excel4", r"\bExecuteExcel4Macro\b"),
    )
}


def outside_calls(code: str) -> tuple[str, ...]:
    """What the code reaches, by the names of the table above. ``code`` is without comments."""
    return tuple(name for name, pattern in _CALLS.items() if pattern.search(code))
