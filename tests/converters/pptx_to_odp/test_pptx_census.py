"""No slide, notes page, comment, media file or animation goes without a word: an independent census, over real files.

Both sides are counted here from the bare packages, slide by slide, with nothing of the converter.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.util import Cm

from converters.outcome import Outcome
from converters.validity import validate
from tests.converters.pptx_to_odp.slides_builder import NAMESPACES, PIXEL, presentation
from tests.converters.pptx_to_odp.timings import click, effect, timing, visibility, whole
from tests.real_files import assert_nothing_untold, converted, each_real_file

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
P188 = "{http://schemas.microsoft.com/office/powerpoint/2018/8/main}"
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
DRAW, ANIM = f"{{{_ODF}drawing:1.0}}", f"{{{_ODF}animation:1.0}}"
PRESENTATION = f"{{{_ODF}presentation:1.0}}"
OFFICEOOO = "{http://openoffice.org/2009/office}"
XLINK = "{http://www.w3.org/1999/xlink}"

# what is counted -> losses that tell of one that is gone
TOLD_BY: dict[str, tuple[str, ...]] = {
    "slides": ("RELATIONSHIP_DANGLING", "PART_MISSING", "PART_DAMAGED"),
    "notes": ("PART_MISSING", "PART_DAMAGED"),
    "comments": ("COMMENT_MISSING", "PART_DAMAGED"),
    "media": ("MEDIA_DROPPED",),
    "animations": ("ANIMATION_DROPPED",),
}
EFFECTS = ("clickEffect", "withEffect", "afterEffect")
EFFECTS_IN_ODF = ("on-click", "with-previous", "after-previous")


def relationships(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """(kind, part or address) by identifier; kinds of Strict files end alike."""
    folder, name = posixpath.split(part)
    listed = posixpath.join(folder, "_rels", f"{name}.rels")
    if listed not in archive.namelist():
        return {}
    found = {}
    for one in etree.fromstring(archive.read(listed)):
        target = one.get("Target", "")
        if one.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join(folder, target)).lstrip("/")
        found[one.get("Id", "")] = (one.get("Type", "").rsplit("/", 1)[-1], target)
    return found


def named(root: etree._Element, local: str) -> Iterator[etree._Element]:
    return root.iter(f"{{*}}{local}")


def source_census(path: Path) -> dict[int, Counter[str]]:
    """What each slide of a presentation holds, by its number from 1."""
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        office = relationships(archive, "")
        main = next(target for kind, target in office.values() if kind == "officeDocument")
        root = etree.fromstring(archive.read(main))
        parts = relationships(archive, main)
        slides: dict[int, Counter[str]] = {}
        for number, entry in enumerate(root.iterfind("{*}sldIdLst/{*}sldId"), start=1):
            identifier = next((value for key, value in entry.attrib.items() if key.endswith("}id")), "")
            counts = slides[number] = Counter({"slides": 1})
            part = parts.get(identifier, ("", ""))[1]
            if part in names:
                _count_slide(archive, part, names, counts)
        return slides


def _count_slide(archive: zipfile.ZipFile, part: str, names: set[str], counts: Counter[str]) -> None:
    for kind, target in relationships(archive, part).values():
        if kind == "notesSlide":
            counts["notes"] += 1
        elif kind == "comments" and target in names:
            comments = etree.fromstring(archive.read(target))
            counts["comments"] += sum(1 for tag in ("cm", "reply") for _ in named(comments, tag))
    media = {
        target
        for kind, target in relationships(archive, part).values()
        if kind in ("audio", "video") and target in names
    }
    counts["media"] += len(media)
    for node in named(etree.fromstring(archive.read(part)), "cTn"):
        if node.get("nodeType") in EFFECTS and len(node):
            counts["animations"] += 1


def target_census(path: Path) -> dict[int, Counter[str]]:
    """What each page of an ODF presentation holds, by its number from 1; media only if they stand in the package."""
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        root = etree.fromstring(archive.read("content.xml"))
    pages: dict[int, Counter[str]] = {}
    for number, page in enumerate(root.iter(DRAW + "page"), start=1):
        linked = {one.get(XLINK + "href", "") for one in page.iter(DRAW + "plugin", ANIM + "audio")}
        pages[number] = Counter(
            slides=1,
            notes=sum(1 for _ in page.iter(PRESENTATION + "notes")),
            comments=sum(1 for _ in page.iter(OFFICEOOO + "annotation")),
            media=len(linked & names),
            animations=sum(
                one.get(PRESENTATION + "node-type") in EFFECTS_IN_ODF
                for one in page.iter(ANIM + "par", ANIM + "iterate")
            ),
        )
    return pages


def untold(source: Path, outcome: Outcome) -> dict[tuple[int, str], tuple[int, int]]:
    """What a slide has lost beyond what the losses that name it count: {(slide, what): (source, target)}.

    A slide that is gone moves those behind it: pages answer to the slides that are left.
    """
    losses: dict[int, Counter[str]] = {}
    for loss in outcome.losses:
        number = int(loss.place.container) if loss.place.container.isdigit() else 0
        losses.setdefault(number, Counter())[loss.code] += loss.count

    def told(number: int, what: str) -> int:
        return sum(losses.get(number, Counter())[code] for code in TOLD_BY[what])

    assert outcome.target is not None
    slides, pages = source_census(source), target_census(Path(outcome.target))
    left = list(slides)
    if len(pages) < len(slides):
        left = [number for number in slides if not told(number, "slides")]
    if len(pages) != len(left):
        return {(0, "slides"): (len(left), len(pages))}
    return {
        (number, what): (slides[number][what], pages[page][what])
        for page, number in enumerate(left, start=1)
        for what in TOLD_BY
        if slides[number][what] - pages[page][what] > told(number, what)
    }


@each_real_file("pptx")
def test_no_real_presentation_loses_a_slide_notes_comment_media_or_animation_in_silence(
    source: Path, tmp_path: Path
) -> None:
    assert_nothing_untold(converted(source, tmp_path, "odp"), untold)


def full_presentation() -> bytes:
    """A slide with a comment, notes, a sound and an animation."""

    def build(slide) -> None:
        made = slide.shapes.add_shape(1, Cm(1), Cm(1), Cm(2), Cm(2))
        slide.notes_slide.notes_text_frame.text = "said"
        slide.shapes.add_movie(str(PIXEL), Cm(4), Cm(1), Cm(2), Cm(2), str(PIXEL), "video/mp4")
        for old in slide._element.findall(f"{P}timing"):
            slide._element.remove(old)
        steps = effect("entr 1", visibility(whole(made.shape_id)))
        slide._element.append(etree.fromstring(timing(click(steps))))
        comments = Part(
            PackURI("/ppt/comments/comment1.xml"),
            "application/vnd.openxmlformats-officedocument.presentationml.comments+xml",
            slide.part.package,
            f'<p:cmLst {NAMESPACES}><p:cm authorId="0"><p:text>no</p:text></p:cm></p:cmLst>'.encode(),
        )
        slide.part.relate_to(comments, f"{R[1:-1]}/comments")

    return presentation(build)


@pytest.mark.parametrize(
    ("tag", "what"),
    [
        (f"{PRESENTATION}notes", "notes"),
        (f"{OFFICEOOO}annotation", "comments"),
        (f"{DRAW}plugin", "media"),
        (f"{ANIM}seq", "animations"),
        (f"{DRAW}page", "slides"),
    ],
    ids=["notes", "comments", "media", "animations", "slides"],
)
def test_the_census_sees_what_a_result_lacks(tag: str, what: str, tmp_path: Path) -> None:
    source = tmp_path / "full.pptx"
    source.write_bytes(full_presentation())
    outcome = converted(source, tmp_path, "odp")
    assert untold(source, outcome) == {}
    assert outcome.target is not None
    without(tag, Path(outcome.target))
    assert [name for _, name in untold(source, outcome)] == [what]


def without(tag: str, odp: Path) -> None:
    """Take the elements of a name out of a result."""
    with zipfile.ZipFile(odp) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    root = etree.fromstring(parts["content.xml"])
    for element in list(root.iter(tag)):
        element.getparent().remove(element)
    parts["content.xml"] = etree.tostring(root)
    with zipfile.ZipFile(odp, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def test_a_presentation_with_all_of_them_is_valid(tmp_path: Path) -> None:
    source = tmp_path / "full.pptx"
    source.write_bytes(full_presentation())
    outcome = converted(source, tmp_path, "odp")
    assert outcome.target is not None
    assert validate(Path(outcome.target)).violations == ()
