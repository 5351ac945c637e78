// SPDX-License-Identifier: Apache-2.0
// Shows every picture of the engine that the server sends. All text is set as text; rows are kept and changed in place.

import * as charts from './charts.js';

const RETRY_MS = 1_000;
const PATIENCE_MS = 5000;
const OLD_MS = 4_000;
const CHANGES = 50;

const LINE = {
  UP: ['●', 'up', 'good'], SILENT: ['▲', 'silent', 'warn'], DOWN: ['■', 'down', 'bad'], UNHEARD: ['○', 'not heard yet', 'quiet'],
};
const BREAKER = {
  CLOSED: ['●', 'closed', 'good'], OPEN: ['■', 'open', 'bad'], HALF_OPEN: ['▲', 'half open', 'warn'], NOT_TOLD: ['–', 'not told', 'quiet'],
};
const ENGINE = {
  running: ['●', 'good'], starting: ['◌', 'quiet'], replaying: ['◌', 'quiet'], stopped: ['□', 'quiet'], failed: ['■', 'bad'], stalled: ['▲', 'bad'],
};
const STAGE = {
  'inbound ring': 'the inbound ring', 'inbound journal': 'the inbound journal',
  'outbound ring': 'the outbound ring, derived', 'outbound journal': 'the outbound journal',
};
const END = { HEALED: ['●', 'good'], OPEN: ['▲', 'warn'], LOST: ['■', 'bad'], PARTLY_LOST: ['■', 'bad'], NEVER_CLOSED: ['■', 'bad'] };

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const one = new Intl.NumberFormat('en-US', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const byId = id => document.getElementById(id);

let latest = null;
let heardAt = 0;
let isConnected = false;
let hasFailed = false;
let wasTold = new Map();

/* ---- text ---- */

function span(us) {
  if (us === undefined || us === null) {
    return '–';
  }
  if (us < 1_000) {
    return `${one.format(us)} µs`;
  }
  return us < 1_000_000 ? `${one.format(us / 1_000)} ms` : `${one.format(us / 1_000_000)} s`;
}

function lasting(ms) {
  const s = Math.max(0, Math.floor(ms / 1_000));
  const parts = [Math.floor(s / 3_600), Math.floor(s / 60) % 60, s % 60];
  return parts.map(part => String(part).padStart(2, '0')).join(':');
}

const clock = ms => new Date(ms).toLocaleTimeString('en-GB');
const percent = fraction => `${one.format(100 * fraction)} %`;
const words = text => text.toLowerCase().replaceAll('_', ' ');

function put(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

function tone(node, name) {
  if (node.dataset.tone !== name) {
    node.dataset.tone = name;
  }
}

/* ---- tables: one row for each key, kept while it is there ---- */

function rows(id, items, key, columns) {
  const body = byId(id);
  const known = new Map([...body.children].map(row => [row.dataset.key, row]));
  items.forEach((item, index) => {
    let row = known.get(key(item));
    if (!row) {
      row = document.createElement('tr');
      row.dataset.key = key(item);
      // On a narrow screen each cell tells its column itself.
      const heads = body.parentElement.tHead.rows[0].cells;
      columns.forEach((column, i) => row.append(cell(column, heads[i].textContent)));
    }
    known.delete(key(item));
    if (body.children[index] !== row) {
      body.insertBefore(row, body.children[index] ?? null);
    }
    columns.forEach((column, i) => column.fill(row.children[i], item));
  });
  known.forEach(row => row.remove());
}

function cell(column, label) {
  const node = document.createElement(column.isHead ? 'th' : 'td');
  if (column.isHead) {
    node.scope = 'row';
  }
  node.className = column.className ?? '';
  node.dataset.field = column.field ?? '';
  node.dataset.label = label;
  return node;
}

const head = value => ({ isHead: true, fill: (node, item) => put(node, value(item)) });
const text = value => ({ fill: (node, item) => put(node, value(item)) });
const number = (field, value) => ({ field, className: 'number', fill: (node, item) => put(node, value(item)) });
const state = value => ({
  field: 'state', className: 'state',
  fill: (node, item) => {
    const [sign, name, kind] = value(item);
    put(node, `${sign} ${name}`);
    tone(node, kind);
  },
});

const LINE_COLUMNS = [
  head(line => line.feed), text(line => line.name),
  state(line => {
    const [sign, name, kind] = LINE[line.health];
    return [sign, line.health === 'SILENT' ? `${name} ${one.format(line.silentMs / 1_000)} s` : name, kind];
  }),
  number('messagesPerSecond', line => whole.format(line.messagesPerSecond)),
  number('packetsPerSecond', line => whole.format(line.packetsPerSecond)),
  number('won', line => percent(line.wonFraction)),
  number('lead', line => line.leads ? span(line.leadUs) : '–'),
  number('lost', line => whole.format(line.lost)), number('repeated', line => whole.format(line.repeated)),
  number('late', line => whole.format(line.late)), number('depth', line => whole.format(line.reorderDepth)),
];
const FEED_COLUMNS = [
  head(feed => feed.name), state(feed => BREAKER[feed.breaker]),
  number('messagesPerSecond', feed => whole.format(feed.messagesPerSecond)),
  number('messages', feed => whole.format(feed.messages)),
  number('holesOpened', feed => whole.format(feed.holesOpened)), number('holesOpen', feed => whole.format(feed.holesOpen)),
  number('healedByLine', feed => whole.format(feed.healedByLine)),
  number('healedByRequest', feed => whole.format(feed.healedByRequest)),
  number('missing', feed => whole.format(feed.missing)), number('held', feed => whole.format(feed.heldPackets)),
];
const STAGE_COLUMNS = [
  head(stage => STAGE[stage.name] ?? stage.name), number('count', stage => whole.format(stage.count)),
  ...['p50', 'p90', 'p99', 'p99.9', 'p99.99', 'max'].map((name, i) => number(name, stage => span(stage.totalUs[i]))),
];
const RING_COLUMNS = [
  head(ring => ring.name), { fill: bar }, number('capacity', ring => whole.format(ring.capacity)),
  number('highWater', ring => whole.format(ring.highWater)),
];
const QUEUE_COLUMNS = [
  head(queue => queue.name), state(queue => queue.isAppending ? ['●', queue.state, 'good'] : ['■', queue.state, 'bad']),
  number('sequence', queue => whole.format(queue.sequence)),
  number('eventsPerSecond', queue => whole.format(queue.eventsPerSecond)),
  number('position', queue => whole.format(queue.position)),
];
const BRIDGE_COLUMNS = [
  head(bridge => bridge.name), state(bridge => BREAKER[bridge.circuit]),
  number('lagEvents', bridge => whole.format(bridge.lagEvents)), number('lagMs', bridge => span(bridge.lagMs * 1000)),
  number('eventsPerSecond', bridge => whole.format(bridge.eventsPerSecond)),
  number('failures', bridge => whole.format(bridge.failures)), number('deadLetters', bridge => whole.format(bridge.deadLetters)),
];
const HOLE_COLUMNS = [
  text(hole => hole.feed), text(hole => hole.openedMs ? clock(hole.openedMs) : '–'),
  state(hole => [END[hole.end]?.[0] ?? '–', words(hole.end), END[hole.end]?.[1] ?? 'quiet']),
  number('from', hole => whole.format(BigInt(hole.from))), number('messages', hole => whole.format(BigInt(hole.messages))),
  number('openFor', hole => span(hole.openUs)), text(hole => words(hole.cure)),
  text(hole => hole.line ? String.fromCharCode(64 + hole.line) : '–'), number('lost', hole => whole.format(hole.lost)),
];

function bar(node, ring) {
  if (!node.firstChild) {
    node.innerHTML = '<span class="percent"></span> <span class="bar" aria-hidden="true"><svg viewBox="0 0 1000 10"'
      + ' preserveAspectRatio="none"><rect class="used" height="10"/><rect class="mark" height="10" width="4"/></svg></span>';
  }
  const part = ring.capacity ? 1_000 / ring.capacity : 0;
  put(node.querySelector('.percent'), percent(ring.used * part / 1_000));
  node.querySelector('.used').setAttribute('width', ring.used * part);
  node.querySelector('.mark').setAttribute('x', Math.min(996, ring.highWater * part));
}

/* ---- the page ---- */

function show(status) {
  // Before an engine runs there are no rows yet, and what has no rows would jump when they come.
  if (status.state !== 'starting') {
    byId('main').hidden = false;
    byId('footer').hidden = false;
  }
  byId('simulated').hidden = !status.isSimulated;
  document.title = (status.isSimulated ? '[SIMULATED] ' : '') + 'Millrace: ' + status.state;
  const date = String(status.tradingDate);
  put(byId('date'), status.tradingDate ? `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}` : '–');
  put(byId('uptime'), status.startTimeMs ? lasting(status.timeMs - status.startTimeMs) : '–');
  put(byId('clock'), status.timeMs ? clock(status.timeMs) : '–');
  const failed = status.checks.filter(check => !check.isGood).length;
  put(byId('ready'), status.isReady ? '● ready' : `▲ not ready (${failed})`);
  tone(byId('ready'), status.isReady ? 'good' : 'warn');
  tiles(status);

  const lines = status.feeds.flatMap(feed => feed.lines.map(line => ({ feed: feed.name, ...line })));
  rows('lines', lines, line => `${line.feed} ${line.name}`, LINE_COLUMNS);
  rows('feeds', status.feeds, feed => feed.name, FEED_COLUMNS);
  rows('stages', status.stages, stage => stage.name, STAGE_COLUMNS);
  rows('rings', status.rings, ring => ring.name, RING_COLUMNS);
  rows('queues', status.queues, queue => queue.name, QUEUE_COLUMNS);
  rows('bridges', status.bridges, bridge => bridge.name, BRIDGE_COLUMNS);
  byId('bridge-card').hidden = status.bridges.length === 0;
  status.bridges.forEach(bridge => tell(`bridge to ${bridge.name}`, BREAKER[bridge.circuit][1], BREAKER[bridge.circuit][2]));
  rows('holes', status.holes, hole => `${hole.feed} ${hole.from} ${hole.openedMs}`, HOLE_COLUMNS);
  byId('no-journal').hidden = status.queues.length > 0 || status.state === 'starting';
  checks(status.checks);
  put(byId('errors'), status.errors.total === 0 ? '● none' : `▲ ${whole.format(status.errors.total)} of `
    + `${status.errors.distinct} kinds, last at ${clock(status.errors.latestTimeMs)}: ${status.errors.latest}`);
  tone(byId('errors'), status.errors.total === 0 ? 'good' : 'warn');
  lines.forEach(line => tell(`line ${line.feed} ${line.name}`, LINE[line.health][1], LINE[line.health][2]));
  status.feeds.filter(feed => feed.breaker !== 'NOT_TOLD')
    .forEach(feed => tell(`breaker of ${feed.name}`, BREAKER[feed.breaker][1], BREAKER[feed.breaker][2]));
  tell('engine', status.state, ENGINE[status.state][1]);
}

function tiles(status) {
  const sum = field => status.feeds.reduce((total, feed) => total + feed[field], 0);
  const derived = status.stages.find(stage => stage.name === 'outbound ring');
  const inbound = status.queues.find(queue => queue.name === 'inbound');
  put(byId('total-rate'), whole.format(sum('messagesPerSecond')));
  put(byId('total-messages'), `${whole.format(sum('messages'))} since the start`);
  put(byId('total-latency'), span(derived?.recentUs[2]));
  put(byId('total-missing'), whole.format(sum('missing')));
  put(byId('total-holes'), `${whole.format(sum('holesOpened'))} holes opened, ${whole.format(sum('holesOpen'))} open now`);
  put(byId('total-journal'), inbound ? whole.format(inbound.sequence) : 'no journal');
  put(byId('total-journal-rate'), inbound ? `${whole.format(inbound.eventsPerSecond)} events/s, ${inbound.state}` : '–');
}

function checks(list) {
  const node = byId('checks');
  while (node.children.length > list.length) {
    node.lastChild.remove();
  }
  list.forEach((check, i) => {
    const item = node.children[i] ?? node.appendChild(document.createElement('li'));
    put(item, `${check.isGood ? '✓' : '✗'} ${check.name}: ${check.reason}`);
    tone(item, check.isGood ? 'good' : 'bad');
  });
}

/** Notes a change of state in the list, and for those who listen instead of look. */
function tell(what, now, kind) {
  const before = wasTold.get(what);
  wasTold.set(what, now);
  if (before === undefined || before === now) {
    return;
  }
  const list = byId('changes');
  list.querySelector('.note')?.remove();
  const item = document.createElement('li');
  const time = document.createElement('time');
  time.textContent = clock(Date.now());
  const sentence = document.createElement('span');
  sentence.textContent = `${what}: ${now} (was ${before})`;
  tone(sentence, kind);
  item.append(time, sentence);
  list.prepend(item);
  while (list.children.length > CHANGES) {
    list.lastChild.remove();
  }
  put(byId('announcer'), `${what} ${now}`);
}

/** What this page knows of the engine, honestly: also when nobody answers, or nothing comes any more. */
function showConnection() {
  const hasEnded = latest && ['stopped', 'failed'].includes(latest.state);
  const isLate = isConnected && latest && !hasEnded && Date.now() - heardAt > OLD_MS;
  const badge = byId('engine');
  if (isConnected && latest && !isLate) {
    put(badge, `${ENGINE[latest.state][0]} engine ${latest.state}`);
    tone(badge, ENGINE[latest.state][1]);
  } else if (isLate) {
    put(badge, '▲ no news');
    tone(badge, 'warn');
  } else if (hasFailed) {
    put(badge, '■ engine not running');
    tone(badge, 'bad');
    document.title = 'Millrace: engine not running';
    tell('engine', 'not running', 'bad');
  }
  const isLost = isLate || !isConnected && hasFailed;
  byId('lost').hidden = !isLost;
  if (isLost) {
    put(byId('lost'), lostText(isLate));
    put(byId('ready'), '◌ readiness not told');
    tone(byId('ready'), 'quiet');
  }
  byId('main').classList.toggle('old', Boolean(isLost));
}

function lostText(isLate) {
  const cause = isLate ? `${location.host} is connected and sends nothing.`
    : `Nothing answers at ${location.host}: the engine is not running. This page asks again every second.`;
  return latest ? `${cause} What you see is of ${clock(latest.timeMs)}, ${lasting(Date.now() - heardAt)} ago.` : cause;
}

function connect() {
  const source = new EventSource('events');
  const retry = () => {
    clearTimeout(patience);
    source.close();
    isConnected = false;
    hasFailed = true;
    showConnection();
    setTimeout(connect, RETRY_MS);
  };
  // Whoever takes the connection and never answers is no engine that runs.
  const patience = setTimeout(retry, PATIENCE_MS);
  source.addEventListener('open', () => {
    clearTimeout(patience);
    isConnected = true;
    showConnection();
  });
  source.addEventListener('history', event => {
    charts.add(JSON.parse(event.data));
  });
  source.addEventListener('status', event => {
    latest = JSON.parse(event.data);
    heardAt = Date.now();
    show(latest);
    charts.add([latest.point]);
    if (!document.hidden) {
      charts.draw();
    }
    showConnection();
  });
  source.addEventListener('error', retry);
}

charts.begin();
connect();
setInterval(showConnection, RETRY_MS);
document.addEventListener('visibilitychange', () => charts.draw());
