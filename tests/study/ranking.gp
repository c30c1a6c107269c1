# SPDX-License-Identifier: GPL-3.0-or-later
# The picture of docs/methods/ranking.md: one simulated year of 186 laboratories. `year` is the table of `ranking year`.
set encoding utf8
set datafile separator comma
set terminal svg size 900,470 fixed enhanced font 'sans-serif,13' background '#ffffff'
set output 'ranking.svg'
set border 3 linecolor rgb '#444444'
set tics nomirror
set grid linewidth 1 linecolor rgb '#dddddd'
colour(half) = half == 0 ? 0x009e73 : half == 1 ? 0x999999 : 0xd55e00

set multiplot
set lmargin at screen 0.075; set rmargin at screen 0.46; set tmargin at screen 0.90; set bmargin at screen 0.13
set title 'Shares: as counted, and shrunken'
set logscale x
set xrange [18:2200]
set xtics (20, 50, 100, 200, 500, 1000, 2000)
set yrange [72:100.5]
set xlabel 'results in the year'
set ylabel 'accepted, %' offset 1, 0
set key bottom right samplen 1
plot year every ::1 using 2:3:(0):($4 - $3) with vectors nohead linewidth 1 linecolor rgb '#cccccc' notitle, \
	'' every ::1 using 2:3 with points pointtype 6 pointsize 0.45 linecolor rgb '#888888' title 'as counted', \
	'' every ::1 using 2:4 with points pointtype 7 pointsize 0.4 linecolor rgb '#0072b2' title 'shrunken'

unset logscale
set lmargin at screen 0.55; set rmargin at screen 0.985
set title 'Ranks that the data support (95 %), and the true rank'
set xrange [0:187]
set yrange [187:0]
set xtics 31
set ytics 31
set xlabel 'place in the order of shrunken shares'
set ylabel 'rank'
set key bottom left Left reverse samplen 1 spacing 1.1 font ',10'
plot year every ::1 using 1:5:(0):($6 - $5):(colour($7)) with vectors nohead linewidth 1.5 linecolor rgb variable notitle, \
	NaN with lines linewidth 2 linecolor rgb '#009e73' title 'surely in the better half', \
	NaN with lines linewidth 2 linecolor rgb '#999999' title 'not separable', \
	NaN with lines linewidth 2 linecolor rgb '#d55e00' title 'surely in the worse half', \
	year every ::1 using 1:8 with points pointtype 7 pointsize 0.3 linecolor rgb '#000000' title 'true rank'
unset multiplot
