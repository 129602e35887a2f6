// CloudFront Function at each page request: `/orders/ord_1` → `/orders/_.html`. PAGES are the exported pages; `_` stands for any
// one segment. What has a file extension is a file. A page that does not exist is answered here, with a true 404.
const pages = PAGES;

function pageOf(path) {
  const asked = path.split('/');
  let best;
  for (let i = 0; i < pages.length; i++) {
    const known = pages[i].split('/');
    if (known.length !== asked.length) continue;
    let free = 0;
    let fits = true;
    for (let j = 0; j < known.length && fits; j++) {
      if (known[j] === '_') free++;
      else fits = known[j] === asked[j];
    }
    if (fits && (!best || free < best.free)) best = { page: pages[i], free: free };
  }
  return best?.page;
}

// biome-ignore lint/correctness/noUnusedVariables: CloudFront calls it by this name
function handler(event) {
  const request = event.request;
  const path = request.uri.replace(/\/+$/, '');
  if (path === '') {
    request.uri = '/index.html';
    return request;
  }
  // Who goes on by a link is given only what differs: `/orders/ord_1.txt`, `/orders/ord_1/__next._tree.txt`.
  const part = /^(.+?)(\.txt|\/__next\.[^/]+\.txt)$/.exec(path);
  const whole = part ? pageOf(part[1]) : undefined;
  if (whole) {
    request.uri = `${whole}${part[2]}`;
    return request;
  }
  if (/\.[A-Za-z0-9]+$/.test(path)) return request;
  const page = pageOf(path);
  if (page) {
    request.uri = `${page}.html`;
    return request;
  }
  return {
    statusCode: 404,
    statusDescription: 'Not Found',
    headers: { 'content-type': { value: 'text/html; charset=utf-8' }, 'cache-control': { value: 'no-store' } },
    body: NOT_FOUND,
  };
}
