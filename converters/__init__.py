"""Microsoft bytes in, ODF bytes out; knows no shares, tenants or jobs."""
