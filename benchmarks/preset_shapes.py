"""All preset shapes of DrawingML, drawn by LibreOffice from the original and from our result, compared as pictures.

python benchmarks/preset_shapes.py [PICTURE]     writes both, side by side, to PICTURE (docs/pictures/preset_shapes.png)

Each shape stands once in each of :data:`VARIANTS`. The figure of a shape is the share of its ink that differs, slightly
blurred: 0 for equal pictures, 1 where nothing agrees.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parents[1])  # this folder would hide the package ``pptx``

from lxml import etree  # noqa: E402
from PIL import Image, ImageChops, ImageFilter  # noqa: E402
from pptx import Presentation  # noqa: E402
from pptx.util import Emu  # noqa: E402

from converters.drawings.preset_geometries import PRESET_GEOMETRIES  # noqa: E402
from converters.engines import convert  # noqa: E402
from converters.libreoffice.find import require  # noqa: E402
from converters.outcome import Engine  # noqa: E402

COLUMNS = 14
CELL_EMU = 1_080_000
CELL_PIXELS = 150
PICTURE = Path(__file__).resolve().parents[1] / "docs" / "pictures" / "preset_shapes.png"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_LOOK = (
    '<a:solidFill><a:srgbClr val="9DC3E6"/></a:solidFill>'
    '<a:ln w="9525"><a:solidFill><a:srgbClr val="1F4E79"/></a:solidFill></a:ln>'
)
_UNSEEN = "<a:noFill/><a:ln><a:noFill/></a:ln>"
_TEXT = (
    '<p:txBody><a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"/><a:p><a:r><a:rPr lang="en" sz="600">'
    '<a:solidFill><a:srgbClr val="000000"/></a:solidFill><a:latin typeface="Liberation Sans"/></a:rPr>'
    "<a:t>Ab</a:t></a:r></a:p></p:txBody>"
)


@dataclass(frozen=True)
class Variant:
    """``transform`` are attributes of ``a:xfrm``; adjust values are those of the preset times ``adjusted``."""

    transform: str = ""
    width: int = 720_000
    height: int = 540_000
    adjusted: float | None = None
    text_only: bool = False


VARIANTS: Mapping[str, Variant] = {
    "as they are": Variant(),
    "flipped": Variant('flipH="1"'),
    "turned and flipped": Variant('rot="1800000" flipV="1"'),
    "adjusted, high": Variant(width=540_000, height=800_000, adjusted=0.6),
    "adjusted, low": Variant(width=800_000, height=360_000, adjusted=1.5),
    "text": Variant(text_only=True),
}


def names() -> list[str]:
    return sorted(PRESET_GEOMETRIES)


def write_page(variant: Variant, path: Path) -> None:
    """A presentation of one slide with all presets, row by row."""
    made = Presentation()
    made.slide_width = made.slide_height = Emu(CELL_EMU * COLUMNS)
    tree = made.slides.add_slide(made.slide_layouts[6]).shapes._spTree
    for index, name in enumerate(names()):
        tree.append(etree.fromstring(_shape(index, name, variant)))
    made.save(str(path))


def _shape(index: int, name: str, variant: Variant) -> str:
    row, column = divmod(index, COLUMNS)
    x = CELL_EMU * column + (CELL_EMU - variant.width) // 2
    y = CELL_EMU * row + (CELL_EMU - variant.height) // 2
    guides = "".join(_adjust_values(name, variant.adjusted)) if variant.adjusted is not None else ""
    return (
        f'<p:sp xmlns:p="{_P}" xmlns:a="{_A}"><p:nvSpPr><p:cNvPr id="{index + 10}" name="{name}"/><p:cNvSpPr/><p:nvPr/>'
        f'</p:nvSpPr><p:spPr><a:xfrm {variant.transform}><a:off x="{x}" y="{y}"/>'
        f'<a:ext cx="{variant.width}" cy="{variant.height}"/></a:xfrm>'
        f'<a:prstGeom prst="{name}"><a:avLst>{guides}</a:avLst></a:prstGeom>'
        f"{_UNSEEN if variant.text_only else _LOOK}</p:spPr>{_TEXT if variant.text_only else ''}</p:sp>"
    )


def _adjust_values(name: str, factor: float) -> Iterator[str]:
    for guide, value in re.findall(r"(\w+) (-?\d+)(?:;|$)", PRESET_GEOMETRIES[name][0]):
        yield f'<a:gd name="{guide}" fmla="val {round(int(value) * factor)}"/>'


def render(path: Path, folder: Path) -> Image.Image:
    """The first page as LibreOffice draws it. Raises CalledProcessError, FileNotFoundError where it does not."""
    size = f'"type":"long","value":"{COLUMNS * CELL_PIXELS}"'
    picture = f'png:impress_png_Export:{{"PixelWidth":{{{size}}},"PixelHeight":{{{size}}}}}'
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        str(require().path),
        profile,
        "--headless",
        "--convert-to",
        picture,
        "--outdir",
        str(folder),
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    with Image.open(folder / f"{path.stem}.png") as found:
        return found.convert("RGB")


def draw_both(variant: Variant, folder: Path) -> tuple[Image.Image, Image.Image]:
    """What LibreOffice draws of the original, and of our result."""
    source, target = folder / "original.pptx", folder / "result.odp"
    target.unlink(missing_ok=True)
    write_page(variant, source)
    outcome = convert(source, target, engine=Engine.NATIVE)
    assert outcome.target is not None, outcome.error
    return render(source, folder), render(target, folder)


def differences(original: Image.Image, result: Image.Image) -> dict[str, float]:
    """The share of ink that differs, by preset."""
    found = {}
    for index, name in enumerate(names()):
        one, other = (_ink(picture, index) for picture in (original, result))
        apart = sum(ImageChops.difference(one, other).tobytes())
        found[name] = apart / max(1, sum(one.tobytes()) + sum(other.tobytes()))
    return found


def _ink(picture: Image.Image, index: int) -> Image.Image:
    row, column = divmod(index, COLUMNS)
    left, top = column * CELL_PIXELS, row * CELL_PIXELS
    cell = picture.crop((left, top, left + CELL_PIXELS, top + CELL_PIXELS)).convert("L")
    return ImageChops.invert(cell.filter(ImageFilter.GaussianBlur(1)))


def main(picture: Path = PICTURE) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for title, variant in VARIANTS.items():
            original, result = draw_both(variant, folder)
            found = differences(original, result)
            worst = sorted(found, key=lambda one: -found[one])[:5]
            mean = sum(found.values()) / len(found)
            print(
                f"{title}: {mean:.3f} of the ink differs; most: {', '.join(f'{one} {found[one]:.2f}' for one in worst)}"
            )
            if title == "as they are":
                both = Image.new("RGB", (original.width * 2, original.height), "white")
                both.paste(original, (0, 0))
                both.paste(result, (original.width, 0))
                picture.parent.mkdir(parents=True, exist_ok=True)
                both.reduce(2).quantize(32).save(picture, optimize=True)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
