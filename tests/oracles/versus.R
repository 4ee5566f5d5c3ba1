# SPDX-License-Identifier: GPL-3.0-or-later
#
# Checks what --vs adds to a table against its counts:
#	cx-nps -g segment -t month --vs rest FILE |
#	Rscript tests/oracles/versus.R vs=rest period=month
# Words: vs, period, adjust (bh), ci (auto), level. By R's prop.test,
# chisq.test, fisher.test, p.adjust, pnorm and pchisq, and by the formulas of the papers:
# MOVER, Zou and Donner 2008; Tango 1998; Rocks 2016; Q, Cochran 1954.
args <- list(vs = "rest", adjust = "bh", ci = "auto", level = ".95")
for (a in strsplit(commandArgs(TRUE), "=")) args[[a[1]]] <- a[2]
level <- as.numeric(args$level)
z <- qnorm((1 + level) / 2)
t <- read.delim(file("stdin"), check.names = FALSE, quote = "",
    na.strings = "", colClasses = "character")
net <- "nps" %in% names(t)
n_cells <- match("n", names(t)) - 1
cells <- t[seq_len(n_cells)]
cells[is.na(cells)] <- ""
period <- if (is.null(args$period)) rep("", nrow(t)) else cells[[n_cells]]
if (!is.null(args$period)) cells <- cells[-n_cells]
group <- if (ncol(cells)) do.call(paste, c(cells, sep = ",")) else
    rep("", nrow(t))
counts <- sapply(t[if (net) c("detractors", "passives", "promoters") else
    c("n", "top")], as.numeric)
counts <- matrix(counts, nrow(t))

# ---- one score: estimate, error, interval ----

wald <- function(x, added = c(0, 0, 0)) {
    w <- (x + added) / sum(x + added)
    m <- w[3] - w[1]
    c(m, sqrt((w[1] + w[3] - m^2) / sum(x + added)))
}
rocks <- c(.75, 1.5, .75)
tango_z <- function(d, x) {	# b, c: Tango's discordant pairs
    n <- sum(x); b <- x[3]; c <- x[1]
    B <- -b - c + (2 * n - b + c) * d
    q <- (sqrt(pmax(B^2 + 8 * n * c * d * (1 - d), 0)) - B) / (4 * n)
    (b - c - n * d) / sqrt(n * (2 * q + d * (1 - d)))
}
tango <- function(x) {
    m <- wald(x)[1]
    near <- 1e-9
    root <- function(lo, hi, z) uniroot(function(d) tango_z(d, x) - z,
        c(lo, hi), tol = 1e-15, maxiter = 10000)$root
    c(if (m == -1) -1 else root(-1 + near, m - near, z),
        if (m == 1) 1 else root(m + near, 1 - near, -z))
}
interval <- function(x) {
    if (!net) return(suppressWarnings(prop.test(x[2], x[1],
        conf.level = level, correct = FALSE))$conf.int)
    i <- switch(args$ci, auto = , score = tango(x),
        wald = wald(x)[1] + c(-1, 1) * z * wald(x)[2],
        "adjusted-wald" = wald(x, rocks)[1] + c(-1, 1) * z *
            wald(x, rocks)[2])
    c(max(i[1], -1), min(i[2], 1))
}
estimate <- function(x) if (net) wald(x) else
    c(x[2] / x[1], sqrt(x[2] / x[1] * (1 - x[2] / x[1]) / x[1]))

# ---- two ----

small <- function(x) sum(x) < 30 || any(x == 0)
p_value <- function(x, y) {
    if (!net) {
        table <- rbind(c(x[2], x[1] - x[2]), c(y[2], y[1] - y[2]))
        chi <- suppressWarnings(chisq.test(table, correct = FALSE))
        return(if (!is.na(chi$p.value) && any(chi$expected < 5))
            fisher.test(table)$p.value else chi$p.value)
    }
    if (sum(x) < 5 || sum(y) < 5) return(NA) # too few to test
    added <- if (small(x) || small(y)) rocks else 0
    a <- wald(x, added)
    b <- wald(y, added)
    s <- (a[1] - b[1]) / sqrt(a[2]^2 + b[2]^2)
    2 * pnorm(-abs(s))
}
compare <- function(x, y) {
    if (sum(x) == 0 || sum(y) == 0) return(rep(NA, 4))
    a <- estimate(x)[1]
    b <- estimate(y)[1]
    i <- interval(x)
    j <- interval(y)
    lo <- a - b - sqrt(max(a - i[1], 0)^2 + max(j[2] - b, 0)^2)
    hi <- a - b + sqrt(max(i[2] - a, 0)^2 + max(b - j[1], 0)^2)
    c(100 * c(a - b, lo, hi), p_value(x, y))
}

# ---- with whom ----

before <- function(p) {
    if (p == "") return(NA)
    day <- switch(args$period, day = as.Date(p), month = as.Date(paste0(p,
        "-01")), year = as.Date(paste0(p, "-01-01")), quarter =
        as.Date(sprintf("%s-%02d-01", substr(p, 1, 4),
            3 * as.numeric(substr(p, 7, 7)) - 2)), week = {
        days <- seq(as.Date("2000-01-01"), as.Date("2040-01-01"), 1)
        min(days[format(days, "%G-W%V") == p])
    }) - 1
    switch(args$period, day = format(day), month = format(day, "%Y-%m"),
        year = format(day, "%Y"), week = format(day, "%G-W%V"),
        quarter = paste0(format(day, "%Y"), "-", quarters(day)))
}
over_time <- args$vs == "previous" ||
    args$vs == "first" && !is.null(args$period)
family <- if (over_time) group else period
reference <- function(i) switch(args$vs,
    rest = setdiff(which(period == period[i]), i),
    previous = which(group == group[i] & period == before(period[i])),
    first = setdiff(which(family == family[i])[1], i),
    setdiff(which(group == args$vs & period == period[i]), i))
with <- lapply(seq_len(nrow(t)), reference)
want <- t(sapply(seq_len(nrow(t)), function(i) {
    r <- with[[i]]
    if (length(r) == 0 && args$vs != "rest") rep(NA, 4) else
        compare(counts[i, ], colSums(counts[r, , drop = FALSE]))
}))
named <- sapply(seq_len(nrow(t)), function(i) if (args$vs == "rest") "rest" else
    if (length(with[[i]]) == 0) NA else
    if (over_time) period[with[[i]]] else group[with[[i]]])
methods <- c(bh = "BH", holm = "holm", none = "none")
want <- cbind(want, p.adjust(want[, 4], methods[args$adjust]))
# of the rows of counts x, whether they differ at all
omnibus <- function(x) {
    if (!net) {
        share <- sum(x[, 2]) / sum(x[, 1])
        x <- x[x[, 1] >= 5 & x[, 1] * min(share, 1 - share) >= 1, ,
            drop = FALSE]
        if (nrow(x) < 2 || sum(x[, 2]) %in% c(0, sum(x[, 1])))
            return(c(NA, NA, NA))
        chi <- suppressWarnings(chisq.test(cbind(x[, 2], x[, 1] - x[, 2]),
            correct = FALSE))
        return(c(chi$statistic, chi$parameter, chi$p.value))
    }
    x <- x[rowSums(x) >= 5, , drop = FALSE]
    if (nrow(x) < 2) return(c(NA, NA, NA))
    added <- if (any(apply(x, 1, small))) rocks else 0
    e <- 100 * apply(x, 1, wald, added)
    s <- sum((e[1, ] - weighted.mean(e[1, ], 1 / e[2, ]^2))^2 / e[2, ]^2)
    c(s, nrow(x) - 1, pchisq(s, nrow(x) - 1, lower.tail = FALSE))
}
q <- t(sapply(seq_len(nrow(t)), function(i)
    omnibus(counts[family == family[i], , drop = FALSE])))
want <- cbind(want, q)
columns <- c("diff", "diff_lo", "diff_hi", "p", "p_adj", "q", "q_df", "q_p")
colnames(want) <- columns
digits <- c(4, 4, 4, 6, 6, 4, 0, 6)

# ---- row by row ----

bad <- 0
for (i in seq_len(nrow(t))) {
    got <- as.numeric(t[i, columns])
    off <- is.na(want[i, ]) != is.na(got) | (!is.na(want[i, ]) & !is.na(got) &
        abs(want[i, ] - got) > .5 * 10^-digits + 1e-9)
    if (any(off) || !identical(as.character(named[i]), t$vs[i])) {
        bad <- bad + 1
        if (bad <= 10) cat("row", i, ": vs wants", named[i], "has", t$vs[i],
            paste("; ", columns[off], "wants", want[i, off], "has", got[off]),
            "\n")
    }
}
cat(nrow(t), "rows,", bad, "differ\n")
quit(status = bad > 0)
