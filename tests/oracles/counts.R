# SPDX-License-Identifier: GPL-3.0-or-later
#
# Checks the counts of a table, and the means of units, against the records:
#	cx-nps --unit customer-mean -t month FILE |
#	Rscript tests/oracles/counts.R data=FILE unit=customer-mean period=month
# Words: data, score (nps), scale (0..10), top, bottom and high=bad (for cx-csat
# and cx-ces), period, tz, since, until, rolling (days), unit, level. Columns
# before n are groups, the last of them the period. Written from the manual
# pages, not from the programs; periods and zones are R's.
args <- list(score = "nps", scale = "0..10", top = "2", bottom = "2",
    tz = "UTC", unit = "response", level = ".95")
for (a in strsplit(commandArgs(TRUE), "=")) args[[a[1]]] <- a[2]
read <- function(file, sep) read.table(file, header = TRUE, sep = sep,
    check.names = FALSE, na.strings = "", colClasses = "character",
    comment.char = "", quote = if (sep == ",") "\"" else "")
t <- read(file("stdin"), "\t")
d <- read(args$data, if (grepl("csv$", args$data)) "," else "\t")
net <- "nps" %in% names(t)
ends <- as.numeric(strsplit(args$scale, "..", fixed = TRUE)[[1]])

# ---- answers: class 1 is top, -1 bottom ----

good <- as.numeric(d[[args$score]])
d$raw <- good
if (identical(args$high, "bad")) good <- sum(ends) - good
d$class <- if (net) (good >= 9) - (good <= 6) else
    (good > ends[2] - as.numeric(args$top)) -
    (good < ends[1] + as.numeric(args$bottom))
d$y <- if (net) d$class else as.numeric(d$class == 1)
d$good <- good
d$row <- seq_len(nrow(d))

# ---- times; offsets are whole hours in these files ----

utc <- rep(as.POSIXct(NA), nrow(d))
if ("time" %in% names(d)) {
    offset <- sub("^.*?(Z|[+-][0-9:]{5})$", "\\1", d$time)
    offset[offset == "Z"] <- "+00:00"
    seconds <- 3600 * as.numeric(substr(offset, 1, 3))
    utc <- as.POSIXct(sub("T", " ", substr(d$time, 1, 19)), tz = "UTC") -
        seconds
}
local <- as.POSIXlt(utc, tz = args$tz)
d$day <- as.Date(format(local, "%Y-%m-%d"))
d$seconds <- as.numeric(utc)
period_of <- function(day) switch(args$period, day = format(day),
    week = format(day, "%G-W%V"), month = format(day, "%Y-%m"),
    quarter = ifelse(is.na(day), NA, paste0(format(day, "%Y"), "-",
        quarters(day))),
    year = format(day, "%Y"))
# the last day of a period, by trying
last_day <- function(name) {
    days <- seq(as.Date("2000-01-01"), as.Date("2040-01-01"), 1)
    max(days[period_of(days) == name])
}
if (!is.null(args$since)) d <- subset(d, day >= args$since)
if (!is.null(args$until)) d <- subset(d, day <= args$until)

# ---- groups; with rolling, a record is in several ----

groups <- names(t)[seq_len(match("n", names(t)) - 1)]
if (!is.null(args$period)) {
    groups <- groups[-length(groups)]
    p <- period_of(d$day)
    if (is.null(args$rolling)) {
        d$period <- p
    } else {
        d <- do.call(rbind, lapply(sort(unique(p)), function(name) {
            end <- last_day(name)
            own <- d[!is.na(d$day) & d$day <= end &
                d$day > end - as.numeric(args$rolling), ]
            if (nrow(own)) cbind(own, period = name)
        }))
    }
}
cells <- c(groups, if (!is.null(args$period)) "period")
key <- function(x) if (length(cells) == 0) rep("", nrow(x)) else
    do.call(paste, c(lapply(x[cells], function(v) ifelse(is.na(v), "", v)),
        sep = "|"))
d$key <- key(d)

# ---- units ----

first <- function(x) x[order(x$seconds, x$row, na.last = FALSE), ][1, ]
latest <- function(x) x[order(x$seconds, x$row, na.last = FALSE), ][nrow(x), ]
by <- function(x, who, f) if (nrow(x) == 0) x else
    do.call(rbind, lapply(split(x, who), f))
name <- function(x, what) ifelse(is.na(x[[what]]), paste("unknown", x$row),
    x[[what]])
mean_row <- function(x) { x1 <- x[1, ]; x1$y <- mean(x$y)
    x1$raw <- mean(x$raw); x1 }
units <- function(x) switch(args$unit, response = x,
    "customer-latest" = by(x, name(x, "customer"), latest),
    "customer-first" = by(x, name(x, "customer"), first),
    "customer-mean" = by(x, name(x, "customer"), mean_row),
    "account-latest" = by(x, name(x, "account"), latest),
    "account-mean" = by(x, name(x, "account"), function(a)
        mean_row(by(a, name(a, "customer"), latest))),
    "account-worst" = by(x, name(x, "account"), function(a) {
        a <- by(a, name(a, "customer"), latest)
        a[which.min(a$good), ]
    }))
means <- grepl("mean$", args$unit)

# ---- row by row ----

# The mean over a part of m units and its t interval: the linearised error,
# with the spread by m and the degrees of freedom of the part.
mean_of <- function(x, m, name, unit, clip) {
    n <- length(x)
    se <- if (n > 1) sqrt(m / (m - 1) * sum((x - mean(x))^2)) / n else NA
    half <- if (n > 1) qt((1 + as.numeric(args$level)) / 2, n - 1) * se else NA
    i <- mean(x) + c(-1, 1) * half
    r <- unit * c(mean(x), se, pmin(pmax(i, clip[1]), clip[2]))
    names(r) <- name
    r
}
expected <- function(own) {
    u <- units(own[!is.na(own$raw), ])
    want <- c(n = nrow(u), missing = sum(is.na(own$raw)))
    if (!means) {
        want <- c(want, table(factor(u$class, c(1, 0, -1))))
        names(want)[3:5] <- if (net) c("promoters", "passives",
            "detractors") else c("top", "middle", "bottom")
        if (!net) want <- c(want, sum = sum(u$raw), sum_squares =
            sum(u$raw^2))
        return(want)
    }
    if (nrow(u) == 0) return(want)
    want <- c(want, mean_of(u$y, nrow(u), if (net) c("nps", "se", "lo", "hi")
        else c("top_box", "none", "lo", "hi"), 100, c(if (net) -1 else 0, 1)))
    if (!net) want <- c(want, mean_of(u$raw, nrow(u), c("mean", "none",
        "mean_lo", "mean_hi"), 1, ends))
    want
}
bad <- 0
shown <- t
names(shown)[seq_along(cells)] <- cells
keys <- key(shown)
if (!setequal(keys, if (length(cells)) d$key else "") ||
    anyDuplicated(keys) || is.unsorted(order(keys))) {
    bad <- bad + 1
    cat("rows wanted:", sort(unique(d$key)), "\nrows there:", keys, "\n")
}
for (i in seq_len(nrow(t))) {
    want <- expected(d[d$key == keys[i], ])
    want <- want[names(want) %in% names(t)]
    got <- as.numeric(t[i, names(want)])
    off <- is.na(got) != is.na(want) |
        (!is.na(got) & !is.na(want) & abs(want - got) > .5e-4 + 1e-9)
    if (any(off)) {
        bad <- bad + 1
        if (bad <= 10) cat("row", i, ":", paste(names(want)[off], "wants", want[off], "has",
            got[off]), "\n")
    }
}
cat(nrow(t), "rows,", bad, "differ\n")
quit(status = bad > 0)
