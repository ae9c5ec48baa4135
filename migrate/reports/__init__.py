"""What people read: one pure model, one thin renderer per form (html, csv, json), in French and English."""
