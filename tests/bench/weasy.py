# SPDX-License-Identifier: GPL-3.0-or-later
"""What somebody without this program would use: a page of HTML with one certificate and a table of results, made into a PDF by WeasyPrint in
one process. weasy.py RESULTS TIMES: prints milliseconds for each and bytes; exit 1 where WeasyPrint is not there (Debian package weasyprint)."""
import sys
import time

try:
    import weasyprint
except ImportError:
    sys.exit(1)

STYLE = """
@page { size: A4; margin: 18mm 14mm }
body { font-family: "Noto Serif CJK SC"; font-size: 9pt; color: #1c2126 }
h1 { text-align: center; letter-spacing: 6pt; font-size: 24pt; margin-top: 60mm }
.front { border: 3pt double #1b4b5f; height: 250mm; page-break-after: always; text-align: center }
table { border-collapse: collapse; width: 100% }
thead { display: table-header-group }
td, th { border-bottom: .3pt solid #c8d0d5; padding: 1.5pt 3pt; text-align: right }
td:first-child { text-align: left }
"""


def page(results, seed):
    rows = "".join(
        "<tr><td>检验项目 measurand %d</td><td>2026%02d</td><td>%.2f</td><td>%.3f</td><td>%.2f–%.2f</td><td>%.2f</td><td>%.2f</td><td>通过 acceptable</td></tr>"
        % (i // 5 + 1, i % 5 + 11, 5 + (i * 37 + seed) % 100 / 50, 5.5, 5.1, 5.9, i % 7 / 10, i % 9 / 3)
        for i in range(results))
    return ("<!DOCTYPE html><html lang='zh-CN'><head><meta charset='utf-8'><style>%s</style></head><body><div class='front'><h1>室间质量评价成绩证书</h1>"
            "<p>Certificate of EQA performance</p><h2>示例医院检验科 %d</h2><p>登记参加上述室间质量评价，成绩如下</p><p>专业 常规化学 得分 S 95.0 成绩 满意</p></div>"
            "<table><thead><tr><th>检验项目</th><th>样本</th><th>本室结果</th><th>靶值</th><th>允许范围</th><th>偏倚</th><th>SDI</th><th>评价结果</th></tr></thead>"
            "<tbody>%s</tbody></table></body></html>" % (STYLE, seed, rows))


def main():
    results, times = int(sys.argv[1]), int(sys.argv[2])
    size = 0
    start = time.monotonic()
    for seed in range(times):
        size = len(weasyprint.HTML(string=page(results, seed)).write_pdf())
    print("%.1f %d" % (1e3 * (time.monotonic() - start) / times, size))


main()
