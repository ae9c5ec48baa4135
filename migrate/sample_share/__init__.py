"""A sample share of a small public body, written on the spot: real documents of every kind that a migration meets.

content/       what the documents say, in French and English
documents, workbooks, presentations    OOXML files from it
vba_project    a VBA project, for the files with macros
oddities       passwords, damage, false names
legacy         Word, Excel and PowerPoint 97, by LibreOffice
expected       the verdict that each file was made for
share          all of it in a folder
"""
