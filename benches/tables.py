#!/usr/bin/env python3
"""The tables of 100 reports with 20,000 tags as a workbook, written with what a script would use instead.

Run:    cargo bench --bench export -- --keep /tmp/tables && python3 benches/tables.py /tmp/tables/tags-csv.csv
Needs:  openpyxl, pandas, xlsxwriter

It reads the CSV that the program made and writes its two tables as sheets, without formats, links or hidden rows: less than
the program does. Each way runs in a process of its own; the best of three counts.
"""

import resource
import subprocess
import sys
import time
from pathlib import Path


def tables(tags):
    """The two tables as rows."""
    import csv

    for path in (tags, tags.with_suffix(".quantities.csv")):
        with open(path, encoding="utf-8-sig", newline="") as file:
            yield list(csv.reader(file))


def by_openpyxl(tags, to):
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for rows in tables(tags):
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(row)
    book.save(to)


def by_pandas(tags, to):
    import pandas

    with pandas.ExcelWriter(to, engine="xlsxwriter") as book:
        for number, path in enumerate((tags, tags.with_suffix(".quantities.csv"))):
            pandas.read_csv(path, dtype=str).to_excel(book, sheet_name=str(number), index=False)


WAYS = {"openpyxl": by_openpyxl, "pandas": by_pandas}

if len(sys.argv) == 3:
    tags = Path(sys.argv[1])
    begin = time.perf_counter()
    WAYS[sys.argv[2]](tags, tags.with_suffix(f".{sys.argv[2]}.xlsx"))
    print(time.perf_counter() - begin, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
else:
    for way in WAYS:
        runs = [subprocess.run([sys.executable, __file__, sys.argv[1], way], capture_output=True, text=True, check=True).stdout.split() for _ in range(3)]
        print(f"{way:>12}  {min(float(took) for took, _ in runs):5.2f} s  {max(int(most) for _, most in runs):4} MB")
