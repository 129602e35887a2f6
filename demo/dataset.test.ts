import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDataset, splitCsvLine, toPence } from './dataset.ts';
import { personOf, tidyName } from './naming.ts';

const header = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n';
const csv = (...rows: string[]) => header + rows.join('\n');

test('a quoted field keeps its commas and doubled quotes', () => {
  expect(splitCsvLine('1,"a ""b"", c",,2')).toEqual(['1', 'a "b", c', '', '2']);
});

test('prices become pence by their digits, half up', () => {
  expect(['4.15', '0.001', '1.005', '12', 'x'].map(toPence)).toEqual([415, 0, 101, 1200, undefined]);
});

test('every row is either used or left out under a named rule', () => {
  const { report, orders, products } = readDataset(
    csv(
      '1,22423,REGENCY CAKESTAND 3 TIER ,2,2011-10-06 16:20:00,12.75,12923.0,United Kingdom',
      '1,POST,POSTAGE,1,2011-10-06 16:20:00,18,12923.0,France',
      'C2,22423,REGENCY CAKESTAND 3 TIER,-1,2011-10-07 16:20:00,12.75,12923.0,United Kingdom',
      '3,22423,damages,5,2011-10-08 16:20:00,0,,United Kingdom',
      '4,22423,X,many,2011-10-08 16:20:00,1,,United Kingdom',
    ),
  );
  expect(report).toEqual({ rows: 5, used: 1, leftOut: { unreadable: 1, fee: 1, return: 1, unpriced: 1 } });
  expect(orders).toHaveLength(1);
  expect(products).toMatchObject([
    { sku: '22423', name: 'Regency Cakestand 3 Tier', price: 1275, status: 'published', category: 'kitchen' },
  ]);
});

test('a product that the file never prices is kept as a draft', () => {
  const { products } = readDataset(csv('1,84016,,3,2011-10-06 16:20:00,0.0,,United Kingdom'));
  expect(products).toMatchObject([{ sku: '84016', name: 'Item 84016', price: 0, status: 'draft' }]);
});

test('the same product twice on an invoice is one line', () => {
  const row = '7,85123a,HOLDER,2,2011-10-06 16:20:00,2.95,1.0,United Kingdom';
  expect(readDataset(csv(row, row)).orders[0]?.lines).toEqual([{ sku: '85123A', quantity: 4, price: 295 }]);
});

test('the real file is read whole', () => {
  const { report, products, orders } = readDataset(readFileSync(join(__dirname, 'data/online-retail.csv'), 'utf8'));
  const out = Object.values(report.leftOut).reduce((sum, n) => sum + n, 0);
  expect(report.rows).toBe(30_000);
  expect(report.used + out).toBe(report.rows);
  expect(products.length).toBeGreaterThan(2_900);
  expect(orders.length).toBeGreaterThan(11_000);
  expect(new Set(products.map((p) => p.sku)).size).toBe(products.length);
});

test('names are tidy and the same customer always has the same name', () => {
  expect(tidyName('SET OF 3 HANGING OWLS OLLIE BEAK')).toBe('Set of 3 Hanging Owls Ollie Beak');
  expect(personOf('12923')).toEqual(personOf('12923'));
});
