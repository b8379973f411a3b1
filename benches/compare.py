#!/usr/bin/env python3
"""The program beside a bare web page of the same text with the same tags, in one run.

Run:    python3 benches/compare.py [path of the release program]
Needs:  Debian's chromium and xvfb; a release build (scripts/run makes one).

Both are started in turn, several times, in a virtual display with software rendering. Of each:
readable   from starting the process to the report standing there (ms)
frames     between frames while scrolling 200 frames of 130 points: median, p99, worst (ms)
tag        from asking for a tag to the frame that shows it (ms; the program's is in the reader bench)
memory     proportional set size of all its processes after that (MB)
The page has no tool on it: it is the floor that every tool built on a browser stands on.
"""

import http.server
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = sys.argv[1] if len(sys.argv) > 1 else str(ROOT / "target/release/jiannuo")
SAMPLE = (ROOT / "assets/samples/yunxi-2024-hans.txt").read_text("utf-8")
RUNS = 5

PAGE = """<!doctype html><meta charset=utf-8><style>body{width:612px;margin:0 auto;font:18px/1.8 serif}
mark{background:#cde;border-bottom:2px solid #258}</style>%s<script>
const results={};
requestAnimationFrame(()=>requestAnimationFrame(()=>{results.answers=performance.now();fetch('/readable',{method:'POST'});setTimeout(scroll_it,500)}));
function scroll_it(){const at=[];let n=0;function step(now){at.push(now);window.scrollBy(0,130);if(++n<200)requestAnimationFrame(step);else{
const gaps=at.slice(1).map((t,i)=>t-at[i]).sort((a,b)=>a-b);const q=s=>gaps[Math.floor((gaps.length-1)*s)];
results.frames=[q(.5),q(.99),q(1)];window.scrollTo(0,0);setTimeout(tag_it,300)}}requestAnimationFrame(step)}
function tag_it(){const took=[];let n=0;const paragraphs=document.querySelectorAll('p');function one(){const p=paragraphs[n];
const text=[...p.childNodes].find(c=>c.nodeType==3&&c.length>12);const begin=performance.now();
if(text){const r=document.createRange();r.setStart(text,1);r.setEnd(text,9);r.surroundContents(document.createElement('mark'))}
requestAnimationFrame(()=>{const c=new MessageChannel();c.port1.onmessage=()=>{took.push(performance.now()-begin);
if(++n<20&&n<paragraphs.length)one();else{took.sort((a,b)=>a-b);results.tag=took[Math.floor(took.length/2)];
fetch('/results',{method:'POST',body:JSON.stringify(results)})}};c.port2.postMessage(0)})}one()}
</script>"""


def text_of(characters):
    parts, count, number = [], 0, 0
    while count < characters:
        part = f"第{number}份\n{SAMPLE}"
        parts.append(part)
        count += len(part)
        number += 1
    return "".join(parts)[:characters]


def page_of(text, tags):
    step = len(text) // tags
    out, at = [], 0
    starts = {n * step for n in range(tags)}
    for line in text.split("\n"):
        out.append("<p>")
        inside = 0
        for c in line:
            if at in starts and not inside:
                out.append("<mark>")
                inside = 10
            out.append(c.replace("&", "&amp;").replace("<", "&lt;"))
            at += 1
            if inside:
                inside -= 1
                if not inside:
                    out.append("</mark>")
        if inside:
            out.append("</mark>")
        out.append("</p>\n")
        at += 1
    return PAGE % "".join(out)


def memory(pid):
    """Proportional set size of a process and all below it, in MB."""
    children = {}
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            children.setdefault(int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1]), []).append(int(folder.name))
        except OSError:
            pass
    total, todo = 0, [pid]
    while todo:
        one = todo.pop()
        todo += children.get(one, [])
        try:
            for line in pathlib.Path(f"/proc/{one}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
        except OSError:
            pass
    return total / 1024


def run_page(html, display):
    done, seen = threading.Event(), {}

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            body = html.encode() if self.path == "/" else b""
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if self.path == "/readable":
                seen["readable"] = (time.monotonic() - begin) * 1e3
            else:
                seen.update(json.loads(body))
                done.set()
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        flags = "--no-sandbox --no-first-run --disable-background-networking --disable-component-update --disable-sync --disable-quic".split()
        begin = time.monotonic()
        chromium = subprocess.Popen(
            ["chromium", *flags, f"--user-data-dir={profile}", "--window-size=1280,860", f"--app=http://127.0.0.1:{server.server_port}/"],
            env={**os.environ, "DISPLAY": display}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if not done.wait(120):
            raise SystemExit("the page did not answer")
        seen["memory"] = memory(chromium.pid)
        chromium.terminate()
        chromium.wait()
    server.shutdown()
    return seen


def run_program(path, home, display):
    tour = home / "tour.txt"
    tour.write_text("opened\nframes 30\nscroll 200\nframes 10\nsay measured\nframes 60\nquit\n")
    begin = time.monotonic()
    program = subprocess.Popen([PROGRAM, "--tour", str(tour), str(path)], stdout=subprocess.PIPE, text=True,
                               env={**os.environ, "DISPLAY": display, "JIANNUO_HOME": str(home), "LANG": "zh_CN.UTF-8"})
    seen = {}
    for line in program.stdout:
        words = line.split()
        if words[:1] == ["opened"]:
            seen["readable"] = (time.monotonic() - begin) * 1e3
        elif words[:1] == ["scrolled"]:
            seen["frames"] = [float(word) for word in words[1:]]
        elif words[:1] == ["measured"]:
            seen["memory"] = memory(program.pid)
    program.wait()
    return seen


def median(runs, key):
    values = [run[key] for run in runs]
    if isinstance(values[0], list):
        return " / ".join(f"{statistics.median(column):.1f}" for column in zip(*values))
    return f"{statistics.median(values):.0f}"


def main():
    number = 300 + os.getpid() % 300
    server = subprocess.Popen(["Xvfb", f":{number}", "-screen", "0", "1300x900x24", "-nolisten", "tcp"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    display = f":{number}"
    time.sleep(1)
    try:
        for characters, tags in [(30_000, 500), (1_000_000, 500)]:
            text = text_of(characters)
            html = page_of(text, tags)
            ours, theirs = [], []
            with tempfile.TemporaryDirectory() as folder:
                folder = pathlib.Path(folder)
                report = folder / "r.txt"
                report.write_text(text, "utf-8")
                subprocess.run([PROGRAM, "drive", str(report)], input="".join(
                    f"tag {n * (characters // tags)} {n * (characters // tags) + 10} target\n" for n in range(tags)) + "quit\n",
                    text=True, stdout=subprocess.DEVNULL, env={**os.environ, "JIANNUO_HOME": str(folder)}, check=True)
                for run in range(RUNS + 1):
                    one, other = run_program(report, folder, display), run_page(html, display)
                    if run:  # the first warms the file cache
                        ours.append(one)
                        theirs.append(other)
            print(f"{characters} characters, {tags} tags, medians of {RUNS} runs:")
            for name, runs in [("program", ours), ("bare page", theirs)]:
                tag = f"  tag {median(runs, 'tag')} ms" if "tag" in runs[0] else ""
                print(f"  {name:10} readable {median(runs, 'readable')} ms  frames {median(runs, 'frames')} ms{tag}  memory {median(runs, 'memory')} MB")
    finally:
        server.terminate()


main()
