import {
  nextDay,
  rangeText,
  readTableState,
  requestOf,
  type TableDefaults,
  type TableState,
  withPage,
  withRows,
  writeTableState,
} from './table-state.ts';

const defaults: TableDefaults = {
  sort: 'createdAt',
  order: 'desc',
  limit: 25,
  hidden: ['sku'],
  filterParams: ['status', 'minPrice', 'createdBefore'],
  sorts: ['createdAt', 'name'],
  columns: ['name', 'sku', 'status'],
  isValid: (param, value) => param !== 'status' || ['draft', 'published'].includes(value),
};
const read = (text: string) => readTableState(new URLSearchParams(text), defaults);

test('an address without parameters is the table as it is by default, and is written back empty', () => {
  const state = read('');
  expect(state).toEqual({
    search: '',
    filters: {},
    sort: 'createdAt',
    order: 'desc',
    page: 1,
    limit: 25,
    hidden: ['sku'],
  });
  expect(writeTableState(state, defaults)).toBe('');
});

test('whatever is written is read again as it was', () => {
  const states: TableState[] = [
    {
      search: 'white heart',
      filters: { status: 'draft', minPrice: '2.50' },
      sort: 'name',
      order: 'asc',
      page: 3,
      limit: 50,
      hidden: [],
    },
    { ...read(''), page: 401, cursor: 'WzIsMl0' },
    { ...read(''), hidden: ['name', 'status'] },
  ];
  for (const state of states) expect(read(writeTableState(state, defaults))).toEqual(state);
});

test('values that the API would refuse are left out instead of failing the whole table', () => {
  expect(read('status=sold&sort=colour&order=up&limit=7&page=-1&hide=nothing')).toEqual({ ...read(''), hidden: [] });
  // A page deeper than numbers reach, without its cursor: the deepest that they do.
  expect(read('page=401').page).toBe(400);
  expect(read('page=9999').page).toBe(400);
});

test('parameters of others stay in the address', () => {
  expect(writeTableState({ ...read(''), page: 2 }, defaults, new URLSearchParams('range=7&page=9'))).toBe(
    'range=7&page=2',
  );
});

test('new rows begin on the first page', () => {
  expect(withRows({ ...read(''), page: 500, cursor: 'x' }, { search: 'a' })).toEqual({ ...read(''), search: 'a' });
});

test('pages are numbers as far as the API counts them and cursors beyond', () => {
  const state = { ...read(''), page: 399 };
  expect(withPage(state, 400, 'next')).toEqual({ ...state, page: 400 });
  expect(withPage({ ...state, page: 400 }, 401, 'next')).toEqual({ ...state, page: 401, cursor: 'next' });
  expect(withPage({ ...state, page: 401, cursor: 'c' }, 400)).toEqual({ ...state, page: 400 });
  expect(withPage({ ...state, page: 403, cursor: 'c' }, 402, 'b')).toEqual({ ...state, page: 402, cursor: 'b' });
  expect(withPage({ ...state, page: 403, cursor: 'c' }, 402)).toEqual({ ...state, page: 400 });
  expect(withPage({ ...state, page: 403, cursor: 'c' }, 404)).toEqual({ ...state, page: 403, cursor: 'c' });
});

test('a request names page or cursor, never both, and no search that would be refused', () => {
  expect(requestOf({ ...read(''), page: 401, cursor: 'c', search: 'a' }, { isSearchable: false })).toEqual({
    limit: '25',
    sort: 'createdAt',
    order: 'desc',
    cursor: 'c',
  });
  expect(requestOf({ ...read(''), page: 2, search: 'ab' })).toMatchObject({ page: '2', search: 'ab' });
});

test('a last day counts whole', () => {
  expect(nextDay('2026-12-31')).toBe('2027-01-01');
  expect(
    requestOf({ ...read(''), filters: { createdBefore: '2026-02-28' } }, { dayAfter: ['createdBefore'] }),
  ).toMatchObject({ createdBefore: '2026-03-01' });
});

test('totals say when they are not exact', () => {
  const at = { currentPage: 2, itemsPerPage: 25, shown: 25 };
  expect(rangeText({ ...at, totalItems: 1_204, totalIsExact: true })).toBe('26–50 of 1,204');
  expect(rangeText({ ...at, totalItems: 10_000, totalIsExact: false })).toBe('26–50 of 10,000+');
  expect(rangeText({ ...at, totalItems: 51, totalIsExact: false })).toBe('26–50 of 50+');
  expect(rangeText({ ...at, currentPage: 401, totalItems: 10_000, totalIsExact: false })).toBe(
    '10,001–10,025 of 10,025+',
  );
  expect(rangeText({ ...at, totalItems: 0, totalIsExact: true, shown: 0 })).toBe('None');
});
