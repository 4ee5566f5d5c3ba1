# SPDX-License-Identifier: GPL-3.0-or-later
#
# Checks a table of cx-nps against R: Rscript tests/oracles/nps.R <TABLE.tsv
# The formulas are written down from the papers, not from libcx: the score of
# an answer is -1, 0 or 1; se is its population standard deviation over
# sqrt(n); the interval is the one that the column ci names.
level <- 0.95
args <- commandArgs(TRUE)
if (length(args)) level <- as.numeric(args[1])
t <- read.delim(file("stdin"), check.names = FALSE, quote = "",
    na.strings = "", colClasses = "character")
num <- function(x) as.numeric(t[[x]])
z <- qnorm((1 + level) / 2)

# Tango 1998: the differences that the score test does not reject. The
# likelihood under a difference d is maximised numerically, so that this does
# not share a closed form with libcx.
statistic <- function(d, minus, zero, plus) {
    n <- minus + zero + plus
    loglik <- function(q) {
        p <- c(q, 1 - 2 * q - d, q + d)
        x <- c(minus, zero, plus)
        if (any(p < 0) || any(p == 0 & x > 0)) return(-1e300)
        sum(ifelse(x > 0, x * log(p), 0))
    }
    lower <- max(0, -d)
    upper <- (1 - d) / 2
    q <- if (upper - lower < 1e-12) lower else {
        o <- optimize(loglik, c(lower, upper), maximum = TRUE, tol = 1e-14)
        ends <- c(lower, upper, o$maximum)
        ends[which.max(sapply(ends, loglik))]
    }
    v <- n * (2 * q + d - d^2)
    if (v <= 0) 0 else (plus - minus - n * d) / sqrt(v)
}
tango <- function(minus, zero, plus) {
    est <- (plus - minus) / (minus + zero + plus)
    f <- function(d, s) statistic(d, minus, zero, plus) - s
    lo <- if (f(-1 + 1e-13, z) < 0) -1 else
        uniroot(f, c(-1 + 1e-13, est - 1e-13), s = z, tol = 1e-13)$root
    hi <- if (f(1 - 1e-13, -z) > 0) 1 else
        uniroot(f, c(est + 1e-13, 1 - 1e-13), s = -z, tol = 1e-13)$root
    c(lo, hi)
}
wald <- function(d, a, p, z) {
    w <- c(d, a, p) / (d + a + p)
    c2 <- w[3] - w[1]
    c2 + c(-1, 1) * z * sqrt((w[3] + w[1] - c2^2) / (d + a + p))
}
one <- function(d, a, p, ci) {
    s <- rep(c(-1, 0, 1), c(d, a, p))
    m <- mean(s)
    se <- sqrt(mean((s - m)^2) / length(s))
    i <- switch(ci, score = tango(d, a, p),
        "adjusted-wald" = wald(d + .75, a + 1.5, p + .75, z),
        wald = wald(d, a, p, z))
    100 * c(m, se, max(i[1], -1), min(i[2], 1))
}
bad <- 0
for (i in seq_len(nrow(t))) {
    if (num("n")[i] == 0) next
    want <- sprintf("%.4f", one(num("detractors")[i], num("passives")[i],
        num("promoters")[i], t$ci[i]) + 0)
    got <- c(t$nps[i], t$se[i], t$lo[i], t$hi[i])
    want[want == "-0.0000"] <- "0.0000"
    if (!identical(want, got)) {
        bad <- bad + 1
        cat("row", i, "wants", want, "has", got, "\n")
    }
}
cat(nrow(t), "rows,", bad, "differ\n")
quit(status = bad > 0)
