import io
import json

import openpyxl
import pytest

from tests.command_line import run
from tests.office_files import docx, xlsx


@pytest.fixture
def share(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    root = tmp_path / "share"
    root.mkdir()
    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    (root / "export.xlsx").write_bytes(stream.getvalue())
    (root / "orders.xlsx").write_bytes(xlsx())
    (root / "letter.docx").write_bytes(docx())
    run("scan", root, "--jobs", "1", "--json")
    return root


def test_what_programs_made_is_listed_without_names(share):
    document = json.loads(run("interfaces", "--json"))
    assert document["rules"] == [{"rule": "made_by_program", "files": 1}]
    assert document["producers"] == [{"producer": "openpyxl", "files": 1}]
    assert document["files"] == [{"file": "file 1", "rule": "made_by_program", "detail": "openpyxl"}]
    assert "export" not in run("interfaces")


def test_an_inventory_of_software_is_joined_and_counts_in_the_classes(share, tmp_path):
    table = tmp_path / "software.csv"
    table.write_text("name,calls,files\nOrder Desk,excel,*orders.xlsx\n", "utf-8")
    document = json.loads(run("interfaces", "--software", table, "--reveal", "--json"))
    assert {row["file"].rsplit("/", 1)[-1]: row["detail"] for row in document["files"]} == {
        "export.xlsx": "openpyxl",
        "orders.xlsx": "Order Desk",
    }
    answer = json.loads(run("inventory", "--by", "risk", "--json"))
    assert {row["key"]: row["files"] for row in answer["totals"]} == {"leave": 2, "cosmetic": 1}


def test_the_answer_explains_the_rules_in_their_order(share):
    answer = json.loads(run("inventory", "--by", "rule", "--json"))
    assert {row["key"]: row["files"] for row in answer["totals"]} == {"made_by_program": 1, "text_unread": 2}
    rules = [row["rule"] for row in answer["rules"]]
    assert rules[0] == "read_by_connections"
    assert rules[-1] == "loses_nothing"
    assert all(row["means"] and not row["means"].startswith("rule_") for row in answer["rules"])


def test_a_deep_scan_reads_what_a_first_look_left_unread(share):
    run("scan", share, "--jobs", "1", "--deep", "all", "--json")
    answer = json.loads(run("inventory", "--by", "rule", "--json"))
    assert {row["key"]: row["files"] for row in answer["totals"]} == {
        "made_by_program": 1,
        "loses_nothing": 2,
    }
