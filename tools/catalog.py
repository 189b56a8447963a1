#!/usr/bin/env python3
"""Make Sources/Bitrix24/Catalog/Catalog.gen.swift out of catalog/methods.tsv.

    tools/catalog.py            write the file
    tools/catalog.py --check    fail when the checked-in file is not what would be written

The rows go into the binary as they are, sorted by lower-case name: the program finds one by binary search and
never parses the rest. So this script is where a broken row is caught.
"""

import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SOURCE = ROOT / "catalog" / "methods.tsv"
TARGET = ROOT / "Sources" / "Bitrix24" / "Catalog" / "Catalog.gen.swift"

COLUMNS = (
    "name api scope kind access who flags paging keyset resultKey result params oneOf replacedBy aliasOf"
    " doc pages"
).split()
ALLOWED = {
    "api": {"2", "3"},
    "kind": {"list", "get", "fields", "add", "update", "delete", "other"},
    "access": {"r", "w"},
    "who": {"", "any", "admin", "crmAdmin", "botOwner", "rights"},
    "paging": {"", "start", "pagination", "page", "offset", "cursor", "nav"},
}
FLAGS = set("dapfmubrlc")
PAGES = {"in", "max", "rows", "type", "next"}
BYTES_MAX = 400 * 1024


def rows():
    """The checked rows, in the order of the file."""
    lines = SOURCE.read_text(encoding="ascii").splitlines()
    if lines[0].split("\t") != COLUMNS:
        sys.exit(f"{SOURCE.name}: the first line must name the columns: {' '.join(COLUMNS)}")
    previous = None
    for number, line in enumerate(lines[1:], start=2):
        # Few rows have anything in the last column: the others end before it.
        cells = line.split("\t")
        cells += [""] * (len(COLUMNS) - 1 == len(cells))
        if len(cells) != len(COLUMNS):
            sys.exit(f"{SOURCE.name}:{number}: {len(cells)} columns instead of {len(COLUMNS)}")
        row = dict(zip(COLUMNS, cells))
        for column, allowed in ALLOWED.items():
            if row[column] not in allowed:
                sys.exit(f"{SOURCE.name}:{number}: {column} is {row[column]!r}, not one of {sorted(allowed)}")
        if not set(row["flags"]) <= FLAGS:
            sys.exit(f"{SOURCE.name}:{number}: unknown flag in {row['flags']!r}")
        if not {part.partition("=")[0] for part in row["pages"].split()} <= PAGES:
            sys.exit(f"{SOURCE.name}:{number}: pages is {row['pages']!r}, and may say {sorted(PAGES)}")
        key = (row["name"].lower().encode(), row["api"])
        if previous is not None and previous >= key:
            sys.exit(f"{SOURCE.name}:{number}: {row['name']} is not after the row before it")
        previous = key
        yield line


def text():
    """The Swift file."""
    body = "\n".join(line.rstrip("\t") for line in rows())
    if len(body) > BYTES_MAX:
        sys.exit(f"{SOURCE.name}: {len(body)} bytes, {BYTES_MAX} at most")
    count = body.count("\n") + 1
    return (
        "// Made by tools/catalog.py from catalog/methods.tsv: do not edit, run it again.\n"
        f"// {count} methods; facts from https://apidocs.bitrix24.com\n\n"
        "/// The rows of catalog/methods.tsv, sorted by lower-case name; columns end at a tab, empty ones at the\n"
        "/// end of a row are left out.\n"
        f"let catalogRowCount = {count}\n"
        'let catalogRows: StaticString = #"""\n' + body + '\n"""#\n'
    )


def main():
    made = text()
    if "--check" in sys.argv[1:]:
        if not TARGET.exists() or TARGET.read_text() != made:
            sys.exit(f"{TARGET.relative_to(ROOT)} is stale: run tools/catalog.py")
        return
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(made)


main()
