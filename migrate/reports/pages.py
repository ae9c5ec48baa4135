"""How pages are made from templates: every text is escaped, and a name that nothing was given for is an error."""

from __future__ import annotations

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined


def page_environment(*packages: str) -> Environment:
    """The templates of the report, or those of several packages, of which the first that has a name counts."""
    return Environment(
        loader=ChoiceLoader([PackageLoader(package) for package in packages or ("migrate.reports",)]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
