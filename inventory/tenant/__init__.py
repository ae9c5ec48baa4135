"""A tenant of Microsoft 365: people, licences, use, sites, drives; from Graph or from the admin centre's exports."""
