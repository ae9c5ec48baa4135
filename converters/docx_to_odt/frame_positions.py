"""Where frames stand: alignments and reference areas of anchors, floating tables and text frames in ODF's words.

Sources: ECMA-376 Part 1, 20.4.3 (anchors), 17.18.35, 17.18.100 and 17.18.110 (frames and tables); ODF 1.3 Part 3,
20.304 and 20.405 (positions), 20.305 and 20.406 (what they are relative to).
"""

from __future__ import annotations

from collections.abc import Mapping

HORIZONTAL_ALIGN: Mapping[str, str] = {
    "left": "left",
    "center": "center",
    "right": "right",
    "inside": "inside",
    "outside": "outside",
}
VERTICAL_ALIGN: Mapping[str, str] = {
    "top": "top",
    "center": "middle",
    "bottom": "bottom",
    "inside": "top",
    "outside": "bottom",
}
# w:hAnchor, w:vAnchor, w:horzAnchor and w:vertAnchor
RELATIONS: Mapping[str, str] = {"page": "page", "margin": "page-content", "text": "paragraph"}
