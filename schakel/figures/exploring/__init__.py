"""Cross and cut: indicators by up to two dimensions, over years, limited; as a page and as files.

``asked``: what an address asks. ``questions``: what of it the counting process is asked, for this reader. ``crossing``:
the cells. ``notes``: what must be known beside them. ``laying``: tables of cells. ``files``: the same to take along.
"""
