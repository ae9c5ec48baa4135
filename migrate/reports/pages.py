"""How pages are made from templates: every text is escaped, and a name that nothing was given for is an error."""

from __future__ import annotations

import re

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


_TABLE = re.compile(r"<table([^>]*)><caption>([^<]*)</caption>(.*?)</table>", re.DOTALL)


def scrolling_tables(page: str) -> str:
    """A page whose tables scroll by themselves where the window is too narrow, by the keyboard too, instead of the page.

    Each is named by its caption, which holds no markup. A table without one stays as it is.
    """
    return _TABLE.sub(
        r'<div class="scroll" tabindex="0" role="region" aria-label="\2">'
        r"<table\1><caption>\2</caption>\3</table></div>",
        page,
    )
