# SPDX-License-Identifier: GPL-3.0-or-later
# What tests/cmd/persona-model.t expects of --drift: a model of 100 rows, 90
# of them with a plan (basic 50, gold 40), spend 20 with deviation 10, and 60
# and 40 in the classes; and 53 rows (basic 10, gold 40, platin 3).
# Rscript tests/oracles/drift.R
share <- function(now, n_now, then, n_then) {
	all <- (now + then) / (n_now + n_then)
	if (min(n_now, n_then) * min(all, 1 - all) < 5)
		return(NA)
	prop.test(c(now, then), c(n_now, n_then), correct = FALSE)$p.value
}
spend <- c(25 + 10 * ((0:49 %% 5) - 2) / sqrt(2), 20, 20, 25)
n <- length(spend)
a <- var(spend) / n
b <- 10^2 / 100
t <- (mean(spend) - 20) / sqrt(a + b)
df <- (a + b)^2 / (a^2 / (n - 1) + b^2 / 99)
plan <- c(rep("basic", 10), rep("gold", 40), rep(NA, 3))
like <- function(share, p, mean, sd)
	share * ifelse(is.na(plan), 1, p[plan]) * dnorm(spend, mean, sd)
first <- like(.6, c(basic = .875, gold = .125), 14, 4) >
	like(.4, c(basic = .125, gold = .875), 29, 8)
p <- c(basic = share(10, 53, 50, 90), gold = share(40, 53, 40, 90),
	platin = share(3, 53, 0, 90), plan.missing = share(0, 53, 10, 100),
	spend = 2 * pt(-abs(t), df), spend.missing = share(0, 53, 0, 100),
	c1 = share(sum(first), 53, 60, 100), c2 = share(sum(!first), 53, 40, 100))
print(cbind(p, p_adj = p.adjust(p, "BH")), digits = 6)
