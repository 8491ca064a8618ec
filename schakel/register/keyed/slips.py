"""By which two numbers that are one slip apart know each other, and no other two.

A slip is a digit mistaken for another, or two neighbours that changed places. Of each number it is written down
what is left of it without each of its digits, and with each two neighbours in order; where was looked is part of it.

Invariant: two different numbers of one length share such a remainder if and only if they are one slip apart.
"""

from __future__ import annotations


def remainders(number: str) -> list[str]:
    """What ``number`` has in common with every number that is one slip from it: twice its length, less one."""
    without = [f"{at} {number[:at]}-{number[at + 1 :]}" for at in range(len(number))]
    in_order = [
        f"{at} {number[:at]}({''.join(sorted(number[at : at + 2]))}){number[at + 2 :]}" for at in range(len(number) - 1)
    ]
    return without + in_order
