"""Original and result drawn by LibreOffice and compared page by page, as pictures."""
