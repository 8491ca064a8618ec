"""Lists with other habits than the first generator's, to see what linking is worth where nobody tuned it.

    python bench/other_lists.py REGISTER_DIR OUT_DIR [--records 30000] [--seed 11]

Takes the invented register in REGISTER_DIR (register.parquet) and writes lists.parquet of the same
shape in OUT_DIR, with the register beside it. Its habits: half the records without number and one in
25 mistyped, the place written behind the name, umlauts written as two letters, words cut to three
letters or run together, former names of companies that were renamed, mergers under the other's
name, name and street swapped, phone numbers where a number belongs, only districts for postcodes,
a quarter of the records without any address, sites only on paper, one mail domain for a whole family.
"""

from __future__ import annotations

import argparse
import random
import shutil
from pathlib import Path
from typing import Any

import polars as pl

Row = dict[str, Any]
LETTERS = {"ö": "oe", "ë": "e", "ü": "ue", "é": "e", "oe": "u", "ei": "ij", "ij": "y", "ph": "f", "c": "k"}
OWNERS = ("NOM", "OostNL", "BOM", "LIOF", "InnoQ", "ROMUtrecht", "HorizonFL", "ImpulsZL", "ROMInWest")
FREE = ("gmail.com", "live.nl", "kpnmail.nl", "icloud.com")


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("register", type=Path)
    asked.add_argument("out", type=Path)
    asked.add_argument("--records", type=int, default=30_000)
    asked.add_argument("--seed", type=int, default=11)
    said = asked.parse_args()
    said.out.mkdir(parents=True, exist_ok=True)
    register = pl.read_parquet(said.register / "register.parquet")
    lists = written(register, said.records, random.Random(said.seed))
    lists.write_parquet(said.out / "lists.parquet")
    if said.register.resolve() != said.out.resolve():
        shutil.copy(said.register / "register.parquet", said.out / "register.parquet")
    print(f"{lists.height} records of {lists['truth'].n_unique()} organisations")


def written(register: pl.DataFrame, wanted: int, chance: random.Random) -> pl.DataFrame:
    """So many records, in an order that says nothing; ``truth`` is the entry, or below zero in no register."""
    entries = register.sample(min(register.height, wanted), seed=chance.randrange(10**6)).rows(named=True)
    rows: list[Row] = []
    for place, entry in enumerate(entries):
        if len(rows) >= wanted:
            break
        ghost = chance.random() < 0.06
        other = entries[place - 1]
        habit = _stranger(entry, other) if ghost else _renamed(entry, other, chance)
        for _ in range(chance.choices((1, 2, 3, 5), (55, 25, 13, 7))[0]):
            row = _record(habit, chance)
            rows.append(row | {"truth": -place - 1, "kvk": None} if ghost else row | {"truth": entry["id"]})
    kept = rows[:wanted]
    chance.shuffle(kept)
    return pl.DataFrame(kept, infer_schema_length=None).with_row_index("rid").cast({"rid": pl.Int64})


def _stranger(entry: Row, other: Row) -> Row:
    """What no register holds: the first half of one name and the last of another, at a place of its own."""
    name = f"{entry['name'].split()[0]} {other['trade'].split()[-1]}"
    return entry | {"name": name, "trade": name, "domain": None, "street": other["street"], "postcode": None,
                    "houseno": entry["houseno"], "city": other["city"]}  # fmt: skip


def _renamed(entry: Row, other: Row, chance: random.Random) -> Row:
    """One in forty bears a name that the register does not know: a former one, or that of who took it over."""
    if chance.random() < 0.025:
        return entry | {
            "trade": f"{entry['name'].split()[0]} {other['name'].split()[-2 if ' ' in other['name'] else -1]}"
        }
    return entry


def _record(entry: Row, chance: random.Random) -> Row:
    address = chance.random() > 0.25
    number = entry["kvk"] if chance.random() < 0.5 else None
    if number and chance.random() < 0.04:
        at = chance.randrange(8)
        number = number[:at] + str(chance.randrange(10)) + number[at + 1 :]
    if number is None and chance.random() < 0.03:
        number = f"06{chance.randrange(10**7, 10**8)}"
    postcode = entry["postcode"] if address and chance.random() < 0.8 else None
    row = {
        "agency": chance.choice(OWNERS),
        "name": _name(entry, chance),
        "kvk": number,
        "street": entry["street"] if address else None,
        "houseno": f"{entry['houseno']}{chance.choice(('', '', 'A', '-2', ' bis'))}" if address else None,
        "postcode": postcode[:4] if postcode and chance.random() < 0.15 else postcode,
        "city": entry["city"].upper() if chance.random() < 0.85 else None,
        "website": f"https://{entry['domain']}/contact" if entry["domain"] and chance.random() < 0.35 else None,
        "mail": _mail(entry, chance),
        "form": entry["form"] if chance.random() < 0.3 else None,
    }
    if address and chance.random() < 0.02:
        row["name"], row["street"] = row["street"], row["name"]
    return row


def _mail(entry: Row, chance: random.Random) -> str | None:
    if chance.random() < 0.6:
        return None
    return (
        f"info@{entry['domain']}"
        if entry["domain"] and chance.random() < 0.7
        else f"{chance.randrange(999)}@{chance.choice(FREE)}"
    )


def _name(entry: Row, chance: random.Random) -> str:
    name = str(entry["trade"] if chance.random() < 0.4 else entry["name"])
    if chance.random() < 0.5:
        for form in (" B.V.", " N.V.", " V.O.F.", " U.A."):
            name = name.removesuffix(form)
    habit = chance.random()
    words = name.split()
    if habit < 0.08:
        name = f"{name} {entry['city']}"
    elif habit < 0.16:
        old = chance.choice(list(LETTERS))
        name = name.replace(old, LETTERS[old])
    elif habit < 0.22 and len(words) > 1:
        name = " ".join((*words[:-1], words[-1][:3] + "."))
    elif habit < 0.27:
        name = "".join(words)
    elif habit < 0.31 and len(words) > 1:
        name = f"{words[-1]}, {' '.join(words[:-1])}"
    elif habit < 0.36:
        name = f"{name} (hoofdvestiging)"
    elif habit < 0.42:
        at = chance.randrange(len(name))
        name = name[:at] + chance.choice("aeinrst") + name[at + 1 :]
    return name.lower() if chance.random() < 0.1 else name


if __name__ == "__main__":
    main()
