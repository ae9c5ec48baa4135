"""What is installed is what stands in the tree, and the documentation knows each folder of it."""

from __future__ import annotations

import configparser
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
_ROOTS = ("converters", "inventory", "migrate")


def _folders() -> set[str]:
    return {
        str(found.parent.relative_to(PROJECT))
        for root in _ROOTS
        for found in (PROJECT / root).rglob("__init__.py")
    }


def test_every_package_is_installed() -> None:
    config = configparser.ConfigParser()
    config.read(PROJECT / "setup.cfg")
    installed = set(config["options"]["packages"].split())
    assert installed == {folder.replace("/", ".") for folder in _folders()}


def test_the_architecture_names_every_package_below_the_layers() -> None:
    text = (PROJECT / "docs" / "architecture.md").read_text("utf-8")
    below = {folder for folder in _folders() if folder.count("/") == 1}
    assert [folder for folder in sorted(below) if f"`{folder}/`" not in text] == []
