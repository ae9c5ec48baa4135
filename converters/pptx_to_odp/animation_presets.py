"""The animation effects of PowerPoint by number, and what LibreOffice calls them: data.

Sources: ``presetClass``, ``presetID`` and ``presetSubtype`` of ``p:cTn`` (ECMA-376 Part 1, 19.5.33) are numbers of the
application's own lists; ``presentation:preset-id`` (ODF 1.3 Part 3, 19.450) is a name of the application's own, here those
that LibreOffice 25.2 gives. A reader that knows none of them plays the effect all the same: its steps stand in it.
"""

from __future__ import annotations

# presetClass -> presentation:preset-class (19.449)
CLASSES: dict[str, str] = {
    "entr": "entrance",
    "exit": "exit",
    "emph": "emphasis",
    "path": "motion-path",
    "verb": "ole-action",
    "mediacall": "media-call",
}
# presetClass -> what the names of its effects begin with
STEMS: dict[str, str] = {
    "entr": "ooo-entrance-",
    "exit": "ooo-exit-",
    "emph": "ooo-emphasis-",
    "path": "ooo-motionpath-",
}
# presetClass -> presetID -> the rest of the name
EFFECTS: dict[str, dict[int, str]] = {
    "entr": {
        1: "appear", 2: "fly-in", 3: "venetian-blinds", 4: "box", 5: "checkerboard", 6: "circle", 7:
        "fly-in-slow", 8: "diamond", 9: "dissolve-in", 10: "fade-in", 11: "flash-once", 12: "peek-in", 13:
        "plus", 14: "random-bars", 15: "spiral-in", 16: "split", 17: "stretchy", 18: "diagonal-squares", 19:
        "swivel", 20: "wedge", 21: "wheel", 22: "wipe", 23: "zoom", 24: "random", 25: "boomerang", 26:
        "bounce", 27: "colored-lettering", 28: "movie-credits", 29: "ease-in", 30: "float", 31:
        "turn-and-grow", 34: "breaks", 35: "pinwheel", 37: "rise-up", 38: "falling-in", 39: "thread", 40:
        "unfold", 41: "whip", 42: "ascend", 43: "center-revolve", 45: "fade-in-and-swivel", 47: "descend",
        48: "sling", 49: "spin-in", 50: "compress", 51: "magnify", 52: "curve-up", 53: "fade-in-and-zoom",
        54: "glide", 55: "expand", 56: "flip", 58: "fold",
    },
    "exit": {
        1: "disappear", 2: "fly-out", 3: "venetian-blinds", 4: "box", 5: "checkerboard", 6: "circle", 7:
        "crawl-out", 8: "diamond", 9: "dissolve", 10: "fade-out", 11: "flash-once", 12: "peek-out", 13:
        "plus", 14: "random-bars", 15: "spiral-out", 16: "split", 17: "collapse", 18: "diagonal-squares",
        19: "swivel", 20: "wedge", 21: "wheel", 22: "wipe", 23: "zoom", 24: "random", 25: "boomerang", 26:
        "bounce", 27: "colored-lettering", 28: "movie-credits", 29: "ease-out", 30: "float", 31:
        "turn-and-grow", 34: "breaks", 35: "pinwheel", 37: "sink-down", 38: "swish", 39: "thread", 40:
        "unfold", 41: "whip", 42: "descend", 43: "center-revolve", 45: "fade-out-and-swivel", 47: "ascend",
        48: "sling", 49: "spin-out", 50: "stretchy", 51: "magnify", 52: "curve-down", 53:
        "fade-out-and-zoom", 54: "glide", 55: "contract", 56: "flip", 58: "fold",
    },
    "emph": {
        1: "fill-color", 2: "font", 3: "font-color", 4: "font-size", 5: "font-style", 6: "grow-and-shrink",
        7: "line-color", 8: "spin", 9: "transparency", 10: "bold-flash", 14: "blast", 15: "bold-reveal", 16:
        "color-over-by-word", 18: "reveal-underline", 19: "color-blend", 20: "color-over-by-letter", 21:
        "complementary-color", 22: "complementary-color-2", 23: "contrasting-color", 24: "darken", 25:
        "desaturate", 26: "flash-bulb", 27: "flicker", 28: "grow-with-color", 30: "lighten", 31:
        "style-emphasis", 32: "teeter", 33: "vertical-highlight", 34: "wave", 35: "blink", 36: "shimmer",
    },
    "path": {
        1: "circle", 2: "right-triangle", 3: "diamond", 4: "hexagon", 5: "5-point-star", 6: "crescent-moon",
        7: "square", 8: "trapezoid", 9: "heart", 10: "octagon", 11: "6-point-star", 12: "oval", 13:
        "equal-triangle", 14: "parallelogram", 15: "pentagon", 16: "4-point-star", 17: "8-point-star", 18:
        "teardrop", 19: "pointy-star", 20: "curved-square", 21: "curved-x", 22: "vertical-figure-8", 23:
        "curvy-star", 24: "loop-de-loop", 25: "buzz-saw", 26: "horizontal-figure-8", 27: "peanut", 28:
        "figure-8-four", 29: "neutron", 30: "swoosh", 31: "bean", 32: "clover", 33: "inverted-triangle", 34:
        "inverted-square", 35: "left", 36: "turn-down-right", 37: "arc-down", 38: "zigzag", 39: "s-curve-2",
        40: "sine-wave", 41: "bounce-left", 42: "down", 43: "turn-up", 44: "arc-up", 45: "heartbeat", 46:
        "spiral-right", 47: "wave", 48: "curvy-left", 49: "diagonal-down-right", 50: "turn-down", 51:
        "arc-left", 52: "funnel", 53: "spring", 54: "bounce-right", 55: "spiral-left", 56:
        "diagonal-up-right", 57: "turn-up-right", 58: "arc-right", 59: "s-curve-1", 60: "decaying-wave", 61:
        "curvy-right", 62: "stairs-down", 63: "right", 64: "up",
    },
}  # fmt: skip

# presetSubtype of entrances and exits -> presentation:preset-sub-type; other classes name no directions
_DIRECTIONS: dict[int, str] = {
    1: "from-top", 2: "from-right", 3: "from-top-right", 4: "from-bottom", 5: "horizontal", 6: "from-bottom-right",
    8: "from-left", 9: "from-top-left", 10: "vertical", 12: "from-bottom-left", 16: "in", 21: "vertical-in",
    26: "horizontal-in", 32: "out", 36: "out-from-screen-center", 37: "vertical-out", 42: "horizontal-out",
    272: "in-slightly", 288: "out-slightly", 528: "in-from-screen-center",
}  # fmt: skip
# (presetID, presetSubtype) where an effect has words of its own
_OWN_DIRECTIONS: dict[tuple[int, int], str] = {
    (5, 5): "downward",
    (5, 10): "across",
    (17, 10): "across",
    (18, 3): "right-to-top",
    (18, 6): "right-to-bottom",
    (18, 9): "left-to-top",
    (18, 12): "left-to-bottom",
}
_WHEEL = 21  # counts spokes


def effect_name(preset_class: str, identifier: int) -> str | None:
    """``presentation:preset-id``; None for an effect that stands in no list."""
    name = EFFECTS.get(preset_class, {}).get(identifier)
    return STEMS[preset_class] + name if name is not None else None


def sub_type(preset_class: str, identifier: int, subtype: int) -> str | None:
    """``presentation:preset-sub-type``; None where there is nothing to say."""
    if not subtype:
        return None
    if preset_class not in ("entr", "exit") or identifier == _WHEEL:
        return str(subtype)
    own = _OWN_DIRECTIONS.get((identifier, subtype))
    return own or _DIRECTIONS.get(subtype, str(subtype))
