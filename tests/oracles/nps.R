# SPDX-License-Identifier: GPL-3.0-or-later
#
# Checks a table of cx-nps against R: Rscript tests/oracles/nps.R <TABLE.tsv
# The formulas are written down from the papers, not from libcx: the score of
# an answer is -1, 0 or 1; se is its population standard deviation over
# sqrt(n); the interval is that of Rocks 2016 with 3/4, 3/2, 3/4 added.
level <- 0.95
args <- commandArgs(TRUE)
if (length(args)) level <- as.numeric(args[1])
t <- read.delim(file("stdin"), check.names = FALSE, quote = "",
    na.strings = "", colClasses = "character")
num <- function(x) as.numeric(t[[x]])
one <- function(d, a, p) {
    s <- rep(c(-1, 0, 1), c(d, a, p))
    m <- mean(s)
    se <- sqrt(mean((s - m)^2) / length(s))
    w <- c(d + .75, a + 1.5, p + .75)
    w <- w / sum(w)
    c2 <- w[3] - w[1]
    h <- qnorm((1 + level) / 2) *
        sqrt((w[3] + w[1] - c2^2) / (d + a + p + 3))
    100 * c(m, se, max(c2 - h, -1), min(c2 + h, 1))
}
bad <- 0
for (i in seq_len(nrow(t))) {
    if (num("n")[i] == 0) next
    want <- sprintf("%.4f", one(num("detractors")[i], num("passives")[i],
        num("promoters")[i]) + 0)
    got <- c(t$nps[i], t$se[i], t$lo[i], t$hi[i])
    want[want == "-0.0000"] <- "0.0000"
    if (!identical(want, got)) {
        bad <- bad + 1
        cat("row", i, "wants", want, "has", got, "\n")
    }
}
cat(nrow(t), "rows,", bad, "differ\n")
quit(status = bad > 0)
