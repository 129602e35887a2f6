/** Shows the JSON of `/_local/api/` as tables; reloads what is shown every two seconds while `live` is on. */

/** @type {Record<string, {title: string, load: () => Promise<Node[]>}>} */
const sections = {
  mail: { title: 'Mailbox', load: mailbox },
  functions: { title: 'Functions', load: functions },
  invocations: { title: 'Invocations', load: invocations },
  events: { title: 'Events', load: events },
  queues: { title: 'Queues', load: queues },
  tables: { title: 'Tables', load: tables },
  requests: { title: 'Requests', load: requests },
  parameters: { title: 'Parameters', load: parameters },
  logs: { title: 'Logs', load: logs },
  accepted: { title: 'Without effect', load: accepted },
};

const main = document.querySelector('main');
const nav = document.querySelector('nav');
const live = document.querySelector('#live');
let shown = '';

async function get(path) {
  const response = await fetch(`/_local/${path}`);
  return response.ok ? response.json() : undefined;
}

function element(name, properties = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
    else if (value !== undefined && value !== false) node.setAttribute(key, value === true ? '' : value);
  }
  node.append(...children.filter((child) => child !== undefined));
  return node;
}
const empty = (text) => element('p', { class: 'empty' }, text);
const pre = (value) => element('pre', {}, typeof value === 'string' ? value : JSON.stringify(value, null, 2));

/** Columns are [title, value of a row, 'number'?]; a row that can be chosen opens `#section/id`. */
function table(rows, columns, linkOf) {
  if (rows.length === 0) return empty('Nothing yet.');
  const head = element(
    'tr',
    {},
    ...columns.map(([title, , kind]) => element('th', { class: kind, scope: 'col' }, title)),
  );
  const body = rows.map((row) => {
    const cells = columns.map(([, value, kind], index) => {
      const content = value(row) ?? '';
      const text = content instanceof Node ? content : String(content);
      return element('td', { class: kind }, linkOf && index === 0 ? element('button', {}, text) : text);
    });
    if (!linkOf) return element('tr', {}, ...cells);
    return element(
      'tr',
      {
        class: 'choice',
        onclick: () => {
          location.hash = linkOf(row);
        },
      },
      ...cells,
    );
  });
  return element('table', {}, element('thead', {}, head), element('tbody', {}, ...body));
}
const time = (value) => (value ? new Date(value).toLocaleTimeString() : '');
const milliseconds = (value) => `${Number(value).toFixed(1)} ms`;
const chosen = () => decodeURIComponent(location.hash.split('/').slice(1).join('/'));
const split = (list, detail) =>
  element('div', { class: 'split' }, element('div', {}, list), element('div', {}, ...detail));

async function mailbox() {
  const mails = (await get('mail.json')) ?? [];
  const list = table(
    mails,
    [
      ['Subject', (mail) => mail.subject],
      ['To', (mail) => mail.to.join(', ')],
      ['At', (mail) => time(mail.at)],
    ],
    (mail) => `mail/${encodeURIComponent(mail.id)}`,
  );
  const mail = mails.find(({ id }) => id === chosen()) ?? mails[0];
  if (!mail) return [list];
  const frame = element('iframe', {
    sandbox: 'allow-popups',
    title: 'Mail',
    srcdoc: mail.html || `<pre>${escapeHtml(mail.text)}</pre>`,
  });
  return [
    split(list, [
      element('h2', {}, mail.subject),
      element('p', { class: 'quiet' }, `${mail.from} → ${mail.to.join(', ')}, ${new Date(mail.at).toLocaleString()}`),
      frame,
      element('h2', {}, 'Plain text'),
      pre(mail.text ?? ''),
    ]),
  ];
}
const escapeHtml = (text) => (text ?? '').replace(/[<>&]/g, (c) => `&#${c.charCodeAt(0)};`);

async function functions() {
  const [list = [], sources = []] = await Promise.all([get('api/lambda/functions'), get('api/lambda/sources')]);
  return [
    table(
      list,
      [
        ['Function', (row) => row.name],
        ['Runtime', (row) => row.runtime],
        ['Memory', (row) => `${row.memorySizeMb} MB`, 'number'],
        ['Timeout', (row) => `${row.timeoutSeconds} s`, 'number'],
        ['Workers', (row) => `${row.workers} of ${row.concurrency}`, 'number'],
        ['Running', (row) => row.running, 'number'],
        ['Waiting', (row) => row.waiting, 'number'],
      ],
      (row) => `invocations/${encodeURIComponent(row.name)}`,
    ),
    element('h2', {}, 'Event sources'),
    table(sources, [
      ['Source', (row) => row.EventSourceArn],
      ['Function', (row) => row.FunctionArn],
      ['State', (row) => row.State],
      ['Processed', (row) => row.processed, 'number'],
      ['Last error', (row) => row.lastError],
    ]),
  ];
}

async function invocations() {
  const all = (await get('api/lambda/invocations')) ?? [];
  const filter = chosen();
  const rows = all.filter(({ functionName, requestId }) => !filter || functionName === filter || requestId === filter);
  const list = table(
    rows.slice(0, 200),
    [
      ['Function', (row) => row.functionName],
      ['At', (row) => time(row.at)],
      ['Duration', (row) => milliseconds(row.durationMs), 'number'],
      ['Start', (row) => (row.initMs === undefined ? '' : milliseconds(row.initMs)), 'number'],
      [
        'DynamoDB',
        (row) => (row.requests ? `${row.requests} req, ${row.readUnits} RU, ${row.writeUnits} WU` : ''),
        'number',
      ],
      ['Error', (row) => element('span', { class: 'bad' }, row.error ?? '')],
    ],
    (row) => `invocations/${row.requestId}`,
  );
  const one = rows.find(({ requestId }) => requestId === filter);
  return one ? [list, element('h2', {}, 'Log'), pre(one.logs.join('\n'))] : [list];
}

async function events() {
  const found = await get('api/events');
  if (!found) return [empty('There is no event bus.')];
  const recent = found.buses.flatMap(({ name, recent: items }) => items.map((event) => ({ bus: name, event })));
  return [
    element('p', { class: 'quiet' }, `${found.pendingDeliveries} deliveries pending`),
    table(recent.slice(0, 200), [
      ['Detail type', ({ event }) => event['detail-type'] ?? event.DetailType],
      ['Source', ({ event }) => event.source ?? event.Source],
      ['Bus', ({ bus }) => bus],
      ['At', ({ event }) => time(event.time ?? event.Time)],
      [
        'Detail',
        ({ event }) =>
          element('details', {}, element('summary', {}, 'show'), pre(event.detail ?? event.Detail ?? event)),
      ],
    ]),
    element('h2', {}, 'Rules'),
    table(found.rules, [
      ['Rule', (rule) => rule.Name],
      ['State', (rule) => rule.State],
      ['Pattern or schedule', (rule) => rule.EventPattern ?? rule.ScheduleExpression],
      ['Targets', (rule) => rule.Targets.map(({ Arn }) => Arn.split(':').at(-1)).join(', ')],
    ]),
  ];
}

async function queues() {
  const list = (await get('api/sqs')) ?? [];
  const columns = Object.keys(list[0] ?? { name: '' }).filter((key) => typeof list[0]?.[key] !== 'object');
  const name = chosen();
  const messages = name ? ((await get(`api/sqs/${encodeURIComponent(name)}/messages`)) ?? []) : [];
  const result = [
    table(
      list,
      columns.map((key) => [key, (row) => row[key]]),
      (row) => `queues/${encodeURIComponent(row.name)}`,
    ),
  ];
  if (name)
    result.push(
      element('h2', {}, `Messages in ${name}`),
      messages.length ? pre(messages) : empty('The queue is empty.'),
    );
  return result;
}

async function tables() {
  const list = (await get('api/dynamodb')) ?? [];
  const name = chosen();
  const result = [
    table(
      list,
      [
        ['Table', (row) => row.TableName],
        ['Items', (row) => row.ItemCount, 'number'],
        ['Indexes', (row) => (row.GlobalSecondaryIndexes ?? []).map(({ IndexName }) => IndexName).join(', ')],
        ['Stream', (row) => (row.LatestStreamArn ? 'yes' : 'no')],
      ],
      (row) => `tables/${encodeURIComponent(row.TableName)}`,
    ),
  ];
  if (name) {
    const items = await get(`api/dynamodb/${encodeURIComponent(name)}/items`);
    result.push(element('h2', {}, `First items of ${name}`), pre(items?.Items ?? items));
  }
  return result;
}

async function requests() {
  const names = ['cloudfront', 'apigateway', 'apigatewayv2'];
  const found = await Promise.all(names.map((name) => get(`api/${name}`)));
  return names.flatMap((name, index) => {
    const rows = found[index]?.requests ?? [];
    if (rows.length === 0) return [];
    const keys = Object.keys(rows[0]);
    return [
      element('h2', {}, name),
      table(
        rows.slice(0, 100),
        keys.map((key) => [key, (row) => (typeof row[key] === 'object' ? JSON.stringify(row[key]) : row[key])]),
      ),
    ];
  });
}

async function parameters() {
  return [
    table((await get('api/ssm')) ?? [], [
      ['Name', (row) => row.name],
      ['Type', (row) => row.type],
      ['Value', (row) => row.value],
    ]),
  ];
}

async function logs() {
  const groups = (await get('api/logs')) ?? [];
  const name = chosen();
  const list = table(
    groups,
    [
      ['Log group', (row) => row.name],
      ['Lines', (row) => row.lines, 'number'],
    ],
    (row) => `logs/${encodeURIComponent(row.name)}`,
  );
  if (!name) return [list];
  const lines = (await get(`api/logs?group=${encodeURIComponent(name)}`)) ?? [];
  return [split(list, [element('h2', {}, name), pre(lines.map(({ message }) => message).join('\n'))])];
}

async function accepted() {
  const rows = (await get('api/accepted')) ?? [];
  return [
    element('p', { class: 'quiet' }, 'These resources of the templates exist by name only.'),
    table(rows, [
      ['Resource', (row) => row.id],
      ['Type', (row) => row.type],
      ['Why', (row) => row.reason],
    ]),
  ];
}

async function show() {
  const key = location.hash.slice(1).split('/')[0] || 'mail';
  const section = sections[key] ?? sections.mail;
  for (const link of nav.children) {
    if (link.hash === `#${key}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  const nodes = await section.load();
  const next = `${location.hash}${nodes.map((node) => node.outerHTML).join('')}`;
  // Unchanged content stays as it is: open details and selections survive the refresh.
  if (next === shown) return;
  shown = next;
  main.replaceChildren(...nodes);
}

async function begin() {
  nav.append(...Object.entries(sections).map(([key, { title }]) => element('a', { href: `#${key}` }, title)));
  const platform = await get('api/platform');
  const addresses = platform.addresses.map(({ name, url }) => element('a', { href: url }, `${name}: ${url}`));
  document.querySelector('#addresses').append(...addresses, `AWS endpoint ${platform.endpoint}`);
  window.addEventListener('hashchange', show);
  setInterval(() => live.checked && !document.hidden && show().catch(() => undefined), 2000);
  await show();
}
begin();
