"""A database as the first revision of the schema left it, and what an upgrade must make of it."""

import json

from sqlalchemy import Engine, text

from converters.inspection import Feature, Inspection
from converters.losses import Loss
from inventory.database import schema_revision, transaction, upgrade
from inventory.findings import findings
from inventory.records import ItemState
from inventory.store import inspected_items
from inventory.summary import coverage, summarised
from migrate.ledger import jobs

SHA256 = "ab" * 32
INSPECTION = Inspection(
    SHA256, 3, "docx", family="text", features=(Feature("macros"),), losses=(Loss("CHART_DROPPED"),)
)
# path, page, size, modified, state, reason, owner, file id, links, hash
ROWS = [
    ("a.docx", 1, 3, "2020-01-01T00:00:00.000001Z", "read", "", "ann", "1:10", 1, SHA256),
    ("sub/b.docx", 2, 3, "2021-01-01T00:00:00.000000Z", "read", "", "ann", "1:11", 2, SHA256),
    ("sub/c", 2, 0, "", "skipped", "EMPTY_FILE", "", "", 1, ""),
    ("sub/caf\x1adce9.DOC", 2, 7, "", "unreadable", "PERMISSION_DENIED", "bob", "1:12", 1, ""),
    ("sub/gone.docx", 2, 7, "", "gone", "", "bob", "1:13", 1, ""),
    ("sub/closed", 3, 0, "", "unreadable", "FOLDER_DENIED", "", "", 1, ""),
]


def fill_first_revision(engine: Engine) -> None:
    upgrade(engine, "0001")
    with transaction(engine) as connection:

        def put(statement, **values):
            connection.execute(text(statement), values)

        assert schema_revision(connection) == "0001"
        put(
            "INSERT INTO scans VALUES (1, '2026-01-01T00:00:00.000000Z', '2026-01-01T01:00:00.000000Z', '[\"s\"]')"
        )
        put("INSERT INTO sources VALUES (1, 's')")
        for number, cursor in enumerate(("", "sub", "sub/closed"), 1):
            put("INSERT INTO pages VALUES (:n, 1, :c, 1, 'listed')", n=number, c=cursor)
        for number, (path, page, size, modified, state, reason, owner, file_id, links, sha) in enumerate(
            ROWS, 1
        ):
            put(
                "INSERT INTO items VALUES (:id, 1, :page, :path, :size, :modified, '', :state, :reason, :owner, 'staff',"
                " :file_id, :links, :sha)",
                id=number, page=page, path=path, size=size, modified=modified, state=state, reason=reason,
                owner=owner, file_id=file_id, links=links, sha=sha,
            )  # fmt: skip
        put(
            "INSERT INTO inspections VALUES (:sha, :revision, 'cheap', 'docx', 'text', '', :record)",
            sha=SHA256,
            revision=INSPECTION.revision,
            record=json.dumps(INSPECTION.as_json()),
        )


def check_upgraded(engine: Engine) -> None:
    with engine.connect() as connection:
        found = {inspected.item.path: inspected for inspected in inspected_items(connection)}
        assert connection.execute(jobs.select()).all() == []
        assert not summarised(connection)
        told = coverage(connection)
        codes = {finding.code for finding in findings(connection)}
        risks = connection.execute(text("SELECT risk FROM inspections")).scalars().all()
        features = connection.execute(text("SELECT feature FROM content_features")).scalars().all()
    assert set(found) == {"a.docx", "sub/b.docx", "sub/c", "sub/caf\udce9.DOC", "sub/closed"}
    first = found["a.docx"].item
    assert (first.modified, first.owner, first.group, first.file_id, first.sha256) == (
        "2020-01-01T00:00:00.000001Z",
        "ann",
        "staff",
        "10",
        SHA256,
    )
    assert found["sub/b.docx"].inspection == INSPECTION
    assert found["sub/b.docx"].item.links == 2
    assert found["sub/c"].item.modified_us is None
    assert (found["sub/closed"].item.state, found["sub/closed"].item.reason) == (
        ItemState.UNREADABLE,
        "FOLDER_DENIED",
    )
    assert told.by_state == {"gone": 1, "read": 2, "skipped": 1, "unreadable": 2}
    assert told.items == 5
    assert codes == {"DUPLICATE", "UNREADABLE"}
    assert (risks, features) == (["manual"], ["macros"])
