# SPDX-License-Identifier: GPL-3.0-or-later
# What tests/golden/cx-persona/discover expects: latent classes of
# tests/golden/data/survey.tsv by segment and csat (categories) and nps (a
# number), by plain EM from 30 random starts, missing answers left out.
# Rscript tests/oracles/mixture.R tests/golden/data/survey.tsv
d <- read.delim(commandArgs(TRUE)[1], colClasses = "character")
codes <- lapply(d[c("segment", "csat")], function(x)
	match(x, sort(unique(x[x != ""]))))
x <- as.numeric(d$nps)
use <- !(is.na(codes$segment) & is.na(codes$csat) & is.na(x))
codes <- lapply(codes, function(v) v[use])
x <- x[use]
n <- length(x)

# Steps between whole numbers are 1: see libcx/model/mixture.h.
floor <- max(.001 * var(x, na.rm = TRUE), 1 / 2)

em <- function(k) {
	r <- matrix(1, n, k)
	for (c in seq_len(k)) {
		near <- dnorm(x, sample(x[!is.na(x)], 1), sd(x, na.rm = TRUE))
		r[, c] <- ifelse(is.na(x), .1, near)
		for (v in codes) {
			p <- rexp(max(v, na.rm = TRUE))
			r[, c] <- r[, c] * ifelse(is.na(v), 1, p[v])
		}
	}
	r <- r / rowSums(r)
	last <- -Inf
	repeat {
		l <- matrix(log(colMeans(r)), n, k, byrow = TRUE)
		for (v in codes) {
			p <- apply(r, 2, function(w) tapply(w, factor(v), sum))
			p <- t(t(p) / colSums(p))
			g <- log(p)[v, , drop = FALSE]
			g[is.na(v), ] <- 0
			l <- l + g
		}
		for (c in 1:k) {
			ok <- !is.na(x)
			m <- weighted.mean(x[ok], r[ok, c])
			s <- sqrt(max(weighted.mean((x[ok] - m)^2, r[ok, c]),
				floor))
			l[ok, c] <- l[ok, c] + dnorm(x[ok], m, s, log = TRUE)
		}
		top <- apply(l, 1, max)
		f <- exp(l - top)
		loglik <- sum(top + log(rowSums(f)))
		r <- f / rowSums(f)
		if (loglik - last < 1e-10) break
		last <- loglik
	}
	e <- -sum(ifelse(r > 0, r * log(r), 0))
	h <- -sum(colMeans(r) * log(colMeans(r)))
	c(k = k, n = n, loglik = loglik, parameters = k - 1 + k * (3 + 4 + 2),
		entropy = e, h = h, smallest = 100 * min(colMeans(r)))
}

set.seed(1)
for (k in 1:4) {
	fits <- replicate(if (k == 1) 1 else 30, em(k))
	b <- fits[, which.max(fits["loglik", ])]
	p <- b[["parameters"]]
	bic <- -2 * b[["loglik"]] + p * log(n)
	cat(k, n, sprintf("%.6f", b[["loglik"]]), p,
		sprintf("%.5f", c(-2 * b[["loglik"]] + 2 * p, bic,
			bic + 2 * b[["entropy"]])),
		sprintf("%.4f", c(1 - b[["entropy"]] / n / b[["h"]],
			b[["smallest"]])), "\n", sep = "\t")
}
