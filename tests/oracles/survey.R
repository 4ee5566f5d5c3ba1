# SPDX-License-Identifier: GPL-3.0-or-later
#
# Checks a table of weights, clusters or strata against R's survey package
# (Debian: r-cran-survey): cx-nps -w w --cluster customer ... survey.tsv |
#	Rscript tests/oracles/survey.R weight=w cluster=customer strata=stratum
# where each word may be left out. A table of cx-csat or cx-ces says
# score=csat scale=1..5 top=2 (and bad=high) too. The records are those of
# tests/golden/data/survey.tsv, or of data=FILE; columns before n are groups,
# "month" is of the time. R's mean, svymean(deff = "replace") of subset(), is
# the score; its t has degf(subset()) degrees of freedom.
suppressPackageStartupMessages(library(survey))
options(survey.lonely.psu = "fail")
args <- list(weight = NULL, data = "tests/golden/data/survey.tsv",
    score = "nps", scale = "1..5", top = "2", level = ".95")
for (a in strsplit(commandArgs(TRUE), "=")) args[[a[1]]] <- a[2]
read <- function(file) read.delim(file, check.names = FALSE, quote = "",
    na.strings = "", colClasses = "character")
t <- read(file("stdin"))
d <- read(args$data)
num <- function(x) as.numeric(t[[x]])
net <- "nps" %in% names(t)

raw <- as.numeric(d[[args$score]])
ends <- as.numeric(strsplit(args$scale, "..", fixed = TRUE)[[1]])
d$raw <- raw
d$y <- if (net) (raw >= 9) - (raw <= 6) else
    if (identical(args$bad, "high")) raw < ends[1] + as.numeric(args$top) else
    raw > ends[2] - as.numeric(args$top)
d$y <- as.numeric(d$y)
d$month <- substr(d$time, 1, 7)
d$one <- if (is.null(args$weight)) 1 else as.numeric(d[[args$weight]])
column <- function(x) if (is.null(x)) NULL else reformulate(x)
design <- svydesign(if (is.null(args$cluster)) ~1 else column(args$cluster),
    strata = column(args$strata), weights = ~one, data = d, nest = TRUE)

# The mean of a variable over a part, its error and t interval.
mean_of <- function(formula, part) {
    part <- subset(part, one > 0)
    m <- svymean(formula, part, deff = "replace")
    se <- as.numeric(SE(m))
    df <- degf(part)
    half <- if (df > 0) qt((1 + as.numeric(args$level)) / 2, df) * se else NA
    list(mean = as.numeric(coef(m)), se = se, lo = as.numeric(coef(m)) - half,
        hi = as.numeric(coef(m)) + half, deff = as.numeric(deff(m)))
}
print4 <- function(x) {
    s <- ifelse(is.na(x), NA, sprintf("%.4f", x))
    ifelse(!is.na(s) & s == "-0.0000", "0.0000", s)
}
bad <- 0
groups <- names(t)[seq_len(match("n", names(t)) - 1)]
for (i in seq_len(nrow(t))) {
    own <- !is.na(d$y)
    for (g in groups) own <- own & (if (is.na(t[i, g])) is.na(d[[g]]) else
        !is.na(d[[g]]) & d[[g]] == t[i, g])
    if (!any(own)) next
    part <- subset(design, own)
    m <- mean_of(~y, part)
    w <- d$one[own]
    want <- c(n = as.character(sum(own)),
        print4(c(lo = max(100 * m$lo, if (net) -100 else 0),
            hi = min(100 * m$hi, 100), n_eff = sum(w)^2 / sum(w^2),
            deff = m$deff)))
    if (net) {
        want <- c(want, print4(c(nps = 100 * m$mean, se = 100 * m$se)),
            ci = "linearised")
    } else {
        r <- mean_of(~raw, part)
        want <- c(want, print4(c(top_box = 100 * m$mean, mean = r$mean,
            mean_lo = r$lo, mean_hi = r$hi)))
    }
    got <- unlist(t[i, names(want)])
    off <- is.na(want) != is.na(got) | (!is.na(want) & want != got)
    if (any(off)) {
        bad <- bad + 1
        cat("row", i, ":", paste(names(want)[off], "wants", want[off],
            "has", got[off]), sep = " ", fill = TRUE)
    }
}
cat(nrow(t), "rows,", bad, "differ\n")
quit(status = bad > 0)
