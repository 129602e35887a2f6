import { ApiProblem } from '../../../../shared/client.ts';
import { added, type BasketProduct, findProblems, lineTotal, refusalOf, totals, withQuantity } from './basket.ts';

const heart: BasketProduct = { id: 'prd_1', name: 'Heart', price: '2.55', currency: 'GBP', seller: 'house' };
const yen: BasketProduct = { id: 'prd_2', name: 'Fan', price: '300', currency: 'JPY', seller: 'house' };

test('a product that is chosen again counts up its one line', () => {
  expect(added(added([], heart), heart)).toEqual([{ product: heart, quantity: 2 }]);
});

test('sums are exact and each currency has its own', () => {
  const lines = withQuantity(added(added([], heart), yen), heart.id, 3);
  expect(lines.map(lineTotal)).toEqual(['7.65', '300']);
  expect(totals(lines)).toEqual([
    { currency: 'GBP', total: '7.65' },
    { currency: 'JPY', total: '300' },
  ]);
});

test('an unfinished quantity is named at its line', () => {
  expect(findProblems([{ product: heart, quantity: undefined }])).toEqual({ prd_1: 'Give a whole number from 1.' });
  expect(findProblems([{ product: heart, quantity: 2 }])).toEqual({});
});

test('a refusal for stock says at each line how many there are', () => {
  const problem = new ApiProblem('OUT_OF_STOCK', 409, 'There is not enough in stock.', {
    details: {
      lines: [
        { productId: 'prd_1', requested: 9, available: 4 },
        { productId: 'prd_2', requested: 1, available: 0 },
      ],
    },
  });
  expect(refusalOf(problem)).toMatchObject({
    lines: { prd_1: 'Only 4 left in stock.', prd_2: 'Sold out.' },
    available: { prd_1: 4, prd_2: 0 },
  });
});

test('a basket of several sellers says which order each line goes into', () => {
  const problem = new ApiProblem('MIXED_SELLERS', 409, 'An order is for one seller.', {
    details: {
      split: [
        { seller: 'house', currency: 'GBP', lines: [{ productId: 'prd_1', quantity: 1 }] },
        { seller: 'usr_1', currency: 'GBP', lines: [{ productId: 'prd_2', quantity: 1 }] },
      ],
    },
  });
  expect(refusalOf(problem)).toMatchObject({
    split: [['prd_1'], ['prd_2']],
    lines: { prd_1: 'Goes into order 1.', prd_2: 'Goes into order 2.' },
  });
});

test('other failures are left to the page', () => {
  expect(refusalOf(new ApiProblem('INTERNAL_ERROR', 500, 'no'))).toBeUndefined();
  expect(refusalOf(new Error('no'))).toBeUndefined();
});
