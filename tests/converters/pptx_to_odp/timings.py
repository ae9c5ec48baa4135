"""Timings of slides for tests, as PowerPoint writes them: three groups deep, each node with its number."""

from __future__ import annotations

from itertools import count

from tests.converters.pptx_to_odp.slides_builder import NAMESPACES

_numbers = count(10)


def whole(shape: int) -> str:
    return f'<p:spTgt spid="{shape}"/>'


def paragraph(shape: int, index: int) -> str:
    return f'<p:spTgt spid="{shape}"><p:txEl><p:pRg st="{index}" end="{index}"/></p:txEl></p:spTgt>'


def common(
    target: str, attributes: str = "", *, lasts: str = "500", node: str = "", delay: str = "", own: str = ""
) -> str:
    """``p:cBhvr``; ``node`` and ``own`` are further attributes of the time node and of itself."""
    names = "".join(f"<p:attrName>{name}</p:attrName>" for name in attributes.split())
    listed = f"<p:attrNameLst>{names}</p:attrNameLst>" if names else ""
    starts = f'<p:stCondLst><p:cond delay="{delay}"/></p:stCondLst>' if delay else ""
    return (
        f'<p:cBhvr {own}><p:cTn id="{next(_numbers)}" dur="{lasts}" fill="hold" {node}>{starts}</p:cTn>'
        f"<p:tgtEl>{target}</p:tgtEl>{listed}</p:cBhvr>"
    )


def visibility(target: str, value: str = "visible", delay: str = "0") -> str:
    inner = common(target, "style.visibility", lasts="1", delay=delay)
    return f'<p:set>{inner}<p:to><p:strVal val="{value}"/></p:to></p:set>'


def filtered(target: str, name: str, transition: str = "in") -> str:
    return f'<p:animEffect transition="{transition}" filter="{name}">{common(target)}</p:animEffect>'


def moved(target: str, attribute: str, *values: str) -> str:
    times = [round(100_000 * index / (len(values) - 1)) for index in range(len(values))]
    steps = "".join(
        f'<p:tav tm="{time}"><p:val><p:strVal val="{value}"/></p:val></p:tav>'
        for time, value in zip(times, values, strict=True)
    )
    inner = common(target, attribute, own='additive="base"')
    return f'<p:anim calcmode="lin" valueType="num">{inner}<p:tavLst>{steps}</p:tavLst></p:anim>'


def effect(
    preset: str, steps: str, *, starts: str = "click", subtype: int = 0, delay: str = "0", node: str = "",
    iterate: str = "", companions: str = "",
) -> str:  # fmt: skip
    """An effect: ``preset`` is its class and number, as in ``entr 10``; ``starts`` is click, with or after."""
    preset_class, identifier = preset.split()
    under = f"<p:subTnLst>{companions}</p:subTnLst>" if companions else ""
    return (
        f'<p:par><p:cTn id="{next(_numbers)}" presetID="{identifier}" presetClass="{preset_class}" '
        f'presetSubtype="{subtype}" fill="hold" grpId="0" nodeType="{starts}Effect" {node}>'
        f'<p:stCondLst><p:cond delay="{delay}"/></p:stCondLst>{iterate}'
        f"<p:childTnLst>{steps}</p:childTnLst>{under}</p:cTn></p:par>"
    )


def click(*effects: str, delay: str = "indefinite", begins: str = "0") -> str:
    """What one click starts."""
    return (
        f'<p:par><p:cTn id="{next(_numbers)}" fill="hold"><p:stCondLst><p:cond delay="{delay}"/></p:stCondLst>'
        f'<p:childTnLst><p:par><p:cTn id="{next(_numbers)}" fill="hold"><p:stCondLst><p:cond delay="{begins}"/>'
        f"</p:stCondLst><p:childTnLst>{''.join(effects)}</p:childTnLst></p:cTn></p:par></p:childTnLst></p:cTn></p:par>"
    )


def triggered(shape: int, *clicks: str) -> str:
    """An interactive sequence: it waits for a click on a shape."""
    on = f'<p:cond evt="onClick" delay="0"><p:tgtEl>{whole(shape)}</p:tgtEl></p:cond>'
    return (
        f'<p:seq concurrent="1" nextAc="seek"><p:cTn id="{next(_numbers)}" restart="whenNotActive" fill="hold" '
        f'evtFilter="cancelBubble" nodeType="interactiveSeq"><p:stCondLst>{on}</p:stCondLst>'
        '<p:endSync evt="end" delay="0"><p:rtn val="all"/></p:endSync>'
        f"<p:childTnLst>{''.join(clicks)}</p:childTnLst></p:cTn><p:nextCondLst>{on}</p:nextCondLst></p:seq>"
    )


def timing(*clicks: str, more: str = "") -> str:
    """``p:timing`` of a slide; ``more`` stands beside the main sequence."""
    steps = [
        f'<p:cond evt="{event}" delay="0"><p:tgtEl><p:sldTgt/></p:tgtEl></p:cond>'
        for event in ("onPrev", "onNext")
    ]
    main = (
        '<p:seq concurrent="1" nextAc="seek"><p:cTn id="2" dur="indefinite" nodeType="mainSeq">'
        f"<p:childTnLst>{''.join(clicks)}</p:childTnLst></p:cTn><p:prevCondLst>{steps[0]}</p:prevCondLst>"
        f"<p:nextCondLst>{steps[1]}</p:nextCondLst></p:seq>"
    )
    return (
        f"<p:timing {NAMESPACES}><p:tnLst><p:par>"
        '<p:cTn id="1" dur="indefinite" restart="never" nodeType="tmRoot">'
        f"<p:childTnLst>{main if clicks else ''}{more}</p:childTnLst></p:cTn></p:par></p:tnLst></p:timing>"
    )
