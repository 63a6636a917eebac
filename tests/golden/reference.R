# Reference values for the statistics, from base R: Rscript reference.R > reference.csv
# (run in this folder; R 4.2). Games-Howell and Dunn follow their papers with ptukey and pnorm.
d <- read.csv("respondents.csv")
sizes <- c("micro", "klein", "midden", "groot")
d$omvang <- factor(d$omvang, levels = sizes)
cat("test,measure,group,name,value\n")
out <- function(test, measure, group, name, value)
  cat(sprintf("%s,%s,%s,%s,%.12g\n", test, measure, group, name, value))

for (m in c("taken_autonomie", "taken_uitdagend")) {
  y <- d[[m]]
  w <- t.test(y[d$omvang == "klein"], y[d$omvang == "midden"])
  out("welch_t", m, "klein|midden", "t", w$statistic)
  out("welch_t", m, "klein|midden", "df", w$parameter)
  out("welch_t", m, "klein|midden", "p", w$p.value)
  out("welch_t", m, "klein|midden", "diff_low", w$conf.int[1])
  out("welch_t", m, "klein|midden", "diff_high", w$conf.int[2])

  o <- oneway.test(y ~ d$omvang)
  out("welch_anova", m, "totaal", "F", o$statistic)
  out("welch_anova", m, "totaal", "df2", o$parameter[2])
  out("welch_anova", m, "totaal", "p_welch", o$p.value)
  k <- kruskal.test(y ~ d$omvang)
  out("kruskal", m, "totaal", "H", k$statistic)
  out("kruskal", m, "totaal", "p_kruskal", k$p.value)

  n <- tapply(y, d$omvang, length); mean_ <- tapply(y, d$omvang, mean); v <- tapply(y, d$omvang, var) / n
  r <- rank(y); rbar <- tapply(r, d$omvang, mean); N <- length(y); ties <- table(y)
  s2 <- N * (N + 1) / 12 - sum(ties^3 - ties) / (12 * (N - 1))
  dunn <- c(); names_ <- c()
  for (i in 1:3) for (j in (i + 1):4) {
    a <- sizes[i]; b <- sizes[j]; group <- paste(a, b, sep = "|")
    se <- sqrt((v[a] + v[b]) / 2)
    df <- (v[a] + v[b])^2 / (v[a]^2 / (n[a] - 1) + v[b]^2 / (n[b] - 1))
    diff <- mean_[a] - mean_[b]
    out("games_howell", m, group, "p", ptukey(abs(diff) / se, 4, df, lower.tail = FALSE))
    out("games_howell", m, group, "diff_low", diff - qtukey(0.95, 4, df) * se)
    z <- (rbar[a] - rbar[b]) / sqrt(s2 * (1 / n[a] + 1 / n[b]))
    dunn <- c(dunn, 2 * pnorm(-abs(z))); names_ <- c(names_, group)
  }
  holm <- p.adjust(dunn, "holm")
  for (i in seq_along(holm)) out("dunn", m, names_[i], "p_dunn", holm[i])

  for (size in c(sizes, "totaal")) {
    rows <- if (size == "totaal") rep(TRUE, nrow(d)) else d$omvang == size
    rho <- cor(y[rows], d$aandacht[rows], method = "spearman")
    t <- rho * sqrt((sum(rows) - 2) / (1 - rho^2))
    out("spearman", m, size, "spearman", rho)
    out("spearman", m, size, "p", 2 * pt(-abs(t), sum(rows) - 2))
  }
}
p <- c(0.01, 0.04, 0.03, 0.005)
for (i in 1:4) out("holm", "p", i, "p_holm", p.adjust(p, "holm")[i])
