# SPDX-License-Identifier: GPL-3.0-or-later
#
# Checks the estimates of a table of cx-csat or cx-ces against its counts, by
# R's own functions: cx-csat ... | Rscript tests/oracles/boxes.R [LEVEL [BASE]]
# BASE is that of --low-base. "seen" as a third word is --denominator seen.
args <- commandArgs(TRUE)
level <- if (length(args)) as.numeric(args[1]) else .95
base <- if (length(args) > 1) as.numeric(args[2]) else 30
seen <- "seen" %in% args
t <- read.delim(file("stdin"), check.names = FALSE, quote = "",
    na.strings = "", colClasses = "character")
num <- function(x, i) as.numeric(t[[x]][i])
expected <- function(n, top, bottom, sum, squares, missing) {
    asked <- if (seen) n + missing else n
    wilson <- if (asked == 0) c(NA, NA) else suppressWarnings(
        prop.test(top, asked, conf.level = level, correct = FALSE))$conf.int
    m <- sum / n
    # t.test from the sums
    half <- if (n > 1) qt((1 + level) / 2, n - 1) *
        sqrt((squares - n * m^2) / (n - 1) / n) else NA
    ends <- as.numeric(strsplit(sub(" .*", "", t$scale[1]), "..",
        fixed = TRUE)[[1]])
    c(top_box = if (asked == 0) NA else 100 * top / asked,
        lo = 100 * wilson[1], hi = 100 * wilson[2],
        mean = if (n == 0) NA else m, mean_lo = max(m - half, ends[1]),
        mean_hi = min(m + half, ends[2]),
        low_base = as.numeric(n < base))
}
bad <- 0
for (i in seq_len(nrow(t))) {
    want <- expected(num("n", i), num("top", i), num("bottom", i),
        num("sum", i), num("sum_squares", i), num("missing", i))
    got <- as.numeric(t[i, names(want)])
    off <- is.na(want) != is.na(got) |
        (!is.na(want) & !is.na(got) & abs(want - got) > .5e-4 + 1e-9)
    if (any(off)) {
        bad <- bad + 1
        cat("row", i, ":", paste(names(want)[off], "wants", want[off], "has",
            got[off]), "\n")
    }
}
cat(nrow(t), "rows,", bad, "differ\n")
quit(status = bad > 0)
