"use strict";
// The arithmetic of the library, operation by operation, so that scores and ranks are its own.
const core = (() => {
  // The exactly rounded sum (Shewchuk), as Python's math.fsum.
  function fsum(values) {
    let partials = [];
    for (let x of values) {
      const kept = [];
      for (let y of partials) {
        if (Math.abs(x) < Math.abs(y)) [x, y] = [y, x];
        const high = x + y, low = y - (high - x);
        if (low) kept.push(low);
        x = high;
      }
      kept.push(x);
      partials = kept;
    }
    let n = partials.length;
    if (!n) return 0;
    let high = partials[--n], low = 0;
    while (n > 0) {
      const x = high, y = partials[--n];
      high = x + y;
      low = y - (high - x);
      if (low) break;
    }
    if (n > 0 && ((low < 0 && partials[n - 1] < 0) || (low > 0 && partials[n - 1] > 0))) {
      const y = low * 2, x = high + y;
      if (y === x - high) high = x;
    }
    return high;
  }

  const forward = { arithmetic_mean: (x) => x, geometric_mean: Math.log, harmonic_mean: (x) => 1 / x };
  const backward = { arithmetic_mean: (x) => x, geometric_mean: Math.exp, harmonic_mean: (x) => 1 / x };

  const SLACK = 1e-12; // as in the library: a coverage short of what is required by no more than this is enough

  const AT_LIMIT = 1e-9; // as in the library: a score above the limit of zero_if by no more than this is at it

  // Rules of publishers before aggregation: a missing child takes the score of the one that stands in for it.
  function fallenBack(parent, children, count) {
    const filled = [...children];
    for (const [child, other] of parent.fallback || []) {
      const one = children[parent.children.indexOf(child)], two = children[parent.children.indexOf(other)];
      const scores = Float64Array.from({ length: count }, (_, i) => (one.scored[i] ? one : two).scores[i]);
      filled[parent.children.indexOf(child)] = { ...one, scores, scored: one.scored.map((has, i) => has | two.scored[i]) };
    }
    return filled;
  }

  // Who scores 0: for want of a child that is applicable, whatever the coverage, or, with enough of it, for a child's score.
  function zeroed(parent, children, scored, count) {
    const zero = new Uint8Array(count);
    for (const [code, limit] of parent.zero_if || []) {
      const child = children[parent.children.indexOf(code)];
      for (let i = 0; i < count; i++) {
        if (limit !== null) zero[i] |= scored[i] && child.scored[i] && child.scores[i] <= limit + AT_LIMIT ? 1 : 0;
        else if (!child.scored[i] && child.applicable[i]) zero[i] |= children.some((other) => other.scored[i]) ? 1 : 0;
      }
    }
    return zero;
  }

  // A child's score as its mean takes it; none outside the mean's domain.
  function termOf(parent, x) {
    if (parent.floor !== null && x < parent.floor) x = parent.floor;
    if (parent.method !== "arithmetic_mean" && (x < 0 || (x === 0 && !parent.zeros))) x = NaN;
    return forward[parent.method](x);
  }

  // Equal shares of the weight of what is missing: it takes the plain mean of the children that count.
  function sharedEqually(parent, children, counted, count) {
    const from = backward[parent.method], mean = new Float64Array(count), some = new Uint8Array(count);
    for (let i = 0; i < count; i++) {
      const here = counted.filter((k) => children[k].scored[i]);
      mean[i] = from(here.reduce((sum, k) => sum + termOf(parent, children[k].scores[i]), 0) / here.length);
      some[i] = here.length > 0 ? 1 : 0;
    }
    return children.map((child) => ({
      ...child,
      scores: child.scores.map((x, i) => (child.scored[i] ? x : mean[i])),
      scored: child.scored.map((has, i) => has | some[i]),
    }));
  }

  // A node's scores and who has one: enough coverage, and a child whose weight counts and that has a score.
  // Coverage is of what is applicable to the unit; with nothing to count, no coverage is enough.
  function score(parent, children, weights, data, count, withheld) {
    const total = fsum(weights), shares = weights.map((w) => w / total);
    const counted = [...children.keys()].filter((k) => shares[k] > 0);
    children = fallenBack(parent, children, count);
    const scored = new Uint8Array(count);
    for (let i = 0; i < count; i++) {
      let enough = !withheld.has(i);
      const sum = (part) => children.reduce((n, child, k) => n + (data.count === "weights" ? shares[k] : 1) * child[part][i], 0);
      if (data.count !== "indicators") enough = sum("covered") / sum("applicable") >= parent.required - SLACK;
      scored[i] = enough && counted.some((k) => children[k].scored[i]) ? 1 : 0;
    }
    const zero = zeroed(parent, children, scored, count);
    if (data.equal) children = sharedEqually(parent, children, counted, count);
    let complete = true;
    for (let i = 0; i < count; i++) complete = complete && (!scored[i] || zero[i] || counted.every((k) => children[k].scored[i]));
    const own = counted.map((k) => shares[k]), again = fsum(own), used = complete ? own.map((w) => w / again) : own;
    const from = backward[parent.method], sums = new Float64Array(count), present = new Float64Array(count);
    counted.forEach((k, at) => {
      const w = used[at], column = children[k].scores, has = children[k].scored;
      for (let i = 0; i < count; i++) {
        if (!has[i]) continue;
        sums[i] += termOf(parent, column[i]) * w;
        present[i] += w;
      }
    });
    for (let i = 0; i < count; i++) {
      const mean = from(complete ? sums[i] : sums[i] / present[i]);
      sums[i] = zero[i] ? 0 : scored[i] ? (parent.sums ? mean * total : mean) : NaN;
      scored[i] |= zero[i];
    }
    const applicable = Uint8Array.from(scored, (_, i) => children.some((child) => child.applicable[i]));
    return { scores: sums, scored, covered: scored, applicable };
  }

  // Scores on the scale that the best of a node's scores, or their range, sets; none where these set no scale.
  function rescaled(scores, rule, scale) {
    const there = Array.from(scale).filter((x) => x === x), best = Math.max(...there), worst = Math.min(...there);
    if (rule.by === "best") return scores.map((x) => (best > 0 ? (x / best) * rule.to : NaN));
    const wide = best - worst > 1e-12 * Math.max(Math.abs(best), Math.abs(worst));
    return scores.map((x) => (wide ? ((x - worst) / (best - worst)) * rule.to : NaN));
  }

  const kept = new WeakMap();

  // What the page starts from: a missing indicator has a score where the recipe's rule gives it one, but no coverage.
  function inputsOf(data, group) {
    if (!kept.has(group)) {
      const filled = new Set(data.missing === null ? [] : data.indicators);
      const input = ([code, values]) => {
        const applicable = new Uint8Array(values.length).fill(1);
        for (const i of group.notApplicable[code] || []) applicable[i] = 0;
        const scores = Float64Array.from(values, (x, i) => (x !== null ? x : filled.has(code) && applicable[i] ? data.missing : NaN));
        return [code, { scores, scored: Uint8Array.from(scores, (x) => x === x), covered: Uint8Array.from(values, (x) => x !== null), applicable }];
      };
      kept.set(group, Object.fromEntries(Object.entries(group.scores).map(input)));
    }
    return kept.get(group);
  }

  // Scores of the index and of the nodes below it that the page starts from or computes.
  function nodes(data, group, weights) {
    const count = group.units.length, found = { ...inputsOf(data, group) }, unscaled = {};
    for (const parent of data.parents) {
      const children = parent.children.map((child) => found[child]), own = parent.children.map((child) => weights[child]);
      found[parent.code] = score(parent, children, own, data, count, new Set(group.withheld[parent.code]));
      unscaled[parent.code] = found[parent.code].scores;
      if (parent.rescale) {
        const scale = unscaled[parent.rescale.scale] || found[parent.rescale.scale].scores;
        found[parent.code].scores = rescaled(found[parent.code].scores, parent.rescale, scale);
      }
    }
    return Object.fromEntries(Object.entries(found).map(([code, node]) => [code, node.scores]));
  }

  const bits = new DataView(new ArrayBuffer(8));

  function spacing(x) {
    if (x < 2.2250738585072014e-308) return 5e-324;
    bits.setFloat64(0, x);
    bits.setBigUint64(0, bits.getBigUint64(0) + 1n);
    return bits.getFloat64(0) - x;
  }

  function rint(x) {
    const low = Math.floor(x), rest = x - low;
    if (rest !== 0.5) return rest < 0.5 ? low : low + 1;
    return low % 2 === 0 ? low : low + 1;
  }

  function round(x, rule) {
    if (x !== x) return NaN;
    const power = 10 ** rule.decimals, scaled = x * power, size = Math.abs(scaled);
    if (size >= 2 ** 52) return x; // a whole number of the last decimal
    const half = Math.floor(size) + 0.5, sign = scaled < 0 || Object.is(scaled, -0) ? -1 : 1;
    const slack = Math.min(1e-9 + 4 * spacing(size), 0.49), atHalf = Math.abs(size - half) <= slack;
    if (rule.rounding === "down") return (sign * Math.floor(size + slack)) / power;
    const whole = !atHalf ? rint(scaled) : rule.rounding === "half_up" ? sign * (half + 0.5) : sign * 2 * rint(half / 2);
    return whole / power;
  }

  // Second keys part units that are equal on the rounded index; a unit without one comes behind.
  function ranks(found, rule) {
    const fine = { decimals: 10, rounding: "half_even" };
    const others = rule.tie_breakers.map((code) => Array.from(found[code], (x) => (x === x ? round(x, fine) : -Infinity)));
    return rankDown([Array.from(found.index, (x) => round(x, rule)), ...others], rule.ties);
  }

  function rankDown(keys, ties) {
    const rounded = keys[0], order = [...rounded.keys()].filter((i) => rounded[i] === rounded[i]);
    const compare = (a, b) => {
      for (const key of keys) if (key[a] !== key[b]) return key[a] > key[b] ? -1 : 1;
      return 0;
    };
    order.sort((a, b) => compare(a, b) || a - b);
    const found = new Array(rounded.length).fill(NaN);
    let dense = 0;
    for (let start = 0; start < order.length; ) {
      let end = start;
      while (end + 1 < order.length && compare(order[end + 1], order[start]) === 0) end++;
      dense++;
      for (let k = start; k <= end; k++) {
        found[order[k]] = { min: start + 1, max: end + 1, dense, average: (start + end + 2) / 2, ordinal: k + 1 }[ties];
      }
      start = end + 1;
    }
    return found;
  }

  function spearman(a, b) {
    const both = [...a.keys()].filter((i) => a[i] === a[i] && b[i] === b[i]);
    const x = rankDown([both.map((i) => -a[i])], "average"), y = rankDown([both.map((i) => -b[i])], "average");
    const middle = (both.length + 1) / 2;
    let xy = 0, xx = 0, yy = 0;
    for (let i = 0; i < x.length; i++) {
      xy += (x[i] - middle) * (y[i] - middle);
      xx += (x[i] - middle) ** 2;
      yy += (y[i] - middle) ** 2;
    }
    return xy / Math.sqrt(xx * yy);
  }

  // The middle of the scores, and how far the farthest is from it.
  function spread(scores) {
    const there = scores.filter((x) => x === x).sort((a, b) => a - b), half = there.length / 2;
    const median = there.length ? (there[Math.ceil(half) - 1] + there[Math.floor(half)]) / 2 : NaN;
    return { median, most: there.reduce((most, x) => Math.max(most, Math.abs(x - median)), 0) };
  }

  // The recipe with other weights; what has none leaves the framework, as the library has no weight of 0.
  function recipe(data, weights) {
    const copy = JSON.parse(JSON.stringify(data.recipe)), gone = new Set();
    for (let more = true; more; ) {
      more = false;
      for (const node of copy.framework) {
        if (!gone.has(node.code) && (weights[node.code] === 0 || gone.has(node.parent))) {
          gone.add(node.code);
          more = true;
        }
      }
    }
    copy.framework = copy.framework.filter((node) => !gone.has(node.code));
    const steps = ["normalise", "aggregate", "of", "fallback", "rescale", "range_of", "zero_if"].map((name) => copy[name]);
    for (const step of steps) for (const code of gone) if (step && step.by_node) delete step.by_node[code];
    for (const step of [copy.fallback, copy.zero_if]) {
      for (const rule of step && step.by_node ? [...Object.values(step.by_node), step.otherwise] : [step]) {
        if (typeof rule !== "object") continue;
        for (const code in rule) if (gone.has(code) || gone.has(rule[code])) delete rule[code];
      }
    }
    for (const code of gone) if (copy.missing.nodes) delete copy.missing.nodes[code];
    if (copy.rank.tie_breakers) copy.rank.tie_breakers = copy.rank.tie_breakers.filter((code) => !gone.has(code));
    for (const node of copy.framework) if (node.code in weights) node.weight = weights[node.code];
    return copy;
  }

  return { fsum, nodes, ranks, round, spearman, spread, recipe };
})();

if (typeof module !== "undefined") module.exports = core;
