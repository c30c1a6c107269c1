# SPDX-License-Identifier: GPL-3.0-or-later
"""What reports say beside their numbers, worked out again from the published tables, the slow way: sums over lists, quantiles by halving.
told.py check TOLD_PLACES ROUND... : published folders in the order of their closing, the last one is told of. TOLD_PLACES: the scheme."""
import csv, json, math, os, re, sys
from collections import defaultdict
from decimal import Decimal, ROUND_HALF_UP

# ---- distributions ----

def beta_below(x, a, b):
    """The regularised incomplete beta function, by its continued fraction (Lentz)."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (a + 1) / (a + b + 2):
        return 1 - beta_below(1 - x, b, a)
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log(1 - x)) / a
    f, c, d = 1.0, 1.0, 0.0
    for i in range(500):
        m = i // 2
        term = 1.0 if i == 0 else m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)) if i % 2 == 0 else -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        d = 1 / (1 + term * d)
        c = 1 + term / c
        f *= c * d
        if abs(1 - c * d) < 1e-15:
            break
    return front * (f - 1)

def halve(below, p, high):
    low = 0.0
    while below(high) < p:
        high *= 2
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if below(middle) < p else (low, middle)
    return (low + high) / 2

known = {}
def f_quantile(p, a, b):
    if (p, a, b) not in known:
        known[p, a, b] = halve(lambda x: beta_below(a * x / (a * x + b), a / 2, b / 2), p, 10.0)
    return known[p, a, b]

def t_quantile(p, nu): return math.sqrt(f_quantile(2 * p - 1, 1, nu))

# ---- tables ----

def table(folder, name): return list(csv.DictReader(open(os.path.join(folder, name), encoding="utf-8-sig", newline="")))

def number(text): return float(text) if text else None

class Round:
    def __init__(self, folder):
        self.manifest = json.load(open(os.path.join(folder, "manifest.json"), encoding="utf-8"))
        self.choices = {p["code"]: p["choices"] for p in self.manifest["programmes"]}
        self.targets = {t["group"]: t for t in table(folder, "targets.csv")}
        self.rows = defaultdict(list)
        for row in table(folder, "scores.csv"):
            self.rows[row["lab"], row["programme"], row["measurand"]].append(row)
        self.verdicts = {(v["lab"], v["programme"], v["measurand"]): v for v in table(folder, "verdicts.csv")}
        self.hinted = {(h["lab"], h["programme"], h["measurand"], h["sample"]) for h in table(folder, "hints.csv") if h["hint"] not in ("repeated", "copied")}

def fixed(v, places):
    text = f"{Decimal(round(abs(v) * 10 ** places)).scaleb(-places):.{places}f}"
    return ("-" if v < 0 and float(text) else "") + text

def signed(v, places):
    text = fixed(v, places)
    return "−" + text[1:] if text[0] == "-" else "+" + text

# ---- findings ----

def fit(points, terms):
    """Weighted least squares by the normal equations. Gives coefficients, unit errors, residual sum, degrees of freedom."""
    w = [1 / p["s"] ** 2 for p in points]
    cols = {"1": [[1] for _ in points], "x": [[p["x"]] for p in points], "1x": [[1, p["x"]] for p in points]}[terms]
    k = len(cols[0])
    A = [[sum(wi * c[i] * c[j] for wi, c in zip(w, cols)) for j in range(k)] for i in range(k)]
    B = [sum(wi * c[i] * p["d"] for wi, c, p in zip(w, cols, points)) for i in range(k)]
    if k == 1:
        inverse = [[1 / A[0][0]]]
    else:
        det = A[0][0] * A[1][1] - A[0][1] ** 2
        inverse = [[A[1][1] / det, -A[0][1] / det], [-A[0][1] / det, A[0][0] / det]]
    beta = [sum(inverse[i][j] * B[j] for j in range(k)) for i in range(k)]
    rss = sum(((p["d"] - sum(b * c for b, c in zip(beta, col))) / p["s"]) ** 2 for p, col in zip(points, cols))
    return {"terms": terms, "beta": beta, "unit": [math.sqrt(inverse[i][i]) for i in range(k)], "rss": rss, "df": len(points) - k}

def at(f, x): return f["beta"][0] * (x if f["terms"] == "x" else 1) + (f["beta"][1] * x if f["terms"] == "1x" else 0)

def odd_one(points, c, n_peers):
    bad = [i for i, p in enumerate(points) if p["alert"]]
    n = len(points)
    if len(bad) != 1 or n < 4:
        return None
    y = [p["d"] / p["s"] for p in points]
    rest = y[:bad[0]] + y[bad[0] + 1:]
    mean = sum(rest) / len(rest)
    own = math.sqrt(sum((v - mean) ** 2 for v in rest) / (n - 2))
    far = abs(y[bad[0]] - mean) / (max(own, 1) * math.sqrt(n / (n - 1)))
    return bad[0] if far >= t_quantile(1 - 0.1 * c["chance"] / (2 * n), n_peers - 1) else None

def supported(f, rounding, c, n_peers):
    own = math.sqrt(f["rss"] / f["df"] + rounding)
    term = abs(f["beta"][0] / f["unit"][0])
    if term / own >= t_quantile(1 - c["chance"] / 4, f["df"]):
        return own
    return max(own, 1) if term / max(own, 1) >= t_quantile(1 - c["chance"] / 4, n_peers - 1) else 0

def sentences(points, c, n_peers, step, unit, places):
    said = []
    if len(points) < c["least"]:
        return said
    odd = odd_one(points, c, n_peers)
    if odd is not None:
        said.append(f"样本 {points[odd]['sample']} 与其余样本不一致，其余样本均通过：是否抄录错误、样本混淆或偶然误差？")
    rest = [p for i, p in enumerate(points) if i != odd]
    if len(rest) < c["least"]:
        return said
    one, two = fit(rest, "1"), fit(rest, "x")
    xs = [p["x"] for p in rest]
    line = fit(rest, "1x") if max(xs) > min(xs) else None
    rounding = sum(step ** 2 / 12 / p["s"] ** 2 for p in rest) / len(rest)
    apart = line is not None and min(xs) > 0 and max(xs) >= 1.2 * min(xs)
    s1, s2 = supported(one, rounding, c, n_peers), supported(two, rounding, c, n_peers) if apart else 0
    spare = line["rss"] / line["df"] + rounding if line else None
    nothing = sum((p["d"] / p["s"]) ** 2 for p in rest)
    s3 = apart and (nothing - line["rss"]) / 2 / spare >= f_quantile(1 - c["chance"] / 4, 2, line["df"])
    if s1 or s2 or s3:
        out = [apart and (f["rss"] - line["rss"]) / spare > f_quantile(0.99, 1, line["df"]) for f in (one, two)]
        if all(out):
            chosen, spread, form = line, math.sqrt(spare), "mixed"
        else:
            second = out[0] or (not out[1] and s2 and (not s1 or two["rss"] < one["rss"]))
            chosen, spread = (two, s2) if second else (one, s1)
            form = "proportional" if out[0] else "constant" if out[1] else "either"
        bias = [100 * at(chosen, p["x"]) / p["limit"] for p in rest]
        if spread and sum(map(abs, bias)) / len(bias) >= c["bias"]:
            reach = spread * t_quantile(0.975, n_peers - 1 if spread == 1 else chosen["df"])
            b, e = chosen["beta"], chosen["unit"]
            share = sum(bias) / len(bias)
            if form == "proportional":
                p = int(abs(b[0]) < 0.0195)
                said.append(f"比例偏倚约 {signed(100 * b[0], p)} %（95 % 区间 {signed(100 * (b[0] - reach * e[0]), p)} 至 {signed(100 * (b[0] + reach * e[0]), p)} %），请检查校准。")
            elif form == "constant":
                p = places + 1
                said.append(f"固定偏倚约 {signed(b[0], p)} {unit}（95 % 区间 {signed(b[0] - reach * e[0], p)} 至 {signed(b[0] + reach * e[0], p)} {unit}），各浓度相近，请检查空白、零点和干扰。")
            elif form == "either":
                said.append(f"各样本普遍偏{'高' if share > 0 else '低'}，平均为允许误差的 {fixed(abs(share), 0)} %，请检查校准。")
            else:
                said.append(f"偏倚随浓度变化：约 {signed(b[0], places + 1)} {unit} 加靶值的 {signed(100 * b[1], 1)} %，请检查校准曲线。")
    f = line or one
    scatter = math.sqrt(sum((100 * (p["d"] - at(f, p["x"])) / p["limit"]) ** 2 for p in rest) / f["df"])
    variance = f["rss"] / f["df"]
    if variance > 1 and scatter >= c["scatter"] and variance >= f_quantile(1 - c["chance"], f["df"], n_peers - 1):
        times, percent = f"为同组的 {fixed(math.sqrt(variance), 1)} 倍", f"约为允许误差的 {fixed(scatter, 0)} %"
        said.append(f"各样本偏差分散，{times if all(p['known'] for p in points) else percent}，请检查精密度。")
    return said

def may_show(t, choices): return t["origin"] != "consensus" or int(t["kept"]) >= int(choices["show_least"])

def points_of(now, key, rows, choices, step):
    points, n_peers = [], 1000
    for row in rows:
        t = now.targets.get(row["group"])
        if row["state"] != "returned" or not t or t["status"] != "gradable" or (*key, row["sample"]) in now.hinted or not may_show(t, choices) or not row["share_pct"]:
            continue
        x, d, limit = float(t["x_pt"]), float(row["value"]) - float(t["x_pt"]), float(t["delta_e"])
        if abs(100 * d / limit) > 1000:
            continue
        s, n = number(t["sdi_sd"]), int(t["sdi_n"] or 0)
        known = n >= int(choices["sdi_least"]) and bool(s) and s > 0
        if known:
            s, n_peers = max(s, step / 2), min(n_peers, n)
        else:
            s = limit / 3
        points.append({"sample": row["sample"], "x": x, "d": d, "limit": limit, "s": math.hypot(s, number(t["u_used"]) or 0), "known": known, "alert": row["verdict"] == "unacceptable"})
    return points, n_peers

# ---- over the rounds ----

def kept(row):
    """As the ledger keeps it: tenths of a percent."""
    if row["state"] != "returned" or not row["share_pct"]:
        return None
    return max(-1638.3, min(1638.3, float(Decimal(row["share_pct"]).quantize(Decimal("0.1"), ROUND_HALF_UP))))

def shares(rounds, key):
    """Per round; of the last one not rounded. Where the group was small nothing is told, by the choice of the last."""
    last = rounds[-1]
    choices = last.choices[key[1]]
    out = [[v for row in r.rows.get(key, []) if (v := kept(row)) is not None and may_show(r.targets[row["group"]], choices)] for r in rounds[:-1]]
    now = []
    for row in last.rows[key]:
        t = last.targets.get(row["group"])
        if row["state"] == "returned" and row["share_pct"] and may_show(t, choices):
            now.append(100 * (float(row["value"]) - float(t["x_pt"])) / float(t["delta_e"]))
    return out + [now]

def mean(values): return sum(values) / len(values)

def course_of(rounds, key, choices, answers):
    if answers:
        off = []
        for r in rounds:
            v = r.verdicts.get(key)
            off.append(100 - 100 * float(v["accepted"]) / float(v["total"]) if v and v["standing"] == "returned" and float(v["total"] or 0) else None)
    else:
        off = [mean([min(abs(v), 200) for v in s]) if s else None for s in shares(rounds, key)]
    before = [v for v in off[:-1] if v is not None]
    if off[-1] is None or not before or len(before) + 1 < int(choices["course_rounds"]):
        return "unknown", None
    was, now, step = mean(before), off[-1], float(choices["course_step"]) - 1e-9
    return "farther" if now - was >= step else "closer" if was - now >= step else "steady", (100 - was, 100 - now) if answers else (was, now)

def run_of(rounds, key, choices):
    per = shares(rounds, key)
    flat = [(v, i) for i, s in enumerate(per) for v in s]
    if not per[-1]:
        return []
    side, length = flat[-1][0] > 0, 0
    while length < len(flat) and flat[-1 - length][0] != 0 and (flat[-1 - length][0] > 0) == side:
        length += 1
    over = len({i for _, i in flat[len(flat) - length:]})
    if length < int(choices["finding_run"]) or over < 2:
        return []
    share = abs(mean([v for v, _ in flat[len(flat) - length:]]))
    return [f"最近 {over} 轮的 {length} 个结果连续{'高于' if side else '低于'}靶值，平均为允许误差的 {fixed(share, 0)} %。"] if share >= float(choices["finding_bias"]) else []

# ---- what was told ----

OURS = ("比例偏倚", "固定偏倚", "普遍偏", "偏倚随浓度变化", "与其余样本不一致", "偏差分散", "连续高于靶值", "连续低于靶值")

def read_told(path):
    told = defaultdict(lambda: {"finding": [], "figure": [], "peers": [], "measurand": None})
    for line in open(path, encoding="utf-8"):
        cells = line.rstrip("\n").split("|")
        if cells[0] in ("finding", "figure", "peers"):
            told[cells[1], cells[2]][cells[0]].append(cells[3:])
        elif cells[0] == "measurand":
            told[cells[1], cells[2]]["measurand"] = cells[3:]
    return told

def alike(said, expected):
    """The same sentences, numbers within one in the last place: they were rounded on either side of the same number."""
    if len(said) != len(expected):
        return False
    shape = lambda s: re.sub(r"[0-9.]+", "#", s)
    for a, b in zip(sorted(said, key=shape), sorted(expected, key=shape)):
        if shape(a) != shape(b):
            return False
        for x, y in zip(re.findall(r"[0-9.]+", a), re.findall(r"[0-9.]+", b)):
            if abs(float(x) - float(y)) > 1.01 * 10 ** -len(x.partition(".")[2]):
                return False
    return True

def places_of(scheme):
    text = open(scheme, encoding="utf-8").read()
    return {m.group(1): (int(m.group(3)), m.group(2)) for m in re.finditer(r'<measurand code="([^"]+)"[^>]*? unit="([^"]*)"[^>]*? places="(-?\d+)"', text)}

def check(scheme, folders):
    rounds, places, wrong, seen = [Round(f) for f in folders], places_of(scheme), [], defaultdict(int)
    now = rounds[-1]
    for lab in sorted(os.listdir(os.path.join(folders[-1], "labs"))):
        told = read_told(os.path.join(folders[-1], "labs", lab, "told.txt"))
        for (programme, code), says in told.items():
            key, choices = (lab, programme, code), now.choices[programme]
            if key not in now.rows:
                continue
            answers = code not in places
            c = {k: float(choices["finding_" + k]) for k in ("least", "chance", "bias", "scatter")}
            expected = []
            if not answers:
                step = 10.0 ** -places[code][0]
                points, n_peers = points_of(now, key, now.rows[key], choices, step)
                expected = sentences(points, c, n_peers, step, places[code][1], places[code][0]) + run_of(rounds, key, choices)
            said = [f[0] for f in says["finding"] if any(word in f[0] for word in OURS)]
            for s in said:
                seen[next(word for word in OURS if word in s)] += 1
            if not alike(said, expected):
                wrong.append(f"{key}: told {said}, expected {expected}")
            course, numbers = course_of(rounds, key, choices, answers)
            seen[course] += 1
            text = says["measurand"][1]
            got = [int(v) for v in re.findall(r"\d+", text)]
            if says["measurand"][0] != course or (numbers and any(abs(g - n) > 0.51 for g, n in zip(got, numbers))) or bool(numbers) != bool(got):
                wrong.append(f"{key}: course {says['measurand'][:2]}, expected {course} {numbers}")
            history = any(f[0] == "history" for f in says["figure"])
            if not answers and history != any(shares(rounds, key)[:-1]):
                wrong.append(f"{key}: a history is {'there' if history else 'not there'}")
            wrong += check_peers(now, key, says["peers"], choices)
    for line in wrong[:20]:
        print(line)
    print(" ".join(f"{k}={seen[k]}" for k in sorted(seen)))
    return not wrong

def check_peers(now, key, peers, choices):
    wrong = []
    groups = {(t["sample"], t["key"].partition("=")[2]): t for t in now.targets.values() if (t["programme"], t["measurand"]) == key[1:] and t["rung"] == "system"}
    for sample, name, n, x_pt, s, cv, own in peers:
        if int(n) < int(choices["show_least"]):
            wrong.append(f"{key}: peers {name} are {n}")
        t = groups.pop((sample, name), None)
        if t and t["origin"] == "consensus" and (abs(float(x_pt) - float(t["x_exact"])) > 10.0 ** -len(x_pt.partition(".")[2]) or n != t["used"]):
            wrong.append(f"{key}: {name}, {sample}: {n} and {x_pt}; the table has {t['used']} and {t['x_exact']}")
    least = int(choices["show_least"])
    for sample in {p[0] for p in peers} | {s for s, _ in groups}:
        told = sum(int(n) for s, _, n, *_ in peers if s == sample)
        everybody = [int(t["kept"]) for t in now.targets.values() if (t["programme"], t["measurand"], t["sample"], t["rung"]) == (*key[1:], sample, "all")]
        if everybody and told and 0 < everybody[0] - told < least:
            wrong.append(f"{key}: in {sample} {everybody[0] - told} are what is left of everybody")
        rung = [now.targets[r["group"]]["rung"] for r in now.rows[key] if r["sample"] == sample and r["group"]]
        for (s, name), t in groups.items(): # one may be left out, so that nobody else is; beside a group of a rung between more (tests/difference.py)
            if s == sample and rung in ([], ["all"]) and int(t["kept"]) >= least and not (everybody and 0 < everybody[0] - told - int(t["kept"]) < least):
                wrong.append(f"{key}: peers {name} of {sample} are not told")
    return wrong

if __name__ == "__main__":
    sys.exit(0 if check(sys.argv[2], sys.argv[3:]) else 1)
