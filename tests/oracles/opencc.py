#!/usr/bin/env python3
"""Convert texts with official OpenCC and print hashes of what comes out, for the tests to compare with.

Run, with the Python of an environment that has opencc 1.4.1 (`pip install opencc==1.4.1`):

    python3 tests/oracles/opencc.py REPORTS_FOLDER SAMPLES_FOLDER > tests/fixtures/opencc_reports.txt

REPORTS_FOLDER is searched with its subfolders (`$JIANNUO_SHARED/reports`), SAMPLES_FOLDER is
`assets/samples`; of both only *.txt counts. The reports may not be copied into the project, so the
output holds hashes only. One line for every text and configuration, with a tab between its fields:

    reports/PATH or samples/PATH, below the folder given
    the configuration, `s2t`
    the first 16 hexadecimal digits of the SHA-256 of the converted text in UTF-8

The texts are converted without a byte order mark and with LF for CRLF and CR; dictionaries that may
give characters no font has are included. Each is converted as a whole and line by line; if the two
differ, or a file is in no known encoding (it is left out), a note goes to standard error.
The same files give the same bytes at each run.
"""

import hashlib
import sys
from pathlib import Path

# Python puts this file's folder first, where `opencc` would be this file itself.
sys.path.pop(0)
import opencc  # noqa: E402

VERSION = "1.4.1"
CONFIGURATIONS = "s2t t2s s2tw tw2s s2twp tw2sp s2hk hk2s s2hkp hk2sp t2tw tw2t t2hk hk2t".split()
ENCODINGS = ["utf-8-sig", "gb18030", "big5hkscs", "utf-16"]


def read(path):
    """The text of a file in the first encoding that fits, or None."""
    data = path.read_bytes()
    for encoding in ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return None


def note(text):
    print(text, file=sys.stderr)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    if opencc.__version__ != VERSION:
        sys.exit(f"opencc {opencc.__version__}, not {VERSION}")
    reports, samples = map(Path, sys.argv[1:])
    files = [("reports", reports, path) for path in sorted(reports.rglob("*.txt"))]
    files += [("samples", samples, path) for path in sorted(samples.glob("*.txt"))]
    for prefix, folder in [("reports", reports), ("samples", samples)]:
        if prefix not in [file[0] for file in files]:
            sys.exit(f"no texts in {folder}")
    converters = {name: opencc.OpenCC(name, include_tofu_risk_dictionaries=True) for name in CONFIGURATIONS}
    for prefix, folder, path in files:
        label = f"{prefix}/{path.relative_to(folder).as_posix()}"
        text = read(path)
        if text is None:
            note(f"{label}: in none of {', '.join(ENCODINGS)}, left out")
            continue
        for name, converter in converters.items():
            whole = converter.convert(text)
            if whole != "\n".join(map(converter.convert, text.split("\n"))):
                note(f"{label}: {name} differs between the whole text and its lines; the whole is taken")
            digest = hashlib.sha256(whole.encode("utf-8")).hexdigest()[:16]
            print(label, name, digest, sep="\t")


if __name__ == "__main__":
    main()
