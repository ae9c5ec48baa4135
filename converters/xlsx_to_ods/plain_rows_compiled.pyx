# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
"""The scanner of plain rows for a C compiler; ``plain_rows.py`` says what it does, and does the same in Python.

It reads the bytes of a block one after another and writes into a buffer that is cut back to the row's start where a
row turns out not to be plain.
"""

from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_FromStringAndSize, PyBytes_GET_SIZE
from cpython.mem cimport PyMem_Free, PyMem_Malloc, PyMem_Realloc
from libc.string cimport memchr, memcmp, memcpy, memmove, strlen

from converters.xlsx_to_ods.references import MAX_COLUMN as _MAX_COLUMN
from converters.xlsx_to_ods.references import MAX_ROW as _MAX_ROW
from converters.xlsx_to_ods.values import ERROR_ATTRIBUTES

cdef bytes ERROR_START = ERROR_ATTRIBUTES.encode() + b">"
cdef long MAX_COLUMN = _MAX_COLUMN
cdef long MAX_ROW = _MAX_ROW

cdef enum Kind:
    NUMBER
    SHARED
    STRING
    INLINE
    BOOLEAN
    ERROR

cdef struct Span:
    const char* start
    Py_ssize_t length


cdef inline bint begins(const char* at, const char* end, const char* word) noexcept nogil:
    cdef Py_ssize_t length = strlen(word)
    return end - at >= length and memcmp(at, word, length) == 0


cdef inline bint is_digit(char letter) noexcept nogil:
    return c"0" <= letter <= c"9"


cdef bint is_number(Span text) noexcept nogil:
    """Digits with a point among or beside them, an exponent, signs."""
    cdef const char* at = text.start
    cdef const char* end = at + text.length
    cdef Py_ssize_t digits = 0
    if at < end and (at[0] == c"+" or at[0] == c"-"):
        at += 1
    while at < end and is_digit(at[0]):
        at += 1
        digits += 1
    if at < end and at[0] == c".":
        at += 1
        while at < end and is_digit(at[0]):
            at += 1
            digits += 1
    if digits == 0:
        return False
    if at < end and (at[0] == c"e" or at[0] == c"E"):
        at += 1
        if at < end and (at[0] == c"+" or at[0] == c"-"):
            at += 1
        if at == end:
            return False
        while at < end and is_digit(at[0]):
            at += 1
    return at == end


cdef bint is_plain_text(Span text) noexcept nogil:
    """As the expression PLAIN_TEXT of ``plain_text.py``."""
    cdef const char* at = text.start
    cdef const char* end = at + text.length
    cdef unsigned char letter
    if at == end or at[0] == c" ":
        return False
    while at < end:
        letter = <unsigned char>at[0]
        if letter < 0x20 or letter == c"<" or letter == c">":
            return False
        if letter == c" ":
            if at + 1 == end or at[1] == c" ":
                return False
        elif letter == c"_":
            if at + 1 < end and at[1] == c"x":
                return False
        elif letter == c"&":
            if begins(at, end, b"&amp;"):
                at += 4
            elif begins(at, end, b"&lt;") or begins(at, end, b"&gt;"):
                at += 3
            else:
                return False
        at += 1
    return True


cdef class CompiledPlainRows:
    """Scans rows of one sheet with its tables, a :class:`~converters.xlsx_to_ods.plain_cells.PlainCells`."""

    cdef object cells
    cdef list starts, formula_starts, values, serials, tall
    cdef dict filled, shared
    cdef bytes wrapping
    cdef Py_ssize_t styles
    cdef object string_data, string_ends
    cdef const unsigned char[:] texts
    cdef const unsigned long long[:] ends
    cdef Py_ssize_t strings
    cdef char* buffer
    cdef Py_ssize_t size, room
    cdef long needed_twips
    cdef bint is_filled, fills_rows

    def __cinit__(self):
        self.room = 1 << 16
        self.buffer = <char*>PyMem_Malloc(self.room)
        if self.buffer == NULL:
            raise MemoryError

    def __dealloc__(self):
        PyMem_Free(self.buffer)

    def __init__(self, cells):
        self.cells = cells
        self.starts, self.values, self.serials = cells.starts, cells.values, cells.serials
        self.formula_starts = cells.formula_starts
        self.filled, self.shared = cells.filled, cells.shared
        self.fills_rows = cells.fills_rows
        self.tall, self.wrapping = cells.tall, cells.wrapping
        self.styles = len(self.starts)
        self.strings = len(cells.strings)
        if self.strings:
            self.texts = cells.strings.data
            self.ends = cells.strings.ends

    def scan(self, bytes data, Py_ssize_t position, Py_ssize_t limit, long row, long last):
        """As :meth:`converters.xlsx_to_ods.plain_rows.RowScanner.scan`."""
        cdef const char* base = PyBytes_AS_STRING(data)
        cdef const char* at = base + position
        cdef const char* end = base + limit
        cdef const char* after
        cdef Py_ssize_t kept
        self.size = 0
        while row <= last:
            kept = self.size
            after = self.row(at, end, row)
            if after == NULL:
                self.size = kept
                break
            at = after
            row += 1
        return at - base, row - 1, PyBytes_FromStringAndSize(self.buffer, self.size)

    # -- output --------------------------------------------------------------------------------------------------

    cdef int put(self, const char* text, Py_ssize_t length) except -1:
        cdef char* buffer
        if self.size + length > self.room:
            self.room = max(self.room * 2, self.size + length)
            buffer = <char*>PyMem_Realloc(self.buffer, self.room)
            if buffer == NULL:
                raise MemoryError
            self.buffer = buffer
        memcpy(self.buffer + self.size, text, length)
        self.size += length
        return 0

    cdef int put_bytes(self, bytes text) except -1:
        return self.put(PyBytes_AS_STRING(text), PyBytes_GET_SIZE(text))

    cdef int put_number(self, long number) except -1:
        cdef char digits[24]
        cdef int first = 24
        while first == 24 or number:
            first -= 1
            digits[first] = <char>(c"0" + number % 10)
            number //= 10
        return self.put(digits + first, 24 - first)

    cdef int put_empty(self, long count) except -1:
        if count == 1:
            return self.put_bytes(b"<table:table-cell/>")
        self.put_bytes(b'<table:table-cell table:number-columns-repeated="')
        self.put_number(count)
        return self.put_bytes(b'"/>')

    # -- rows ----------------------------------------------------------------------------------------------------

    cdef const char* row(self, const char* at, const char* end, long expected) except? NULL:
        """Write a row; answers where it ends, NULL where it is not plain."""
        cdef long number = 0, following = 1
        cdef const char* mark
        cdef bytes attributes, tag
        cdef Py_ssize_t start, length
        while at < end and (at[0] == c" " or at[0] == c"\n" or at[0] == c"\r" or at[0] == c"\t"):
            at += 1
        if not begins(at, end, b'<row r="'):
            return NULL
        at += 8
        mark = at
        while at < end and at - mark < 7 and is_digit(at[0]):
            number = number * 10 + (at[0] - c"0")
            at += 1
        if number != expected or mark[0] == c"0" or at == end or at[0] != c'"':
            return NULL
        at += 1
        mark = <const char*>memchr(at, c">", end - at)
        if mark == NULL or memchr(at, c"<", mark - at) != NULL:
            return NULL
        attributes = PyBytes_FromStringAndSize(at, mark - at)
        if not self.cells.is_plain_row(attributes):
            return NULL
        at = mark + 1
        start = self.size
        self.needed_twips = 0
        self.is_filled = False
        while begins(at, end, b'<c r="'):
            at = self.cell(at + 6, end, expected, &following)
            if at == NULL:
                return NULL
        if not begins(at, end, b"</row>"):
            return NULL
        if self.fills_rows and following <= MAX_COLUMN:
            self.put_empty(MAX_COLUMN + 1 - following)
        elif following == 1:
            self.put_bytes(b"<table:table-cell/>")
        self.put_bytes(b"</table:table-row>")
        tag = self.cells.row_tag(attributes, self.needed_twips, self.is_filled)
        length = PyBytes_GET_SIZE(tag)
        self.put_bytes(tag)  # makes room; moved to the front
        memmove(self.buffer + start + length, self.buffer + start, self.size - length - start)
        memcpy(self.buffer + start, PyBytes_AS_STRING(tag), length)
        return at + 6

    cdef const char* cell(self, const char* at, const char* end, long row, long* following) except? NULL:
        """Write a cell, from after ``<c r="`` on; answers where it ends, NULL where it is not plain."""
        cdef long column = 0, style = 0
        cdef int count
        cdef Kind kind = NUMBER
        cdef bint has_formula = False
        cdef Span formula, value
        cdef object target = None
        cdef bytes start
        cdef Py_ssize_t content

        count = 0
        while at < end and c"A" <= at[0] <= c"Z" and count < 3:
            column = column * 26 + (at[0] - c"A") + 1
            at += 1
            count += 1
        while at < end and is_digit(at[0]):
            at += 1
        if column < following[0] or column > MAX_COLUMN or at == end or at[0] != c'"':
            return NULL
        at += 1
        if begins(at, end, b' s="'):
            at += 4
            count = 0
            while at < end and is_digit(at[0]) and count < 6:
                style = style * 10 + (at[0] - c"0")
                at += 1
                count += 1
            if count == 0 or at == end or at[0] != c'"':
                return NULL
            at += 1
        if style >= self.styles:
            return NULL
        if begins(at, end, b' t="'):
            at += 4
            if begins(at, end, b's"'):
                kind, at = SHARED, at + 2
            elif begins(at, end, b'str"'):
                kind, at = STRING, at + 4
            elif begins(at, end, b'n"'):
                at += 2
            elif begins(at, end, b'b"'):
                kind, at = BOOLEAN, at + 2
            elif begins(at, end, b'e"'):
                kind, at = ERROR, at + 2
            elif begins(at, end, b'inlineStr"'):
                kind, at = INLINE, at + 10
            else:
                return NULL

        if column > following[0]:
            self.put_empty(column - following[0])
        following[0] = column + 1
        self.needed_twips = max(self.needed_twips, <long>self.tall[style])
        if begins(at, end, b"/>"):
            self.put_bytes(<bytes>self.starts[style])
            self.put_bytes(b"/>")
            return at + 2
        if at == end or at[0] != c">":
            return NULL
        at += 1
        self.put_bytes(<bytes>(self.formula_starts[style] if begins(at, end, b"<f") else self.starts[style]))

        if begins(at, end, b"<f>") or begins(at, end, b'<f aca="false">') or begins(at, end, b'<f ca="1">'):
            has_formula = True
            at = <const char*>memchr(at, c">", end - at) + 1
            at = self.text(at, end, &formula)
            if at == NULL or not begins(at, end, b"</f>") or not self.put_filled(column, row, formula):
                return NULL
            at += 4
        elif begins(at, end, b'<f t="shared" si="'):
            formula.start = at + 18
            formula.length = 0
            at += 18
            while at < end and is_digit(at[0]):
                at += 1
            formula.length = at - formula.start
            if formula.length == 0 or not begins(at, end, b'"/>'):
                return NULL
            target = self.shared.get((PyBytes_FromStringAndSize(formula.start, formula.length), column))
            if target is None or not self.put_pattern(target, row):
                return NULL
            has_formula = True
            at += 3

        if kind == INLINE:
            if begins(at, end, b"<is><t>"):
                at += 7
            elif begins(at, end, b'<is><t xml:space="preserve">'):
                at += 28
            else:
                return NULL
            at = self.text(at, end, &value)
            if at == NULL or not begins(at, end, b"</t></is></c>") or not is_plain_text(value):
                return NULL
            at += 13
        elif begins(at, end, b"<v/></c>") or begins(at, end, b"<v /></c>"):
            value.start, value.length = at, 0
            at = <const char*>memchr(at, c">", end - at) + 5
        else:
            if not begins(at, end, b"<v>"):
                return NULL
            at = self.text(at + 3, end, &value)
            if at == NULL or not begins(at, end, b"</v></c>"):
                return NULL
            at += 8

        if kind == NUMBER:
            if value.length == 0:
                self.put_bytes(b"/>")
                return at
            if not is_number(value):
                return NULL
            self.is_filled = True
            if self.values[style] is not None:
                self.put_bytes(<bytes>self.values[style])
                self.put(value.start, value.length)
                self.put_bytes(b'"/>')
                return at
            serials = self.serials[style]
            attributes = serials[PyBytes_FromStringAndSize(value.start, value.length)] if serials is not None else None
            if attributes is None:
                return NULL
            self.put_bytes(<bytes>attributes)
            self.put_bytes(b"/>")
            return at

        self.is_filled = True
        if kind == BOOLEAN:
            if value.length != 1 or (value.start[0] != c"0" and value.start[0] != c"1"):
                return NULL
            if value.start[0] == c"1":
                self.put_bytes(b' office:value-type="boolean" office:boolean-value="true">')
                content = self.size
                self.put_bytes(b"<text:p>TRUE</text:p>")
            else:
                self.put_bytes(b' office:value-type="boolean" office:boolean-value="false">')
                content = self.size
                self.put_bytes(b"<text:p>FALSE</text:p>")
        else:
            if kind == ERROR:
                if not has_formula:
                    return NULL
                self.put_bytes(ERROR_START)
            elif kind == STRING and has_formula:
                self.put_bytes(b' office:value-type="string" office:string-value="')
                self.put_attribute(value)
                self.put_bytes(b'">')
            else:
                self.put_bytes(b' office:value-type="string">')
            content = self.size
            if kind == SHARED:
                if not self.put_shared(value):
                    return NULL
            elif not is_plain_text(value) and (value.length or kind != STRING):
                return NULL
            else:
                self.put_bytes(b"<text:p>")
                self.put(value.start, value.length)
                self.put_bytes(b"</text:p>")
        if PyBytes_AS_STRING(self.wrapping)[style] and self.size > content:
            self.needed_twips = max(
                self.needed_twips,
                <long>self.cells.needed_twips(
                    column, style, PyBytes_FromStringAndSize(self.buffer + content, self.size - content)
                ),
            )
        self.put_bytes(b"</table:table-cell>")
        return at

    cdef const char* text(self, const char* at, const char* end, Span* found) noexcept:
        """Character data up to the next tag; NULL where none follows, or ``>`` stands in it."""
        cdef const char* mark = <const char*>memchr(at, c"<", end - at)
        if mark == NULL or memchr(at, c">", mark - at) != NULL:
            return NULL
        found.start, found.length = at, mark - at
        return mark

    cdef int put_attribute(self, Span text) except -1:
        """Write plain text between quotation marks."""
        cdef Py_ssize_t place, first = 0
        for place in range(text.length):
            if text.start[place] == c'"':
                self.put(text.start + first, place - first)
                self.put_bytes(b"&quot;")
                first = place + 1
        return self.put(text.start + first, text.length - first)

    cdef bint put_shared(self, Span value) except -1:
        """Write a shared string by its index; False where there is none."""
        cdef Py_ssize_t index = 0, place
        if value.length == 0 or value.length > 9:
            return False
        for place in range(value.length):
            if not is_digit(value.start[place]):
                return False
            index = index * 10 + (value.start[place] - c"0")
        if index >= self.strings:
            return False
        cdef Py_ssize_t first = <Py_ssize_t>self.ends[index], end = <Py_ssize_t>self.ends[index + 1]
        if end > first:
            self.put(<const char*>&self.texts[first], end - first)
        return True

    # -- formulas ------------------------------------------------------------------------------------------------

    cdef bint put_filled(self, long column, long row, Span formula) except -1:
        """Write the formula's attribute if an example of the column stands for it."""
        known = self.filled.get(column)
        if known is None:
            return False
        for example in <list>known:
            if self.says(example.source, row, formula):
                return self.put_pattern(example.target, row)
        return False

    cdef bint says(self, object pattern, long row, Span text) except -1:
        """Whether a pattern is this text in this row."""
        cdef Py_ssize_t kept = self.size
        cdef bint same = self.put_pattern(pattern, row)
        same = same and self.size - kept == text.length and memcmp(self.buffer + kept, text.start, text.length) == 0
        self.size = kept
        return same

    cdef bint put_pattern(self, object pattern, long row) except -1:
        """Write a pattern in a row; False, and nothing written, where a row would leave the sheet."""
        cdef tuple texts = pattern.texts, distances = pattern.distances
        cdef Py_ssize_t kept = self.size, index
        cdef long number
        self.put_bytes(<bytes>texts[0])
        for index in range(len(distances)):
            number = row + <long>distances[index]
            if not 0 < number <= MAX_ROW:
                self.size = kept
                return False
            self.put_number(number)
            self.put_bytes(<bytes>texts[index + 1])
        return True
