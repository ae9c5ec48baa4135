"""What a document holds, counted alike in the source and in the result: text, structure, values.

The readers of the source know OOXML by themselves and import no family, so that a converter and its proof cannot be
blind in the same place.
"""
