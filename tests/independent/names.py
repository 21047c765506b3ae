"""How many communes their name alone identifies: worked out from units.csv by counting equal names, without
any of the program's rules for reading names. Prints the table that `hit_rate` in
`src/classification/locality/hit_rate.rs` expects.

    python3 tests/independent/names.py
"""

import collections
import csv
import pathlib
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parents[2]


def plain(text):
    text = unicodedata.normalize("NFD", text.lower().replace("đ", "d").replace("Đ", "d"))
    return "".join(c for c in text if not unicodedata.combining(c))


TONES = "\u0300\u0301\u0303\u0309\u0323"


def marked(text):
    """Lower case with all marks, but wherever in its syllable the tone mark stands: Hoà is Hòa."""
    words = []
    for word in unicodedata.normalize("NFD", text.lower()).split():
        tones = "".join(c for c in word if c in TONES)
        words.append("".join(c for c in word if c not in TONES) + tones)
    return " ".join(words)


def main():
    with open(ROOT / "indicators/localities/units.csv", encoding="utf-8") as table:
        units = list(csv.DictReader(table))
    for day in ("2025-06-30", "2025-07-01"):
        force = [u for u in units if u["valid_from"] <= day and (not u["valid_to"] or day < u["valid_to"])]
        parent = {u["code"]: u["parent_code"] for u in force}
        communes = [u for u in force if u["level"] == "commune"]
        scopes = {"nation": lambda u: "VN"}
        if day < "2025-07-01":
            scopes["province"] = lambda u: parent[u["parent_code"]]
            scopes["district"] = lambda u: u["parent_code"]
        else:
            scopes["province"] = lambda u: u["parent_code"]
        keys = {
            "type + name with marks": lambda u: (u["type"], marked(u["name"])),
            "name with marks": lambda u: marked(u["name"]),
            "type + name without marks": lambda u: (plain(u["type"]), plain(u["name"])),
            "name without marks": lambda u: plain(u["name"]),
        }
        numbers = sum(u["name"].isdigit() for u in communes)
        print(day, len(communes), "communes,", numbers, "of them bear a number")
        for scope, of in scopes.items():
            for name, key in keys.items():
                seen = collections.Counter((of(u), key(u)) for u in communes)
                alone = [u for u in communes if seen[of(u), key(u)] == 1]
                share = 100 * len(alone) / len(communes)
                # A name that has no marks may be another one whose marks were left away (Sa Pa, Sa Pả).
                bare = keys["type + name without marks" if name.startswith("type") else "name without marks"]
                among = collections.Counter((of(u), bare(u)) for u in communes)
                text = (lambda u: u["type"] + u["name"]) if name.startswith("type") else (lambda u: u["name"])
                sure = [u for u in alone if text(u).lower() != plain(text(u)) or among[of(u), bare(u)] == 1]
                named = [u for u in sure if not u["name"].isdigit()]
                print(
                    f"  {scope:9} {name:27} {len(alone):6} {share:5.1f} %; {len(sure)} are no other name"
                    f" without its marks, {len(named)} of them no number"
                )


if __name__ == "__main__":
    main()
