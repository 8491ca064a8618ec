"""Charts and maps as SVG made on the server: pure functions from values to safe SVG.

Every picture has a title and a description for the ear and takes its colours from classes (charts.css).
Widths are shares of whatever room there is while type keeps its size, so it reads on a phone as well. The
table with the same values belongs behind each: ``{% chart %}`` puts it there.
"""
