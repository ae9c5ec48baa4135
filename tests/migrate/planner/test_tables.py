import pytest

from migrate.planner import defaults
from migrate.planner.tables import (
    TABLE_ERRORS,
    TableError,
    decoded,
    read_departments,
    read_prices,
    read_rows,
    read_users,
)


def users(text):
    return read_users(text, "users.csv", defaults.products())


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_tables_are_read_with_any_separator_and_with_or_without_a_byte_order_mark(mark, separator):
    text = mark + "user,department,skus\na@x,Finances,SPE_E3\n".replace(",", separator)
    (user,) = users(decoded(text.encode(), "users.csv"))
    assert (user.user, user.department, user.skus) == ("a@x", "Finances", ("SPE_E3",))


def test_french_headings_and_french_words_are_understood():
    text = "Utilisateur;Service;Licences;Dernière activité;Appareil partagé\na@x;Voirie;Office 365 E3;2026-05-01;oui\n"
    (user,) = users(text)
    assert user.skus == ("ENTERPRISEPACK",)
    assert user.shared_device
    assert user.last_active.isoformat() == "2026-05-01"


def test_products_are_known_by_name_even_with_a_plus_sign_in_it():
    cell = "Enterprise Mobility + Security E3+Office 365 E3 + Power BI Pro|MADE_UP"
    (user,) = users(f"user,department,skus\na,b,{cell}\n")
    assert user.skus == ("EMS", "ENTERPRISEPACK", "POWER_BI_PRO", "MADE_UP")


def test_comments_and_blank_lines_keep_the_line_numbers_of_the_file():
    with pytest.raises(TableError) as caught:
        users("# a comment\n\nuser,department,skus,last_active\n# another\na,b,c,31/12/2026\n")
    assert (caught.value.code, caught.value.line, caught.value.column) == ("BAD_DATE", 5, "last_active")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "NO_HEADINGS"),
        ("user,department\n", "MISSING_COLUMN"),
        ("user,department,skus\n,b,c\n", "MISSING_VALUE"),
        ("user,department,skus\na,b,c\nA,b,c\n", "DUPLICATE_ROW"),
        ("user,department,skus,shared_device\na,b,c,perhaps\n", "BAD_CHOICE"),
        ("user,department,skus\na,b,c,d\n", "TOO_MANY_CELLS"),
    ],
)
def test_errors_of_the_users_table_name_their_kind(text, code):
    with pytest.raises(TableError) as caught:
        users(text)
    assert caught.value.code == code


@pytest.mark.parametrize("number", ["-1", "NaN", "one", "1.005", "1e400"])
def test_a_price_is_a_number_of_cents(number):
    with pytest.raises(TableError) as caught:
        read_prices(f"sku;monthly;currency;as_of;source\nX;{number};EUR;2026-01-01;contract\n", "prices.csv")
    assert caught.value.code == "BAD_NUMBER"


def test_a_price_may_have_a_decimal_comma():
    (price,) = read_prices(
        "sku;monthly;currency;as_of;source\nX;1 026,27;eur;2026-01-01;contract\n", "prices.csv"
    )
    assert (price.monthly_cents, price.currency) == (102627, "EUR")


def test_two_departments_cannot_claim_one_path():
    text = "department,paths,renewal\nA,x|y,\nB,y,\n"
    with pytest.raises(TableError) as caught:
        read_departments(text, "departments.csv", defaults.products())
    assert (caught.value.code, caught.value.line) == ("SAME_PATH", 3)


def test_text_that_is_not_utf_8_is_named_with_its_line():
    with pytest.raises(TableError) as caught:
        decoded("user\nétÉ".encode("latin-1"), "users.csv")
    assert (caught.value.code, caught.value.line) == ("NOT_TEXT", 2)


def test_every_error_code_of_the_module_is_declared():
    with pytest.raises(ValueError, match="MADE_UP"):
        TableError("MADE_UP", "x")
    assert all(TABLE_ERRORS.values())


def test_a_plan_in_a_currency_without_its_assumptions_names_what_is_missing():
    with pytest.raises(TableError) as caught:
        defaults.plan_inputs([], [], __import__("datetime").date(2026, 1, 1), currency="CAD")
    assert caught.value.code == "FOREIGN_CURRENCY"


def test_rows_tell_where_they_stand():
    (row,) = read_rows("a,b\n1,2\n", "x.csv", ("a",))
    assert (row.line, row.text("b")) == (2, "2")
