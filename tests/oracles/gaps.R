#!/usr/bin/env Rscript
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Recomputes in R what the golden tables of cx-gaps hold, from the data alone:
# importance by all subsets, slopes by lm(), Wilson's intervals. Says which
# numbers differ by more than their last digit. Run with R 4.2.2 in the folder
# of the tests:
#	Rscript oracles/gaps.R
d <- read.delim("golden/data/touchpoints.tsv")
names <- c("a", "b", "c", "d")

wcov <- function(x, y, w) {
	ok <- !is.na(x) & !is.na(y)
	x <- x[ok]; y <- y[ok]; w <- w[ok] / sum(w[ok])
	sum(w * (x - sum(w * x)) * (y - sum(w * y)))
}
wmean <- function(x, w) sum(w * x, na.rm = TRUE) / sum(w[!is.na(x)])
covariances <- function(v, w) {
	n <- length(v)
	m <- matrix(0, n, n)
	for (i in 1:n) for (j in 1:n) m[i, j] <- wcov(v[[i]], v[[j]], w)
	m
}
r2 <- function(r, s) {
	y <- ncol(r)
	if (length(s) == 0) 0 else drop(r[y, s] %*% solve(r[s, s], r[s, y]))
}
lmg <- function(r, players) {
	p <- length(players)
	sapply(seq_len(p), function(k) sum(sapply(0:(2^p - 1), function(bits) {
		s <- which(bitwAnd(bits, 2^(0:(p - 1))) > 0)
		if (k %in% s) return(0)
		factorial(length(s)) * factorial(p - length(s) - 1) / factorial(p) *
			(r2(r, unlist(players[c(s, k)])) - r2(r, unlist(players[s])))
	})))
}
johnson <- function(r) {
	p <- ncol(r) - 1
	e <- eigen(r[1:p, 1:p])
	l <- e$vectors %*% diag(sqrt(e$values)) %*% t(e$vectors)
	drop(l^2 %*% solve(l, r[1:p, p + 1])^2)
}
wilson <- function(p, n) {
	z <- qnorm(.975)
	mid <- (p + z^2 / (2 * n)) / (1 + z^2 / n)
	half <- z / (1 + z^2 / n) * sqrt(p * (1 - p) / n + z^2 / (4 * n^2))
	100 * cbind(mid - half, mid + half)
}

# What a table holds of the rows x, ratings on 1..5, with weights w.
table_of <- function(x, missing = "pairwise", w = rep(1, nrow(x)),
		target = NA, outcome = "nps") {
	ok <- !is.na(x[[outcome]])
	w <- w[ok]; x <- x[ok, ]
	v <- x[names]
	y <- x[[outcome]]
	score <- if (outcome == "nps") 100 * ((y >= 9) - (y <= 6)) else y
	mean <- sapply(v, wmean, w)
	performance <- 25 * (mean - 1)
	if (is.na(target)) target <- sum(performance) / length(performance)
	reach <- sapply(v, function(r) sum(w[!is.na(r)])) / sum(w)
	in_model <- if (missing == "listwise") complete.cases(v) else rep(TRUE, nrow(v))
	vm <- v[in_model, ]; ym <- y[in_model]; wm <- w[in_model]
	cm <- score[in_model]
	players <- as.list(seq_along(names))
	columns <- c(vm, list(ym))
	filled <- sapply(vm, function(r) ifelse(is.na(r), 0, r - wmean(r, wm)))
	if (missing == "met") {
		columns <- list(); players <- list(); at <- 0
		for (k in seq_along(names)) {
			columns[[at + 1]] <- filled[, k]
			players[[k]] <- at + 1
			at <- at + 1
			if (anyNA(vm[[k]])) {
				columns[[at + 1]] <- 1 * !is.na(vm[[k]])
				players[[k]] <- c(at, at + 1)
				at <- at + 1
			}
		}
		columns[[at + 1]] <- ym
	}
	r <- cov2cor(covariances(columns, wm))
	slope <- coef(lm(cm ~ filled, weights = wm))[-1]
	halves <- sapply(seq_along(names), function(k) {
		h <- ifelse(is.na(vm[[k]]), NA, pmax(vm[[k]] - 3, 0))
		h <- ifelse(is.na(h), 0, h - wmean(h, wm))
		b <- coef(lm(cm ~ filled + h, weights = wm))
		c(b[k + 1], b[k + 1] + b[length(b)]) * .4
	})
	top <- sapply(v, function(r) sum(w[!is.na(r) & r >= 4])) / (reach * sum(w))
	bottom <- sapply(v, function(r) sum(w[!is.na(r) & r <= 2]))
	n_eff <- sapply(v, function(r) sum(w[!is.na(r)])^2 / sum(w[!is.na(r)]^2))
	share <- bottom / (reach * sum(w))
	inverse <- solve(r[-ncol(r), -ncol(r)])
	first <- sapply(players, `[`, 1)
	beta <- drop(inverse %*% r[-ncol(r), ncol(r)])[first]
	total <- r2(r, unlist(players))
	change <- reach * slope * (target - performance) / 25
	data.frame(touchpoint = names, n = colSums(!is.na(v)),
		importance = lmg(r, players), performance, target,
		gap = performance - target, top_box = 100 * top,
		top_box_lo = wilson(top, n_eff)[, 1],
		top_box_hi = wilson(top, n_eff)[, 2],
		bottom_box = 100 * share,
		bottom_box_lo = wilson(share, n_eff)[, 1],
		bottom_box_hi = wilson(share, n_eff)[, 2], reach,
		customers_affected = bottom,
		amount_at_stake = sapply(v, function(r) sum((w * x$amount)[!is.na(r) & r <= 2])),
		change = ifelse(performance >= target, 0, change),
		penalty = halves[1, ], reward = halves[2, ],
		respondents = sum(in_model), r2 = total, vif = diag(inverse)[first],
		johnson = if (missing == "met") NA else johnson(r),
		correlation = r[first, ncol(r)],
		partial = beta / sqrt(beta^2 + diag(inverse)[first] * (1 - total)),
		beta)
}

differences <- function(case, want) {
	got <- read.delim(paste0("golden/cx-gaps/", case, "/out"))
	if ("persona" %in% names(want))
		got <- got[got$persona == want$persona[1], ]
	got <- got[match(want$touchpoint, got$touchpoint), ]
	base::names(got) <- sub("^(nps|outcome)_change$", "change", base::names(got))
	bad <- 0
	for (column in setdiff(base::names(want), c("touchpoint", "persona"))) {
		off <- abs(got[[column]] - want[[column]]) > 6e-5
		off[is.na(want[[column]])] <- FALSE
		if (any(is.na(off) | off)) {
			bad <- bad + 1
			cat(case, column, "want", want[[column]], "got", got[[column]], "\n")
		}
	}
	cat(case, if (bad) "differs" else "is the same", "\n")
}

differences("all", table_of(d))
differences("listwise", table_of(d, "listwise"))
differences("met", table_of(d, "met"))
differences("weights", table_of(d, w = d$w))
differences("csat", table_of(d, target = 80, outcome = "csat"))
turned <- d
turned[names] <- 6 - d[names]
differences("high-is-bad", table_of(turned, target = 60)[c("touchpoint", "n",
	"importance", "target", "gap", "top_box_lo", "bottom_box_lo")])
# In each group d has too few ratings for four drivers, and is no part of it.
for (p in c("early", "late")) {
	of_p <- d[d$persona == p & !is.na(d$nps), ]
	target <- 25 * (mean(colMeans(of_p[names], na.rm = TRUE)) - 1)
	all_names <- names
	names <- c("a", "b", "c")
	differences("by-persona",
		cbind(persona = p, table_of(of_p, target = target)))
	names <- all_names
}

# Expectations: mean of rating less expectation, Student's interval.
for (k in names) {
	g <- 25 * (d[[k]] - d[[paste0("e", k)]])[!is.na(d$nps)]
	cat(k, mean(g, na.rm = TRUE), t.test(g)$conf.int, "stated",
		mean(d[[paste0("s", k)]][!is.na(d$nps)]), "\n")
}
