# SPDX-License-Identifier: GPL-3.0-or-later
#
# Prints the values that the unit tests of libcx/model expect and that do not
# come from a paper: Rscript tests/oracles/scores.R
# The formulas are written down from the papers, not from libcx. R 4.2.2.
show <- function(name, ...) cat(sprintf("%-34s", name),
    sprintf(" %.15g", c(...)), "\n", sep = "")

# ---- intervals of one score, on -1 to 1: detractors, passives, promoters ----

wald <- function(d, a, p, level = .95) {
    s <- rep(c(-1, 0, 1), c(d, a, p))
    mean(s) + c(-1, 1) * qnorm((1 + level) / 2) *
        sqrt(mean((s - mean(s))^2) / length(s))
}
# Of counts that are not whole: the second moment, from the shares.
adjusted <- function(d, a, p, level = .95) {
    w <- c(d + .75, a + 1.5, p + .75)
    n <- sum(w)
    m <- sum(c(-1, 0, 1) * w) / n
    m + c(-1, 1) * qnorm((1 + level) / 2) *
        sqrt((sum(c(1, 0, 1) * w) / n - m^2) / n)
}
# Tango 1998: the statistic with b = promoters, c = detractors; its roots.
tango_z <- function(b, c, n, delta) {
    A <- 2 * n
    B <- -b - c + (2 * n - b + c) * delta
    C <- -c * delta * (1 - delta)
    q <- (sqrt(pmax(B^2 - 4 * A * C, 0)) - B) / (2 * A)
    (b - c - n * delta) / sqrt(n * (2 * q + delta * (1 - delta)))
}
tango <- function(d, a, p, level = .95) {
    n <- d + a + p
    m <- (p - d) / n
    z <- qnorm((1 + level) / 2)
    near <- 1e-9
    root <- function(lo, hi, z) uniroot(function(x) tango_z(p, d, n, x) - z,
        c(lo, hi), tol = 1e-16, maxiter = 10000)$root
    c(if (m == -1) -1 else root(-1 + near, m - near, z),
        if (m == 1) 1 else root(m + near, 1 - near, -z))
}
methods <- list(wald = wald, adjusted = adjusted, tango = tango)
cases <- list(c(10, 20, 70), c(25, 30, 45), c(0, 0, 10), c(0, 10, 0),
    c(2, 0, 3), c(0, 7, 3), c(508, 1169, 1662))
for (x in cases)
    for (m in names(methods))
        show(paste(m, paste(x, collapse = "/")),
            do.call(methods[[m]], as.list(x)))
for (level in c(.5, .9, .999))
    show(paste("tango 10/20/70", level), tango(10, 20, 70, level))

# ---- exact coverage: mean over shares in twentieths, n = 10, 20, 100 ----

steps <- 20
shares <- subset(expand.grid(d = 0:steps, p = 0:steps), d + p <= steps)
coverage <- function(n, interval) {
    k <- subset(expand.grid(d = 0:n, p = 0:n), d + p <= n)
    k$a <- n - k$d - k$p
    ends <- t(mapply(interval, k$d, k$a, k$p))
    mean(mapply(function(d, p) {
        truth <- (p - d) / steps
        held <- ends[, 1] <= truth + 1e-12 & ends[, 2] >= truth - 1e-12
        i <- k[held, ]
        sum(exp(lfactorial(n) - lfactorial(i$d) - lfactorial(i$a) -
            lfactorial(i$p)) * (d / steps)^i$d * (p / steps)^i$p *
            ((steps - d - p) / steps)^i$a)
    }, shares$d, shares$p))
}
for (n in c(10, 20, 100))
    for (m in names(methods))
        show(paste("coverage", m, n), coverage(n, methods[[m]]))

# ---- proportions ----

wilson <- function(x, n, level = .95)
    prop.test(x, n, conf.level = level, correct = FALSE)$conf.int
mover <- function(a, of_a, b, of_b)
    a - b + c(-1, 1) * sqrt(c((a - of_a[1])^2 + (of_b[2] - b)^2,
        (of_a[2] - a)^2 + (b - of_b[1])^2))
newcombe <- function(x, n, y, m, level = .95)
    mover(x / n, wilson(x, n, level), y / m, wilson(y, m, level))
show("wilson 81/263", wilson(81, 263))
show("wilson 81/263 .99", wilson(81, 263, .99))
show("wilson 0/20", wilson(0, 20))
show("wilson 1/29", wilson(1, 29))
show("wilson 15/148", wilson(15, 148))
show("newcombe 56/70 48/80", newcombe(56, 70, 48, 80))
show("newcombe 0/10 0/20", newcombe(0, 10, 0, 20))
show("newcombe 7/34 1/34", newcombe(7, 34, 1, 34))
test <- prop.test(c(56, 48), c(70, 80), correct = FALSE)
show("z, p of 56/70 48/80", sqrt(test$statistic), test$p.value)

# ---- means ----

x <- rep(1:5, c(3, 4, 10, 21, 12))
y <- rep(1:5, c(9, 8, 6, 5, 2))
w <- rep(0:10, c(1, 0, 2, 0, 0, 3, 1, 4, 8, 9, 7))
for (v in list(x, y, w))
    show("mean, sd, se, t.test", mean(v), sd(v), sd(v) / sqrt(length(v)),
        t.test(v)$conf.int)
show("t.test .99", t.test(x, conf.level = .99)$conf.int)
test <- t.test(x, y)
show("Welch: se, t, df, p", test$stderr, test$statistic, test$parameter,
    test$p.value)
show("Welch: interval", test$conf.int)
show("Welch .9: interval", t.test(x, y, conf.level = .9)$conf.int)
for (df in c(1, 2.5, 29, 1e6, 1e12))
    show(paste("qt, pt", df), qt(.975, df), qt(.9995, df), 2 * pt(-3, df))

# ---- differences of scores ----

z <- (.6 - .2) / sqrt((.8 - .6^2) / 100 + (.7 - .2^2) / 100)
show("difference: z, p", z, 2 * pnorm(-z))
for (m in names(methods))
    show(paste("mover of", m), mover(.6, methods[[m]](10, 20, 70),
        .2, methods[[m]](25, 30, 45)))
show("p of z = 1, 10, 30", 2 * pnorm(-c(1, 10, 30)))

# ---- Cochran's Q ----

q_test <- function(x, se) {
    w <- 1 / se^2
    q <- sum(w * (x - weighted.mean(x, w))^2)
    c(q, pchisq(q, length(x) - 1, lower.tail = FALSE))
}
nps <- function(d, a, p) (p - d) / (d + a + p)
se <- function(d, a, p) sqrt(((p + d) / (d + a + p) - nps(d, a, p)^2) /
    (d + a + p))
d <- c(10, 25, 40, 3)
a <- c(20, 30, 50, 9)
p <- c(70, 45, 60, 8)
show("Q of four groups", q_test(nps(d, a, p), se(d, a, p)))
show("Q of the first two", q_test(nps(d, a, p)[1:2], se(d, a, p)[1:2]))
show("chi-square 1000, 2 df", pchisq(1000, 2, lower.tail = FALSE))

# ---- adjusted p-values ----

published <- c(.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459,
    .3240, .4262, .5719, .6528, .7590, 1)
show("BH", p.adjust(published, "BH"))
show("Holm", p.adjust(published, "holm"))
show("Bonferroni", p.adjust(published, "bonferroni"))
mixed <- c(.04, NA, .2, .04, .001, 0, 1, .2, NA, .04, .03)
show("BH, ties and NA", p.adjust(mixed, "BH"))
show("Holm, ties and NA", p.adjust(mixed, "holm"))
