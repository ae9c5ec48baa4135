"""The licences of everything that is installed with the product: no AGPL; GPL only behind an extra that the docs name."""

from __future__ import annotations

import configparser
import re
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

PROJECT = Path(__file__).resolve().parent.parent
# distributions under the GPL that stand behind an extra, with the extra (named in docs/architecture.md)
GPL_BEHIND_EXTRAS: dict[str, str] = {"pcodedmp": "macros"}
# distributions whose metadata names none, or several to choose from: what their licence file says, or our choice
READ_BY_HAND: dict[str, str] = {"axe-playwright-python": "MIT", "odfpy": "Apache-2.0"}


def _declared() -> dict[str, set[str]]:
    """Extra (``""`` for all hosts) -> the distributions that setup.cfg names."""
    config = configparser.ConfigParser()
    config.read(PROJECT / "setup.cfg")

    def names(text: str) -> set[str]:
        lines = (line.split("#")[0].strip() for line in text.splitlines())
        return {Requirement(line).name for line in lines if line}

    extras = {name: names(text) for name, text in config["options.extras_require"].items()}
    return {"": names(config["options"]["install_requires"]), **extras}


def _closure(roots: set[str]) -> set[str]:
    seen: set[str] = set()
    queue = list(roots)
    while queue:
        name = re.sub(r"[-_.]+", "-", queue.pop()).lower()
        if name in seen:
            continue
        try:
            requires = metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            continue  # for another platform or Python
        seen.add(name)
        for line in requires:
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                queue.append(requirement.name)
    return seen


def _licence(name: str) -> str:
    if name in READ_BY_HAND:
        return READ_BY_HAND[name]
    about = metadata.metadata(name)
    classifiers = [line for line in about.get_all("Classifier") or [] if line.startswith("License ::")]
    text = about.get("License-Expression") or "; ".join(
        line.rsplit("::", 1)[-1].strip() for line in classifiers
    )
    return text or next(iter((about.get("License") or "").splitlines()), "")


@pytest.mark.parametrize("extra", sorted(_declared()))
def test_no_dependency_is_agpl_and_gpl_stands_behind_an_extra(extra: str) -> None:
    for name in sorted(_closure(_declared()[extra])):
        licence = _licence(name)
        print(f"{extra or 'all hosts'}: {name}: {licence}")
        assert licence, f"{name} names no licence: read its licence file and add it to READ_BY_HAND"
        assert not re.search(r"AGPL|Affero", licence), f"{name} is under {licence}"
        if re.search(r"(?<!L)GPL|(?<!Lesser )General Public License", licence):
            assert GPL_BEHIND_EXTRAS.get(name) == extra, f"{name} is under {licence}"


def test_what_stands_behind_an_extra_is_named_in_the_docs() -> None:
    text = (PROJECT / "docs" / "architecture.md").read_text("utf-8")
    for name, extra in GPL_BEHIND_EXTRAS.items():
        assert name in text
        assert extra in text


def test_every_declared_library_has_its_reason_in_the_docs() -> None:
    text = (PROJECT / "docs" / "architecture.md").read_text("utf-8")
    missing = [name for names in _declared().values() for name in names if f"`{name}`" not in text]
    assert missing == []
