#!/usr/bin/env Rscript
# SPDX-License-Identifier: GPL-3.0-or-later
# What tests/unit/t-importance.c expects, in plain R: LMG from all subsets by
# lm, Johnson's weights by eigen, and so on. Run with R 4.2.2.
options(digits = 15)
x <- swiss[, -1]
y <- swiss$Fertility
r2 <- function(cols) if (length(cols)) summary(lm(y ~ ., x[, cols, drop = FALSE]))$r.squared else 0
lmg <- function(players) {
	n <- length(players)
	sapply(seq_len(n), function(k) {
		sum(sapply(0:(2^n - 1), function(bits) {
			s <- which(bitwAnd(bits, 2^(0:(n - 1))) > 0)
			if (k %in% s) return(0)
			w <- factorial(length(s)) * factorial(n - length(s) - 1) / factorial(n)
			w * (r2(unlist(players[c(s, k)])) - r2(unlist(players[s])))
		}))
	})
}
cat("r2", r2(names(x)), "\n")
cat("lmg", lmg(as.list(names(x))), "\n")
cat("lmg of players", lmg(list(c("Agriculture", "Examination"), "Education",
	c("Catholic", "Infant.Mortality"))), "\n")
e <- eigen(cor(x))
l <- e$vectors %*% diag(sqrt(e$values)) %*% t(e$vectors)
cat("johnson", (l^2) %*% (solve(l) %*% cor(x, y))^2, "\n")
z <- as.data.frame(scale(cbind(y = y, x)))
b <- coef(lm(y ~ . - 1, z))
cat("beta", b, "\n")
v <- diag(solve(cor(x)))
cat("vif", v, "\n")
t <- coef(summary(lm(y ~ ., x)))[-1, 3]
cat("partial", t / sqrt(t^2 + 41), "\n")
cat("correlations\n")
print(cor(cbind(x, y)), digits = 17)

# Pairwise covariances of data with holes.
h <- swiss[1:12, 1:3]
h[c(2, 5), 1] <- NA
h[c(5, 7, 8), 2] <- NA
h[c(1, 8), 3] <- NA
cat("pairwise\n")
n <- crossprod(!is.na(h))
print(cov(h, use = "pairwise") * (n - 1) / n)
cat("means of 1 where 2 is there", mean(h[!is.na(h[, 2]), 1], na.rm = TRUE), "\n")
m <- sapply(h, function(v) ifelse(is.na(v), 0, v - mean(v, na.rm = TRUE)))
cat("products about the means\n")
print(crossprod(m))

# Repair of a matrix that is none of correlations.
a <- matrix(c(1, .9, -.9, .9, 1, .9, -.9, .9, 1), 3)
e <- eigen(a)
f <- e$vectors %*% diag(pmax(e$values, 0)) %*% t(e$vectors)
cat("repaired", cov2cor(f)[c(2, 3, 6)], "\n")

# Jackknife with groups of unequal sizes, of a ratio of means.
g <- c(1, 1, 1, 2, 2, 3, 3, 3, 3, 4, 5, 5)
s <- as.numeric(table(g)) / 12
est <- function(i) c(mean(swiss[i, 2]) / mean(swiss[i, 4]), mean(swiss[i, 5]))
whole <- est(1:12)
without <- t(sapply(1:5, function(k) est(which(g != k))))
pseudo <- t(sapply(1:5, function(k) whole / s[k] - (1 / s[k] - 1) * without[k, ]))
centre <- colSums(pseudo * s)
v <- crossprod(sweep(pseudo, 2, centre) * sqrt(s / (1 - s))) / 5
cat("whole", whole, "\nwithout\n")
print(without)
cat("shares", s, "\ncentre", centre, "\ncov", v, "\n")
