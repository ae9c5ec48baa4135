from sqlalchemy import create_engine

from inventory.database import open_database
from tests.inventory.earlier_database import check_upgraded, fill_first_revision
from tests.inventory.postgresql import postgresql_url


def test_a_postgresql_database_of_the_first_revision_is_upgraded_and_keeps_its_rows():
    with postgresql_url() as url:
        driver = url.replace("postgresql:", "postgresql+psycopg:")
        earlier = create_engine(driver)
        fill_first_revision(earlier)
        earlier.dispose()
        engine = open_database(url)
        check_upgraded(engine)
        engine.dispose()
