# SPDX-License-Identifier: GPL-3.0-or-later
#
# The numbers that tests/unit/t-design.c and t-rake.c expect, by R's survey:
#
#   Rscript tests/oracles/design.R          their tables, ready to paste
#   Rscript tests/oracles/design.R FILE     and the sample itself to FILE
#
# Needs r-cran-survey. The tables came from R 4.2.2, survey 4.1-1. The sample
# is made of the numbers of tests/lib/survey.h.
suppressMessages(library(survey))

# ---- the sample -----------------------------------------------------------

# Park and Miller 1988, Communications of the ACM 31(10), 1192-1201.
state <- 20261121
below <- function(n) {
    state <<- (state * 16807) %% 2147483647
    state %% n
}
record <- function(i) {
    cluster <- below(40)
    stratum <- cluster %% 4
    w <- (50 + below(300)) / 100
    score <- min(10, below(10) + cluster %% 3)
    csat <- 1 + min(4, (score + below(4)) %/% 3)
    channel <- c(0, 0, 0, 0, 0, 1, 1, 1, 2, 2)[1 + below(10)]
    age <- (channel + below(3)) %% 4
    band <- if (below(10) < 8) age else below(4)
    group <- below(3)
    if (group == 2 && cluster >= 20) group <- 0
    c(cluster, stratum, w, score, csat, channel, age, band, group)
}
s <- as.data.frame(t(sapply(1:240, record)))
names(s) <- c("cluster", "stratum", "w", "score", "csat", "channel", "age",
    "band", "group")
s$nps <- (s$score >= 9) - (s$score <= 6)
s$alone <- ifelse(s$cluster == 7, 4, s$stratum)
file <- commandArgs(TRUE)
if (length(file))
    write.table(s, file[1], sep = "\t", quote = FALSE, row.names = FALSE)

# ---- designs --------------------------------------------------------------

designs <- list(
    W = svydesign(~1, weights = ~w, data = s),
    S = svydesign(~1, strata = ~stratum, weights = ~w, data = s),
    C = svydesign(~cluster, weights = ~w, data = s),
    SC = svydesign(~cluster, strata = ~stratum, weights = ~w, data = s))
domain <- function(d, g) if (g < 0) d else subset(d, group == g)
show <- function(...) cat(sprintf(...), "\n", sep = "")

cat("/* t-design.c: R", paste0(R.version$major, ".", R.version$minor),
    "survey", as.character(packageVersion("survey")), "*/\n")
for (name in names(designs)) for (y in c("nps", "csat")) for (g in -1:2) {
    d <- domain(designs[[name]], g)
    f <- reformulate(y)
    wr <- svymean(f, d, deff = "replace")
    wor <- svymean(f, d, deff = TRUE)
    show('{ "%s", "%s", %d, %.12g, %.12g, %.12g, %.12g, %d, %d },', name, y, g,
        coef(wr), SE(wr), deff(wr), deff(wor), degf(designs[[name]]), degf(d))
}
# svyby gives what subset does
for (name in names(designs)) {
    by <- svyby(~nps, ~group, designs[[name]], svymean)
    for (g in 0:2) stopifnot(all.equal(tolerance = 1e-14, SE(by)[g + 1],
        SE(svymean(~nps, domain(designs[[name]], g)))[1],
        check.attributes = FALSE))
}
cat("/* Kish, by group -1 to 2 */\n")
for (g in -1:2) {
    w <- if (g < 0) s$w else s$w[s$group == g]
    show("{ %.12g, %.12g },", sum(w)^2 / sum(w^2),
        length(w) * sum(w^2) / sum(w)^2)
}

# A stratum of a single cluster
alone <- svydesign(~cluster, strata = ~alone, weights = ~w, data = s)
fails <- sapply(-1:2, function(g)
    inherits(try(svymean(~nps, domain(alone, g)), silent = TRUE), "try-error"))
show("/* lonely: fails for group -1 to 2: %s */", toString(fails))

# Some scores missing: na.rm keeps their clusters in the design
s$holes <- ifelse(s$cluster %in% c(3, 11, 20), NA, s$nps)
holes <- update(designs$SC, holes = s$holes)
m <- svymean(~holes, holes, na.rm = TRUE)
show("/* without clusters 3, 11, 20 */ %.12g, %.12g", coef(m), SE(m))

# The difference of two groups, which share clusters: z is taken apart
mean_z <- function(g) {
    inside <- s$group == g
    w <- ifelse(inside, s$w, 0)
    w * (s$nps - sum(w * s$nps) / sum(w)) / sum(w)
}
z <- mean_z(0) - mean_z(1)
v <- svyrecvar(as.matrix(z), designs$SC$cluster, designs$SC$strata,
    designs$SC$fpc)
show("/* group 0 less group 1, SC */ %.12g", sqrt(v[1]))

# ---- adjusted -------------------------------------------------------------

total <- sum(s$w)
channel <- data.frame(channel = 0:2, Freq = c(.4, .35, .25) * total)
age <- data.frame(age = 0:3, Freq = c(.3, .3, .2, .2) * total)
band <- data.frame(band = 0:3, Freq = c(.22, .26, .24, .28) * total)
cross <- expand.grid(channel = 0:2, age = 0:3)
cross <- cross[xtabs(~channel + age, s) > 0, ]
cross$Freq <- seq_len(nrow(cross)) / sum(seq_len(nrow(cross))) * total
show("/* %d cells of channel and age; counts: */", nrow(cross))
print(xtabs(~channel + age, s))

fine <- list(maxit = 10000, epsilon = 1e-15)
margins <- function(...) {
    totals <- c(...)
    c("(Intercept)" = total, totals)
}
levelled <- function(x, name) setNames(x$Freq[-1], paste0("factor(", name,
    ")", x[[1]][-1]))
adjusted <- list(
    "post 1" = function(d) postStratify(d, ~channel, channel),
    "post 2" = function(d) postStratify(d, ~channel + age, cross),
    "rake" = function(d) rake(d, list(~channel, ~age), list(channel, age),
        control = fine),
    "calibrate" = function(d) calibrate(d, ~factor(channel) + factor(age),
        margins(levelled(channel, "channel"), levelled(age, "age")),
        calfun = "raking", epsilon = 1e-14, maxit = 200),
    "rake 3" = function(d) rake(d, list(~channel, ~age, ~band),
        list(channel, age, band), control = fine),
    "calibrate 3" = function(d) calibrate(d,
        ~factor(channel) + factor(age) + factor(band),
        margins(levelled(channel, "channel"), levelled(age, "age"),
            levelled(band, "band")),
        calfun = "raking", epsilon = 1e-14, maxit = 200))
d <- subset(adjusted$rake(designs$S), group == 1)
m <- svymean(~nps, d, deff = "replace")
show("/* rake, S, group 1: design effect, df, n_eff */ %.12g, %d, %.12g",
    deff(m), degf(d), sum(weights(d))^2 / sum(weights(d)^2))
cat("/* t-rake.c */\n")
for (how in names(adjusted)) for (name in names(designs)) {
    whole <- suppressWarnings(adjusted[[how]](designs[[name]]))
    for (y in c("nps", "csat")) for (g in -1:2) {
        d <- domain(whole, g)
        m <- svymean(reformulate(y), d)
        show('{ "%s", "%s", "%s", %d, %.12g, %.12g },', how, name, y, g,
            coef(m), SE(m))
    }
}

# ---- differences ----------------------------------------------------------

# Of two parts, by svyglm(), whose coefficient is the difference of the means:
# a group and all others, -1, or another group.
cat("/* t-rake.c: differences of groups */\n")
for (how in c("", "post 1", "rake", "calibrate 3")) for (name in names(designs))
    for (pair in list(c(0, -1), c(1, -1), c(2, -1), c(0, 2), c(1, 0))) {
        whole <- if (how == "") designs[[name]] else
            suppressWarnings(adjusted[[how]](designs[[name]]))
        whole <- update(whole, inside = group == pair[1])
        part <- if (pair[2] < 0) whole else subset(whole, group %in% pair)
        m <- svyglm(nps ~ inside, part)
        show('{ "%s", "%s", %d, %d, %.12g, %.12g, %d },', how, name, pair[1],
            pair[2], coef(m)[[2]], SE(m)[[2]], degf(part))
    }
