"""The audit pack: nobody's name, every hash, and the same figures in a fresh environment."""

import hashlib
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from migrate import audit
from migrate.cli import group
from migrate.plan_files import PlanFileError, plan_text
from tests.migrate.reports.sample_plan import HOSTILE_FILE, sample_plan


@pytest.fixture(scope="module")
def pack(tmp_path_factory):
    folder = tmp_path_factory.mktemp("audit")
    plan = folder / "plan.json"
    plan.write_text(plan_text(sample_plan()), "utf-8")
    result = CliRunner().invoke(group, ["report", str(plan), "--audit", "--lang", "en"])
    assert result.exit_code == 0, result.output
    return plan.with_suffix(".audit.zip")


def parts(pack):
    with zipfile.ZipFile(pack) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_pack_names_every_hash_and_the_versions(pack):
    found = parts(pack)
    manifest = json.loads(found["manifest.json"])
    assert set(manifest["parts"]) == set(found) - {"manifest.json"}
    assert all(hashlib.sha256(found[name]).hexdigest() == sha for name, sha in manifest["parts"].items())
    assert manifest["plan_sha256"] == hashlib.sha256(pack.with_name("plan.json").read_bytes()).hexdigest()
    assert {"migrate", "python", "numpy", "ortools"} <= set(json.loads(found["versions.json"]))
    assert b"prices.ENTERPRISEPACK" in found["inputs/prices.csv"]


def test_no_path_reason_or_person_is_in_the_pack(pack):
    text = b"".join(parts(pack).values()).decode()
    for name in (json.dumps(HOSTILE_FILE)[1:-1], "<i>macros</i>", "user1", "finances/", '"com"'):
        assert name not in text, name


def test_a_fresh_process_in_an_empty_folder_computes_the_same_figures(pack, tmp_path):
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "HOME": str(tmp_path),
    }
    code = (
        "import sys; from migrate.cli import group; group(['plan', '--replay', sys.argv[1], '--lang', 'en'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(pack)],
        cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "figures are those of the pack" in done.stderr
    again = json.loads((tmp_path / "plan.json").read_text("utf-8"))
    assert again["figures"] == json.loads(parts(pack)["plan.json"])["figures"]
    assert again["figures"] == sample_plan()["figures"]


def repacked(pack, target, edit):
    found = parts(pack)
    edit(found)
    with zipfile.ZipFile(target, "w") as archive:
        for name, part in found.items():
            archive.writestr(name, part)
    return target


def test_a_pack_that_was_changed_is_refused(pack, tmp_path):
    def edit(found):
        found["plan.json"] = found["plan.json"].replace(b'"likely": 2450', b'"likely": 2440', 1) + b" "

    changed = repacked(pack, tmp_path / "changed.zip", edit)
    with pytest.raises(PlanFileError) as error:
        audit.replay(changed)
    assert error.value.code == "pack_changed"


def test_figures_that_the_records_do_not_compute_are_named(pack, tmp_path):
    def edit(found):
        model = json.loads(found["plan.json"])
        model["figures"][0]["likely"] += 1
        found["plan.json"] = plan_text(model).encode()
        manifest = json.loads(found["manifest.json"])
        manifest["parts"]["plan.json"] = hashlib.sha256(found["plan.json"]).hexdigest()
        found["manifest.json"] = json.dumps(manifest).encode()

    forged = repacked(pack, tmp_path / "forged.zip", edit)
    result = CliRunner().invoke(
        group, ["plan", "--replay", str(forged), "-o", str(tmp_path / "p.json"), "--lang", "en"]
    )
    assert result.exit_code == 2
    assert json.loads(parts(forged)["plan.json"])["figures"][0]["id"] in result.stderr


@pytest.mark.parametrize("content", [b"", b"PK no zip", b"{}"])
def test_what_is_no_pack_is_said_so(tmp_path, content):
    path = tmp_path / "x.zip"
    path.write_bytes(content)
    result = CliRunner().invoke(group, ["plan", "--replay", str(path), "--lang", "en"])
    assert result.exit_code == 3
    assert "no audit pack" in result.stderr
