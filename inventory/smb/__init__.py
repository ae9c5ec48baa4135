"""Windows shares spoken to directly over SMB 2 and 3 ([MS-SMB2]), so that file attributes are seen as the server tells
them: a mounted share hides the marks of placeholders."""
