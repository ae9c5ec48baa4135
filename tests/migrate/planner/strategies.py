"""Hypothesis strategies: users, departments, prices and documents of organisations made at random."""

from datetime import date

from hypothesis import strategies as st

from migrate.planner.inputs import Department, Price, User

from .conftest import AS_OF, DECIDED  # isort: skip

SKUS = [
    "ENTERPRISEPACK",
    "SPE_E3",
    "SPE_F1",
    "O365_BUSINESS_PREMIUM",
    "OFFICESUBSCRIPTION",
    "POWER_BI_PRO",
    "FOO",
]
days = st.dates(date(2025, 1, 1), date(2031, 1, 1))


def users_of_any(names, most_skus):
    return st.builds(
        User,
        st.uuids().map(str),
        st.sampled_from(names),
        st.lists(st.sampled_from(SKUS), max_size=most_skus, unique=True).map(tuple),
        st.none() | days,
        st.booleans(),
        st.sampled_from(["", "", "macros"]),
    )


NOTHING, NO_NAME, ANY_TERM = st.just(()), st.just(""), st.integers(1, 36)


def departments_of(name, paths=NOTHING, contract=NO_NAME, term_months=ANY_TERM):
    """A department of any terms; ``name`` is a strategy, like the others."""
    return st.builds(
        Department,
        name,
        paths,
        st.none() | days,
        term_months,
        st.none() | days,
        st.sampled_from(["", "2026-1"]),
        st.integers(0, 3),
        st.sampled_from(["annual", "annual_monthly", "monthly"]),
        st.sampled_from([None, None, (), ("STANDARDPACK",), ("SPE_E5",)]),
        st.sampled_from([(), ("security",), DECIDED]),
        contract,
    )


own_prices = st.lists(
    st.builds(
        Price,
        st.sampled_from([*SKUS[:-1], "STANDARDPACK"]),
        st.sampled_from([0, 350, 2000, 4800]),
        st.just("EUR"),
        st.just(AS_OF),
        st.sampled_from(["list", "contract"]),
        st.just("test"),
    ),
    max_size=2,
    unique_by=lambda price: price.sku,
)
