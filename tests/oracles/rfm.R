# SPDX-License-Identifier: GPL-3.0-or-later
#
# rfm.R CDNOW_master.txt - recency, frequency and money of the customers of
# CDNOW as of 1998-06-30, scores by quantile(type = 7) and with bins that are
# closed above, as those of cut() and of the package rfm, and the sizes of the
# segments, for tests/cmd/rfm.t. Then the segments of all 125 triples of
# scores, for tests/unit/t-rfm.c. Made with R 4.2.2.
args <- commandArgs(TRUE)
bounds <- list(
  "Champions" = c(5, 5, 5, 5, 5, 5),
  "Potential Loyalist" = c(3, 5, 3, 5, 2, 5),
  "Loyal" = c(2, 4, 2, 4, 2, 4),
  "Promising" = c(3, 4, 1, 3, 3, 5),
  "New" = c(4, 5, 1, 3, 1, 5),
  "Can't Lose Them" = c(1, 2, 3, 4, 4, 5),
  "At Risk" = c(1, 2, 2, 5, 4, 5),
  "Need Attention" = c(1, 3, 3, 5, 3, 5),
  "About To Sleep" = c(2, 3, 1, 3, 1, 4),
  "Lost" = c(1, 1, 1, 5, 1, 5))
segment <- function(r, f, m) {
  out <- rep("Others", length(r))
  for (name in rev(names(bounds))) {
    b <- bounds[[name]]
    hit <- r >= b[1] & r <= b[2] & f >= b[3] & f <= b[4] & m >= b[5] & m <= b[6]
    out[hit] <- name
  }
  out
}
d <- read.table(args[1], header = TRUE)
names(d) <- c("id", "date", "cds", "amount")
d$day <- as.integer(as.Date(as.character(d$date), "%Y%m%d"))
today <- as.integer(as.Date("1998-06-30"))
last <- tapply(d$day, d$id, max)
n <- tapply(d$day, d$id, length)
money <- tapply(round(d$amount * 100), d$id, sum) / 100
cuts <- function(x) quantile(x, c(.2, .4, .6, .8), names = FALSE)
score <- function(x, cut = cuts(x)) 1 + findInterval(x, cut, left.open = TRUE)
recency <- today - last
r <- 6 - score(recency)
f <- score(n)
m <- score(money)
cat("cuts", cuts(recency), "/", cuts(n), "/", cuts(money), "\n")
s <- segment(r, f, m)
for (name in sort(unique(s), method = "radix"))
  cat(sprintf("%s\t%d\t%.2f\t%d\n", name, sum(s == name), sum(money[s == name]),
              sum(n[s == name])))
cat("given\n")
r <- 6 - score(recency, c(90, 180, 360, 480))
f <- score(n, c(2, 3, 5, 10))
m <- score(money, c(25, 50, 100, 250))
s <- segment(r, f, m)
for (name in sort(unique(s), method = "radix"))
  cat(sprintf("%s\t%d\t%.2f\t%d\n", name, sum(s == name), sum(money[s == name]),
              sum(n[s == name])))
g <- expand.grid(m = 1:5, f = 1:5, r = 1:5)
order <- c(names(bounds), "Others")
cat(letters[match(segment(g$r, g$f, g$m), order)], sep = "")
cat("\n")
