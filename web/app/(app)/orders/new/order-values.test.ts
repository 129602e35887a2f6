import { emptyDetails, orderDetails } from './order-values.ts';

test('a form that is left empty sends neither note nor address', () => {
  expect(orderDetails.parse(emptyDetails)).toEqual({});
});

test('an address that is begun must be whole, but for its optional lines', () => {
  const begun = { ...emptyDetails.shippingAddress, name: 'Ann Archer' };
  const paths = orderDetails
    .safeParse({ ...emptyDetails, shippingAddress: begun })
    .error?.issues.map(({ path }) => path[1]);
  expect(paths).toEqual(['line1', 'city', 'postalCode', 'country']);
  const whole = { ...begun, line1: '1 High St', city: 'Leeds', postalCode: 'LS1 1AA', country: 'gb' };
  expect(orderDetails.parse({ ...emptyDetails, shippingAddress: whole })).toEqual({
    shippingAddress: { name: 'Ann Archer', line1: '1 High St', city: 'Leeds', postalCode: 'LS1 1AA', country: 'GB' },
  });
});
