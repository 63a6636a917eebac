"""Command line: ``python -m leercultuur.verification.audit`` makes the kept outcome of the audit again."""

from leercultuur.verification.audit.kept import write_objections

if __name__ == "__main__":
    write_objections()
