# SPDX-License-Identifier: GPL-3.0-or-later
# The pictures of docs/methods, drawn from accuracy.csv in the folder one stands in. Called by study.sh.
set encoding utf8
set terminal svg size 700,450 fixed enhanced font 'sans-serif,14' background '#ffffff'
set datafile separator comma
set datafile missing NaN # rows of other estimators do not break a line
data = 'accuracy.csv'
is(situation, name) = strcol(1) eq situation && strcol(4) eq name

# One estimator has one colour and one kind of point in every picture (the colours are Okabe and Ito's).
mean = "with linespoints linewidth 2 pointsize 0.7 linecolor rgb '#000000' pointtype 2 dashtype 4 title 'mean'"
median = "with linespoints linewidth 2 pointsize 0.7 linecolor rgb '#d55e00' pointtype 9 dashtype 2 title 'median, MADe'"
algorithm_a = "with linespoints linewidth 2 pointsize 0.7 linecolor rgb '#0072b2' pointtype 7 title 'Algorithm A'"
grouped = "with linespoints linewidth 2 pointsize 1.0 linecolor rgb '#009e73' pointtype 5 title 'Algorithm A, grouped'"
q_hampel = "with linespoints linewidth 2 pointsize 0.7 linecolor rgb '#e69f00' pointtype 11 title 'Q/Hampel'"
kernel = "with linespoints linewidth 2 pointsize 0.7 linecolor rgb '#cc79a7' pointtype 13 dashtype 5 title 'kernel mode'"
cut_3sd = "with linespoints linewidth 2 pointsize 0.7 linecolor rgb '#56b4e9' pointtype 4 title 'truncated, 3 SD'"
cut_2sd = "with linespoints linewidth 2 pointsize 0.7 linecolor rgb '#666666' pointtype 6 dashtype 3 title 'truncated, 2 SD'"

set border 3 linecolor rgb '#444444'
set tics nomirror
set grid linewidth 1 linecolor rgb '#dddddd'
set key at screen 0.735, 0.53 left center vertical Left reverse samplen 2.5 spacing 1.4 font ',12'
set lmargin at screen 0.12; set rmargin at screen 0.715; set tmargin at screen 0.90; set bmargin at screen 0.16

# Rounding
set logscale x 2
set xrange [0.45:11]
set xtics (0.5, 1, 2, '3.3' 3.3, 5, 10)
set xlabel 'reporting step / σ'
at_30(name) = is('rounded', name) && $3 == 30 ? $2 : NaN

set output 'collapsed.svg'
set title 'Groups whose spread collapses to 0 (n = 30)'
set ylabel 'groups, %' offset 1, 0
set yrange [-2:102]
plot data using (at_30('median-made')):(100 * $11) @median, \
	data using (at_30('algorithm-a')):(100 * $11) @algorithm_a, \
	data using (at_30('algorithm-a-grouped')):(100 * $11) @grouped, \
	data using (at_30('q-hampel')):(100 * $11) @q_hampel

set output 'false-action.svg'
set title 'Honest laboratories that get |z| ≥ 3 (n = 30)'
set ylabel 'honest laboratories, %' offset 1, 0
set logscale y
set yrange [0.01:100]
plot data using (at_30('median-made')):(100 * $12) @median, \
	data using (at_30('algorithm-a')):(100 * $12) @algorithm_a, \
	data using (at_30('algorithm-a-grouped')):(100 * $12) @grouped, \
	data using (at_30('q-hampel')):(100 * $12) @q_hampel, \
	0.27 with lines linewidth 1 linecolor rgb '#444444' dashtype 2 title 'normal: 0.27 %'

# Outliers
unset logscale
set yrange [*:*]
set xtics autofreq
outliers(name, n) = (is('outliers', name) || is('clean', name)) && $3 == n ? 100 * $2 : NaN
set output 'outlier-bias.svg'
set multiplot
unset title
set xrange [-1:31]
set yrange [-0.1:2.4]
set xtics 10
set xlabel 'outliers at 5 to 10 σ, %'
set key at screen 0.79, 0.53
do for [panel = 1:2] {
	n = panel == 1 ? 20 : 50
	set label 1 sprintf('n = %d', n) at graph 0.05, 0.93
	set lmargin at screen panel == 1 ? 0.10 : 0.47
	set rmargin at screen panel == 1 ? 0.41 : 0.78
	set ylabel (panel == 1 ? 'bias of the target, σ' : '') offset 1, 0
	if (panel == 2) { unset key }
	if (panel == 1) { set label 2 'How far outliers on one side draw the target' at screen 0.5, 0.95 center }
	plot data using (outliers('mean', n)):6 @mean, \
		data using (outliers('truncated-3sd', n)):6 @cut_3sd, \
		data using (outliers('algorithm-a', n)):6 @algorithm_a, \
		data using (outliers('q-hampel', n)):6 @q_hampel, \
		data using (outliers('median-made', n)):6 @median, \
		data using (outliers('truncated-2sd', n)):6 @cut_2sd, \
		data using (outliers('kernel-mode', n)):6 @kernel
	unset label 2
}
unset multiplot
unset label 1

# Clean data
set lmargin at screen 0.12; set rmargin at screen 0.715
set key at screen 0.735, 0.53
set logscale x
set xrange [2.7:56]
set xtics (3, 4, 5, 7, 10, 12, 15, 20, 30, 50)
set xlabel 'laboratories in the group, n'
clean(name) = is('clean', name) ? $3 : NaN

set output 'efficiency.svg'
set title 'Efficiency of the target on clean normal data'
set ylabel 'variance of the mean / mean squared error, %' offset 1, 0
set yrange [0:105]
plot data using (clean('algorithm-a')):(100 * $7) @algorithm_a, \
	data using (clean('q-hampel')):(100 * $7) @q_hampel, \
	data using (clean('truncated-3sd')):(100 * $7) @cut_3sd, \
	data using (clean('truncated-2sd')):(100 * $7) @cut_2sd, \
	data using (clean('median-made')):(100 * $7) @median, \
	data using (clean('kernel-mode')):(100 * $7) @kernel

# The spread: a picture each, since bands on bands cannot be read
set output 'spread.svg'
set multiplot
unset title
set yrange [0:2.6]
set xtics (3, 5, 7, 10, 15, 20, 30, 50)
set ytics 0.5
set label 2 's / true spread on clean data: mean, and the middle 90 % of groups' at screen 0.5, 0.965 center
unset key
names = 'algorithm-a q-hampel median-made truncated-2sd'
titles = '"Algorithm A" "Q method" "MADe" "truncated, 2 SD"'
colours = '#0072b2 #e69f00 #d55e00 #666666'
do for [panel = 1:4] {
	left = panel % 2 == 1
	upper = panel <= 2
	set lmargin at screen left ? 0.10 : 0.57
	set rmargin at screen left ? 0.50 : 0.98
	set tmargin at screen upper ? 0.92 : 0.49
	set bmargin at screen upper ? 0.58 : 0.15
	set ylabel (left ? 's / σ' : '') offset 1, 0
	set xlabel (upper ? '' : 'laboratories in the group, n')
	set label 1 word(titles, panel) at graph 0.95, 0.9 right
	name = word(names, panel)
	colour = word(colours, panel)
	plot data using (clean(name)):9:10 with filledcurves linecolor rgb colour fillstyle transparent solid 0.25 noborder, \
		1 with lines linewidth 1 linecolor rgb '#444444' dashtype 2, \
		data using (clean(name)):8 with linespoints linewidth 2 pointsize 0.6 pointtype 7 linecolor rgb colour
	unset label 2
}
unset multiplot
unset label 1

# Two methods in one group
humps(name, parameter) = is('humps', name) && $2 == parameter ? $3 : NaN
set output 'humps.svg'
set multiplot
set xtics (3, 5, 7, 10, 15, 20, 30, 50)
set ytics autofreq
set tmargin at screen 0.84; set bmargin at screen 0.16
set key at screen 0.79, 0.53
set xlabel 'laboratories in the group, n'
set label 2 'Typical error of a pooled target for two methods 4 σ apart' at screen 0.5, 0.95 center
set yrange [0:3]
do for [panel = 1:2] {
	share = panel == 1 ? 0.25 : 0.5
	set label 1 (panel == 1 ? '75 % and 25 % of the laboratories' : '50 % and 50 %') at graph 0.5, 1.05 center
	set lmargin at screen panel == 1 ? 0.10 : 0.47
	set rmargin at screen panel == 1 ? 0.41 : 0.78
	set ylabel (panel == 1 ? 'root mean square error, σ' : '') offset 1, 0
	if (panel == 2) { unset key }
	plot data using (humps('mean', share)):(1 / sqrt($3 * $7)) @mean, \
		data using (humps('algorithm-a', share)):(1 / sqrt($3 * $7)) @algorithm_a, \
		data using (humps('q-hampel', share)):(1 / sqrt($3 * $7)) @q_hampel, \
		data using (humps('median-made', share)):(1 / sqrt($3 * $7)) @median, \
		data using (humps('truncated-2sd', share)):(1 / sqrt($3 * $7)) @cut_2sd, \
		data using (humps('kernel-mode', share)):(1 / sqrt($3 * $7)) @kernel
	unset label 2
}
unset multiplot
