"""Where answers stand in the workbook: the columns, and the marks in the hidden first one."""

MARKS, INDEX, LABEL, ANSWER = range(4)
"""The columns of the page: marks that say which answers stand in a row, running number, what is asked, answers.

A mark is the key of the answer, or those of a table's row with "|" between them (nothing between two where nothing is asked).
"""
WORDS, LIST = "w:", "l:"
"""Before the key in the mark of words, which stand under INDEX, and of a list, whose rows stand below, from LABEL on."""
TAG = "q"
"""Before the key in the tag of a content control."""
DOTS = "……"
"""Stand in the document where nothing is answered yet."""
