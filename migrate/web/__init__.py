"""Local pages for those who decide, IT staff and the helpdesk: one module a role, the same models as the commands."""
