"""Checks PDF files with two validators that know nothing of each other; prints what is wrong, exits with 1 if anything is.

page-validation knows the rules of PDF/A-2a and PDF/UA-1, outloud those of PDF/UA-1 and whether a reader hears everything.
Usage: check_pdf.py FILE...
"""

import json
import re
import subprocess
import sys
from pathlib import Path

from page import ValidationProfile, validate_pdf


def lengths_are_exact(data: bytes) -> bool:
    """Every stream is as long as it says (ISO 32000-1, 7.3.8.2: the line end before endstream is not part of it)."""
    for start in re.finditer(rb"(?<!end)stream\r?\n", data):
        head = data[max(0, start.start() - 2000) : start.start()]
        lengths = re.findall(rb"/Length (\d+)", head)
        if not lengths or not re.match(rb"\r?\nendstream", data[start.end() + int(lengths[-1]) :][:12]):
            return False
    return True


def page_validation(path: Path) -> list[str]:
    found = []
    for profile in (ValidationProfile.PDF_A_2A, ValidationProfile.PDF_UA_1):
        for failure in validate_pdf(str(path), profile=profile).failures:
            # 0.11.0 takes a last byte 0D or 0A of compressed data for the line end after it. Looked at here instead.
            if failure.rule_id == "PDFA2A-STREAM-LENGTH-001" and lengths_are_exact(path.read_bytes()):
                continue
            found.append(f"page-validation {profile.name} {failure.rule_id}: {failure.message}")
    return found


def outloud(path: Path) -> list[str]:
    program = Path(sys.executable).with_name("outloud")
    run = subprocess.run([program, "--json", "-", "--fail-on", "never", path], capture_output=True, check=True)
    findings = json.loads(run.stdout)["results"][0]["findings"]
    return [f"outloud {f['rule']}: {f['message']} ({f['evidence']})" for f in findings if f["severity"] == "error"]


def main() -> int:
    wrong = 0
    for name in sys.argv[1:]:
        for finding in page_validation(Path(name)) + outloud(Path(name)):
            print(f"{name}: {finding}")
            wrong += 1
    return min(wrong, 1)


if __name__ == "__main__":
    sys.exit(main())
