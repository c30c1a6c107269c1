/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the site is to be read, and the pages to print. */
#include "site.h"
#include <stdio.h>
#include <string.h>

typedef struct term { const char *zh, *en, *says, *says_en; } term;

static const term terms[] = {
	{ "靶值", "Target", "评价所用的指定值；来源写在评价组的表中：公议值、已知值或组织者决定的值。", "The assigned value that results are judged against; the tables of groups tell where it comes from: consensus, a known value, or the organiser." },
	{ "评价组", "Group", "相互可比的结果：同一检测系统、仪器、方法等；人数不足时依次归入更大的组，直到全部实验室。", "Results that can be compared: of one system, instrument, method and so on; where there are too few, they join a larger group, at last everybody." },
	{ "可接受", "Acceptable", "在允许范围之内的结果，占有评价的结果的比例。未回报、迟报按评价方案计入。", "Results within what is allowed, as a share of those that were judged. What was late or did not come counts as the scheme says." },
	{ "不可接受的条形", "Bars of what is not acceptable", "从 0 开始；同一表中各条的尺度相同。", "They begin at 0, and have one scale within a table." },
	{ "u", "u", "靶值的标准不确定度。", "The standard uncertainty of the target." },
	{ "剔除", "Set aside", "未进入统计的结果；仍然评价。", "Results that did not enter the statistics; they are judged all the same." },
	{ "名次范围", "Range of ranks", "实验室的结果所支持的名次，95 %。范围重叠的实验室分不出高下。", "The ranks that a laboratory's results support, 95 %. Laboratories whose ranges overlap cannot be told apart." },
	{ "并列", "= (tied)", "比例完全相同者名次相同。", "Equal shares share the rank." },
	{ "–", "–", "没有可计算的数，或没有名次。", "There is no number, or no rank." },
};

static void put_terms(zp_site *s)
{
	zp_site_say(s, "<h2>用语</h2>\n<dl class=\"terms\">\n", "<h2>Words</h2>\n<dl class=\"terms\">\n");
	for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
		zp_site_put(s, "<div><dt>");
		zp_site_say(s, terms[i].zh, terms[i].en);
		zp_site_put(s, "</dt><dd>");
		zp_site_say(s, terms[i].says, terms[i].says_en);
		zp_site_put(s, "</dd></div>\n");
	}
	zp_site_put(s, "</dl>\n");
}

static void put_shares(zp_site *s)
{
	zp_site_say(s, "<h2>怎样读比例</h2>\n<p class=\"said\">每个比例旁边都有它的 n。n 小时，一两个结果就能使比例大起大落：20 个结果全部可接受，并不说明比 1,200 个结果中 1,170 个可接受更好。低于 80 % 的比例加粗并有 ▾ 记号。</p>\n",
		    "<h2>How to read shares</h2>\n<p class=\"said\">Each share stands beside its n. Where n is small, one or two results move it far: 20 accepted of 20 do not show a better laboratory than 1,170 of 1,200. Shares below 80 % are bold and marked ▾.</p>\n");
	zp_site_heat_legend(s);
}

static void put_use(zp_site *s)
{
	zp_site_say(s, "<h2>怎样使用</h2>\n<ul class=\"said\">\n<li>点表头（或用键盘选中后按回车）排序：升序、降序、原来的次序。</li>\n<li>图中的点和柱可用鼠标指向，或用 Tab 键逐个查看；图的文字说明在图的描述中。</li>\n"
		    "<li>没有脚本时，所有内容仍然在页面上，只是不能排序和筛选。</li>\n<li>整个文件夹可以放在 U 盘里或共享文件夹中，不需要服务器，也不访问网络。</li>\n</ul>\n",
		    "<h2>How to use it</h2>\n<ul class=\"said\">\n<li>Press the head of a column, with the mouse or by keyboard, to sort: ascending, descending, as it was.</li>\n<li>Dots and bars of figures tell what they are when pointed at, or reached with the Tab key; each figure is also described in words.</li>\n"
		    "<li>Without scripts everything is still there; only sorting and filtering are not.</li>\n<li>The folder can lie on a stick or a shared drive. It needs no server and asks nothing of the network.</li>\n</ul>\n");
}

static void put_privacy(zp_site *s)
{
	zp_site_say(s, "<h2>保密</h2>\n<p class=\"said\">本站供组织者内部使用。", "<h2>Confidentiality</h2>\n<p class=\"said\">This site is for the organiser. ");
	if (s->of->masked)
		zp_site_say(s, "实验室不以名称或编码列出。", "Laboratories are told neither by name nor by code. ");
	else if (s->of->named)
		zp_site_say(s, "实验室以名称和编码列出。", "Laboratories are told by name and code. ");
	else
		zp_site_say(s, "实验室只以编码列出。", "Laboratories are told by code only. ");
	zp_site_say(s, "各实验室自己的结果不在本站，只在其自己的文件中。</p>\n", "A laboratory's own results are not here, but in its own files only.</p>\n");
}

bool zp_site_about(zp_site *s)
{
	zp_site_open(s, "about.html", ZP_PART_ABOUT, "说明", "How to read");
	zp_site_say(s, "<h1>说明</h1>\n", "<h1>How to read these pages</h1>\n");
	put_shares(s);
	put_terms(s);
	put_use(s);
	put_privacy(s);
	return zp_site_close(s);
}

/* ---- all of it on one page, to be printed ---- */

static void put_programme(zp_site *s, size_t i)
{
	const zp_told_programme *p = &s->of->programmes[i];
	zp_site_put(s, "<h2 class=\"sheet\">");
	zp_site_tell_of(s, p->name, p->name_en);
	zp_site_put(s, " <small>");
	zp_site_tell(s, p->code);
	zp_site_put(s, "</small></h2>\n");
	if (*p->cancelled) {
		zp_site_say(s, "<p class=\"note\">本轮取消。", "<p class=\"note\">Cancelled in this round. ");
		zp_site_tell(s, p->cancelled);
		zp_site_put(s, "</p>\n");
		return;
	}
	zp_site_measurands_table(s, i, false);
	if (p->n_samples)
		zp_site_samples_table(s, i);
}

bool zp_site_print(zp_site *s)
{
	zp_site_open(s, "print.html", ZP_PART_PRINT, "打印版", "To print");
	zp_site_put(s, "<h1>");
	zp_site_tell_of(s, s->of->round_name, s->of->round_name_en);
	zp_site_put(s, "</h1>\n");
	zp_site_say(s, "<p class=\"said screen\">整轮的表格在一页上，供打印或另存为 PDF；其他各页也都可以单独打印。</p>\n",
		    "<p class=\"said screen\">The tables of the round on one page, to be printed or kept as a PDF; every other page can be printed by itself too.</p>\n");
	if (s->of->n_programmes)
		zp_site_programmes_table(s);
	for (size_t i = 0; i < s->of->n_programmes; i++)
		put_programme(s, i);
	for (size_t scope = 0; scope <= s->of->n_programmes; scope++)
		if (zp_site_has_regions(s, scope)) {
			zp_site_say(s, "<h2 class=\"sheet\">地区 <small>", "<h2 class=\"sheet\">Regions <small>");
			zp_site_scope(s, scope);
			zp_site_put(s, "</small></h2>\n");
			zp_site_tree(s, scope);
			break;
		}
	if (zp_site_doubtful(s)) {
		zp_site_say(s, "<h2 class=\"sheet\">疑点</h2>\n", "<h2 class=\"sheet\">Doubts</h2>\n");
		zp_site_doubts_table(s);
	}
	if (s->of->n_decisions) {
		zp_site_say(s, "<h2>决定</h2>\n", "<h2>Decisions</h2>\n");
		zp_site_decisions_table(s);
	}
	return zp_site_close(s);
}
