"""What every real share has: macros, links, passwords, damage, false names, leftovers."""

from __future__ import annotations

import io
from collections.abc import Mapping

from msoffcrypto.format.ooxml import OOXMLFile

from migrate.sample_share import documents, packages, workbooks
from migrate.sample_share.vba_project import vba_project

# not secret: it stands here so that anybody can open the two files
PASSWORD = "val-riviere"  # noqa: S105

LETTER = {
    "title": "Accusé de réception",
    "paragraphs": [
        "Nous avons bien reçu votre demande et nous vous répondrons sous trente jours.",
        "Si votre demande est urgente, appelez l’accueil en rappelant le numéro de dossier.",
    ],
}
LETTER_MACROS = """\
' Numéro de dossier et date dans une lettre type
Sub NouveauDossier()
    Dim numero As String
    numero = InputBox("Numéro de dossier ?")
    If numero = "" Then Exit Sub
    Selection.TypeText "Dossier " & numero & ", le " & Format(Date, "d mmmm yyyy")
    ActiveDocument.Save
End Sub
"""
CONSOLIDATION = {
    "sheet": "Consolidation",
    "headings": ["Service", "Demandé", "Accordé"],
    "rows": [
        ["Voirie", 512000, 498000],
        ["Culture", 203500, 203500],
        ["Total", "=SUM(B2:B3)", "=SUM(C2:C3)"],
    ],
}
CONSOLIDATION_MACROS = """\
' Réunit les feuilles des services dans la première
Option Explicit

Sub Consolider()
    Dim feuille As Worksheet
    Dim ligne As Long
    ligne = 2
    For Each feuille In ThisWorkbook.Worksheets
        If feuille.Index > 1 Then
            Worksheets(1).Cells(ligne, 1).Value = feuille.Name
            Worksheets(1).Cells(ligne, 2).Value = Total(feuille)
            ligne = ligne + 1
        End If
    Next feuille
    MsgBox "Consolidation terminée : " & (ligne - 2) & " feuilles."
End Sub

Function Total(feuille As Worksheet) As Double
    Total = Application.WorksheetFunction.Sum(feuille.Range("B2:B200"))
End Function
"""
LINKED = {
    "sheet": "Suivi",
    "headings": ["Poste", "Budget 2026", "Engagé", "Reste"],
    "rows": [["Énergie", "=[1]Budget!C3", 121400, "=B2-C2"], ["Voirie", "=[1]Budget!C4", 233900, "=B3-C3"]],
}
SALARIES = {
    "sheet": "Paie",
    "headings": ["Échelon", "Indice", "Brut"],
    "rows": [["Adjoint 3", 389, "=B2*4.92"], ["Technicien 5", 452, "=B3*4.92"]],
}
DISCIPLINE = {
    "title": "Entretien disciplinaire : compte rendu",
    "paragraphs": [
        "Ce document est confidentiel. Il est protégé par un mot de passe que connaît la direction."
    ],
}
WITH_LINK = {
    "title": "Où trouver le budget",
    "paragraphs": [
        "Le classeur du budget se trouve sur le partage des finances ; ouvrez-le en lecture seule."
    ],
}
WITH_TEMPLATE = {
    "title": "Invitation à l’inauguration",
    "paragraphs": [
        "La maire et le conseil vous invitent à l’inauguration de la bibliothèque, le lundi 4 mai à 10 heures.",
        "Un verre de l’amitié suivra dans la cour.",
    ],
}


def oddities(written: Mapping[str, bytes]) -> dict[str, bytes]:
    """Path -> bytes. ``written`` are the plain files, of which one is copied, cut and renamed."""
    budget = written["finances/budget/budget-2026.xlsx"]
    minutes = written["greffe/proces-verbaux/proces-verbal-2026-02.docx"]
    return {
        "greffe/modeles/accuse-de-reception.docm": packages.with_macros(
            documents.document(LETTER),
            documents.MAIN_PART,
            documents.MACRO_TYPE,
            vba_project({"Dossiers": LETTER_MACROS}, "ThisDocument"),
        ),
        "finances/budget/consolidation.xlsm": packages.with_macros(
            workbooks.workbook(CONSOLIDATION),
            workbooks.MAIN_PART,
            workbooks.MACRO_TYPE,
            vba_project({"Consolidation": CONSOLIDATION_MACROS}, "ThisWorkbook"),
        ),
        "finances/budget/suivi-2026.xlsx": workbooks.workbook(
            LINKED, linked="budget-2026.xlsx", linked_sheet="Budget"
        ),
        "communications/liens/ou-trouver-le-budget.docx": documents.document(
            WITH_LINK, link="../../finances/budget/budget-2026.xlsx"
        ),
        "communications/liens/invitation-inauguration.docx": documents.document(
            WITH_TEMPLATE, template="file:///P:/Modeles/Invitation.dotx"
        ),
        "finances/confidentiel/paie.xlsx": encrypted(workbooks.workbook(SALARIES)),
        "greffe/confidentiel/entretien.docx": encrypted(documents.document(DISCIPLINE)),
        # the same bytes in another department's folder: worked on once
        "services-techniques/copies/budget-2026.xlsx": budget,
        "greffe/proces-verbaux/proces-verbal-2025-12.docx": minutes[
            : len(minutes) * 3 // 5
        ],  # a copy cut off
        "finances/factures/nouvelle-facture.xlsx": b"",
        "greffe/courriers/~$reponse-citoyen-eclairage.docx": _owner_file("Service du greffe"),
        "communications/notes-telephone.docx": (
            "Appelé le journal : ils viennent le 4 mai à 9 h 30.\r\nDemander une photo du lecteur le plus jeune.\r\n"
        ).encode(),
    }


def encrypted(package: bytes) -> bytes:
    """The package under :data:`PASSWORD` ([MS-OFFCRYPTO] 2.3.4.10). Other bytes each time: the salt is random."""
    target = io.BytesIO()
    OOXMLFile(io.BytesIO(package)).encrypt(PASSWORD, target)
    return target.getvalue()


def _owner_file(user: str) -> bytes:
    """What Word leaves beside an open document: the user's name, in code page 1252 and in UTF-16."""
    ansi = bytes([len(user)]) + user.encode("cp1252")
    wide = bytes([len(user), 0]) + user.encode("utf-16-le")
    return ansi.ljust(54, b" ") + wide.ljust(108, b"\0")
