"""Writes `data-samples/` anew. Usage: python3 tests/independent/make_samples.py

Needs openpyxl, xlwt and odfpy. The output is the same on every run.
"""

import os
import shutil
import sys

sys.path.insert(0, os.path.dirname(__file__))

import ninh_son
import ninh_son_truth

ROOT = os.path.join(os.path.dirname(__file__), "..", "..", "data-samples")


def fresh(name):
    folder = os.path.join(ROOT, name)
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    return folder


def main():
    ninh_son.make(ninh_son_truth.build(), fresh("huyen-ninh-son-2024"))


if __name__ == "__main__":
    main()
