"""The verdict that each file of the sample share was made for: what its user would expect.

None: no document, so no verdict. A conversion that answers another verdict is a fault of the demo or of a converter,
and `migrate demo` says so; the table is not bent to hide it.
"""

from __future__ import annotations

from converters.outcome import Verdict

_FINE, _PERSON, _REFUSED = Verdict.CONVERTED, Verdict.NEEDS_A_PERSON, Verdict.REFUSED

EXPECTED: dict[str, Verdict | None] = {
    "communications/archives/jumelage-2007.ppt": _FINE,  # Office 97: counted before and after
    "communications/bulletin/bulletin-printemps.docx": _FINE,
    "communications/bulletin/plan-de-communication.docx": _FINE,
    "communications/formation/calc-for-beginners.pptx": _FINE,
    "communications/formation/pourquoi-changer.pptx": _FINE,
    "communications/formation/prise-en-main-writer.pptx": _FINE,
    "communications/liens/invitation-inauguration.docx": _FINE,  # a template attached
    "communications/liens/ou-trouver-le-budget.docx": _FINE,  # linked to a workbook
    "communications/notes-telephone.docx": _REFUSED,  # text under a false name
    "communications/press/communique-marche-d-ete.docx": _FINE,
    "communications/press/library-reopens.docx": _FINE,
    "communications/press/snow-clearing-notice.docx": _FINE,
    "communications/statistiques/newsletter-subscribers.xlsx": _FINE,
    "communications/statistiques/visites-du-site.xlsx": _FINE,  # a chart
    "communications/visit-of-the-twin-town.docx": _FINE,
    "finances/archives/budget-2008.xls": _FINE,  # Office 97: counted before and after
    "finances/budget/budget-2025.xlsx": _FINE,
    "finances/budget/budget-2026.xlsx": _FINE,
    "finances/budget/consolidation.xlsm": _PERSON,  # macros
    "finances/budget/suivi-2026.xlsx": _PERSON,  # linked to another workbook: somebody links the new files again
    "finances/budget/tresorerie-mensuelle.xlsx": _FINE,
    "finances/confidentiel/paie.xlsx": _REFUSED,  # a password
    "finances/courriers/rappel-de-paiement.docx": _FINE,
    "finances/factures/nouvelle-facture.xlsx": _REFUSED,  # no bytes
    "finances/factures/suivi-des-factures.xlsx": _FINE,
    "finances/factures/travel-expenses.xlsx": _FINE,
    "finances/marches/cahier-des-charges-nettoyage.docx": _FINE,
    "finances/marches/tender-evaluation.docx": _FINE,
    "finances/notes/note-de-cadrage-budget.docx": _FINE,
    "finances/notes/travel-expenses-rules.docx": _FINE,
    "finances/presentations/budget-2026-conseil.pptx": _FINE,
    "finances/tarifs/price-list-office-supplies.xlsx": _FINE,
    "finances/tarifs/tarifs-municipaux-2026.xlsx": _FINE,
    "greffe/accueil/accueil-nouveaux-agents.pptx": _FINE,
    "greffe/archives/convention-bibliotheque-2009.doc": _FINE,  # Office 97: counted before and after
    "greffe/confidentiel/entretien.docx": _REFUSED,  # a password
    "greffe/courriers/convocation-conseil-mars.docx": _FINE,
    "greffe/courriers/reponse-citoyen-eclairage.docx": _FINE,
    "greffe/courriers/~$reponse-citoyen-eclairage.docx": None,  # an owner file: no document
    "greffe/formulaires/demande-de-salle.docx": _FINE,
    "greffe/formulaires/room-booking-request.docx": _FINE,
    "greffe/listes/elections-bureaux-de-vote.xlsx": _FINE,
    "greffe/listes/room-bookings.xlsx": _FINE,
    "greffe/modeles/accuse-de-reception.docm": _PERSON,  # macros
    "greffe/proces-verbaux/proces-verbal-2025-12.docx": _REFUSED,  # cut off
    "greffe/proces-verbaux/proces-verbal-2026-01.docx": _FINE,
    "greffe/proces-verbaux/proces-verbal-2026-02.docx": _FINE,
    "greffe/reglements/reglement-stationnement.docx": _FINE,
    "services-techniques/archives/tree-planting-guide-2006.doc": _FINE,  # Office 97: counted before and after
    "services-techniques/copies/budget-2026.xlsx": _FINE,  # a copy
    "services-techniques/courriers/avis-de-travaux-rue-du-moulin.docx": _FINE,
    "services-techniques/inventaire/lampadaires.xlsx": _FINE,
    "services-techniques/inventaire/parc-de-vehicules.xlsx": _FINE,
    "services-techniques/planning/gritting-rounds.xlsx": _FINE,
    "services-techniques/planning/planning-equipes.xlsx": _FINE,
    "services-techniques/presentations/plan-trottoirs.pptx": _FINE,
    "services-techniques/presentations/winter-service-briefing.pptx": _FINE,
    "services-techniques/procedures/consignes-de-deneigement.docx": _FINE,
    "services-techniques/procedures/safety-in-trenches.docx": _FINE,
    "services-techniques/rapports/bridge-inspection.docx": _FINE,
    "services-techniques/rapports/consommation-energie.docx": _FINE,
    "services-techniques/rapports/etat-des-trottoirs.docx": _FINE,
}
