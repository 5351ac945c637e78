// SPDX-License-Identifier: Apache-2.0
// Two charts of the last two minutes. A point is what the server calls one: rates by feed and line, latencies by stage.

const SPAN_MS = 120_000;
const HOLE_MS = 5_000;
const DASHES = [[], [6, 3], [2, 2], [10, 3, 2, 3], [1, 4], [12, 4]];
const STAGE = 'outbound ring';
const MOST_SERIES = 6;
const WIDE = 6;
const PERCENTILES = [['p50', 0], ['p99', 2], ['p99.9', 3], ['max', 5]];

const points = [];
const charts = [];

const color = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const clock = ms => new Date(ms).toLocaleTimeString('en-GB');
const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 1 });

export function begin() {
  charts.push(make('rates-chart', 'linear', point => point.rates));
  charts[0].$isWide = name => !name.includes(' ');
  charts.push(make('times-chart', 'logarithmic', point => {
    const times = point.latency[STAGE] ?? [];
    return times.length ? Object.fromEntries(PERCENTILES.map(([name, index]) => [name, times[index]])) : {};
  }));
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => charts.forEach(paint));
}

/** Adds points that are newer than the last; a long silence between two leaves a gap. */
export function add(more) {
  for (const point of more) {
    const last = points.at(-1);
    if (last && point.t <= last.t) {
      continue;
    }
    if (last && point.t - last.t > HOLE_MS) {
      points.push({ t: last.t + 1, rates: {}, latency: {} });
    }
    points.push(point);
  }
  while (points.length && points[0].t < points.at(-1).t - SPAN_MS) {
    points.shift();
  }
}

export function draw() {
  if (!points.length) {
    return;
  }
  const end = points.at(-1).t;
  for (const chart of charts) {
    fill(chart);
    chart.options.scales.x.min = end - SPAN_MS;
    chart.options.scales.x.max = end;
    chart.update('none');
  }
}

function fill(chart) {
  const rows = points.map(point => [point.t, chart.$values(point)]);
  let names = [...new Set(rows.flatMap(([, values]) => Object.keys(values)))];
  if (names.length > MOST_SERIES && chart.$isWide) {
    names = names.filter(chart.$isWide);
  }
  const isSame = names.length === chart.data.datasets.length
    && names.every((name, i) => chart.data.datasets[i].label === name);
  if (!isSame) {
    chart.data.datasets = names.map(label => ({ label, data: [] }));
    paint(chart);
  }
  chart.data.datasets.forEach(set => {
    set.data = rows.map(([x, values]) => ({ x, y: values[set.label] ?? NaN }));
  });
}

function make(id, type, values) {
  const chart = new Chart(document.getElementById(id), {
    type: 'line',
    data: { datasets: [] },
    options: {
      animation: false, parsing: false, normalized: true, responsive: true, maintainAspectRatio: false,
      interaction: { mode: 'index', intersect: false },
      elements: { point: { radius: 0 }, line: { borderWidth: 1.8, tension: 0 } },
      scales: {
        x: { type: 'linear', ticks: { callback: clock, stepSize: 30_000, includeBounds: false, maxRotation: 0 } },
        y: { type, beginAtZero: type === 'linear', afterFit: scale => { scale.width = 56; },
          ticks: { callback: value => isRound(type, value) ? compact.format(value) : null, maxTicksLimit: 6 } },
      },
      plugins: {
        legend: { position: 'bottom', labels: { boxWidth: 34, boxHeight: 0 } },
        tooltip: { callbacks: { title: items => clock(items[0].parsed.x) } },
      },
    },
  });
  chart.$values = values;
  paint(chart);
  return chart;
}

function isRound(type, value) {
  return type === 'linear' || Number.isInteger(Math.round(Math.log10(value) * 1e6) / 1e6);
}

/** Colours of the scheme at hand; lines differ by dashes too. */
function paint(chart) {
  chart.data.datasets.forEach((set, i) => {
    set.borderColor = color(`--series-${i % 6 + 1}`);
    set.borderDash = DASHES[i % DASHES.length];
    if (chart.$isWide?.(set.label) && chart.data.datasets.length > 1) {
      // A feed lies broad and faint beneath its lines, which mostly run at the same height.
      set.borderColor += '55';
      set.borderWidth = WIDE;
      set.order = 1;
    }
  });
  for (const axis of Object.values(chart.options.scales)) {
    axis.ticks.color = color('--soft');
    axis.grid = { color: color('--rule') };
  }
  chart.options.plugins.legend.labels.color = color('--ink');
  chart.update('none');
}
