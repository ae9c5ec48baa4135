"""Document properties of OOXML as ODF metadata, with the provenance that lets a result be recognised later."""

from __future__ import annotations

import re
from collections.abc import Iterable

from converters.odf.meta import Meta, UserDefined
from converters.ooxml.metadata import Metadata


def odf_meta(source: Metadata, provenance: Iterable[tuple[str, str]] = ()) -> Meta:
    """ODF metadata for a source's properties.

    ``provenance`` are (name, value) pairs such as the source's hash, written as user-defined metadata.
    """
    own = (("Category", source.category), ("Company", source.company), ("Manager", source.manager))
    return Meta(
        title=source.title,
        subject=source.subject,
        description=source.description,
        keywords=tuple(word for word in re.split(r"\s*[,;]\s*", source.keywords.strip()) if word),
        initial_creator=source.creator,
        creator=source.last_modified_by,
        creation_date=source.created,
        date=source.modified,
        print_date=source.last_printed,
        language=source.language,
        editing_cycles=source.revision,
        editing_minutes=source.editing_minutes,
        user_defined=(
            *(UserDefined(name, value) for name, value in own if value),
            *(UserDefined(item.name, item.value, item.value_type) for item in source.custom),
            *(UserDefined(name, value) for name, value in provenance),
        ),
    )
