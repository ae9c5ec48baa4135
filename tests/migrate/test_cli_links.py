import json

import pytest

from tests.command_line import run
from tests.office_files import docx_with, relationships

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SETTINGS = f'<w:settings xmlns:w="{W}" xmlns:r="{R}"><w:attachedTemplate r:id="rId1"/></w:settings>'


def letter(template):
    return docx_with(
        {
            "word/_rels/document.xml.rels": relationships({"rId1": ("settings", "settings.xml")}),
            "word/settings.xml": SETTINGS,
            "word/_rels/settings.xml.rels": relationships({"rId1": ("attachedTemplate", template)}),
        }
    )


@pytest.fixture
def share(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    root = tmp_path / "share"
    for path, content in {
        "templates/letter.dotx": docx_with({}),
        "finance/a.docx": letter("file:///P:\\templates\\letter.dotx"),
        "finance/b.docx": letter("file:///P:\\templates\\Letter.dotx"),
        "finance/c.docx": letter("file:///P:\\templates\\lost.dotx"),
    }.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    (tmp_path / "drives.csv").write_text(f"prefix,location\nP:,{root}\n")
    (tmp_path / "departments.csv").write_text("path,department\nfinance,Finance\ntemplates,Office\n")
    run("scan", root, "--jobs", "1", "--json")
    return root


def test_templates_are_found_through_a_drive_letter(share):
    found = json.loads(run("links", "--locations", "drives.csv", "--reveal", "--json"))
    assert found["links"]["template"] == {"found": 2, "missing": 1}
    assert found["templates"] == 3  # case counts on a local disk
    assert found["documents_with_template"] == 3
    assert [one["location"] for one in found["missing"]] == [f"{share}/templates/lost.dotx"]


def test_without_a_table_of_locations_a_drive_letter_leads_nowhere(share):
    assert json.loads(run("links", "--json"))["links"]["template"] == {"unmapped": 3}


def test_names_stay_here_and_pairs_of_few_links_are_left_out(share):
    options = ("links", "--locations", "drives.csv", "--departments", "departments.csv", "--json")
    hidden = json.loads(run(*options))
    assert "lost" not in json.dumps(hidden)
    assert hidden["exchanges"] == []
    shown = json.loads(run(*options, "--reveal"))
    assert shown["exchanges"] == [{"from": "Finance", "to": "Office", "links": 2}]


@pytest.mark.parametrize(
    ("language", "head"), [("en", "Links in documents"), ("fr", "Liens dans les documents")]
)
def test_people_read_it_in_their_language(share, language, head):
    coverage, links, *_ = run("links", "--lang", language).splitlines()
    assert "4" in coverage
    assert links.startswith(head)


def test_a_configuration_names_the_table_for_scans_and_for_questions(share, tmp_path):
    (tmp_path / "migrate.toml").write_text('[scan]\nlocations = "drives.csv"\n')
    run("scan", share, "--jobs", "1", "--json")
    assert json.loads(run("links", "--json"))["links"]["template"] == {"found": 2, "missing": 1}
