"""What is wrong with an input: one message template per kind of problem, Chinese and English side by side.

A template is a `Text` with fields in braces; ``TEMPLATE.format(field=value)`` fills both languages at once. A value
that is itself a `Text` is filled in each language with its own; names of codes are written ``{code!r}`` in English and
“{code}” in Chinese. One module per part of the library, named after it.
"""
