# SPDX-License-Identifier: GPL-3.0-or-later
#
# Checks a table of weights, clusters or strata against R's survey package
# (Debian: r-cran-survey), from the root of the tree:
#	cx-nps -w w --cluster customer -g segment tests/golden/data/survey.tsv |
#	Rscript tests/oracles/survey.R weight=w cluster=customer
# Words: weight, cluster, strata, unit=latest (of each customer), level, data
# (another file). For a table of cx-csat or cx-ces: score=csat scale=1..5
# top=2, and high=bad; with --rake, rake=FILE: postStratify() of one column,
# rake() of several, for the answers of each month. Columns before n are groups; "month" is of the time.
# With --vs: vs=rest, previous, first or group, by one group column and month;
# differences are svyglm(y ~ inside) of the two parts, whose coefficient is
# the difference of the means; of periods that are raked each, by Welch and
# Satterthwaite from the two means.
# The score is svymean(deff = "replace") of subset(design, group); Student's t
# has degf() of that subset degrees of freedom.
suppressPackageStartupMessages(library(survey))
options(survey.lonely.psu = "fail")
args <- list(weight = NULL, data = "tests/golden/data/survey.tsv",
    score = "nps", scale = "1..5", top = "2", level = ".95")
for (a in strsplit(commandArgs(TRUE), "=")) args[[a[1]]] <- a[2]
read <- function(file) read.delim(file, check.names = FALSE, quote = "",
    na.strings = "", colClasses = "character")
t <- read(file("stdin"))
d <- read(args$data)
net <- "nps" %in% names(t)

# ---- y: -1, 0, 1, or 0, 1 for the top box ----

d$raw <- as.numeric(d[[args$score]])
ends <- as.numeric(strsplit(args$scale, "..", fixed = TRUE)[[1]])
top <- as.numeric(args$top)
d$y <- as.numeric(if (net) (d$raw >= 9) - (d$raw <= 6) else
    if (identical(args$high, "bad")) d$raw < ends[1] + top else
    d$raw > ends[2] - top)
d$month <- substr(d$time, 1, 7)
groups <- names(t)[seq_len(match("n", names(t)) - 1)]

# ---- the sample ----

if (!is.null(args$unit)) {
    d <- d[!is.na(d$y), ]
    d <- d[order(ifelse(is.na(d$time), "", d$time), seq_len(nrow(d))), ]
    who <- ifelse(is.na(d$customer), paste("#", d$id), d$customer)
    d <- d[!duplicated(cbind(d[groups], who), fromLast = TRUE), ]
}
d$one <- if (is.null(args$weight)) 1 else as.numeric(d[[args$weight]])
column <- function(x) if (is.null(x)) NULL else reformulate(x)
design_of <- function(d) svydesign(
    if (is.null(args$cluster)) ~1 else column(args$cluster),
    strata = column(args$strata), weights = ~one, data = d, nest = TRUE)
raked <- function(d) {
    margins <- read(args$rake)
    columns <- unique(margins$column)
    shares <- lapply(columns, function(k) {
        own <- margins[margins$column == k, ]
        x <- as.numeric(own$share)
        setNames(data.frame(own$value, x / sum(x) * sum(d$one)), c(k, "Freq"))
    })
    of <- lapply(columns, reformulate)
    if (length(columns) == 1)
        return(postStratify(design_of(d), of[[1]], shares[[1]]))
    rake(design_of(d), of, shares, control = list(maxit = 1000,
        epsilon = 1e-12 * sum(d$one)))
}
design <- design_of(d)

# The mean of a variable over a part, its error and t interval.
mean_of <- function(formula, part) {
    part <- subset(part, one > 0)
    m <- svymean(formula, part, deff = "replace")
    se <- as.numeric(SE(m))
    df <- degf(part)
    # What is all the same tells of no error.
    half <- if (df > 0 && se > 1e-12)
        qt((1 + as.numeric(args$level)) / 2, df) * se else NA
    list(mean = as.numeric(coef(m)), se = se, lo = as.numeric(coef(m)) - half,
        hi = as.numeric(coef(m)) + half, deff = as.numeric(deff(m)))
}
expected <- function(own) {
    part <- subset(design, own)
    if (!is.null(args$rake)) {
        base <- !is.na(d$y)
        if ("month" %in% groups) base <- base & d$month == d$month[own][1]
        part <- subset(raked(d[base, ]), own[base])
    }
    m <- mean_of(~y, part)
    w <- weights(part)
    x <- c(n = sum(own), lo = max(100 * m$lo, if (net) -100 else 0),
        hi = min(100 * m$hi, 100), n_eff = sum(w)^2 / sum(w^2), deff = m$deff)
    if (net) return(c(x, nps = 100 * m$mean, se = 100 * m$se))
    r <- mean_of(~raw, part)
    c(x, top_box = 100 * m$mean, mean = r$mean, mean_lo = max(r$lo, ends[1]),
        mean_hi = min(r$hi, ends[2]))
}

# ---- differences ----

answered <- !is.na(d$y)
of_row <- function(i) {
    own <- answered
    for (g in groups) own <- own & d[[g]] %in% t[i, g]
    own
}
other_of <- function(i, own) {
    same <- answered
    if ("month" %in% groups && args$vs %in% c("rest", "group"))
        same <- same & d$month %in% t$month[i]
    if (args$vs == "rest") return(same & !own)
    for (g in setdiff(groups, "month"))
        same <- same & d[[g]] %in% (if (args$vs == "group" ||
            !"month" %in% groups) t$vs[i] else t[i, g])
    if (args$vs %in% c("previous", "first") && "month" %in% groups)
        same <- same & d$month %in% t$vs[i]
    same
}
# Of two sides, of so many sampling units, with or without a spread: one that
# has none varies as the other does; where neither has one there is no
# interval, and where one has fewer than 5 units no test.
by_t <- function(diff, se, df, n, spread) {
    if (spread[1] != spread[2])
        se <- se * sqrt(1 + n[spread] / n[!spread])
    if (!any(spread)) se <- NA
    half <- if (is.finite(df) && df > 0)
        qt((1 + as.numeric(args$level)) / 2, df) * se else NA
    if (!(is.finite(df) && df > 0)) se <- NA
    most <- if (net) 200 else 100
    c(diff = 100 * diff, diff_lo = max(100 * (diff - half), -most),
        diff_hi = min(100 * (diff + half), most),
        p = if (is.na(se) || min(n) < 5) NA else 2 * pt(-abs(diff / se), df))
}
units_of <- function(own) nrow(unique(cbind(
    if (is.null(args$strata)) 1 else d[[args$strata]],
    if (is.null(args$cluster)) seq_len(nrow(d)) else
        d[[args$cluster]])[own & d$one > 0, , drop = FALSE]))
has_spread <- function(design, own) {
    part <- subset(design, own & one > 0)
    degf(part) > 0 && as.numeric(SE(svymean(~y, part))) > 1e-12
}
apart <- function(a, b) {
    one <- function(own) {
        part <- subset(raked(d[answered & d$month %in% d$month[own][1], ]),
            own[answered & d$month %in% d$month[own][1]])
        c(mean_of(~y, part)[1:2], df = degf(part))
    }
    x <- one(a); y <- one(b)
    se <- sqrt(x$se^2 + y$se^2)
    spread <- c(x$se, y$se) > 1e-12
    df <- if (all(spread)) se^4 / (x$se^4 / x$df + y$se^4 / y$df) else
        c(x$df, y$df)[spread][1]
    by_t(x$mean - y$mean, se, df, c(x$df, y$df) + 1, spread)
}
difference <- function(i) {
    own <- of_row(i)
    other <- other_of(i, own)
    if (!any(other) || !any(own)) return(NULL)
    d$inside <- own
    base <- answered
    if (!is.null(args$rake)) {
        if ("month" %in% groups && args$vs %in% c("previous", "first"))
            return(apart(own, other))
        if ("month" %in% groups) base <- base & d$month %in% t$month[i]
        all <- raked(d[base, ])
    } else {
        base <- rep(TRUE, nrow(d))
        all <- design_of(d)
    }
    part <- subset(all, (own | other)[base] & one > 0)
    if (degf(part) < 1) return(NULL)
    m <- svyglm(y ~ inside, part)
    by_t(coef(m)[[2]], SE(m)[[2]], degf(part), c(units_of(own),
        units_of(other)), c(has_spread(all, own[base]),
        has_spread(all, other[base])))
}

# ---- row by row; four decimals, of which R may round a half otherwise ----

bad <- 0
for (i in seq_len(nrow(t))) {
    own <- !is.na(d$y)
    for (g in groups) own <- own & d[[g]] %in% t[i, g]
    want <- expected(own)
    if ("vs" %in% names(t) && !is.na(t$vs[i])) want <- c(want, difference(i))
    got <- as.numeric(t[i, names(want)])
    within <- ifelse(names(want) != "p", .5e-4 + 1e-9, ifelse(want < .001,
        1e-5 * want, .5e-6 + 1e-11))
    off <- is.na(want) != is.na(got) |
        (!is.na(want) & !is.na(got) & abs(want - got) > within)
    if (any(off)) {
        bad <- bad + 1
        if (bad <= 10) cat("row", i, ":", paste(names(want)[off], "wants",
            sprintf("%.6f", want[off]), "has", got[off]), "\n")
    }
}
cat(nrow(t), "rows,", bad, "differ\n")
quit(status = bad > 0)
