# SPDX-License-Identifier: GPL-3.0-or-later
# What the golden cases map and map-by-group of cx-journey print, recomputed
# from tests/golden/data/journey.tsv: R 4.2.2, survival 3.5-3.
#
#   Rscript journey-map.R [persona] <journey.tsv
#
# The interval of the Net Promoter Score and the outcome's are not here: they
# are those of cx-nps, see nps.R.
suppressMessages(library(survival))
grouped <- length(commandArgs(TRUE)) > 0
d <- read.delim(file("stdin"), colClasses = "character", na.strings = "",
	quote = "")
d$t <- as.numeric(as.POSIXct(d$time, tz = "UTC",
	format = "%Y-%m-%dT%H:%M:%SZ"))
for (x in c("csat", "emotion", "nps")) d[[x]] <- as.numeric(d[[x]])
d <- d[order(d$customer, d$t), ]
d$persona[is.na(d$persona)] <- ""
first <- tapply(d$persona, d$customer, function(x) x[x != ""][1])
d$group <- ifelse(is.na(first[d$customer]), "", first[d$customer])
if (!grouped) d$group <- ""
nps <- tapply(d$nps, d$customer, function(x) {
	x <- x[!is.na(x)]
	if (length(x)) x[length(x)] else NA
})
end <- max(d$t[!is.na(d$touchpoint)])
d <- d[!is.na(d$touchpoint), ]
d$position <- ave(d$t, d$customer, FUN = seq_along)
n <- nrow(d)
same <- c(d$customer[-1] == d$customer[-n], FALSE)
d$wait <- ifelse(same, c(d$t[-1], NA) - d$t, NA)
d$next_to <- ifelse(same, c(d$touchpoint[-1], NA), NA)
window <- 30 * 86400
cycle <- c("awareness", "consideration", "purchase", "use", "support",
	"loyalty", "advocacy")

num <- function(x, digits = 4) ifelse(is.na(x), "", sprintf(
	paste0("%.", digits, "f"), x))
p_value <- function(x) ifelse(!is.na(x) & x > 0 & x < .001,
	sprintf("%.5e", x), num(x, 6))
mean_ci <- function(x) {
	if (length(x) < 1) return(c(NA, NA, NA))
	if (length(x) < 2) return(c(mean(x), NA, NA))
	c(mean(x), mean(x) + c(-1, 1) * qt(0.975, length(x) - 1) *
		sd(x) / sqrt(length(x)))
}
feel <- function(r) {
	if (any(!is.na(r$emotion))) r$emotion[!is.na(r$emotion)]
	else r$csat[!is.na(r$csat)] - 3
}
source_of <- function(r) {
	if (any(!is.na(r$emotion))) "emotion"
	else if (any(!is.na(r$csat))) "csat 1..5" else ""
}
drop_off <- function(r) {
	r <- r[!duplicated(r$customer), ]
	seen <- ifelse(is.na(r$wait), end - r$t, r$wait)
	f <- survfit(Surv(seen, !is.na(r$wait)) ~ 1, conf.type = "log-log")
	if (max(seen) < window && min(f$surv) > 0) return(c(NA, NA, NA))
	s <- summary(f, times = window, extend = TRUE)
	# All or none: Wilson's interval, where log-log has none.
	if (s$surv %in% c(0, 1)) {
		k <- if (s$surv == 1) sum(seen >= window) else length(seen)
		return(100 * c(s$surv, suppressWarnings(
			prop.test(k * s$surv, k, correct = FALSE)$conf.int)))
	}
	100 * c(s$surv, s$lower, s$upper)
}

for (g in sort(unique(d$group), method = "radix")) {
	of <- d[d$group == g, ]
	cells <- unique(of[c("stage", "touchpoint")])
	rows <- lapply(seq_len(nrow(cells)), function(i)
		of[of$stage == cells$stage[i] &
			of$touchpoint == cells$touchpoint[i], ])
	p <- sapply(seq_along(rows), function(i) {
		x <- feel(rows[[i]])
		others <- rows[-i]
		others <- others[sapply(others, source_of) ==
			source_of(rows[[i]])]
		y <- unlist(lapply(others, feel))
		if (length(x) < 5 || sd(x) == 0 || length(y) < 2) NA
		else t.test(x, y)$p.value
	})
	p <- p.adjust(p, "BH")
	place <- match(cells$stage, cycle)
	place[is.na(place)] <- 99
	o <- order(place, sapply(rows, function(r) mean(r$position)))
	for (i in o) {
		r <- rows[[i]]
		e <- mean_ci(feel(r))
		e[2] <- max(e[2], -2)
		e[3] <- min(e[3], 2)
		k <- sort(table(r$next_to), decreasing = TRUE)
		q <- quantile(r$wait, c(0.5, 0.9), na.rm = TRUE)
		z <- nps[unique(r$customer)]
		z <- z[!is.na(z)]
		u <- unique(r$customer)
		cat(c(if (grouped) g, cells$stage[i], cells$touchpoint[i],
			length(u), nrow(r),
			num(100 * length(u) / length(unique(of$customer))),
			num(mean(r$position)), sum(!is.na(r$csat)),
			num(mean_ci(r$csat[!is.na(r$csat)])), num(e),
			source_of(r), p_value(p[i]),
			num(100 * mean(feel(r) < 0)), length(z),
			num(100 * (mean(z >= 9) - mean(z <= 6))),
			num(q, 1), if (length(k)) names(k)[1] else "",
			if (length(k)) num(100 * k[[1]] / sum(k)) else "",
			num(100 * mean(table(r$customer) > 1)),
			num(drop_off(r))), sep = "\t")
		cat("\n")
	}
}
