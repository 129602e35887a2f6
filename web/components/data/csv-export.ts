/** A whole list as a CSV file: page after page as the API links them, in the API's own columns. */
import { ApiProblem } from '../../../shared/client.ts';
import { me } from '../../../shared/contracts/auth/me.ts';
import type { Contract } from '../../../shared/contracts/contract.ts';
import { api } from '../../lib/api.ts';
import { API_BASE, observedFetch } from '../../lib/connection.ts';
import { isTransient, waitBeforeRetry } from '../../lib/problems.ts';
import { saveFile } from '../../lib/save-file.ts';

const PAGE_ROWS = 100;

/** Address of the next page in a Link header (RFC 8288); undefined on the last one. */
export function nextPageOf(link: string | null): string | undefined {
  return /<([^>]+)>;\s*rel="next"/.exec(link ?? '')?.[1];
}

/** A page without its line of column names. */
export function withoutHeader(csv: string): string {
  const end = csv.indexOf('\n');
  return end < 0 ? '' : csv.slice(end + 1);
}

/** Rows of a page, whatever stands inside quotes. */
export function countRows(csv: string): number {
  return csv
    .replace(/"(?:[^"]|"")*"/g, '')
    .split('\n')
    .filter(Boolean).length;
}

const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

async function readPage(url: string, signal: AbortSignal): Promise<Response> {
  let isRenewed = false;
  for (let failures = 0; ; failures++) {
    signal.throwIfAborted();
    let problem: ApiProblem;
    try {
      const response = await observedFetch(url, {
        headers: { accept: 'text/csv' },
        credentials: 'same-origin',
        signal,
      });
      if (response.ok) return response;
      if (response.status === 401 && !isRenewed) {
        // Any call of the client renews the session, or asks the person to sign in again.
        isRenewed = true;
        await api.call(me, { signal });
        continue;
      }
      const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
      const requestId = response.headers.get('x-request-id') ?? undefined;
      problem = new ApiProblem(
        response.status >= 500 ? 'INTERNAL_ERROR' : 'NETWORK_ERROR',
        response.status,
        'The list could not be read.',
        { requestId, retryAfter: Number.isFinite(seconds) ? seconds : undefined },
      );
    } catch (cause) {
      if (signal.aborted || cause instanceof ApiProblem) throw cause;
      problem = new ApiProblem('NETWORK_ERROR', 0, 'The service can not be reached.', { cause });
    }
    if (!isTransient(problem)) throw problem;
    await pause(waitBeforeRetry(failures, problem), signal);
  }
}

/**
 * Reads all rows of a list as CSV text. `query` is what the list shows. Passing troubles are waited out; ends with
 * ApiProblem when the API refuses and with AbortError by `signal`. `onProgress` gets the rows so far.
 */
export async function readCsv(
  contract: Contract,
  query: Readonly<Record<string, string>>,
  {
    signal,
    onProgress,
    onlyPage = false,
  }: { signal: AbortSignal; onProgress: (rows: number) => void /** The page of `query` alone. */; onlyPage?: boolean },
): Promise<string> {
  const { page: _page, cursor: _cursor, ...rows } = query;
  const search = new URLSearchParams(onlyPage ? query : { ...rows, limit: String(PAGE_ROWS) });
  let url: string | undefined = `${API_BASE}${contract.path}?${search}`;
  let csv = '';
  let read = 0;
  while (url !== undefined) {
    const response: Response = await readPage(url, signal);
    const text = await response.text();
    const body = withoutHeader(text);
    csv += csv === '' ? text : body;
    read += countRows(body);
    onProgress(read);
    url = onlyPage ? undefined : nextPageOf(response.headers.get('link'));
  }
  return csv;
}

/** Hands a list to the person as a file; the mark at its head tells spreadsheets that it is UTF-8. */
export function saveAs(name: string, csv: string): void {
  saveFile(name, new Blob([`\uFEFF${csv}`], { type: 'text/csv;charset=utf-8' }));
}
