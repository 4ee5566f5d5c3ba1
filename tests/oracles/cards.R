# SPDX-License-Identifier: GPL-3.0-or-later
#
# cards.R STREAM COLUMN... - what cx-persona --cards -x COLUMN... --min-n 0
# tells of a stream with personas, recomputed, for tests/golden/cx-persona.
# Columns of numbers with more than ten different ones are taken as such.
# Made with R 4.2.2.
args <- commandArgs(TRUE)
d <- read.delim(args[1], colClasses = "character", na.strings = "",
                quote = "", check.names = FALSE)
columns <- args[-1]
out <- list()
put <- function(persona, attribute, value, n, share, index, lo, hi, p, h)
  out[[length(out) + 1]] <<- data.frame(persona, attribute, value, n, share,
                                        index, lo, hi, p, h)
for (persona in unique(na.omit(d$persona))) {
  mine <- !is.na(d$persona) & d$persona == persona
  for (column in columns) {
    x <- d[[column]]
    z <- suppressWarnings(as.numeric(x))
    if (length(unique(na.omit(x))) > 10 && !anyNA(z[!is.na(x)])) {
      a <- na.omit(z[mine]); b <- na.omit(z[!mine])
      t <- t.test(a)
      pooled <- sqrt(((length(a) - 1) * var(a) + (length(b) - 1) * var(b)) /
                     (length(a) + length(b) - 2))
      put(persona, column, sprintf("%.4f", mean(a)), length(a), NA,
          100 * mean(a) / mean(na.omit(z)), t$conf.int[1], t$conf.int[2],
          t.test(a, b)$p.value, (mean(a) - mean(b)) / pooled)
      next
    }
    for (value in sort(unique(na.omit(x)))) {
      a <- na.omit(x[mine]); b <- na.omit(x[!mine])
      k <- c(sum(a == value), sum(b == value)); n <- c(length(a), length(b))
      all <- sum(k) / sum(n)
      p <- NA
      if (all(n * all >= 5) && all(n * (1 - all) >= 5))
        p <- suppressWarnings(prop.test(k, n, correct = FALSE)$p.value)
      w <- suppressWarnings(prop.test(k[1], n[1], correct = FALSE)$conf.int)
      put(persona, column, value, k[1], 100 * k[1] / n[1],
          100 * k[1] / n[1] / all, 100 * w[1], 100 * w[2], p,
          2 * asin(sqrt(k[1] / n[1])) - 2 * asin(sqrt(k[2] / n[2])))
    }
  }
}
out <- do.call(rbind, out)
out$p_adj <- p.adjust(out$p, "BH")
number <- function(x, digits = 4)
  ifelse(is.na(x), "", sprintf(paste0("%.", digits, "f"), x))
p_value <- function(x)
  ifelse(!is.na(x) & x > 0 & x < .001, sprintf("%.5e", x), number(x, 6))
out <- out[order(out$persona, out$attribute, out$value, method = "radix"), ]
cat(with(out, paste(persona, attribute, value, n, number(share), number(index),
                    number(lo), number(hi), p_value(p_adj),
                    as.integer(!is.na(p_adj) & p_adj <= 0.05), sep = "\t")),
    sep = "\n")
