#!/usr/bin/env python3
"""Make frequencies.txt: how common each character is in Chinese text, for telling encodings apart.

Run:    python3 assets/encoding/make_frequencies.py

Needs:  PyPI packages  jieba 0.42.1   (its word list with frequencies, MIT; only dict.txt is read)
                       opencc 1.4.1   (official OpenCC; 1.4.2 gives the same file)
        and the dictionaries in assets/opencc.

The output depends only on those inputs and is the same at each run.

Where the numbers come from. Each word of jieba's list counts with its frequency for each of its
characters. That is simplified text. The same words put through OpenCC (Taiwan, Hong Kong and
OpenCC's own standard, a third of the weight each, because 為/爲, 裡/裏 and 台/臺 differ between
them) stand for traditional text. Both halves are added up, and the 7,000 most frequent Han of
each are kept. jieba's list has no punctuation and hardly any Latin, so those are set by hand below.
"""

import importlib.metadata
import importlib.util
import math
from collections import Counter
from pathlib import Path

import opencc

HERE = Path(__file__).resolve().parent
DICTIONARIES = HERE.parent / "opencc"
KEEP = 7000

# Weights set by hand, as log2 of the share of all characters. The aim is the right order of
# size for a government report or a news text, with and without full-width punctuation: every
# right decoding must find its ordinary characters here, and precision beyond that changes nothing,
# since two decodings differ by several bits a character. What is common in *wrong* decodings is
# left out on purpose: kana above all, because the bytes of the most common Big5 Han are kana in
# GB 18030; also Hangul, Greek and Cyrillic beyond a few letters, and rare symbols.
BY_HAND = {
    -5: "，。 ",
    # Digits and line ends are a large part of reports; so is the indentation with U+3000.
    -6: "、\n\r\u30000123456789",
    -7: "aeionrst.,",
    -8: "；：“”（）%cdhlmu-/()",
    -9: "《》—ABCDEFGHIJKLMNOPQRSTUVWXYZbfgjkpqvwxyz:;！？％",
    -10: "０１２３４５６７８９·‘’「」\t\"'!?",
    -11: "…『』．－～〇℃＋【】〔〕，．：；*+=_<>[]&@#",
    -12: "／〈〉•−–×±°′″①②③④⑤⑥⑦⑧⑨⑩─■□●○◆◇★☆※→㎡～＝％＊\u00a0$\\^`{|}~",
    -13: "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüêńňǹḿⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"
         "ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ"
         "＂＃＄＆＇＜＞＠［］＿｛｝｜￥¥€≥≤≈√∶㎞㎏÷·▲△▼▽◎№＾｀＼",
    -14: "ÀÁÂÄÇÈÉÊËÎÏÑÓÔÖÙÛÜßàáâäåæçèéêëîïñóôöøùûüαβγδμπσωΩ‰§©®™″‧﹒﹐﹑︰﹔﹕﹖﹗﹙﹚",
    # A byte order mark inside a text, zero-width space, soft hyphen: from web pages.
    -15: "\ufeff\u200b\u00ad",
}

JIEBA_LICENCE = """\
The MIT License (MIT)

Copyright (c) 2013 Sun Junyi

Permission is hereby granted, free of charge, to any person obtaining a copy of
this software and associated documentation files (the "Software"), to deal in
the Software without restriction, including without limitation the rights to
use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of
the Software, and to permit persons to whom the Software is furnished to do so,
subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS
FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER
IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN
CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE."""

HEADER = f"""\
Character frequencies for telling encodings apart. Made by make_frequencies.py; do not edit.

A line is CLASS, a tab, and the characters of that class in code point order. CLASS is the rounded
log2 of a character's share of all characters in mixed simplified and traditional text. A
character that is not listed belongs to the class one below the lowest one here. Escapes:
\\n \\r \\t, \\s for a space, \\\\ for a backslash, \\u{{HEX}} for other invisible characters.

Han: from the word list of jieba 0.42.1, whose licence is below, and its conversion with OpenCC's
dictionaries (Apache-2.0). Everything else: set by hand.

{JIEBA_LICENCE}"""

ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t", " ": "\\s", "\\": "\\\\"}
INVISIBLE = "\u00a0\u00ad\u200b\u3000\ufeff"


def is_han(char):
    """Unified ideographs, main block and Ext A and B, and 〇, which is set by hand."""
    return 0x3400 <= ord(char) <= 0x4DBF or 0x4E00 <= ord(char) <= 0x9FFF or 0x20000 <= ord(char) <= 0x2FA1F


def words():
    assert importlib.metadata.version("jieba") == "0.42.1"
    # find_spec locates the package without running it.
    path = Path(importlib.util.find_spec("jieba").origin).parent / "dict.txt"
    for line in path.read_text(encoding="utf-8").splitlines():
        word, frequency, *_ = line.split(" ")
        yield word, int(frequency)


def count(pairs):
    found = Counter()
    for word, frequency in pairs:
        for char in word:
            if is_han(char):
                found[char] += frequency
    return found


def most_frequent(counter):
    """The KEEP most frequent as shares of the whole; ties go by code point, so that runs agree."""
    whole = sum(counter.values())
    best = sorted(counter, key=lambda char: (-counter[char], char))[:KEEP]
    return {char: counter[char] / whole for char in best}


def main():
    pairs = list(words())
    simplified = count(pairs)

    traditional = Counter()
    # One call for all words: no dictionary entry holds a line end, so words cannot run together.
    joined = "\n".join(word for word, _ in pairs)
    for name in ["s2t", "s2tw", "s2hk"]:
        converted = opencc.OpenCC(str(DICTIONARIES / f"{name}.json")).convert(joined).split("\n")
        assert len(converted) == len(pairs)
        traditional += count((new, frequency) for new, (_, frequency) in zip(converted, pairs))

    halves = [most_frequent(simplified), most_frequent(traditional)]
    classes = {}
    for char in set().union(*halves):
        # The mean of the two shares: a character of one script only loses one bit, which is nothing.
        share = sum(half.get(char, 0) for half in halves) / 2
        classes[char] = round(math.log2(share))
    for weight in sorted(BY_HAND, reverse=True):
        for char in BY_HAND[weight]:
            assert not is_han(char), char
            classes.setdefault(char, weight)  # listed twice by hand: the more frequent one counts

    lines = ["#" if not line else "# " + line for line in HEADER.split("\n")]
    for weight in sorted(set(classes.values()), reverse=True):
        chars = sorted(char for char in classes if classes[char] == weight)
        text = "".join(ESCAPES.get(c) or (f"\\u{{{ord(c):04X}}}" if c in INVISIBLE else c) for c in chars)
        lines.append(f"{weight}\t{text}")
        print(f"class {weight}: {len(chars)} characters, for example {''.join(c for c in chars if c.isprintable())[-20:]}")
    output = HERE / "frequencies.txt"
    output.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    han = sum(map(is_han, classes))
    print(f"{output.name}: {han:,} Han, {len(classes) - han} others, {output.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
