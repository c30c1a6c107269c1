# SPDX-License-Identifier: GPL-3.0-or-later
# The side of R in bench_r.sh: reads the groups that bench_r wrote, and prints a line for every measurement: who,
# groups x values, data, what, seconds, sum of the results. It reads a tenth of the groups; the seconds are for all.
# Usage: Rscript bench_r.R DIRECTORY

rounds <- 3
directory <- commandArgs(TRUE)[1]
has_robustbase <- suppressWarnings(requireNamespace("robustbase", quietly = TRUE))

# ISO 13528:2022 C.3.1 to its fixed point. Assigning to a part of a vector is quicker than pmin and pmax.
algorithm_a <- function(x) {
	n <- length(x)
	m <- median(x)
	s <- 1.483 * mad(x, center = m, constant = 1)
	repeat {
		low <- m - 1.5 * s
		high <- m + 1.5 * s
		w <- x
		w[x < low] <- low
		w[x > high] <- high
		m_next <- sum(w) / n
		s_next <- 1.134 * sqrt(sum((w - m_next)^2) / (n - 1))
		settled <- abs(m_next - m) < 1e-10 * s_next && abs(s_next - s) < 1e-10 * s_next
		m <- m_next
		s <- s_next
		if (settled)
			return(m + s)
	}
}

whats <- list(sort = function(x) sort(x)[length(x) %/% 2 + 1], "algorithm-a" = algorithm_a)
if (has_robustbase)
	whats <- c(whats, qn = function(x) robustbase::Qn(x), sn = function(x) robustbase::Sn(x))

for (file in list.files(directory, pattern = "\\.doubles$")) {
	shape <- as.numeric(strsplit(sub("-.*", "", file), "x")[[1]])
	kind <- sub("\\.doubles$", "", sub(".*-", "", file))
	path <- file.path(directory, file)
	values <- matrix(readBin(path, "double", file.size(path) / 8), nrow = shape[2])
	groups <- lapply(seq_len(ncol(values)), function(g) values[, g])
	for (what in names(whats)) {
		best <- Inf
		for (round in seq_len(rounds)) {
			start <- proc.time()[["elapsed"]]
			results <- vapply(groups, whats[[what]], 0)
			best <- min(best, proc.time()[["elapsed"]] - start)
		}
		cat(sprintf("R %.0fx%.0f %s %s %.6f %.17g\n", shape[1], shape[2], kind, what, best * shape[1] / length(groups), sum(results)))
	}
}
