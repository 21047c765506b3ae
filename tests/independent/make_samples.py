"""Writes `data-samples/` and `tests/expected/` anew. Usage: python3 tests/independent/make_samples.py

Needs openpyxl, xlwt and odfpy. The output is the same on every run.
"""

import os
import shutil
import sys

sys.path.insert(0, os.path.dirname(__file__))

import broken
import expected
import khanh_hoa
import lai_chau
import lai_chau_truth
import ninh_son
import ninh_son_truth
import plan_samples
import toan_quoc

ROOT = os.path.join(os.path.dirname(__file__), "..", "..", "data-samples")
EXPECTED = os.path.join(os.path.dirname(__file__), "..", "expected")


def fresh(name):
    folder = os.path.join(ROOT, name)
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    return folder


def main():
    t = ninh_son_truth.build()
    t.prove()
    ninh_son.make(t, fresh("huyen-ninh-son-2024"))
    communes = [c[0] for c in ninh_son_truth.COMMUNES]
    places = [(ninh_son_truth.DISTRICT, "district", communes)] + [(c, "commune", []) for c in communes]
    expected.write(f"{EXPECTED}/huyen-ninh-son-2024.csv", t.received(), places, ninh_son_truth.YEARS)
    expected.write_facts(f"{EXPECTED}/huyen-ninh-son-2024.facts.csv", t.received())

    t = lai_chau_truth.build()
    t.prove()
    lai_chau.make(t, fresh("tinh-lai-chau-2026"))
    communes = [c[0] for c in lai_chau_truth.COMMUNES]
    places = [(lai_chau_truth.PROVINCE, "province", communes)] + [(c, "commune", []) for c in communes]
    expected.write(f"{EXPECTED}/tinh-lai-chau-2026.csv", t.received(), places, lai_chau_truth.YEARS)
    expected.write_facts(f"{EXPECTED}/tinh-lai-chau-2026.facts.csv", t.received())

    t = toan_quoc.build()
    t.prove()
    toan_quoc.make(t, fresh("toan-quoc"))
    provinces = [c for c, *_ in toan_quoc.PROVINCES]
    places = [(toan_quoc.NATION, "nation", provinces)] + [(c, "province", []) for c in provinces]
    expected.write(f"{EXPECTED}/toan-quoc.csv", t.received(), places, toan_quoc.YEARS,
                   only=["2.1", "3.1", "4.1", "4.2", "4.4", "5.1a", "5.1b", "5.1b-share"])
    expected.write_facts(f"{EXPECTED}/toan-quoc.facts.csv", t.received())

    fresh("ke-hoach")
    plan_samples.make(f"{ROOT}/ke-hoach", f"{EXPECTED}/ke-hoach.csv")

    register, detail = khanh_hoa.make(fresh("tinh-khanh-hoa-2026"))
    khanh_hoa.expected(f"{EXPECTED}/tinh-khanh-hoa-2026.csv", register, detail)

    broken.make(ninh_son_truth.build(), fresh("loi-thuong-gap"), f"{EXPECTED}/loi-thuong-gap.csv")


if __name__ == "__main__":
    main()
