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

# Two groups and many groups: standardised differences, equivalence, what could have been found.
for (m in c("taken_autonomie", "taken_uitdagend")) {
  a <- d[[m]][d$omvang == "klein"]; b <- d[[m]][d$omvang == "midden"]
  n1 <- length(a); n2 <- length(b); v1 <- var(a); v2 <- var(b); diff <- mean(a) - mean(b)
  s <- sqrt((v1 + v2) / 2); std <- diff / s  # Bonett (2008): the average variance
  var_ <- std^2 * (v1^2 / (n1 - 1) + v2^2 / (n2 - 1)) / (8 * s^4) + (v1 / (n1 - 1) + v2 / (n2 - 1)) / s^2
  out("bonett_g", m, "klein|midden", "hedges_g", (1 - 3 / (4 * (n1 + n2) - 9)) * std)
  out("bonett_g", m, "klein|midden", "g_low", std - qnorm(0.975) * sqrt(var_))
  out("bonett_g", m, "klein|midden", "g_high", std + qnorm(0.975) * sqrt(var_))
  se <- sqrt(v1 / n1 + v2 / n2)
  df <- se^4 / ((v1 / n1)^2 / (n1 - 1) + (v2 / n2)^2 / (n2 - 1))
  below <- t.test(a, b, mu = -0.2 * s, alternative = "greater")$p.value
  above <- t.test(a, b, mu = 0.2 * s, alternative = "less")$p.value
  out("tost", m, "klein|midden", "p_equivalent", max(below, above))
  out("detectable", m, "klein|midden", "detectable", (qt(1 - 0.05 / 2 / 2, df) + qt(0.8, df)) * se)  # two tests

  y <- d[[m]]
  w <- oneway.test(y ~ d$omvang); f <- w$statistic; df2 <- w$parameter[2]; N <- length(y)
  out("omega_squared", m, "totaal", "omega_squared", 3 * (f - 1) / (3 * (f - 1) + N))
  pivot <- function(level) {  # Steiger (2004): the noncentrality for which F is this far out
    if (pf(f, 3, df2) < level) return(0)
    uniroot(function(l) pf(f, 3, df2, ncp = l) - level, c(0, 1000), tol = 1e-12)$root
  }
  out("omega_squared", m, "totaal", "omega_low", pivot(0.95) / (pivot(0.95) + N))
  out("omega_squared", m, "totaal", "omega_high", pivot(0.05) / (pivot(0.05) + N))

  for (k in 1:5) {
    ci <- prop.test(sum(y == k), N, correct = FALSE)$conf.int
    out("wilson", m, k, "percent", 100 * mean(y == k))
    out("wilson", m, k, "ci_low", 100 * ci[1])
    out("wilson", m, k, "ci_high", 100 * ci[2])
  }
  for (size in sizes) {
    t <- t.test(y[d$omvang == size])
    out("mean", m, size, "mean", t$estimate)
    out("mean", m, size, "ci_low", t$conf.int[1])
    out("mean", m, size, "ci_high", t$conf.int[2])
  }
  # Equal correlations in the size classes (Bonett and Wright 2000).
  rho <- sapply(sizes, function(g) cor(y[d$omvang == g], d$aandacht[d$omvang == g], method = "spearman"))
  z <- atanh(rho); weight <- (as.vector(table(d$omvang)) - 3) / (1 + rho^2 / 2)
  q <- sum(weight * (z - sum(weight * z) / sum(weight))^2)
  out("q_spearman", paste0(m, "~aandacht"), "totaal", "Q", q)
  out("q_spearman", paste0(m, "~aandacht"), "totaal", "p", pchisq(q, 3, lower.tail = FALSE))
  set.seed(1)
  draws <- replicate(100000, { i <- sample(N, replace = TRUE); cor(rank(y[i]), rank(d$aandacht[i])) })
  out("spearman_boot", paste0(m, "~aandacht"), "totaal", "ci_low", quantile(draws, 0.025))
  out("spearman_boot", paste0(m, "~aandacht"), "totaal", "ci_high", quantile(draws, 0.975))
}
two <- d[d$omvang %in% c("klein", "midden"), ]
fit <- MASS::polr(factor(taken_autonomie) ~ I(omvang == "klein"), data = two, Hess = TRUE)
out("polr", "taken_autonomie", "klein|midden", "log_odds", coef(fit)[1])
out("polr", "taken_autonomie", "klein|midden", "se", sqrt(vcov(fit)[1, 1]))

# answers.csv: more questions, made up from one factor.
e <- read.csv("answers.csv")
scales <- lapply(c("taken", "collegas", "leidinggevende", "organisatie", "omgeving"),
                 function(s) grep(paste0("^", s, "_"), names(e), value = TRUE))
names(scales) <- c("taken", "collegas", "leidinggevende", "organisatie", "omgeving")
scales$informeel_leren <- c("leren_van_taken", "leren_van_anderen")
cronbach <- function(x) { k <- ncol(x); k / (k - 1) * (1 - sum(apply(x, 2, var)) / var(rowSums(x))) }
for (s in names(scales)) {
  x <- as.matrix(e[scales[[s]]]); n <- nrow(x); k <- ncol(x); alpha <- cronbach(x)
  out("reliability", s, "totaal", "alpha", alpha)
  out("reliability_limits", s, "totaal", "ci_low", 1 - (1 - alpha) * qf(0.975, n - 1, (n - 1) * (k - 1)))
  out("reliability_limits", s, "totaal", "ci_high", 1 - (1 - alpha) * qf(0.025, n - 1, (n - 1) * (k - 1)))
  if (k > 2) {
    fa <- factanal(x, 1, control = list(nstart = 3)); sd_ <- apply(x, 2, sd)
    common <- sum(fa$loadings[, 1] * sd_)^2
    out("omega", s, "totaal", "omega", common / (common + sum(fa$uniquenesses * sd_^2)))
  } else {
    r <- cor(x)[1, 2]
    out("reliability", s, "totaal", "spearman_brown", 2 * r / (1 + r))
  }
  for (item in colnames(x)) {
    others <- x[, colnames(x) != item, drop = FALSE]
    out("item_rest", item, s, "item_rest", cor(x[, item], rowMeans(others)))
    if (k > 2) out("item_rest", item, s, "alpha_without", cronbach(others))
  }
}

# Johnson (2000): what each predictor is given of R squared.
scores <- sapply(scales, function(items) rowMeans(e[items]))
johnson <- function(x, y, group) {
  eig <- eigen(cor(x)); root <- eig$vectors %*% diag(sqrt(eig$values)) %*% t(eig$vectors)
  weights <- (root^2 %*% solve(root, cor(x, y))^2)[, 1]
  out("relative_weights", group, "totaal", "r_squared", sum(weights))
  for (i in seq_along(weights))
    out("relative_weights", paste0(colnames(x)[i], "~", group), "totaal", "weight", 100 * weights[i] / sum(weights))
}
johnson(scores[, 1:5], e$aandacht, "aandacht")
johnson(as.matrix(e[unlist(scales[1:5])]), scores[, "informeel_leren"], "informeel_leren")

# Ordinary least squares with HC3 errors, plain and beside rol (roles of at least ten); limits from t.
e$omvang <- factor(e$omvang, levels = sizes)
part <- e[e$omvang %in% c("klein", "midden"), ]; part$klein <- as.numeric(part$omvang == "klein")
part <- part[part$rol %in% names(which(table(part$rol) >= 10)), ]
for (s in c("taken", "informeel_leren")) {
  part$y <- rowMeans(part[scales[[s]]])
  for (name in c("plain", "rol")) {
    fit <- lm(if (name == "plain") y ~ klein else y ~ klein + factor(rol), data = part)
    X <- model.matrix(fit); inverse <- solve(crossprod(X))
    u <- residuals(fit) / (1 - rowSums((X %*% inverse) * X))
    se <- sqrt((inverse %*% crossprod(X * u) %*% inverse)["klein", "klein"]); b <- coef(fit)["klein"]
    df <- fit$df.residual; margin <- qt(0.975, df) * se
    for (v in list(c("diff", b), c("diff_low", b - margin), c("diff_high", b + margin),
                   c("p", 2 * pt(-abs(b / se), df))))
      out("ols_hc3", s, "klein|midden", paste(name, v[1], sep = ":"), as.numeric(v[2]))
  }
}

# Raking a table of respondents to 500, 300, 200 and 700, 300; what unequal weights cost (Kish 1965).
cells <- matrix(c(20, 30, 10, 40, 5, 15), 3, dimnames = list(c("bouw", "handel", "ict"), c("micro", "klein")))
fitted <- cells
for (i in 1:500) {
  fitted <- fitted * c(0.5, 0.3, 0.2) * sum(cells) / rowSums(fitted)
  fitted <- t(t(fitted) * c(0.7, 0.3) * sum(cells) / colSums(fitted))
}
w <- fitted / cells
for (i in rownames(w)) for (j in colnames(w)) out("rake", i, j, "weight", w[i, j])
each <- rep(as.vector(w), as.vector(cells))
out("kish", "totaal", "totaal", "design_effect", length(each) * sum(each^2) / sum(each)^2)
out("kish", "totaal", "totaal", "effective_n", sum(each)^2 / sum(each^2))

# A group against all others, one sample against a fixed value, a trend in shares over the sizes.
p_of <- function(test, measure, group, t) {
  out(test, measure, group, "p", t$p.value)
  out(test, measure, group, "diff_low", t$conf.int[1])
  out(test, measure, group, "diff_high", t$conf.int[2])
}
for (m in c("taken_autonomie", "taken_uitdagend")) {
  y <- d[[m]]
  for (size in sizes) p_of("welch_rest", m, size, t.test(y[d$omvang == size], y[d$omvang != size]))
  t <- t.test(y, mu = 3.4); t$conf.int <- t$conf.int - 3.4
  p_of("one_sample_t", m, "totaal", t)
  for (k in 1:5) {
    out("binomial", m, k, "p", binom.test(sum(y == k), length(y), 0.25)$p.value)
    if (sum(y == k) >= 5) {
      trend <- prop.trend.test(table(d$omvang, y == k)[, "TRUE"], table(d$omvang))
      out("prop_trend", m, k, "p", trend$p.value)
    }
  }
}

# Two scores, and two correlations with one outcome, of the same respondents.
a <- d$taken_autonomie; b <- d$taken_uitdagend
for (size in c(sizes, "totaal")) {
  i <- if (size == "totaal") rep(TRUE, nrow(d)) else d$omvang == size
  p_of("paired_t", "taken_autonomie", size, t.test(a[i], b[i], paired = TRUE))
  bound <- 0.2 * sqrt((var(a[i]) + var(b[i])) / 2)
  below <- t.test(a[i], b[i], mu = -bound, alternative = "greater", paired = TRUE)$p.value
  above <- t.test(a[i], b[i], mu = bound, alternative = "less", paired = TRUE)$p.value
  out("paired_t", "taken_autonomie", size, "p_equivalent", max(below, above))
}
# Steiger (1980), with the variance of Bonett and Wright (2000); interval: Zou (2007).
r1 <- cor(a, d$aandacht, method = "spearman"); r2 <- cor(b, d$aandacht, method = "spearman")
r12 <- cor(a, b, method = "spearman"); n <- nrow(d); mid <- (r1 + r2) / 2
psi <- r12 * (1 - 2 * mid^2) - mid^2 / 2 * (1 - 2 * mid^2 - r12^2)
v1 <- (1 + r1^2 / 2) / (n - 3); v2 <- (1 + r2^2 / 2) / (n - 3)
z <- (atanh(r1) - atanh(r2)) / sqrt(v1 + v2 - 2 * psi / (1 - mid^2)^2 * sqrt(v1 * v2))
dep <- ((r12 - r1 * r2 / 2) * (1 - r1^2 - r2^2 - r12^2) + r12^3) / ((1 - r1^2) * (1 - r2^2))
l1 <- tanh(atanh(r1) - qnorm(0.975) * sqrt(v1)); u1 <- tanh(atanh(r1) + qnorm(0.975) * sqrt(v1))
l2 <- tanh(atanh(r2) - qnorm(0.975) * sqrt(v2)); u2 <- tanh(atanh(r2) + qnorm(0.975) * sqrt(v2))
zou <- function(x, y) sqrt(x^2 + y^2 - 2 * dep * x * y)
for (v in list(c("rho_ab", r12), c("diff", r1 - r2), c("p", 2 * pnorm(-abs(z))),
               c("diff_low", r1 - r2 - zou(r1 - l1, u2 - r2)), c("diff_high", r1 - r2 + zou(u1 - r1, r2 - l2))))
  out("steiger", "taken_autonomie~aandacht", "totaal", v[1], as.numeric(v[2]))
