from pathlib import Path

import pytest

from converters.losses import Severity
from converters.options import MacroPolicy
from converters.outcome import Engine
from migrate.policy import Policy, PolicyError, find_config, load_policy, policy_of, user_folder, with_options


def _load(tmp_path, text="", environment=None, **options):
    path = tmp_path / "migrate.toml"
    path.write_text(text, "utf-8")
    return load_policy(None, environment or {}, tmp_path, **options)


def test_without_a_file_the_defaults_hold(tmp_path):
    assert load_policy(None, {}, tmp_path) == Policy()


def test_an_option_goes_over_the_environment_over_the_file_over_the_default(tmp_path):
    text = 'database = "file.db"\n[convert]\nengine = "native"\njobs = 3\n'
    assert _load(tmp_path, text).convert.engine is Engine.NATIVE
    policy = _load(tmp_path, text, {"MIGRATE_CONVERT_ENGINE": "libreoffice", "MIGRATE_DB": "environment.db"})
    assert (policy.convert.engine, policy.convert.jobs) == (Engine.LIBREOFFICE, 3)
    assert policy.database == "environment.db"
    assert with_options(policy.convert, engine="auto", jobs=None).engine is Engine.AUTO
    assert with_options(policy.convert, engine="auto", jobs=None).jobs == 3


@pytest.mark.parametrize(
    ("text", "key", "nearest"),
    [
        ("[convert]\nengin = 'native'", "convert.engin", "convert.engine"),
        ("[convert]\nfail-on = 'content'", "convert.fail-on", "convert.fail_on"),
        ("databse = 'x.db'", "databse", "database"),
        ("[convertt]\njobs = 1", "convertt", "convert"),
        ("[report]\nregion = 'eu'", "report.region", ""),
        ("[web]\nproxies = ['10.0.0.5']", "web.proxies", "web.proxy"),
    ],
)
def test_an_unknown_key_is_an_error_that_names_the_nearest(tmp_path, text, key, nearest):
    with pytest.raises(PolicyError) as caught:
        _load(tmp_path, text)
    assert caught.value.code == "CONFIG_UNKNOWN_KEY"
    assert (caught.value.params["key"], caught.value.params["nearest"]) == (key, nearest)
    assert caught.value.params["origin"] == str(tmp_path / "migrate.toml")


@pytest.mark.parametrize(
    "settings",
    [
        {"convert": {"jobs": 0}},
        {"convert": {"jobs": True}},
        {"convert": {"jobs": "many"}},
        {"convert": {"engine": "word"}},
        {"convert": {"fail_on": "everything"}},
        {"convert": 3},
        {"scan": {"inspect": "perhaps"}},
        {"language": "de"},
        {"database": ""},
    ],
)
def test_a_value_that_does_not_fit_is_an_error(settings):
    with pytest.raises(PolicyError) as caught:
        policy_of(settings, {})
    assert caught.value.code == "CONFIG_BAD_VALUE"
    assert caught.value.params["expected"]


def test_a_bad_value_in_the_environment_names_its_variable():
    with pytest.raises(PolicyError) as caught:
        policy_of({}, {"MIGRATE_SCAN_JOBS": "-1"})
    assert caught.value.params["origin"] == "MIGRATE_SCAN_JOBS"


def test_words_for_switches_and_severities():
    policy = policy_of({"scan": {"inspect": False}}, {"MIGRATE_CONVERT_FAIL_ON": "layout"})
    assert policy.scan.inspect is False
    assert policy.convert.fail_on is Severity.LAYOUT


def test_a_file_that_is_named_must_be_there(tmp_path):
    for config, environment in (
        (tmp_path / "no.toml", {}),
        (None, {"MIGRATE_CONFIG": str(tmp_path / "no.toml")}),
    ):
        with pytest.raises(PolicyError, match="CONFIG_MISSING"):
            find_config(config, environment, tmp_path)


def test_the_file_named_goes_before_the_working_folders_before_the_users(tmp_path):
    user, working = tmp_path / "home/.config/migrate", tmp_path / "work"
    environment = {"HOME": str(tmp_path / "home")}
    for folder in (user, working):
        folder.mkdir(parents=True)
    assert find_config(None, environment, working) is None
    (user / "migrate.toml").touch()
    assert find_config(None, environment, working) == user / "migrate.toml"
    (working / "migrate.toml").touch()
    assert find_config(None, environment, working) == working / "migrate.toml"
    (tmp_path / "named.toml").touch()
    environment["MIGRATE_CONFIG"] = str(tmp_path / "named.toml")
    assert find_config(None, environment, working) == tmp_path / "named.toml"
    assert find_config(user / "migrate.toml", environment, working) == user / "migrate.toml"


@pytest.mark.parametrize(
    ("environment", "platform", "folder"),
    [
        ({"APPDATA": "C:/Users/a/AppData/Roaming"}, "win32", Path("C:/Users/a/AppData/Roaming/migrate")),
        ({"XDG_CONFIG_HOME": "/x", "HOME": "/h"}, "linux", Path("/x/migrate")),
        ({"HOME": "/h"}, "linux", Path("/h/.config/migrate")),
        ({}, "linux", None),
    ],
)
def test_the_users_folder(environment, platform, folder):
    assert user_folder(environment, platform) == folder


@pytest.mark.parametrize("text", ["[convert", "a = \x00"])
def test_a_file_that_is_no_toml_is_an_error(tmp_path, text):
    with pytest.raises(PolicyError, match="CONFIG_UNREADABLE"):
        _load(tmp_path, text)


def test_folders_and_departments_where_results_are_always_cross_checked(tmp_path):
    folder = tmp_path / "Accounts"
    policy = _load(tmp_path, f'[convert]\nrecalculate_in = ["Finance", "{folder.as_posix()}"]\n').convert
    assert policy.recalculates(tmp_path / "share" / "finance" / "2024" / "budget.xlsx")
    assert policy.recalculates(folder / "deep" / "budget.xlsx")
    assert not policy.recalculates(tmp_path / "share" / "Finances" / "budget.xlsx")
    assert not policy.recalculates(tmp_path / "share" / "Finance.xlsx")
    assert with_options(policy, recalculate=True).recalculates(tmp_path / "any.xlsx")
    named = _load(tmp_path, "", {"MIGRATE_CONVERT_RECALCULATE_IN": "Finance; Payroll"}).convert
    assert named.recalculate_in == ("Finance", "Payroll")
    with pytest.raises(PolicyError):
        _load(tmp_path, "[convert]\nrecalculate_in = 3\n")


def test_the_version_of_libreoffice_that_people_have(tmp_path):
    assert _load(tmp_path, "").convert.libreoffice == (25, 2)
    assert _load(tmp_path, '[convert]\nlibreoffice = "7.4"\n').convert.libreoffice == (7, 4)
    assert _load(tmp_path, "", {"MIGRATE_CONVERT_LIBREOFFICE": "24.8.3"}).convert.libreoffice == (24, 8)
    for wrong in ('"6.4"', '"new"', "25"):
        with pytest.raises(PolicyError):
            _load(tmp_path, f"[convert]\nlibreoffice = {wrong}\n")


def test_what_becomes_of_macros_is_a_section_of_its_own(tmp_path):
    assert _load(tmp_path).macros.policy is MacroPolicy.LEAVE
    assert _load(tmp_path, '[macros]\npolicy = "carry"\n').macros.policy is MacroPolicy.CARRY
    policy = _load(tmp_path, '[macros]\npolicy = "carry"\n', {"MIGRATE_MACROS_POLICY": "drop"})
    assert policy.macros.policy is MacroPolicy.DROP
    with pytest.raises(PolicyError, match=r"macros\.policy"):
        _load(tmp_path, '[macros]\npolicy = "keep"\n')
