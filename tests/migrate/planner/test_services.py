"""Services and tiers: what SKUs give, what is needed of it, and what is given up."""

import pytest

from migrate.planner import defaults, service_tables
from migrate.planner.services import given_up, joined

CATALOGUE = defaults.catalogue()


def test_plans_of_one_service_compare_by_tier_though_their_names_do_not():
    mail = ("mail", "")
    levels = [CATALOGUE.levels(sku)[mail] for sku in ("EXCHANGEDESKLESS", "STANDARDPACK", "ENTERPRISEPACK")]
    assert levels == [1, 2, 3]


def test_every_plan_of_a_product_with_terms_is_known():
    assert {sku: CATALOGUE.unknown_plans(sku) for sku in defaults.products()} == dict.fromkeys(
        defaults.products(), ()
    )


def test_nobody_needs_more_than_they_hold():
    assert CATALOGUE.needs({("mail", ""): 1}, CATALOGUE.as_held()) == {("mail", ""): 1}


def test_a_service_is_needed_up_to_the_tier_that_is_kept_and_not_at_all_where_it_is_left():
    held = CATALOGUE.levels("ENTERPRISEPACK")
    needs = CATALOGUE.needs(held, {"mail": "standard", "web_office": "standard"})
    assert needs == {("mail", ""): 2, ("web_office", ""): 1}


def test_a_part_without_a_tier_as_low_as_the_kept_one_is_not_kept():
    held = CATALOGUE.levels("SPE_E3")
    assert ("video", "editing") in CATALOGUE.needs(held, {"video": "full"})
    assert CATALOGUE.needs(held, {"video": "standard"}) == {("video", ""): 1}


def test_without_office_the_usual_tiers_remain_and_what_protects_stays_as_it_is_held():
    usual = CATALOGUE.usual()
    assert "desktop_office" not in usual
    assert usual["mail"] == "standard"
    for code in ("identity", "devices", "security", "information_protection", "compliance", "windows"):
        assert usual[code] == CATALOGUE.services[code].tiers[-1]


def test_what_is_given_up_names_the_part_and_both_tiers():
    before, after = CATALOGUE.levels("SPE_E3"), joined(map(CATALOGUE.levels, ("STANDARDPACK", "EMS")))
    lost = given_up(before, after)
    assert lost["desktop_office", ""] == (2, 0)
    assert lost["mail", ""] == (3, 2)
    assert lost["windows", "rights"] == (2, 0)
    assert not any(service in ("identity", "devices") for service, _part in lost)


def test_microsofts_own_table_reads_as_ours_does_and_unknown_plans_are_shown():
    text = (
        "Product_Display_Name,String_Id,GUID,Service_Plan_Name,Service_Plan_Id,Service_Plans_Included_Friendly_Names\n"
        "New product,NEW\u00a0PACK,0-0,EXCHANGE_S_STANDARD,1-1,Exchange\n"
        "New product,NEW\u00a0PACK,0-0,BRAND_NEW,2-2,Something\n"
    )
    skus = service_tables.read_skus(text, "microsoft.csv")
    assert skus["NEW PACK"].plans == ("EXCHANGE_S_STANDARD", "BRAND_NEW")
    catalogue = type(CATALOGUE)(CATALOGUE.services, CATALOGUE.plan_tiers, skus)
    assert catalogue.unknown_plans("NEW PACK") == ("BRAND_NEW",)
    assert catalogue.levels("NEW PACK") == {("mail", ""): 2}


def test_an_unknown_tier_of_a_table_is_an_error_with_its_line():
    from migrate.planner.tables import TableError

    with pytest.raises(TableError) as caught:
        service_tables.read_plan_tiers(
            "plan,service,part,tier,as_of,source\nX,mail,,huge,2026-01-01,own\n",
            "plans.csv",
            CATALOGUE.services,
        )
    assert (caught.value.code, caught.value.line, caught.value.column) == ("BAD_CHOICE", 2, "tier")
