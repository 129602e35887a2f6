/** Conditional and range requests that the edge answers from a whole object (RFC 9110, sections 13 and 14). */
import type { EdgeResponse } from '../../types.ts';

/** 304, 206, 416 or the response itself. Only for 200 responses to GET and HEAD. */
export function conditionalResponse(request: Record<string, string>, response: EdgeResponse): EdgeResponse {
  if (response.status !== 200) return response;
  if (isUnchanged(request, response)) {
    const headers = { ...response.headers };
    for (const name of ['content-length', 'content-type', 'content-encoding']) delete headers[name];
    return { status: 304, headers, body: Buffer.alloc(0) };
  }
  const { range } = request;
  return range === undefined || !rangeApplies(request, response) ? response : partOf(range, response);
}

function isUnchanged(request: Record<string, string>, response: EdgeResponse): boolean {
  const etag = response.headers.etag;
  const none = request['if-none-match'];
  if (none !== undefined) {
    if (none.trim() === '*') return true;
    return typeof etag === 'string' && none.split(',').some((candidate) => bare(candidate.trim()) === bare(etag));
  }
  const since = request['if-modified-since'];
  const modified = response.headers['last-modified'];
  return since !== undefined && modified !== undefined && Date.parse(String(modified)) <= Date.parse(since);
}

function bare(etag: string): string {
  return etag.replace(/^W\//, '');
}

function rangeApplies(request: Record<string, string>, response: EdgeResponse): boolean {
  const condition = request['if-range'];
  return (
    condition === undefined || condition === response.headers.etag || condition === response.headers['last-modified']
  );
}

/** One range; several at once get the whole object, which HTTP allows. */
function partOf(range: string, response: EdgeResponse): EdgeResponse {
  const size = response.body.length;
  const parsed = /^bytes=(\d*)-(\d*)$/.exec(range.trim());
  if (!parsed || (parsed[1] === '' && parsed[2] === '')) return response;
  const suffix = parsed[1] === '';
  const start = suffix ? Math.max(0, size - Number(parsed[2])) : Number(parsed[1]);
  const end = suffix || parsed[2] === '' ? size - 1 : Math.min(Number(parsed[2]), size - 1);
  if (start > end || start >= size) {
    const headers = { ...response.headers, 'content-range': `bytes */${size}` };
    return { status: 416, headers, body: Buffer.alloc(0) };
  }
  return {
    status: 206,
    headers: { ...response.headers, 'content-range': `bytes ${start}-${end}/${size}` },
    body: response.body.subarray(start, end + 1),
  };
}
