# SPDX-License-Identifier: GPL-3.0-or-later
# What a good statistician would write for the round of large.sh, with data.table on two threads: read the results, Algorithm A for each
# measurand, sample and system, an SDI for every result, one table of all of it. Values that our screen and our hints would set aside stay in.
# Usage: Rscript table.R RESULTS.csv TABLE.csv TARGETS.csv

library(data.table)
setDTthreads(2)
given <- commandArgs(TRUE)

# ISO 13528:2022 C.3.1 to its fixed point, as in bench_r.R.
algorithm_a <- function(x) {
	n <- length(x)
	m <- median(x)
	s <- 1.483 * mad(x, center = m, constant = 1)
	if (s == 0)
		s <- sd(x)
	repeat {
		low <- m - 1.5 * s
		high <- m + 1.5 * s
		w <- x
		w[x < low] <- low
		w[x > high] <- high
		m_next <- sum(w) / n
		s_next <- 1.134 * sqrt(sum((w - m_next)^2) / (n - 1))
		settled <- abs(m_next - m) <= 1e-10 * s_next && abs(s_next - s) <= 1e-10 * s_next
		m <- m_next
		s <- s_next
		if (settled)
			return(list(x = m, s = s, n = n))
	}
}

results <- fread(given[1], select = c("lab", "measurand", "sample", "value", "system"), colClasses = list(character = "sample"), encoding = "UTF-8", nThread = 2)
results <- results[!is.na(value)]
targets <- results[, algorithm_a(value), by = .(measurand, sample, system)]
results[targets, on = .(measurand, sample, system), `:=`(target = i.x, sd = i.s)]
results[, sdi := (value - target) / sd]
fwrite(results, given[2], nThread = 2)
fwrite(targets, given[3])
