# SPDX-License-Identifier: GPL-3.0-or-later
# What tests/unit/t-survival.c expects: survival::survfit of the sets lung and
# aml, and quantile() of what t-spread.c has. R 4.2.2, survival 3.5-3.
library(survival)
options(digits = 15)

rows <- function(d) {
	t <- aggregate(cbind(events = d$status, censored = 1 - d$status),
		list(time = d$time), sum)
	cat(sprintf("\t{ %d, %d, %d },\n", t$time, t$events, t$censored),
		sep = "")
}
at <- function(d, times, level) {
	f <- survfit(Surv(time, status) ~ 1, d, conf.type = "log-log",
		conf.int = level)
	s <- summary(f, times = times)
	cat(sprintf("\t{ %d, %g, %d, %.15g, %.15g, %.15g, %.15g },\n", s$time,
		level, s$n.risk, s$surv, s$std.err, s$lower, s$upper), sep = "")
}

lung$status <- lung$status - 1
cat("lung\n")
rows(lung)
at(lung, c(5, 11, 60, 180, 365, 700, 883, 1022), 0.95)
at(lung, c(180, 365), 0.8)
cat("aml\n")
rows(aml)
at(aml, c(5, 9, 13, 30, 31, 45), 0.95)

x <- c(3, 3, 5, 8, 8, 8, 13, 21, 34, 55)
cat(mean(x), quantile(x, c(0.5, 0.9)), "\n")
x <- c(-7, 2, 1e11)
cat(sprintf("%.10g", c(mean(x), quantile(x, c(0.5, 0.9)))), "\n")
